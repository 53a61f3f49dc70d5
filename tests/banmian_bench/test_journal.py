"""Interrupted runs: what was answered stays, and is taken up only by the same run."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from banmian_bench.journal import Journal
from banmian_bench.predictions import read_predictions
from banmian_bench.protocol import Reply, Request, Task

HEADER = {"protocol": 1, "system": "s", "version": "1", "fingerprint": "f"}
REQUESTS = [Request(f"t{n}", Task.WORDS, "新桥", f"sha{n}") for n in range(4)]
REPLIES = [Reply(each.id, each.text_sha256, words=((0, 2),)) for each in REQUESTS]


def journal(folder: Path, **changed: str) -> Journal:
    return Journal(folder / "s.predictions.jsonl", {**HEADER, **changed})


def interrupted(folder: Path, after: int) -> None:
    def stopped() -> Iterator[Reply]:
        yield from REPLIES[:after]
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        journal(folder).write(stopped())


def test_an_interrupted_run_goes_on_to_the_same_bytes(tmp_path: Path) -> None:
    whole, halved = tmp_path / "whole", tmp_path / "halved"
    journal(whole).write(REPLIES)
    interrupted(halved, after=2)
    done = journal(halved).answered(REQUESTS)
    journal(halved).write(REPLIES[done:], after=done)
    assert done == 2
    assert journal(halved).predictions.read_bytes() == journal(whole).predictions.read_bytes()


def test_nothing_half_written_is_seen_as_predictions(tmp_path: Path) -> None:
    interrupted(tmp_path, after=3)
    assert not journal(tmp_path).predictions.exists()


def test_a_half_written_line_is_asked_again(tmp_path: Path) -> None:
    interrupted(tmp_path, after=3)
    path = journal(tmp_path).path
    path.write_bytes(path.read_bytes()[:-5])
    assert journal(tmp_path).answered(REQUESTS) == 2
    journal(tmp_path).write(REPLIES[2:], after=2)
    assert list(read_predictions(journal(tmp_path).predictions)) == REPLIES


@pytest.mark.parametrize("knob", ["version", "fingerprint"])
def test_the_journal_of_another_system_is_not_taken_up(tmp_path: Path, knob: str) -> None:
    interrupted(tmp_path, after=3)
    assert journal(tmp_path, **{knob: "other"}).answered(REQUESTS) == 0


def test_answers_to_another_text_are_not_taken_up(tmp_path: Path) -> None:
    interrupted(tmp_path, after=3)
    changed = [REQUESTS[0], Request("t1", Task.WORDS, "老桥", "other"), *REQUESTS[2:]]
    assert journal(tmp_path).answered(changed) == 1
