"""Ablation tables from invented records: what is compared with what, and the figures."""

from __future__ import annotations

import numpy as np
import pytest

from banmian_bench.board.ablations import Table, tables
from banmian_bench.protocol import Task
from banmian_bench.records import Result, row_record
from banmian_bench.report_entries import Entry
from banmian_bench.resample import intervals
from banmian_bench.rows import RowKey, Tally, Unit
from banmian_bench.signature import Signature

HALF, ALL, NONE = (1.0, 1.0, 1.0), (2.0, 0.0, 0.0), (0.0, 1.0, 2.0)
"""tp, fp, fn of an issue: F1 .5, 1 and 0."""


def entry(
    name: str,
    issues: dict[str, tuple[float, float, float]],
    *,
    split: str = "test",
    task: Task = Task.ENTITIES,
    speed: int = 100,
) -> Entry:
    """A record of one row: the strict F1 of entities in the collapsed tier."""
    tally = Tally()
    key = RowKey(task, "entity", "strict", "headline", "", "prf")
    for issue, sums in issues.items():
        tally.add(key, Unit(issue, f"{issue}-a1"), np.array(sums))
    result = Result(
        signature=Signature({"split": split, "task": task}),
        dataset={"n_issues": len(issues), "n_texts": len(issues)},
        system={"name": name},
        predictions={},
        rows=tuple(row_record(row) for row in tally.rows()),
        timing={"chars_per_s": speed},
        environment={},
    )
    return Entry(result, tally=tally, bounds=intervals(tally, resamples=50))


def table(entries: list[Entry], title: str, trained: tuple[str, ...] = ()) -> Table:
    [found] = [each for each in tables(entries, trained) if each.title == title]
    return found


def test_real_and_test_stand_side_by_side_with_their_difference() -> None:
    made = [entry("s", {"a-1": HALF, "b-1": HALF}), entry("s", {"r-1": ALL}, split="real")]
    [row] = table(made, "From the press to the real page").rows
    assert (row[0], row[2], row[4], row[5]) == ("entities: s", "0.500", "1.000", "+0.500")


def test_issues_are_parted_by_whether_train_has_their_paper() -> None:
    made = [entry("s", {"a-1": ALL, "a-2": ALL, "b-1": NONE, "b-2": HALF})]
    [row] = table(made, "An unseen newspaper", trained=("a",)).rows
    assert (row[2], row[4]) == ("1.000", "0.286")


def test_without_an_unseen_paper_nothing_is_said_of_one() -> None:
    made = [entry("s", {"a-1": ALL, "a-2": HALF})]
    titles = {each.title for each in tables(made, ("a",))}
    assert "An unseen newspaper" not in titles


def test_segmentation_costs_what_gold_articles_would_have_given_more() -> None:
    issues = {"a-1": ALL, "b-1": ALL}
    made = [
        entry("oracle+ner", issues, task=Task.PIPELINE),
        entry("lines+ner", dict.fromkeys(issues, HALF), task=Task.PIPELINE),
    ]
    [row] = table(made, "F1 lost to segmentation").rows
    assert row[:4] == ("lines+ner", "0.500", "1.000", "−0.500")


@pytest.mark.parametrize(
    ("rate", "speed", "place"), [(ALL, 50, "front"), (HALF, 50, "other"), (NONE, 200, "front")]
)
def test_a_system_is_on_the_front_if_none_beats_it_in_both(
    rate: tuple[float, float, float], speed: int, place: str
) -> None:
    made = [entry("it", {"a-1": rate}, speed=speed), entry("other", {"a-1": HALF}, speed=100)]
    rows = {row[0]: row for row in table(made, "Accuracy against speed: entities").rows}
    assert rows["it"][3] == place


def test_a_name_with_a_bar_does_not_break_the_table() -> None:
    [line] = [
        line
        for each in tables([entry("a|b", {"a-1": HALF})], ())
        for line in each.markdown().splitlines()
        if "a\\|b" in line
    ]
    assert line.replace("\\|", "").count("|") == 5
