"""A synthetic issue in four views: read, built, loaded and described (tests/data/press_issue)."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from banmian.agreeing import agreement
from banmian.built import BuiltDataset
from banmian.checks import check
from banmian.dataset import build
from banmian.dataset_checks import check_dataset
from banmian.describing import describe
from banmian.extras import ExtraKind, parse_geometry
from banmian.page_rows import Row
from banmian.release import Release
from banmian.tagset import Split

ROOT = Path(__file__).parents[1] / "data" / "press_issue"
ISSUE = "slwb-2031-03-10"
VIEWS = ("stream", "pdfium", "poppler", "rows")


@pytest.fixture(scope="module")
def press(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data set built from the issue."""
    return build(Release(ROOT), tmp_path_factory.mktemp("press") / "set").path


def rows(press: Path, configuration: str) -> list[Row]:
    return list(BuiltDataset.open(press).rows(configuration, Split.TEST))


# Reading


@pytest.mark.parametrize("view", VIEWS)
def test_each_view_gives_the_same_article_texts(view: str) -> None:
    [stream], [issue] = Release(ROOT).issues(), Release(ROOT).issues(view=view)
    assert issue.view == view
    assert {page.view for page in issue.pages.values()} == {view}
    for item, same in zip(stream.reading.items, issue.reading.items, strict=True):
        assert issue.article_text(same).text == stream.article_text(item).text


def test_the_views_come_together_the_stream_first() -> None:
    [views] = Release(ROOT).issues_in_views()
    assert [issue.view for issue in views] == ["stream", "pdfium", "poppler", "rows"]


def test_a_view_that_no_issue_has_gives_none() -> None:
    assert list(Release(ROOT).issues(view="layout")) == []


def test_geometry_and_pictures_are_found_by_page() -> None:
    extras = Release(ROOT).extras()
    geometry = extras.geometry(ISSUE, 1)
    assert geometry is not None
    assert set(geometry.lines) == set(VIEWS)
    assert extras.geometry(ISSUE, 3) is None
    assert extras.of(ISSUE, 2, ExtraKind.PICTURE) is not None


@pytest.mark.parametrize(
    ("line", "id"),
    [
        ('{"view":"stream","lines":[[0,2,1,1,9,9]]}', "field-type"),
        ('{"view":"stream","lines":[[0,2,1,1,9,9,"9"]]}', "field-type"),
        ('{"view":"stream","lines":[[0.5,2,1,1,9,9,9]]}', "field-type"),
        ('{"view":"stream","lines":[[2,2,1,1,9,9,9]]}', "lines-offsets"),
        ('{"view":"stream","lines":[[1,3,1,1,9,9,9],[2,4,1,1,9,9,9]]}', "lines-offsets"),
        ('{"view":"stream","lines":[[0,2,9,1,9,9,9]]}', "lines-box"),
        ('{"view":"stream","boxes":[]}', "field-unknown"),
        ('{"view":"stream"}', "field-missing"),
        ("[]", "json-invalid"),
    ],
)
def test_a_faulty_line_of_geometry_is_told_with_its_line(line: str, id: str) -> None:
    found = parse_geometry('{"page":{"width":10,"height":10.0}}\n' + line + "\n")
    assert [(at, fault.id) for at, fault in found.faults] == [(2, id)]


@pytest.mark.parametrize(
    ("text", "id"),
    [
        ("", "header-missing"),
        ('{"page":{"width":0,"height":1}}\n', "lines-box"),
        ('{"page":{"width":"a","height":1}}\n', "field-type"),
    ],
)
def test_a_page_without_size_is_refused(text: str, id: str) -> None:
    assert [fault.id for _, fault in parse_geometry(text).faults] == [id]


# Building


def test_a_page_has_a_row_for_each_view(press: Path) -> None:
    pages = rows(press, "pages")
    assert [(page["page"], page["view"]) for page in pages] == [
        (number, view) for view in VIEWS for number in (1, 2)
    ]
    assert len({page["id"] for page in pages}) == len(pages)
    assert all(page["synthetic"] for page in pages)


