"""A synthetic issue of two pages in four views, scored in each (tests/data/press_issue)."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from banmian.dataset import build
from banmian.errors import DataFault, UsageError
from banmian.release import Release
from banmian_bench.cli import app
from banmian_bench.examples import DataSet
from banmian_bench.protocol import Task
from banmian_bench.records import read_result
from banmian_bench.report_entries import Entry, grouped
from banmian_bench.score import Scoring, examples_of
from banmian_bench.view_places import PageText, Part, pieces_of

ROOT = Path(__file__).parents[1] / "data" / "press_issue"
VIEWS = ("stream", "pdfium", "poppler", "rows")
runner = CliRunner()


@pytest.fixture(scope="module")
def press(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data set built from the issue."""
    return build(Release(ROOT), tmp_path_factory.mktemp("press") / "set").path


def run(press: Path, output: Path, *arguments: str) -> list[Path]:
    """The records of a run over the test split."""
    places = ["--data", str(press), "--split", "test", "-o", str(output), "--json"]
    done = runner.invoke(app, ["run", *arguments, *places])
    assert done.exit_code == 0, done.output
    return [Path(path) for path in json.loads(done.stdout)["records"]]


@pytest.mark.parametrize("view", VIEWS)
def test_the_oracle_is_exactly_one_in_every_task(press: Path, tmp_path: Path, view: str) -> None:
    records = [read_result(path) for path in run(press, tmp_path, "oracle", "--view", view)]
    assert [record.task for record in records] == list(Task)
    for record in records:
        assert record.predictions["invalid"] == {}
        for row in record.rows:
            rate = row["rates"][row["headline"]]
            # "fragments" and the like count faults: the oracle has none
            assert rate in (1.0 if row["higher_is_better"] else 0.0, None), row


@pytest.mark.parametrize("view", VIEWS)
def test_pages_are_of_one_view_and_items_stand_where_it_puts_them(press: Path, view: str) -> None:
    data = DataSet.open(press, view)
    pages = {page.number: page for page in data.pages("test")}
    assert list(pages) == [1, 2]
    assert {page.view for page in pages.values()} == {view}
    for article in data.articles("test"):
        for start, number, at, length in article.pieces:
            text = pages[number].text[at : at + length]
            assert article.text[start : start + length] == text


def test_a_pipeline_page_has_its_own_items_alone(press: Path) -> None:
    for whole in DataSet.open(press, "rows").pipelines("test"):
        ids = {item.id for item in whole.page.readings[0].items}
        assert {article.id for article in whole.articles} == ids


def test_text_ids_of_pages_differ_by_view_and_those_of_items_do_not(press: Path) -> None:
    def ids(task: Task, view: str) -> list[str]:
        return [r.id for r, _ in examples_of(DataSet.open(press, view), "test", task)]

    assert not set(ids(Task.ARTICLES, "stream")) & set(ids(Task.ARTICLES, "rows"))
    assert ids(Task.WORDS, "stream") == ids(Task.WORDS, "rows")


def test_the_view_is_in_the_signature_unless_it_is_the_stream(press: Path) -> None:
    stream, rows = (
        Scoring(DataSet.open(press, view), "test", Task.ARTICLES).signature()
        for view in ("stream", "rows")
    )
    assert "view" not in stream.knobs
    assert rows.differences(stream) == ["view: rows ≠ –"]
    assert (stream.place, rows.place) == ("test", "test.rows")


def test_records_of_two_views_lie_apart_and_are_reported_apart(press: Path, tmp_path: Path) -> None:
    made = [
        *run(press, tmp_path, "each-line"),
        *run(press, tmp_path, "each-line", "--view", "poppler"),
    ]
    assert len(set(made)) == 2
    groups = grouped(Entry.read(tmp_path, path) for path in made)
    assert list(groups) == [("test", Task.ARTICLES), ("test.poppler", Task.ARTICLES)]
    options = ["-o", str(tmp_path / "out"), "--html", "--data", str(press)]
    done = runner.invoke(app, ["report", str(tmp_path), *options])
    assert done.exit_code == 0, done.output
    assert "split test.poppler" in (tmp_path / "out" / "RESULTS.md").read_text(encoding="utf-8")


