"""Submissions: the form, the checksum, and scores that are made again here."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from banmian.errors import DataFault, DataFaults
from banmian_bench.board.submissions import Submission, submissions
from banmian_bench.cli import app
from banmian_bench.examples import DataSet
from banmian_bench.protocol import Task
from banmian_bench.score import Scoring

runner = CliRunner()


def form(data: DataSet, predictions: bytes, /, **changed: str) -> str:
    stated = {
        "name": "threes",
        "version": "1.0",
        "authors": "A. Reader",
        "licence": "MIT",
        "task": "words",
        "split": "real",
        "data": Scoring(data, "real", Task.WORDS).signature().knobs["data"],
        "predictions": "words.jsonl",
        "sha256": hashlib.sha256(predictions).hexdigest(),
    }
    lines = {**stated, **changed}.items()
    return "".join(f"{name} = {json.dumps(value)}\n" for name, value in lines)


@pytest.fixture
def predictions(data: DataSet) -> bytes:
    """Each text one word: all wrong, all answered."""
    replies = [
        {"id": a.id, "text_sha256": a.text_sha256, "words": [[0, len(a.text)]], "status": "ok"}
        for a in data.articles("real")
    ]
    return "".join(json.dumps(reply) + "\n" for reply in replies).encode()


@pytest.fixture
def folder(data: DataSet, predictions: bytes, tmp_path: Path) -> Path:
    """A submission as it should be."""
    made = tmp_path / "subs" / "threes"
    made.mkdir(parents=True)
    (made / "words.jsonl").write_bytes(predictions)
    (made / "submission.toml").write_text(form(data, predictions), encoding="utf-8")
    return made


def change(folder: Path, data: DataSet, predictions: bytes, /, **changed: str) -> None:
    (folder / "submission.toml").write_text(form(data, predictions, **changed), encoding="utf-8")


def test_it_is_scored_here_and_filed_under_a_name_no_entrant_has(
    data: DataSet, folder: Path, tmp_path: Path
) -> None:
    result = Submission.read(folder).enter(data, tmp_path / "results")
    assert (result.name, result.row("word", "exact")["rates"]["f1"]) == ("submitted:threes", 0.0)
    names = {path.name for path in (tmp_path / "results" / "real" / "words").iterdir()}
    assert "submitted_threes.json" in names
    assert "submitted_threes.predictions.jsonl" in names


def test_a_changed_file_is_refused(folder: Path) -> None:
    path = folder / "words.jsonl"
    path.write_bytes(path.read_bytes() + b"\n")
    with pytest.raises(DataFaults, match="sha256"):
        Submission.read(folder)


def test_all_that_is_wrong_with_a_form_is_said_at_once(
    data: DataSet, folder: Path, predictions: bytes
) -> None:
    change(folder, data, predictions, name="../x", task="sums", points="100")
    with pytest.raises(DataFaults) as caught:
        Submission.read(folder)
    ids = [fault.id for fault in caught.value.faults]
    assert ids == ["submission-form", "submission-name", "submission-task"]


def test_answers_to_other_data_are_refused(data: DataSet, folder: Path, predictions: bytes) -> None:
    change(folder, data, predictions, data="0.9.0@00000000")
    with pytest.raises(DataFault, match="submission-data"):
        Submission.read(folder).score(data)


def test_a_file_elsewhere_is_refused(data: DataSet, folder: Path, predictions: bytes) -> None:
    (folder.parent / "words.jsonl").write_bytes(predictions)
    change(folder, data, predictions, predictions="../words.jsonl")
    with pytest.raises(DataFaults, match="beside the form"):
        Submission.read(folder)


def test_a_folder_without_a_form_is_none(folder: Path) -> None:
    (folder.parent / "notes").mkdir()
    assert list(submissions(folder.parent)) == [folder]


def test_the_command_prints_the_table(data: DataSet, folder: Path) -> None:
    done = runner.invoke(app, ["submission", str(folder), "--data", str(data.folder)])
    assert done.exit_code == 0
    assert "submitted:threes" in done.stdout


def test_the_command_ends_with_3_where_replies_are_missing(
    data: DataSet, folder: Path, predictions: bytes
) -> None:
    first = predictions.splitlines(keepends=True)[0]
    (folder / "words.jsonl").write_bytes(first)
    change(folder, data, first)
    done = runner.invoke(app, ["submission", str(folder), "--data", str(data.folder)])
    assert done.exit_code == 3
    assert "missing: 6" in done.stderr
