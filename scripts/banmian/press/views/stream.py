"""The stream view: what PDFBox 2.0 gives under Apache Tika, characters in painting order.

Computed from the sheet by PDFBox's own rules (``PDFTextStripper.writePage``), so that neither Java
nor the PDF is needed; a test compares it with PDFBox itself. Tika opens a paragraph before the
page's first and prints a line feed after each paragraph and after the page; it keeps overprints.
Sums are in single precision, as PDFBox's are: see :mod:`banmian.press.views.measures`.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from banmian.press.sheet import Sheet, TextHabits
from banmian.press.views.measures import Box, boxes, single
from banmian.press.views.view import Cell, View

NAME = "stream"

SPACING_TOLERANCE = 0.5
AVERAGE_TOLERANCE = single(0.3)
INDENT_THRESHOLD = 2.0
DROP_THRESHOLD = 2.5
ALIGNED = 0.25
"""A line starts below the last one if it starts within this part of its first glyph's width."""
SAME_HEIGHT = single(0.1)
PAGE_START, PAGE_END = "\n", "\n\n\n"


@dataclass(slots=True)
class LineStart:
    """The first glyph of a line, and what its line does to the one below it."""

    box: Box
    paragraph: bool = False
    hanging: bool = False


def stream_view(sheet: Sheet, habits: TextHabits) -> View:
    """The stream view of ``sheet``; ``habits`` decide its lines, blanks and paragraphs."""
    cells: list[Cell] = [(char, None) for char in PAGE_START]
    for index, (box, separator) in enumerate(_Reader(sheet, habits)):
        cells += [(char, None) for char in separator]
        cells.append((box.glyph.char, index))
    cells += [(char, None) for char in PAGE_END]
    return View.of(NAME, cells)


class _Reader:
    """Walks the glyphs of a page; gives each with what is printed before it."""

    def __init__(self, sheet: Sheet, habits: TextHabits) -> None:
        self.boxes = boxes(sheet, habits)
        self.line_y = -math.inf
        self.line_height = -1.0
        self.average = -1.0
        self.last: Box | None = None

    def __iter__(self) -> Iterator[tuple[Box, str]]:
        for box in self.boxes:
            if self.last is None:
                self.start = LineStart(box, paragraph=True)
                yield box, ""
            else:
                yield box, self._separator(box, self.last)
            self.average = self._average(box)
            self.line_y = max(self.line_y, box.y)
            self.line_height = max(self.line_height, box.height)
            self.last = box

    def _average(self, box: Box) -> float:
        """PDFBox's running mean width; the press sets sizes by matrix, so only a face ends it."""
        if self.last is None or self.last.glyph.face != box.glyph.face:
            return box.width
        return single(single(self.average + box.width) / 2)

    def _separator(self, box: Box, last: Box) -> str:
        space = single(box.space + last.space) / 2 * SPACING_TOLERANCE
        separator = ""
        if not self._on_line(box):
            separator = self._new_line(box, last)
            self.line_y, self.line_height = -math.inf, -1.0
        elif last.glyph.char != " ":
            gap = min(space, single(self._average(box) * AVERAGE_TOLERANCE))
            end = single(last.x + last.width)
            separator = " " if single(end + gap) < box.x else ""
        if single(abs(box.x - last.x)) > single(box.space + space):
            self.line_y, self.line_height = -math.inf, -1.0
        return separator

    def _on_line(self, box: Box) -> bool:
        level = single(box.y - SAME_HEIGHT) < self.line_y < single(box.y + SAME_HEIGHT)
        return (
            level
            or single(box.y - box.height) <= self.line_y <= box.y
            or single(self.line_y - self.line_height) <= box.y <= self.line_y
        )

    def _new_line(self, box: Box, last: Box) -> str:
        start = LineStart(box)
        drop = single(abs(box.y - last.y)) > _thousandths(DROP_THRESHOLD, self.line_height)
        indent = single(box.x - self.start.box.x)
        if drop:
            start.paragraph = True
        elif indent > _thousandths(INDENT_THRESHOLD, box.space):
            start.paragraph = not self.start.paragraph
            start.hanging = self.start.paragraph
        elif indent < -box.space:
            start.paragraph = not self.start.paragraph
        elif abs(indent) < _thousandths(ALIGNED, box.width):
            start.hanging = self.start.hanging
            listed = self.start.box.glyph.char == box.glyph.char == "."
            start.paragraph = self.start.paragraph and not self.start.hanging and listed
        self.start = start
        return "\n\n" if start.paragraph else "\n"


def _thousandths(factor: float, length: float) -> float:
    """The product as PDFBox rounds it, half up."""
    return single(math.floor(single(single(factor * length) * 1000) + 0.5) / 1000)
