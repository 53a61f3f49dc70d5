"""Records as reports show them: each with the intervals of its rates, grouped by split and task."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from banmian_bench.examples import STREAM
from banmian_bench.power import Power, of_run
from banmian_bench.protocol import Task
from banmian_bench.records import Result, read_result, read_units
from banmian_bench.resample import Interval, intervals
from banmian_bench.rows import Row, RowKey, Tally

Bounds = Mapping[RowKey, Mapping[str, Interval | None]]


@dataclass(frozen=True, slots=True)
class Entry:
    """A record, where it lies (``path``, and ``place`` below the results), and its intervals.

    ``tally`` is None where the sums by unit are not beside the record; ``bounds`` is empty then,
    and where all units are of one issue.
    """

    result: Result
    path: Path = Path()
    place: str = ""
    tally: Tally | None = None
    bounds: Bounds = field(default_factory=dict)

    @classmethod
    def read(cls, root: Path, path: Path) -> Entry:
        """The record at ``path``, which lies below ``root``."""
        result, place = read_result(path), path.relative_to(root).as_posix()
        try:
            tally = read_units(path)
        except FileNotFoundError:
            return cls(result, path, place)
        several = len(tally.issues()) > 1
        return cls(result, path, place, tally, intervals(tally) if several else {})

    @property
    def name(self) -> str:
        """The system's name."""
        return self.result.name

    @property
    def split(self) -> str:
        """The split that was scored."""
        return self.result.signature.knobs["split"]

    @property
    def view(self) -> str:
        """The view of the pages that were read."""
        return self.result.signature.knobs.get("view", STREAM)

    @property
    def part(self) -> str:
        """What is never put together: the split, with its view unless that is the stream."""
        return self.result.signature.place

    @property
    def task(self) -> Task:
        """The task that was scored."""
        return Task(self.result.task)

    @property
    def sees_gold(self) -> str:
        """What gold the system reads; empty for a true system."""
        return str(self.result.system.get("sees_gold") or "")

    @property
    def n_issues(self) -> int:
        """Issues of the split."""
        return int(self.result.dataset["n_issues"])

    def interval(self, row: Mapping[str, Any], rate: str) -> Interval | None:
        """The interval of a rate of one of the record's rows; None where there is none."""
        return self.bounds.get(key_of(row), {}).get(rate)

    def power(self, row: Mapping[str, Any]) -> Power:
        """What drop of the row's headline rate so many issues can show."""
        return of_run(row_from(row), self.interval(row, row["headline"]))


def key_of(row: Mapping[str, Any]) -> RowKey:
    """The key of a row as it stands in a record."""
    return RowKey(*(str(row[name]) for name in RowKey._fields))


def row_from(row: Mapping[str, Any]) -> Row:
    """The row as it was before it was written into a record."""
    return Row(key_of(row), row["sums"], row["rates"], row["n_units"], row["n_issues"])


def grouped(entries: Iterable[Entry]) -> dict[tuple[str, Task], list[Entry]]:
    """By split (and view) and task, in order of both: splits are never put together."""
    groups: dict[tuple[str, Task], list[Entry]] = {}
    for entry in entries:
        groups.setdefault((entry.part, entry.task), []).append(entry)
    order = list(Task)
    keys = sorted(groups, key=lambda key: (key[0], order.index(key[1])))
    return {key: groups[key] for key in keys}
