"""``banmian validate``: what it prints where, and its exit codes."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from banmian.cli import app

DATA = Path(__file__).parents[1] / "data"


@pytest.fixture
def faulty(tmp_path: Path) -> Path:
    """A release with two faults: a file that no table names, an issue in no split."""
    release = shutil.copytree(DATA / "release", tmp_path / "release")
    (release / "corpus" / "stray.txt").write_text("稿", encoding="utf-8")
    (release / "corpus" / "splits.tsv").write_text("issue\tsplit\n", encoding="utf-8")
    return release


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, ["validate", *map(str, arguments)])


def test_a_clean_release_prints_no_incident_and_exits_0() -> None:
    result = run(DATA / "release")
    assert (result.exit_code, result.stdout) == (0, "")


def test_incidents_are_printed_one_a_line_in_order(faulty: Path) -> None:
    assert [line.split(" (")[0] for line in run(faulty).stdout.splitlines()] == [
        "corpus/issues.tsv:2: split-none: issue slrb-2031-03-09 is in no split",
        "corpus/stray.txt:1: file-unlisted: no line of a table names stray.txt",
    ]


def test_incidents_exit_1(faulty: Path) -> None:
    assert run(faulty).exit_code == 1


def test_the_summary_goes_to_stderr(faulty: Path) -> None:
    assert run(faulty).stderr == f"{faulty}: incidents: 2, files: 2\n"


def test_json_is_a_list_of_incidents(faulty: Path) -> None:
    records = json.loads(run(faulty, "--json").stdout)
    assert [(record["path"], record["line"], record["id"]) for record in records] == [
        ("corpus/issues.tsv", 2, "split-none"),
        ("corpus/stray.txt", 1, "file-unlisted"),
    ]


def test_json_of_a_clean_release_is_an_empty_list() -> None:
    assert json.loads(run(DATA / "release", "--json").stdout) == []


def test_a_folder_that_is_neither_release_nor_data_set_exits_2(tmp_path: Path) -> None:
    assert run(tmp_path).exit_code == 2


def test_a_path_that_is_not_there_exits_2(tmp_path: Path) -> None:
    assert run(tmp_path / "nowhere").exit_code == 2


def test_a_built_data_set_is_checked_as_one(built: Path, tmp_path: Path) -> None:
    copy = shutil.copytree(built, tmp_path / "copy")
    (copy / "stray.txt").write_text("稿", encoding="utf-8")
    assert run(copy).stdout.startswith("stray.txt:1: file-unlisted: ")
