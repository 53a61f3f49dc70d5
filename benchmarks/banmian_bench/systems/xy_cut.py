"""Recursive XY-cut: a page is cut along its widest white strips until none is wide enough.

The method is that of G. Nagy and S. Seth, Hierarchical representation of optically scanned
documents, ICPR 1984, on line boxes in place of pixels. It sees neither type nor words, so a head
that stands well off its story is a block of its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from banmian import __version__
from banmian_bench.protocol import LineBox, PredictedItem, Request, SystemInfo, Task
from banmian_bench.systems.page_lines import (
    BOXLESS,
    Lines,
    gaps,
    printed_lines,
    spans,
    type_size,
    whole,
)
from banmian_bench.systems.text_system import OWN_LICENCE, TextSystem


@dataclass(frozen=True, slots=True)
class Strips:
    """How wide a white strip must be for a cut, in type sizes: between columns, between rows."""

    columns: float
    rows: float


ITEM_STRIPS: Final = Strips(columns=1.7, rows=1.8)
"""Between items: wider than a gutter, wider than the white around a head. Chosen on dev and
train."""
COLUMN_STRIPS: Final = Strips(columns=0.3, rows=0.3)
"""Inside an item, down to its lines, for the order in which they are read. Chosen on dev."""


@dataclass(frozen=True, slots=True)
class Cut:
    """A white strip: ``width`` in type sizes, its far edge ``at`` in points, the axis it parts."""

    width: float
    at: float
    across: bool

    def parts(self, lines: Lines) -> tuple[list[LineBox], list[LineBox]]:
        """The lines before and behind the strip: above and below it if it runs ``across``."""
        first: list[LineBox] = []
        second: list[LineBox] = []
        for line in lines:
            near = line.y0 if self.across else line.x0
            (first if near < self.at else second).append(line)
        return first, second


def cuts(lines: Lines, em: float, strips: Strips) -> Iterator[Cut]:
    """Every strip that is wide enough, through all of ``lines``."""
    for width, at in gaps((line.x0, line.x1) for line in lines):
        if width >= strips.columns * em:
            yield Cut(width / em, at, across=False)
    for width, at in gaps((line.y0, line.y1) for line in lines):
        if width >= strips.rows * em:
            yield Cut(width / em, at, across=True)


def blocks(lines: Lines, em: float, strips: Strips) -> list[list[LineBox]]:
    """The blocks of ``lines`` in reading order: the left before the right, the upper first."""
    found: list[list[LineBox]] = []
    waiting = [list(lines)] if lines else []
    while waiting:
        part = waiting.pop()
        widest = max(cuts(part, em, strips), key=lambda cut: cut.width, default=None)
        if widest is None:
            found.append(part)
        else:
            waiting += reversed(widest.parts(part))
    return found


def reading_order(lines: Lines, em: float) -> list[LineBox]:
    """The lines of one item column by column, from the top of each."""
    return [
        line
        for block in blocks(lines, em, COLUMN_STRIPS)
        for line in sorted(block, key=lambda line: (line.y0, line.x0))
    ]


class XyCut(TextSystem):
    """Each block of the page is an item; no roles."""

    tasks = frozenset({Task.ARTICLES})

    def __init__(self, strips: Strips = ITEM_STRIPS) -> None:
        self._strips = strips

    def info(self) -> SystemInfo:
        return SystemInfo(
            "xy-cut",
            __version__,
            self.tasks,
            licence=OWN_LICENCE,
            note=f"recursive XY-cut (Nagy and Seth 1984); {BOXLESS}",
        )

    def items(self, request: Request) -> tuple[PredictedItem, ...]:
        lines = printed_lines(request)
        if not lines:
            return tuple(PredictedItem((span,)) for span in whole(request.text))
        em = type_size(lines, request.text)
        return tuple(
            PredictedItem(tuple(spans(reading_order(block, em), request.text)))
            for block in blocks(lines, em, self._strips)
        )
