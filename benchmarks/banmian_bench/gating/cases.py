"""Which result is held against which baseline, and reading the two.

A baseline folder is laid out like a results folder: ``<split>/<task>/<system>.json`` and
``.units.parquet``. A result that is named is looked up there; a results folder is held against
*every* baseline of the folder, so that a system that was not run is noticed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pyarrow as pa

from banmian.errors import BanmianError, UsageError
from banmian_bench.compare import Entrant
from banmian_bench.comparison_tables import row_name
from banmian_bench.evaluation import Filed
from banmian_bench.records import read_result
from banmian_bench.rows import RowKey

SIDECAR: Final = ".units.parquet"
SPEED: Final = "speed.json"
"""The stored pytest-benchmark file of a baseline folder."""

PREDICTIONS: Final = ("coverage", "invalid", "first_invalid", "sha256")
STATED: Final = 1e-6
"""A record's sums are rounded to nine decimals."""
UNREADABLE: Final = (
    BanmianError,
    OSError,
    pa.ArrowException,
    AttributeError,
    KeyError,
    TypeError,
    ValueError,
)
"""What reading a damaged record or sidecar may raise."""


@dataclass(frozen=True, slots=True)
class Case:
    """A result and where its baseline is, or would be.

    ``result`` is None where a results folder has none for the baseline; ``named`` tells that the
    user asked for this very result, so that a baseline must be there.
    """

    name: str
    result: Path | None
    baseline: Path
    named: bool = True


class Damaged(BanmianError):
    """A record that cannot be gated; the message says why."""


def cases(results: Sequence[Path], baseline: Path) -> list[Case]:
    """A case for each result named, and for each baseline where a results folder is named."""
    if baseline.suffix == ".json":
        if len(results) != 1 or results[0].is_dir():
            raise UsageError(
                f"the baseline {baseline} is one record: give one result, or a baseline folder"
            )
        return [Case(results[0].stem, results[0], baseline)]
    found: list[Case] = []
    for result in results:
        found += _cases_of_folder(result, baseline) if result.is_dir() else [_one(result, baseline)]
    return found


def _cases_of_folder(results: Path, baseline: Path) -> Iterator[Case]:
    kept = {path.relative_to(baseline) for path in baseline.rglob("*.json") if path.name != SPEED}
    made = {path.relative_to(results) for path in results.rglob("*.json") if _is_record(path)}
    for place in sorted(kept | made):
        result = results / place if place in made else None
        yield Case(place.with_suffix("").as_posix(), result, baseline / place, named=False)


def _is_record(path: Path) -> bool:
    """Other JSON (times, tables) may lie in a results folder; a record has a sidecar."""
    return path.with_suffix(SIDECAR).is_file()


def _one(result: Path, baseline: Path) -> Case:
    try:
        read = read_result(result)
        place = Filed.of(baseline, read).record
    except UNREADABLE:
        return Case(result.stem, result, baseline / result.name)  # told when it is read again
    return Case(place.relative_to(baseline).with_suffix("").as_posix(), result, place)


def read_side(path: Path) -> Entrant:
    """A record with its sums by unit; :class:`Damaged` unless the two say the same."""
    try:
        entrant = Entrant.read(path)
        _refuse_gaps(entrant)
    except UNREADABLE as error:
        raise Damaged(f"{path.name}: {error}") from None
    return entrant


def _refuse_gaps(entrant: Entrant) -> None:
    """The record tells what the gate reads, and row by row the same as its sidecar."""
    lacking = [name for name in PREDICTIONS if name not in entrant.result.predictions]
    if lacking:
        raise Damaged(f"it does not tell of its predictions: {', '.join(lacking)}")
    told = {RowKey(*(row[name] for name in RowKey._fields)): row for row in entrant.result.rows}
    found = {row.key: row.sums for row in entrant.tally.rows()}
    if told.keys() != found.keys():
        raise Damaged(f"it and its {SIDECAR} differ in {len(told.keys() ^ found.keys())} rows")
    for key, sums in found.items():
        stated = told[key]["sums"]
        if not all(abs(stated[name] - total) <= STATED for name, total in sums.items()):
            raise Damaged(f"it and its {SIDECAR} differ in the sums of {row_name(key)}")
