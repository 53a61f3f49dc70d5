"""Label maps: what a system's entity labels are called in the benchmark. One TOML file a map.

A table a native label: ``headline`` is its label in the collapsed tier that every system can
express, ``ontonotes`` its type among the 18. A label without one of the two says in ``note`` why;
one without both is dropped on purpose. A label that a map does not have is an error.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, Final

from banmian.errors import DataFault, UsageError
from banmian.tagset import EntityLabel

FOLDER: Final = Path(__file__).parent
GOLD: Final = "ontonotes"
"""The map of the gold, and of systems that use the OntoNotes names."""

HEADLINE: Final = ("PERSON", "ORG", "PLACE", "TIME")
"""The labels of the collapsed tier: PLACE is GPE, LOC and FAC; TIME is DATE and TIME."""


class Tier(StrEnum):
    """At which grain entity labels are compared."""

    HEADLINE = "headline"
    ONTONOTES = "ontonotes"


class Unknown(StrEnum):
    """What becomes of a label that a map does not have."""

    ERROR = "error"
    DROP = "drop"
    """Left out, and counted."""
    SPURIOUS = "spurious"
    """Kept as a label that no gold has: a false positive in every tier."""


UNKNOWN: Final = "UNKNOWN"
"""The label of what is spurious because its own label is unknown."""

_CHOICES: Final = {Tier.HEADLINE: HEADLINE, Tier.ONTONOTES: tuple(EntityLabel)}


@dataclass(frozen=True, slots=True)
class LabelMap:
    """A label map as read; ``sha256`` is of the file's bytes."""

    name: str
    sha256: str
    targets: Mapping[str, Mapping[Tier, str]]
    unknown: Unknown = Unknown.ERROR

    def project(self, label: str, tier: Tier) -> str | None:
        """The label in ``tier``, None where it is dropped there.

        A label that the map does not have: as ``unknown`` says, :class:`DataFault` at first.
        """
        if label not in self.targets:
            if self.unknown is not Unknown.ERROR:
                return UNKNOWN if self.unknown is Unknown.SPURIOUS else None
            raise DataFault(
                "label-unmapped",
                f"label {label!r} is not in the label map {self.name!r}",
                f"add a table [{label}] to the map, with a note if it is to be dropped",
            )
        return self.targets[label].get(tier)

    def expressed(self, tier: Tier) -> frozenset[str]:
        """The labels of ``tier`` that a system with this map can give at all."""
        return frozenset(t[tier] for t in self.targets.values() if tier in t)

    @property
    def signature(self) -> str:
        """For a score's signature: number of native labels and start of the digest."""
        lenient = "" if self.unknown is Unknown.ERROR else f",unknown={self.unknown}"
        return f"{self.name}:{len(self.targets)}@{self.sha256[:8]}{lenient}"


def label_map(name: str | None) -> LabelMap:
    """The map called ``name``; for None, that of the OntoNotes names."""
    path = FOLDER / f"{name or GOLD}.toml"
    if not path.is_file():
        choices = ", ".join(sorted(file.stem for file in FOLDER.glob("*.toml")))
        raise UsageError(f"no label map {name!r}: choose one of {choices}, or give a file")
    return read_label_map(path)


def read_label_map(path: Path) -> LabelMap:
    """The map of a TOML file; :class:`DataFault` for the first thing wrong with it."""
    content = path.read_bytes()
    try:
        tables = tomllib.loads(content.decode("utf-8"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise _fault(path, str(error), "write one TOML table a label") from None
    targets = {label: _targets(path, label, table) for label, table in tables.items()}
    return LabelMap(path.stem, hashlib.sha256(content).hexdigest(), targets)


def _targets(path: Path, label: str, table: Any) -> dict[Tier, str]:  # noqa: ANN401
    if not isinstance(table, dict) or not set(table) <= {*Tier, "note"}:
        raise _fault(path, f"[{label}]", f"its keys are {', '.join(Tier)} and note")
    targets = {tier: table[tier] for tier in Tier if tier in table}
    for tier, target in targets.items():
        if target not in _CHOICES[tier]:
            raise _fault(
                path, f"[{label}] {tier} = {target!r}", f"choose {', '.join(_CHOICES[tier])}"
            )
    if len(targets) < len(Tier) and not table.get("note"):
        gone = ", ".join(tier for tier in Tier if tier not in targets)
        raise _fault(path, f"[{label}] has no {gone}", "map it, or say in a note why not")
    return targets


def _fault(path: Path, what: str, remedy: str) -> DataFault:
    return DataFault("label-map", f"{path}: {what}", remedy)
