"""Heat maps of one split and task: a table a family of rows, a row a slice, a column a system."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from banmian.metrics.forms import CLICKS
from banmian_bench.html.rate_cells import RateCell, rate_cell
from banmian_bench.report_entries import Entry, key_of
from banmian_bench.report_tables import COLUMNS, ordered
from banmian_bench.rows import RowKey
from banmian_bench.score import LABELLED

FEW = 10
"""Below so many gold units a rate says little; such rows are marked."""
ALL = "all"

WORDS: Mapping[str, str] = {
    "article_quality": "mean IoU of gold items with their match, 0 without one",
    "role": "F1 by role",
    "entity": "F1 by label",
    "entity_recall": "recall by what the gold tells of a mention",
}
"""What a metric's slices show; others go by their own name."""
UNITS: Mapping[str, tuple[str, ...]] = {
    "prf": ("tp", "fn"),
    "panoptic": ("tp", "fn"),
    "mean": ("count",),
    "share": ("count",),
    "b_cubed": ("chars",),
}
"""By form, the sums that add up to the number of gold units."""


class Family(NamedTuple):
    """Rows that belong into one table; ``tier`` is that of entity labels, otherwise empty."""

    metric: str
    match: str
    tier: str


@dataclass(frozen=True, slots=True)
class SliceLine:
    """A slice: gold units in it (in the reading that has most) and a cell a system."""

    name: str
    units: int
    cells: tuple[RateCell, ...]

    @property
    def few(self) -> bool:
        """Whether there are too few to say much."""
        return self.units < FEW


@dataclass(frozen=True, slots=True)
class HeatMap:
    """A family's slices against systems; ``rising`` is False where low rates are good."""

    title: str
    rate: str
    systems: tuple[Entry, ...]
    lines: tuple[SliceLine, ...]
    rising: bool


def heat_maps(group: Sequence[Entry]) -> list[HeatMap]:
    """A heat map for each family that has slices, that of the leading rate first."""
    lead = COLUMNS[group[0].task][0]
    entries = ordered(group, lead)
    rows = [{key_of(row): row for row in entry.result.rows} for entry in entries]
    families: dict[Family, list[RowKey]] = {}
    for key in sorted({key for by_key in rows for key in by_key}):
        if key.form != CLICKS.name:
            families.setdefault(_family(key), []).append(key)
    leading = Family(lead.metric, lead.match, lead.label)
    return [
        _heat_map(family, keys, entries, rows)
        for family, keys in sorted(families.items(), key=lambda each: each[0] != leading)
        if any(_name(family, key) != ALL for key in keys)
    ]


def _family(key: RowKey) -> Family:
    tier = key.label.partition("/")[0] if key.task in LABELLED else ""
    return Family(key.metric, key.match, tier)


def _name(family: Family, key: RowKey) -> str:
    label = key.label.removeprefix(family.tier).lstrip("/")
    return " ".join(part for part in (label, key.slice.replace("=", " ", 1)) if part) or ALL


def _heat_map(
    family: Family,
    keys: Iterable[RowKey],
    entries: Sequence[Entry],
    rows: Sequence[Mapping[RowKey, Mapping[str, Any]]],
) -> HeatMap:
    keys = list(keys)
    first = next(by_key[keys[0]] for by_key in rows if keys[0] in by_key)
    variant = ", ".join(part for part in (family.match, family.tier) if part)
    return HeatMap(
        title=f"{WORDS.get(family.metric, family.metric)} ({family.metric}, {variant})",
        rate=str(first["headline"]),
        systems=tuple(entries),
        lines=tuple(_line(_name(family, key), key, entries, rows) for key in keys),
        rising=bool(first["higher_is_better"]),
    )


def _line(
    name: str,
    key: RowKey,
    entries: Sequence[Entry],
    rows: Sequence[Mapping[RowKey, Mapping[str, Any]]],
) -> SliceLine:
    found = [by_key.get(key, {}) for by_key in rows]
    cells = (
        rate_cell(entry, row, row["headline"] if row else "")
        for entry, row in zip(entries, found, strict=True)
    )
    return SliceLine(name, max(_units(row) for row in found if row), tuple(cells))


def _units(row: Mapping[str, Any]) -> int:
    return sum(int(row["sums"][name]) for name in UNITS[row["form"]])