def test_scoring_the_file_of_a_run_needs_its_view(press: Path, tmp_path: Path) -> None:
    [record] = run(press, tmp_path, "each-line", "--view", "rows")
    said = str(record.with_suffix(".predictions.jsonl"))
    asked = ["score", said, "--task", "articles", "--split", "test", "--data", str(press), "--json"]
    right, wrong = (runner.invoke(app, [*asked, *view]) for view in (["--view", "rows"], []))
    assert right.exit_code == 0, right.output
    assert json.loads(right.stdout) == list(read_result(record).rows)
    assert wrong.exit_code == 3
    assert "unknown-id: 2" in wrong.stderr


def test_explain_shows_a_page_of_a_view(press: Path, tmp_path: Path) -> None:
    [record] = run(press, tmp_path, "each-line", "--view", "rows")
    said = str(record.with_suffix(".predictions.jsonl"))
    id = "slwb-2031-03-10-p02.rows"
    asked = ["explain", said, "--id", id, "--split", "test", "--data", str(press), "--json"]
    done = runner.invoke(app, [*asked, "--view", "rows"])
    assert done.exit_code == 0, done.output
    assert json.loads(done.stdout)["id"] == id


@pytest.mark.parametrize("verb", ["run", "score", "time"])
def test_a_view_that_is_not_there_ends_with_2(data: DataSet, tmp_path: Path, verb: str) -> None:
    said = tmp_path / "said.jsonl"
    said.write_text("{}\n", encoding="utf-8")
    what = {"run": ["each-line"], "score": [str(said)], "time": ["each-line"]}[verb]
    task = ["--task", "articles", "--data", str(data.folder), "--view", "pdfium"]
    done = runner.invoke(app, [verb, *what, *task])
    assert done.exit_code == 2
    assert "stream" in done.stderr
    with pytest.raises(UsageError, match="stream"):
        data.in_view("pdfium").refuse_absent("real")


def test_a_view_that_gives_another_text_is_refused() -> None:
    pages = {1: PageText("甲 乙", [(1, 2)]), 2: PageText("丙", [])}
    parts = [Part(0, 2, 0, 1, "body"), Part(0, 1, 0, 3, "body")]
    assert pieces_of("a1", "甲乙丙", parts, pages) == ((0, 1, 0, 1), (1, 1, 2, 1), (2, 2, 0, 1))
    with pytest.raises(DataFault, match="a1 reads"):
        pieces_of("a1", "甲乙", parts, pages)


@pytest.mark.parametrize("view", VIEWS)
def test_every_printed_character_of_a_view_stands_in_one_line_box(press: Path, view: str) -> None:
    for page in DataSet.open(press, view).pages("test"):
        layout = page.request().layout
        assert layout is not None
        boxed = [at for line in layout.lines for at in range(line.start, line.end)]
        assert len(boxed) == len(set(boxed))
        printed = {at for at, char in enumerate(page.text) if not char.isspace()}
        assert printed <= set(boxed) <= set(range(len(page.text)))
        assert all(line.x0 < line.x1 and line.y0 < line.y1 for line in layout.lines)


def test_a_page_without_boxes_has_no_layout(data: DataSet) -> None:
    assert next(data.pages("real")).request().layout is None


def test_pictures_are_those_of_the_pages(press: Path) -> None:
    data = DataSet.open(press)
    pictures = data.pictures("test")
    assert set(pictures) == {page.id for page in data.pages("test")}
    assert all(picture[:4] == b"RIFF" for picture in pictures.values())
    assert data.pictures("real") == {}
