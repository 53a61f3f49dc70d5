"""A print run from manuscripts to tables and layers; skipped without fonts or poppler."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from banmian.corpus import Corpus
from banmian.errors import DataFaults, UsageError
from banmian.manuscripts import read_copy
from banmian.press.copy_marks import marks_of
from banmian.press.fonts import FontBook
from banmian.press.print_run import differences, press_rows, print_run
from banmian.press.remix import deal
from banmian.release import Release
from banmian.tagset import Status

ROOT = Path(__file__).parents[3]
DATA = ROOT / "tests" / "data" / "press"
ISSUE = "ttrb-2030-05-06"


def release(root: Path) -> Path:
    shutil.copytree(DATA / "manuscripts", root / "corpus" / "manuscripts")
    shutil.copytree(DATA / "houses", root / "corpus" / "houses")
    shutil.copytree(ROOT / "annotations" / "guidelines", root / "annotations" / "guidelines")
    shutil.copy(ROOT / "annotations" / "tagset.toml", root / "annotations")
    (root / "corpus" / "splits.tsv").write_text(f"issue\tsplit\n{ISSUE}\ttrain\n", "utf-8")
    return root


@pytest.fixture(scope="module")
def pressed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext (poppler-utils) is not installed")
    try:
        FontBook.open()
    except UsageError as error:
        pytest.skip(str(error))
    root = release(tmp_path_factory.mktemp("press"))
    assert print_run(root) == 1
    return root


def test_the_release_can_be_read_in_every_view(pressed: Path) -> None:
    corpus = Corpus.read(pressed / "corpus")
    texts = {}
    for view in ("stream", "pdfium", "poppler", "rows"):
        (issue,) = Release(pressed).issues(view=view)
        texts[view] = [issue.article_text(item).text for item in issue.reading.items]

    assert len(corpus.issues) == 1
    assert all(given == texts["stream"] for given in texts.values())


def test_entities_lie_on_the_article_texts(pressed: Path) -> None:
    (issue,) = Release(pressed).issues()
    mentions = {
        entity.span.of(issue.article_text(item).text)
        for item in issue.reading.items
        for entity in issue.entities[item.id].entities
    }

    assert {"罗小满", "砚西市交通局", "CaiLink", "每周六"} <= mentions


def test_a_second_run_has_nothing_to_do(pressed: Path) -> None:
    assert print_run(pressed) == 0


def test_pressing_again_gives_the_same_bytes(pressed: Path) -> None:
    assert dict(differences(pressed)) == {ISSUE: []}


def test_a_changed_file_is_found(pressed: Path, tmp_path: Path) -> None:
    root = tmp_path / "changed"
    shutil.copytree(pressed, root)
    path = root / "corpus" / "press" / "ttrb" / "2030-05-06" / "p01.stream.txt"
    path.write_text(path.read_text("utf-8") + "x", "utf-8")

    ((_, wrong),) = differences(root)

    assert wrong == ["corpus/press/ttrb/2030-05-06/p01.stream.txt"]


def test_a_faulty_manuscript_stops_no_other(pressed: Path, tmp_path: Path) -> None:
    root = tmp_path / "faulty"
    shutil.copytree(pressed, root)
    bad = root / "corpus" / "manuscripts" / "ttrb" / "2030-05-07.txt"
    bad.write_text("=== 01\nform: news\n", "utf-8")

    with pytest.raises(DataFaults, match="2030-05-07"):
        print_run(root)

    assert set(press_rows(root)) == {ISSUE}


def test_training_issues_are_dealt_from_train_only(pressed: Path, tmp_path: Path) -> None:
    output = tmp_path / "training"

    deal(pressed, output, issues=2, seed=3)

    assert len(list((output / "corpus" / "manuscripts").rglob("*.txt"))) == 2
    with pytest.raises(UsageError, match="exists"):
        deal(pressed, output, issues=2, seed=3)


def test_without_train_copy_there_is_nothing_to_deal(tmp_path: Path) -> None:
    root = release(tmp_path / "root")
    (root / "corpus" / "splits.tsv").write_text(f"issue\tsplit\n{ISSUE}\ttest\n", "utf-8")

    with pytest.raises(UsageError, match="train"):
        deal(root, tmp_path / "out", issues=1, seed=0)


def test_a_second_pass_makes_the_marks_gold(tmp_path: Path) -> None:
    root = release(tmp_path)
    path = root / "corpus" / "manuscripts" / "ttrb" / "2030-05-06.txt"
    copy = read_copy(path)
    (alone,) = marks_of(root, copy)
    for one in "ab":
        to = root / "annotations" / "copy" / "entities" / one / "ttrb" / "2030-05-06.txt"
        to.parent.mkdir(parents=True)
        shutil.copy(path, to)

    gold, a, b = marks_of(root, copy)

    assert (alone.status, gold.status) == (Status.SILVER, Status.GOLD)
    assert (a.folder, b.folder) == ("passes/a/", "passes/b/")