def test_boxes_are_those_of_the_row_s_own_view(press: Path) -> None:
    for page in rows(press, "pages"):
        assert page["lines"]
        for line in page["lines"]:
            assert "\n" not in page["text"][line["start"] : line["end"]]
            assert 0 < line["x0"] < line["x1"] <= page["width"]
            assert 0 < line["y0"] < line["y1"] <= page["height"]


def test_items_have_one_row_whatever_the_views(press: Path) -> None:
    articles = rows(press, "articles")
    assert len({row["id"] for row in articles}) == len(articles)
    assert articles[0]["pages"] == [1, 2]
    assert {row["synthetic"] for row in articles} == {True}
    assert [row["words"] is None for row in articles] == [False] * 2 + [True] * 4
    assert all(row["entities"] is not None for row in articles)


def test_pictures_are_whole_files_with_the_boxes_of_the_stream(press: Path) -> None:
    pages = {page["id"]: page for page in rows(press, "pages")}
    for number, row in enumerate(rows(press, "images"), start=1):
        name = f"p{number:02d}.webp"
        file = ROOT / "corpus" / "press" / "slwb" / "2031-03-10" / name
        assert row["image"] == {"bytes": file.read_bytes(), "path": name}
        page = pages[row["id"]]
        assert (row["lines"], row["width"]) == (page["lines"], page["width"])


def test_the_data_set_is_clean_and_repeatable(press: Path, tmp_path: Path) -> None:
    assert check_dataset(press) == []
    again = build(Release(ROOT), tmp_path / "again").path
    for path in press.rglob("*.*"):
        assert (again / path.relative_to(press)).read_bytes() == path.read_bytes()


def test_datasets_gives_pictures(press: Path, hub_cache: Path) -> None:
    from datasets import load_dataset

    images = load_dataset(str(press), "images", split="test", cache_dir=str(hub_cache))
    assert images[0]["image"].size[0] == 180
    assert len(images) == 2


def test_croissant_gives_pictures(press: Path) -> None:
    import mlcroissant

    reader = mlcroissant.Dataset(jsonld=str(press / "croissant.json"))
    assert reader.metadata.ctx.issues.errors == set()
    records = list(reader.records("images_test"))
    assert [record["images_test/image"].size[0] for record in records] == [180, 180]
    described: dict[str, Any] = json.loads((press / "croissant.json").read_bytes())
    assert "synthetic" in described["keywords"]


def test_the_card_counts_images_and_says_synthetic(press: Path) -> None:
    card = (press / "README.md").read_text(encoding="utf-8")
    assert "| `images` | 2 |" in card
    assert "| `pages` | 8 |" in card
    assert "no `images` configuration" not in card
    assert "**synthetic**" in card


# Describing and comparing passes


def test_what_a_page_holds_is_counted_once(press: Path) -> None:
    found = describe(ROOT)
    assert describe(press) == found
    assert found[Split.TEST]["pages-by-view"] == dict.fromkeys(sorted(VIEWS), 2)
    assert found[Split.TEST]["counts"]["pages"] == 2
    assert found[Split.TEST]["counts"]["items"] == 6


def test_passes_may_cover_some_issues_and_the_entities_alone(tmp_path: Path) -> None:
    root = shutil.copytree(ROOT, tmp_path / "release")
    for name in "ab":
        folder = root / "annotations" / "passes" / name
        shutil.copytree(root / "annotations" / "entities", folder / "entities")
    assert check(root) == []
    found = agreement(Release(root), synthetic=True)
    assert {each.layer for each in found} == {"entities"}
    assert agreement(Release(root)) == []
    shutil.rmtree(root / "annotations" / "passes" / "b" / "entities")
    assert {tuple(each.rates) for each in agreement(Release(root), synthetic=True)} == {("a–gold",)}
