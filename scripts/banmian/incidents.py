"""Findings of ``banmian validate``: what is wrong, where, and what to do about it.

Every id that a check can give is listed here under its level. ``tests/data/invalid/`` has a case
for each that is about a release; those of a built data set are planted in a fresh build by
``tests/banmian/test_dataset_checks.py``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import ParamSpec, TypeVar

from banmian.corpus import encoding_faults
from banmian.errors import DataFault, DataFaults

Found = TypeVar("Found")
Arguments = ParamSpec("Arguments")


class Level(StrEnum):
    """What a check looks at, from the bytes upwards."""

    FILE = "file"
    CHECKSUM = "checksum"
    ENCODING = "encoding"
    RECORD = "record"
    OFFSETS = "offsets"
    LAYER = "layer"
    CROSS_LAYER = "cross-layer"
    SPLITS = "splits"
    LICENCE = "licence"
    DATASET = "data set"


IDS = {
    Level.FILE: (
        "annotation-missing",
        "annotation-orphan",
        "file-missing",
        "file-unlisted",
        "page-missing",
        "path-unsafe",
        "picture-invalid",
        "provenance",
    ),
    Level.CHECKSUM: ("checksum-missing", "checksum-wrong", "digest-wrong", "text-changed"),
    Level.ENCODING: ("encoding-bom", "encoding-crlf", "encoding-invalid"),
    Level.RECORD: (
        "date-invalid",
        "field-missing",
        "field-repeated",
        "field-type",
        "field-unknown",
        "header-issue",
        "header-missing",
        "header-view",
        "house-invalid",
        "house-unknown",
        "id-duplicate",
        "issue-unknown",
        "json-invalid",
        "json-truncated",
        "manuscript-invalid",
        "manuscript-repeats",
        "table-cells",
        "table-header",
    ),
    Level.OFFSETS: (
        "entity-outside",
        "lines-box",
        "lines-offsets",
        "lines-view",
        "offset-range",
        "page-unknown",
        "span-empty",
        "span-order",
    ),
    Level.LAYER: (
        "alternative-cover",
        "alternative-unknown",
        "artefact-overlap",
        "artefact-text",
        "author-name",
        "author-outside",
        "entity-overlap",
        "guideline-missing",
        "guideline-unknown",
        "item-empty",
        "item-overlap",
        "kind-unknown",
        "label-unknown",
        "layer-unknown",
        "line-break-unmarked",
        "link-target",
        "link-unknown",
        "paragraph-order",
        "role-unknown",
        "span-artefact-only",
        "status-unknown",
        "tagset-invalid",
        "tagset-labels",
        "text-unclaimed",
        "view-unknown",
        "words-tiling",
    ),
    Level.CROSS_LAYER: ("entity-paragraph", "item-unknown", "record-missing", "view-text-differs"),
    Level.SPLITS: ("manuscript-twice", "split-none", "split-twice", "split-unknown"),
    Level.LICENCE: ("licence-missing", "source-missing"),
    Level.DATASET: (
        "dataset-columns",
        "dataset-count",
        "dataset-croissant",
        "dataset-feature",
        "dataset-file-name",
        "dataset-listing",
        "dataset-unreadable",
    ),
}
"""Every incident id, by level."""

LEVELS = {id: level for level, ids in IDS.items() for id in ids}


@dataclass(frozen=True, slots=True, order=True)
class Incident:
    """One finding at one place; ordered by path, line and id. ``path`` is relative to the release.

    ``line`` counts from 1; a finding about a whole file stands on its first line.
    """

    path: str
    line: int
    id: str
    message: str
    remedy: str

    def __post_init__(self) -> None:
        if self.id not in LEVELS:
            raise ValueError(f"incident id {self.id!r} is not listed: add it to IDS with its level")

    @property
    def level(self) -> Level:
        """What the check that found it looks at."""
        return LEVELS[self.id]

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.id}: {self.message} ({self.remedy})"

    def record(self) -> dict[str, str | int]:
        """The incident as an object of ``banmian validate --json``."""
        return {
            "level": self.level,
            "path": self.path,
            "line": self.line,
            "id": self.id,
            "message": self.message,
            "remedy": self.remedy,
        }


@dataclass(frozen=True, slots=True)
class Findings:
    """The incidents of one release, added as they are met."""

    root: Path
    met: list[Incident] = field(default_factory=list)

    def add(self, path: Path, line: int, fault: DataFault) -> None:
        """Note that ``fault`` lies in ``line`` of ``path``."""
        name = path.relative_to(self.root).as_posix()
        self.met.append(Incident(name, line, fault.id, fault.message, fault.remedy))

    def extend(self, path: Path, faults: Iterable[tuple[int, DataFault]]) -> None:
        """Note every one of ``faults``, each with its line of ``path``."""
        for line, fault in faults:
            self.add(path, line, fault)

    def tried(
        self,
        path: Path,
        line: int,
        read: Callable[Arguments, Found],
        *args: Arguments.args,
        **kwargs: Arguments.kwargs,
    ) -> Found | None:
        """What ``read`` gives, or None with its faults noted at ``line`` of ``path``."""
        try:
            return read(*args, **kwargs)
        except (DataFault, DataFaults) as error:
            self.extend(path, ((line, fault) for fault in error.faults))
            return None

    def text(self, path: Path) -> str | None:
        """The text of a file, or None with its absence or its encoding faults noted."""
        if not path.is_file():
            fault = DataFault("file-missing", f"{path.name} is not there", "restore it from git")
            self.add(path, 1, fault)
            return None
        data = path.read_bytes()
        faults = list(encoding_faults(data, path.name))
        self.extend(path, faults)
        return None if faults else data.decode("utf-8")
