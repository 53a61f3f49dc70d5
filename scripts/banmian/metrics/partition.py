"""A page as the scorer sees it: its printed characters, and who claims each of them.

Conventions
    The *stream* is the fixed sequence of a page's printed code points: no white space, no
    artefact. Its members are called atoms and numbered 0 … n-1 in text order. A *partition* gives
    each atom to one item or to none (furniture), with a role and a place in its item's reading
    order. An atom that a hypothesis claims twice stays with the first claim; how many were
    claimed again is kept in ``reclaimed``.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from banmian.tagset import Role

IntArray = NDArray[np.int64]
BoolArray = NDArray[np.bool_]

NO_ITEM = -1
NO_ROLE = 0
ROLE_CODES: dict[str, int] = {role: code for code, role in enumerate(Role, start=1)}


@dataclass(frozen=True, slots=True)
class Claim:
    """``[start, end)`` of the page text claimed for a role (or none) and a paragraph."""

    start: int
    end: int
    role: str | None = None
    paragraph: int = 0


@dataclass(frozen=True, slots=True)
class Stream:
    """The atoms of a page: ``offsets`` (n,) of the text, ``atom`` (len(text),) or -1.

    ``parted`` (n,) says of each atom whether something besides inserted blanks stands before it:
    a printed blank, a line feed, the start of the text.
    """

    text: str
    offsets: IntArray
    atom: IntArray
    parted: BoolArray

    @classmethod
    def of(cls, text: str, artefacts: Iterable[tuple[int, int]] = ()) -> Stream:
        """The printed characters of ``text``: neither white space nor in ``artefacts``."""
        printed = np.array([not char.isspace() for char in text], dtype=bool)
        parting = np.array([char.isspace() for char in text], dtype=bool)
        for start, end in artefacts:
            printed[start:end] = False
            parting[start:end] = "\n" in text[start:end]
        atom = np.full(len(text), -1, dtype=np.int64)
        offsets = np.flatnonzero(printed).astype(np.int64)
        atom[offsets] = np.arange(len(offsets))
        partings = np.concatenate([[0], np.cumsum(parting)])[offsets]
        return cls(text, offsets, atom, np.diff(partings, prepend=-1) > 0)

    def __len__(self) -> int:
        return len(self.offsets)

    def atoms(self, start: int, end: int) -> IntArray:
        """The atoms in ``[start, end)``, in text order."""
        inside = self.atom[start:end]
        return inside[inside >= 0]


@dataclass(frozen=True, slots=True)
class Partition:
    """Per atom: ``item`` (-1: none), ``role`` code (0: none given), ``paragraph``.

    ``order`` holds each item's atoms in reading order; an item without an atom stays, empty.
    """

    item: IntArray
    role: IntArray
    paragraph: IntArray
    order: tuple[IntArray, ...]
    reclaimed: int

    @classmethod
    def of(cls, stream: Stream, items: Sequence[Sequence[Claim]]) -> Partition:
        """Lay the claims of ``items`` (in reading order) onto ``stream``."""
        item = np.full(len(stream), NO_ITEM, dtype=np.int64)
        role = np.zeros(len(stream), dtype=np.int64)
        paragraph = np.zeros(len(stream), dtype=np.int64)
        order: list[IntArray] = []
        reclaimed = 0
        for number, claims in enumerate(items):
            parts = [np.empty(0, dtype=np.int64)]
            for claim in claims:
                atoms = stream.atoms(claim.start, claim.end)
                free = atoms[item[atoms] == NO_ITEM]
                reclaimed += len(atoms) - len(free)
                item[free] = number
                role[free] = ROLE_CODES[claim.role] if claim.role else NO_ROLE
                paragraph[free] = claim.paragraph
                parts.append(free)
            order.append(np.concatenate(parts))
        return cls(item, role, paragraph, tuple(order), reclaimed)

    @property
    def sizes(self) -> IntArray:
        """Atoms of each item."""
        return np.array([len(atoms) for atoms in self.order], dtype=np.int64)

    def has(self, role: Role) -> NDArray[np.bool_]:
        """Which atoms have ``role`` in some item."""
        found: NDArray[np.bool_] = (self.role == ROLE_CODES[role]) & (self.item != NO_ITEM)
        return found

    @property
    def gives_roles(self) -> bool:
        """Whether any atom has a role at all."""
        return bool((self.role != NO_ROLE).any())


@dataclass(frozen=True, slots=True)
class Cells:
    """The non-empty cells of reference × hypothesis: item numbers (-1: none) and atom counts."""

    reference: IntArray
    hypothesis: IntArray
    count: IntArray

    @classmethod
    def of(cls, reference: Partition, hypothesis: Partition) -> Cells:
        """Count the atoms of each pair of items."""
        width = len(hypothesis.order) + 1
        packed = (reference.item + 1) * width + hypothesis.item + 1
        cells, count = np.unique(packed, return_counts=True)
        return cls(cells // width - 1, cells % width - 1, count.astype(np.int64))
