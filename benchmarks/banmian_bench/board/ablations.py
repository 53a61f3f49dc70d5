"""What costs what: tables from the board's records, nothing run or scored again.

Each table names what it compares. ``real`` and ``test`` stand side by side and are never put
together; a difference between them is one between two corpora, one of them a single page.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from banmian_bench.examples import STREAM
from banmian_bench.protocol import Task
from banmian_bench.report_entries import Entry, key_of
from banmian_bench.report_tables import ABSENT, COLUMNS, Column, in_markdown, row_of, value
from banmian_bench.resample import Interval, difference_intervals, intervals
from banmian_bench.rows import RowKey, Tally

TEST: Final = "test"
REAL: Final = "real"
QUALITY: Final = ("article_quality", "iou>.5", "")
RECALL: Final = ("entity_recall", "strict", "headline")
SLICED: Final = {
    Task.ARTICLES: (QUALITY, ("headline", "contiguous", "noise", "kind", "size")),
    Task.ENTITIES: (RECALL, ("seen", "broken", "role", "length")),
}
"""By task, the row that has slices and the slices that are shown."""


@dataclass(frozen=True, slots=True)
class Table:
    """A heading, a paragraph that says what is compared, column headings and rows of cells."""

    title: str
    text: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def markdown(self) -> str:
        """The table under its heading."""
        lines = [
            "| " + " | ".join(self.headings) + " |",
            "|---|" + "--:|" * (len(self.headings) - 1),
            *("| " + " | ".join(map(in_markdown, row)) + " |" for row in self.rows),
        ]
        return "\n".join([f"## {self.title}", "", self.text, "", *lines]) + "\n"


def tables(entries: Sequence[Entry], train_titles: Collection[str]) -> list[Table]:
    """Every table that the records have something to say in, in a fixed order."""
    made = [
        _gap(entries),
        _titles(entries, train_titles),
        _views(entries),
        *(_slices(entries, task) for task in SLICED),
        _segmentation(entries),
        *(_speed(entries, task) for task in Task),
    ]
    return [table for table in made if table.rows]


def _of(entries: Iterable[Entry], task: Task, split: str, view: str = STREAM) -> dict[str, Entry]:
    """Systems by name, the best last; those that read all gold left out."""
    lead = COLUMNS[task][0]
    found = [
        entry
        for entry in entries
        if (entry.task, entry.split, entry.view) == (task, split, view)
        and entry.sees_gold != "everything"
    ]
    found.sort(key=lambda entry: (value(entry.result, lead) or 0.0, entry.name))
    return {entry.name: entry for entry in found}


def _gap(entries: Sequence[Entry]) -> Table:
    rows = []
    for task in Task:
        lead = COLUMNS[task][0]
        real = _of(entries, task, REAL)
        for name, entry in _of(entries, task, TEST).items():
            if name in real:
                one, other = value(entry.result, lead), value(real[name].result, lead)
                change = None if one is None or other is None else other - one
                shown = (*_rated(entry, lead), _rate(other), _signed(change))
                rows.append((f"{task}: {name}", lead.heading, *shown))
    return Table(
        "From the press to the real page",
        "The same system on the synthetic `test` split and on the one real page. The real page "
        "has one issue, so it has no interval: read the sign, not the digits. `cue-rules` was "
        "written with the real page in view.",
        ("task: system", "rate", "test", "95 %", "real", "real − test"),
        tuple(rows),
    )


def _titles(entries: Sequence[Entry], train_titles: Collection[str]) -> Table:
    """Issues of newspapers that train has too, against those of newspapers it has not."""

    def seen(issue: str) -> bool:
        return issue.partition("-")[0] in train_titles

    rows = []
    for task in Task:
        lead = COLUMNS[task][0]
        for name, entry in _of(entries, task, TEST).items():
            row = row_of(entry.result, lead)
            if entry.tally is None or not row:
                continue
            key = key_of(row)
            parts = [part(entry.tally, key, seen), part(entry.tally, key, lambda i: not seen(i))]
            if all(each.numbers for each in parts):
                cells = [cell for each in parts for cell in _part(each, key, lead)]
                rows.append((f"{task}: {name}", lead.heading, *cells))
    return Table(
        "An unseen newspaper",
        "Issues of the `test` split whose newspaper has issues in `train`, and those whose "
        "newspaper has none. The papers differ in make-up and in difficulty as well: systems "
        "that were not trained here show by how much, and what a trained system loses beyond "
        "them is the price of an unseen paper.",
        ("task: system", "rate", "seen paper", "95 %", "unseen paper", "95 %"),
        tuple(rows),
    )


def part(tally: Tally, key: RowKey, keep: Callable[[str], bool]) -> Tally:
    """The sums of one row over the units of the issues that ``keep`` says yes to."""
    units = list(tally.numbers)
    numbers, sums = tally.by_unit(key)
    kept = [at for at, number in enumerate(numbers) if keep(units[number].issue)]
    made = Tally()
    if kept:
        own = [made.number(units[numbers[at]]) for at in kept]
        made.add_block(key, np.array(own, dtype=np.int64), sums[kept])
    return made


def _part(tally: Tally, key: RowKey, lead: Column) -> tuple[str, str]:
    [row] = tally.rows()
    return _rate(row.rates[lead.rate]), _bounds(intervals(tally, keys=[key])[key][lead.rate])


def _views(entries: Sequence[Entry]) -> Table:
    lead = COLUMNS[Task.ARTICLES][0]
    views = sorted({e.view for e in entries if (e.task, e.split) == (Task.ARTICLES, TEST)})
    views = [STREAM, *(view for view in views if view != STREAM)]
    by_view = {view: _of(entries, Task.ARTICLES, TEST, view) for view in views}
    rows = [
        (name, *(_rate(_value(by_view[view].get(name), lead)) for view in views))
        for name in by_view[STREAM]
        if sum(name in by_view[view] for view in views) > 1
    ]
    return Table(
        "How the text was extracted",
        f"{lead.heading} on the `test` split: the same pages, their text in the order of the "
        "PDF's stream, of pdfium, of poppler, and row by row across the columns.",
        ("system", *views),
        tuple(rows),
    )


def _slices(entries: Sequence[Entry], task: Task) -> Table:
    (metric, match, label), families = SLICED[task]
    systems = _of(entries, task, TEST)
    found: dict[str, dict[str, Mapping[str, float]]] = {}
    for name, entry in systems.items():
        for row in entry.result.rows:
            if (row["metric"], row["match"], row["label"]) == (metric, match, label):
                found.setdefault(row["slice"], {})[name] = row
    names = [name for name in systems if any(name in by for by in found.values())]
    rows = [
        (
            slice,
            str(max(int(_sums(row)["count"]) for row in found[slice].values())),
            *(_rate(_mean(found[slice].get(name))) for name in names),
        )
        for family in families
        for slice in sorted(found)
        if slice.partition("=")[0] == family
    ]
    what = {
        Task.ARTICLES: "Mean IoU of gold items with their match, 0 without one: where the head "
        "stands against the body, whether other items' text stands inside, what the extraction "
        "put in, kind and size in printed characters.",
        Task.ENTITIES: "Recall of mentions in the collapsed tier: seen in `train`, broken by the "
        "text layer on the page (the article's text as systems get it is whole), role of the "
        "paragraph, length in characters.",
    }
    return Table(f"Slices of {task}", what[task], ("slice", "n", *names), tuple(rows))


def _sums(row: Mapping[str, object]) -> Mapping[str, float]:
    sums = row["sums"]
    assert isinstance(sums, Mapping)
    return sums


def _mean(row: Mapping[str, object] | None) -> float | None:
    sums = _sums(row) if row else {}
    return sums["sum"] / sums["count"] if sums.get("count") else None


def _segmentation(entries: Sequence[Entry]) -> Table:
    """What a recogniser loses by getting predicted articles instead of gold ones."""
    lead = COLUMNS[Task.PIPELINE][0]
    systems = {e.name: e for e in entries if (e.task, e.part) == (Task.PIPELINE, TEST)}
    rows = []
    for name in _of(entries, Task.PIPELINE, TEST):
        segmenter, plus, recogniser = name.partition("+")
        best, entry = systems.get(f"oracle+{recogniser}"), systems[name]
        if not plus or segmenter == "oracle" or best is None:
            continue
        lost, bounds = ABSENT, ABSENT
        if best.tally and entry.tally:
            key = key_of(row_of(entry.result, lead))
            change = difference_intervals(best.tally, entry.tally, [key])[key]
            one, other = _value(entry, lead), _value(best, lead)
            lost = _signed(None if one is None or other is None else one - other)
            bounds = _bounds(change)
        rows.append((name, _rate(_value(entry, lead)), _rate(_value(best, lead)), lost, bounds))
    return Table(
        "F1 lost to segmentation",
        "Strict F1 of entities on the page, after a segmenter and after gold articles, split "
        "`test`; the difference with its interval over paired issues.",
        ("pipeline", "F1", "after gold articles", "change", "95 %"),
        tuple(rows),
    )


def _speed(entries: Sequence[Entry], task: Task) -> Table:
    """Accuracy against speed; systems that another one beats in both are told by whom."""
    lead = COLUMNS[task][0]
    timed = [
        (entry, value(entry.result, lead) or 0.0, float(entry.result.timing["chars_per_s"]))
        for entry in _of(entries, task, TEST).values()
        if not entry.sees_gold and entry.result.timing.get("chars_per_s")
    ]
    rows = []
    for entry, rate, speed in sorted(timed, key=lambda each: -each[1]):
        better = [
            o.name for o, r, s in timed if (r >= rate and s >= speed) and (r, s) != (rate, speed)
        ]
        rows.append(
            (entry.name, _rate(rate), f"{speed:,.0f}", "front" if not better else f"{better[-1]}")
        )
    return Table(
        f"Accuracy against speed: {task}",
        f"{lead.heading} on `test` and characters of text a second of CPU time, each system in a "
        "process of its own, one text at a time, one pass on a shared machine: read the order of "
        "magnitude. *front*: no other system is at least as good in both; else one that is.",
        ("system", lead.heading, "chars/s", "Pareto"),
        tuple(rows),
    )


def _value(entry: Entry | None, column: Column) -> float | None:
    return None if entry is None else value(entry.result, column)


def _rated(entry: Entry, column: Column) -> tuple[str, str]:
    row = row_of(entry.result, column)
    bounds = entry.interval(row, column.rate) if row else None
    return _rate(value(entry.result, column)), _bounds(bounds)


def _rate(rate: float | None) -> str:
    return ABSENT if rate is None else f"{rate:.3f}"


def _bounds(interval: Interval | None) -> str:
    return ABSENT if interval is None else f"[{interval.low:.3f}, {interval.high:.3f}]"


def _signed(change: float | None) -> str:
    return ABSENT if change is None else f"{change:+.3f}".replace("-", "−")


def ablations_page(entries: Sequence[Entry], train_titles: Collection[str]) -> str:
    """ABLATIONS.md: what the tables are, then the tables."""
    return "\n".join([_HEAD, *_markdowns(entries, train_titles)])


def _markdowns(entries: Sequence[Entry], train_titles: Collection[str]) -> Iterator[str]:
    yield from (table.markdown() for table in tables(entries, train_titles))


_HEAD: Final = """# What costs what

Made by `banmian-bench board` from the records beside this page; edits are lost. All pages of the
split `test` are synthetic. Signatures and intervals of every number are in RESULTS.md.
"""
