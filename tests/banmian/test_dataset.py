"""Building: the rows, what is refused, and that a build is repeatable and all or nothing."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from banmian.built import BuiltDataset
from banmian.dataset import build
from banmian.errors import DataFault, DataFaults, UsageError
from banmian.page_rows import Row
from banmian.release import Release
from banmian.tagset import Split
from tests.banmian.conftest import TABLES

if TYPE_CHECKING:
    from tests.banmian.conftest import InventedIssue, WriteRelease

BUS = "slrb-2031-03-08-a1"


def rows(built: Path, configuration: str, split: Split = Split.REAL) -> list[Row]:
    return list(BuiltDataset.open(built).rows(configuration, split))


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


# What the rows hold


def test_an_article_row(built: Path) -> None:
    bus = rows(built, "articles")[0]
    assert bus["id"] == BUS
    assert bus["pages"] == [1, 2]
    assert bus["headline"] == "松岭镇夜班公交开通"
    assert bus["byline"] == "▢ 记者 苏禾"
    assert bus["dateline"] == "本报讯 "
    assert (bus["banner"], bus["kicker"], bus["deck"]) == (None, None, None)
    assert bus["authors"] == ["苏禾"]
    assert bus["text"] == (
        "松岭镇夜班公交开通\n▢ 记者 苏禾\n本报讯 3月8日，松岭镇夜班公交开通。\n"
        "乘客何\U00020bb7说，不愁回家。"
    )
    assert [p["role"] for p in bus["paragraphs"]] == ["headline", "byline", "body", "body"]
    assert bus["headline_position"] == "after body"
    assert bus["contiguous"] is False
    assert (bus["articles_status"], bus["words_status"]) == ("gold", "gold")


def test_what_is_not_annotated_is_null_and_not_empty(built: Path) -> None:
    teaser, photo = rows(built, "articles")[1:]
    assert (teaser["entities"], teaser["words"]) == (None, None)
    assert (teaser["entities_status"], teaser["words_status"]) == (None, None)
    assert (photo["entities_status"], photo["words_status"]) == ("gold", None)
    assert teaser["id"] not in {row["item"] for row in rows(built, "entities")}


def test_captions_and_contiguity_of_a_picture(built: Path) -> None:
    photo = rows(built, "articles")[2]
    assert photo["captions"] == ["松岭茶园 图"]
    assert photo["contiguous"] is True
    assert photo["headline_position"] == "none"


def test_a_press_article_has_its_headline_before_its_body(built: Path) -> None:
    (brief,) = rows(built, "articles", Split.TRAIN)
    assert brief["headline_position"] == "before body"
    assert brief["articles_status"] == "by-construction"


@pytest.mark.parametrize("split", [Split.REAL, Split.TRAIN])
def test_the_map_leads_each_character_to_the_page(built: Path, split: Split) -> None:
    pages = {(page["issue"], page["page"]): page["text"] for page in rows(built, "pages", split)}
    for article in rows(built, "articles", split):
        covered = 0
        for run in article["map"]:
            here = article["text"][run["start"] : run["start"] + run["length"]]
            page = pages[article["issue"], run["page"]]
            assert here == page[run["page_start"] : run["page_start"] + run["length"]]
            covered += run["length"]
        assert covered == len(article["text"].replace("\n", ""))


def test_a_page_row_holds_its_own_part_of_an_item(built: Path) -> None:
    first, second = rows(built, "pages")
    assert [item["id"][-2:] for item in first["items"]] == ["a1", "a2"]
    assert [item["id"][-2:] for item in second["items"]] == ["a1", "a3"]
    bus = second["items"][0]
    assert [(span["role"], span["paragraph"]) for span in bus["spans"]] == [
        ("jump", 4),
        ("body", 5),
    ]
    assert bus["authors"] == []
    assert bus["links"] == [{"kind": "jump", "target": None}]
    assert [unit["kind"] for unit in second["furniture"]] == ["folio"]
    assert second["artefacts"] == []


def test_a_page_row_holds_the_other_reading(built: Path) -> None:
    first, second = rows(built, "pages")
    (alternative,) = first["alternatives"]
    assert alternative["replaces"] == ["slrb-2031-03-08-a2"]
    assert alternative["items"] == []
    assert alternative["furniture"][0]["kind"] == "section"
    assert second["alternatives"] == []


def test_a_page_without_geometry_has_no_boxes_and_no_size(built: Path) -> None:
    for page in rows(built, "pages"):
        assert (page["lines"], page["width"], page["height"]) == ([], None, None)


def test_entities_rows_are_the_paragraphs_with_their_tags(built: Path) -> None:
    texts = {article["id"]: article["text"] for article in rows(built, "articles")}
    found = rows(built, "entities")
    for row in found:
        characters = "".join(row["tokens"])
        assert texts[row["item"]].startswith(characters, row["start"])
        assert len(row["ner_tags"]) == len(row["tokens"])
    byline = next(row for row in found if row["id"] == f"{BUS}-001")
    assert byline["ner_tags"] == ["O"] * 5 + ["B-PERSON", "I-PERSON"]


def test_words_rows_spell_the_paragraph(built: Path) -> None:
    for row in rows(built, "words"):
        assert "".join(row["words"]) == "".join(row["text"].split())
    assert rows(built, "words")[0]["words"] == ["松岭镇", "夜班", "公交", "开通"]


# The directory


def test_each_configuration_has_one_file_a_split(built: Path) -> None:
    dataset = BuiltDataset.open(built)
    for configuration in TABLES:
        assert dataset.splits(configuration) == [Split.REAL, Split.TRAIN]


def test_a_build_says_what_it_wrote_and_reports_progress(release: Release, tmp_path: Path) -> None:
    seen: list[tuple[int, int, str]] = []
    made = build(release, tmp_path / "out", progress=lambda *done: seen.append(done))
    assert made.rows()["articles"] == {"real": 3, "train": 1}
    assert seen == [(1, 2, "qwwb-2031-03-09"), (2, 2, "slrb-2031-03-08")]


def test_a_configuration_without_rows_is_left_out(
    real_issue: InventedIssue, write_release: WriteRelease, tmp_path: Path
) -> None:
    real_issue.words = {}
    made = build(write_release(tmp_path / "release", real_issue), tmp_path / "out")
    assert list(made.rows()) == ["pages", "articles", "entities"]


BUILD = (
    "import sys, pathlib as p; from banmian.dataset import build; from banmian.release import *; "
)
BUILD += "build(Release(p.Path(sys.argv[1])), p.Path(sys.argv[2]))"


def test_the_same_release_gives_the_same_bytes(
    release: Release, built: Path, tmp_path: Path
) -> None:
    for seed, locale, zone in (("1", "C", "UTC"), ("2", "C.UTF-8", "Asia/Shanghai")):
        out = tmp_path / seed
        env = {**os.environ, "PYTHONHASHSEED": seed, "LC_ALL": locale, "TZ": zone}
        subprocess.run([sys.executable, "-c", BUILD, release.root, out], env=env, check=True)
        assert contents(out) == contents(built)


# All or nothing


def test_a_failing_build_leaves_the_old_data_set_and_no_litter(
    real_issue: InventedIssue, write_release: WriteRelease, tmp_path: Path
) -> None:
    release = write_release(tmp_path / "release", real_issue)
    out = build(release, tmp_path / "built" / "out").path
    before = contents(out)
    layer = next((release.root / "annotations/words").iterdir())
    layer.write_bytes(layer.read_bytes()[:-40])
    with pytest.raises(DataFaults):
        build(release, out)
    assert contents(out) == before
    assert list(out.parent.iterdir()) == [out]


def test_a_rebuild_replaces_the_data_set_whole(
    real_issue: InventedIssue, release: Release, write_release: WriteRelease, tmp_path: Path
) -> None:
    out = build(release, tmp_path / "built" / "out").path
    build(write_release(tmp_path / "release", real_issue), out)
    assert BuiltDataset.open(out).splits("pages") == [Split.REAL]
    assert [path.name for path in (out / "pages").iterdir()] == [
        file.path.name for file in BuiltDataset.open(out).files if file.configuration == "pages"
    ]


def test_the_old_data_set_comes_back_if_the_new_one_cannot_be_put_in_place(
    release: Release, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = build(release, tmp_path / "built" / "out").path
    before = contents(out)
    rename = Path.rename

    def fail_for_new(path: Path, target: Path) -> Path:
        if path.name == "new":
            raise OSError("no space")
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", fail_for_new)
    with pytest.raises(OSError, match="no space"):
        build(release, out)
    assert contents(out) == before


@pytest.mark.parametrize("name", ["notes.txt", "pages/mine.parquet"])
def test_foreign_files_are_never_deleted(release: Release, tmp_path: Path, name: str) -> None:
    out = build(release, tmp_path / "out").path
    (out / name).write_text("mine")
    with pytest.raises(UsageError, match=name):
        build(release, out)
    assert (out / name).read_text() == "mine"


@pytest.mark.parametrize("text", ["{", "[]", '{"name": "another"}', '{"distribution": [{}]}'])
def test_a_croissant_of_someone_else_is_not_replaced(
    release: Release, tmp_path: Path, text: str
) -> None:
    (tmp_path / "croissant.json").write_text(text)
    with pytest.raises(UsageError, match=r"croissant\.json is no file of a data set"):
        build(release, tmp_path)


def test_an_empty_directory_is_filled_and_a_file_refused(release: Release, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert build(release, tmp_path / "empty").path.is_dir()
    (tmp_path / "file").write_text("mine")
    with pytest.raises(UsageError, match="is a file"):
        build(release, tmp_path / "file")


# What is refused


def fault_of(release: Release, out: Path) -> str:
    with pytest.raises(DataFault) as fault:
        build(release, out)
    assert not out.exists()
    return fault.value.id


def edited(release: Release, layer: str, old: str, new: str) -> Release:
    path = next((release.root / "annotations" / layer).iterdir())
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    return release


@pytest.mark.parametrize("layer", ["entities", "words"])
def test_a_layer_made_on_another_text_is_refused(
    real_issue: InventedIssue, write_release: WriteRelease, tmp_path: Path, layer: str
) -> None:
    release = write_release(tmp_path / "release", real_issue)
    release = edited(release, layer, '"text_sha256":"', '"text_sha256":"0')
    assert fault_of(release, tmp_path / "out") == "text-changed"


def test_entities_of_an_unknown_item_are_refused(
    real_issue: InventedIssue, write_release: WriteRelease, tmp_path: Path
) -> None:
    release = write_release(tmp_path / "release", real_issue)
    assert fault_of(edited(release, "entities", BUS, f"{BUS}9"), tmp_path / "out") == "item-unknown"


def test_an_entity_over_two_paragraphs_is_refused(
    real_issue: InventedIssue, write_release: WriteRelease, tmp_path: Path
) -> None:
    release = write_release(tmp_path / "release", real_issue)
    release = edited(release, "entities", '"start":0,"end":3', '"start":8,"end":11')
    assert fault_of(release, tmp_path / "out") == "entity-paragraph"


def test_an_issue_without_articles_layer_is_refused(
    real_issue: InventedIssue, write_release: WriteRelease, tmp_path: Path
) -> None:
    release = write_release(tmp_path / "release", real_issue)
    next((release.root / "annotations/articles").iterdir()).unlink()
    assert fault_of(release, tmp_path / "out") == "annotation-missing"


def test_an_id_that_does_not_name_its_issue_is_refused(
    real_issue: InventedIssue, write_release: WriteRelease, tmp_path: Path
) -> None:
    real_issue.items[1] = replace(real_issue.items[1], id="a2")
    release = write_release(tmp_path / "release", real_issue)
    assert fault_of(release, tmp_path / "out") == "id-local"


def test_an_offset_past_the_page_is_refused(
    real_issue: InventedIssue, write_release: WriteRelease, tmp_path: Path
) -> None:
    release = write_release(tmp_path / "release", real_issue)
    release = edited(
        release, "articles", '"page":2,"start":0,"end":2', '"page":2,"start":0,"end":99'
    )
    assert fault_of(release, tmp_path / "out") == "offset-range"


def test_a_folder_without_issues_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError):
        build(Release(tmp_path), tmp_path / "out")
    (tmp_path / "corpus").mkdir()
    for name, columns in (
        ("issues", "issue title date date_basis number pages_printed source licence sha256"),
        ("pages", "issue page view path sha256"),
        ("splits", "issue split"),
    ):
        header = columns.replace(" ", "\t") + "\n"
        (tmp_path / f"corpus/{name}.tsv").write_text(header)
    with pytest.raises(UsageError, match="nothing to build"):
        build(Release(tmp_path), tmp_path / "out")
