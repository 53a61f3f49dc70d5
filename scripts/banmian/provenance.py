"""Where a set issue comes from: ``corpus/press.tsv``, one row an issue of the press."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath

from banmian.corpus import refuse_unpinned
from banmian.errors import DataFault

PRESS_COLUMNS = (
    "issue",
    "house",
    "seed",
    "manuscript",
    "manuscript_sha256",
    "made_from",
    "fonts",
    "pdf_sha256",
)
TABLE = "press.tsv"


@dataclass(frozen=True, slots=True)
class Provenance:
    """From which manuscript, in which house style and by which seed an issue was set.

    ``manuscript`` is relative to the corpus folder; ``made_from`` is the digest of all that goes
    into the issue; ``pdf_sha256`` is of the PDF that the views
    were taken from, ``fonts`` says which fonts it was set in.
    """

    issue: str
    house: str
    seed: int
    manuscript: PurePosixPath
    manuscript_sha256: str
    made_from: str
    fonts: str
    pdf_sha256: str

    def __post_init__(self) -> None:
        refuse_unpinned(self.manuscript, self.manuscript_sha256)


def provenance_from_row(row: dict[str, str]) -> Provenance:
    """A :class:`Provenance`; refuses a seed that is no whole number, and an unsafe path."""
    seed = row["seed"]
    if not (seed.isascii() and seed.isdigit()):
        raise DataFault("field-type", f"seed is {seed!r}", "write the whole number it was set by")
    return Provenance(
        issue=row["issue"],
        house=row["house"],
        seed=int(seed),
        manuscript=PurePosixPath(row["manuscript"]),
        manuscript_sha256=row["manuscript_sha256"],
        made_from=row["made_from"],
        fonts=row["fonts"],
        pdf_sha256=row["pdf_sha256"],
    )
