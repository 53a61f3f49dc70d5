"""Pieces: parts of text lines that each have one role in one item, with their boxes if known."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from banmian_bench.protocol import Layout, LineBox

_BLANK: Final = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Box:
    """A place on the page in points from its upper left corner, and the type size."""

    x0: float
    y0: float
    x1: float
    y1: float
    size: float


@dataclass(frozen=True, slots=True)
class Piece:
    """``text[start:end]`` of a page; ``bare`` is it without blanks.

    ``line`` numbers its text line, ``blanks`` counts the blank lines just before it, ``column``
    is where it begins in its line, in Han characters.
    """

    start: int
    end: int
    text: str
    bare: str
    line: int
    blanks: int
    column: float
    box: Box | None = None

    @property
    def width(self) -> float:
        """In Han characters; ASCII counts half, blanks nothing."""
        return width(self.bare)

    @property
    def spaced(self) -> bool:
        """Whether it is letter-spaced: at least a blank for every two characters."""
        return len(self.text) - len(self.bare) >= max(2, len(self.bare) // 2)


def width(text: str) -> float:
    """The width of ``text`` in Han characters: ASCII counts half."""
    return len(text) - 0.5 * sum(map(str.isascii, text))


def text_lines(text: str) -> Iterator[tuple[int, str, int]]:
    """Offset and text of each line that is not blank, with the blank lines before it."""
    at = blanks = 0
    for line in text.split("\n"):
        if line.strip():
            yield at, line, blanks
            blanks = 0
        else:
            blanks += 1
        at += len(line) + 1


def pieces(
    text: str, cuts: Sequence[int], layout: Layout | None = None, *, first_line: int = 0
) -> list[Piece]:
    """The pieces of ``text``: its lines, cut before the offsets ``cuts`` (in order)."""
    made: list[Piece] = []
    boxes = () if layout is None else layout.lines
    for number, (at, line, blanks) in enumerate(text_lines(text), start=first_line):
        low, high = bisect_right(cuts, at), bisect_right(cuts, at + len(line))
        ends = [*cuts[low:high], at + len(line)]
        start = at
        for end in ends:
            raw = text[start:end]
            if bare := _BLANK.sub("", raw):
                begin = start + len(raw) - len(raw.lstrip())
                stripped = raw.strip()
                made.append(
                    Piece(
                        begin,
                        begin + len(stripped),
                        stripped,
                        bare,
                        number,
                        blanks,
                        width(_BLANK.sub("", text[at:begin])),
                    )
                )
                blanks = 0
            start = end
    return boxed(made, boxes) if boxes else made


def boxed(made: Sequence[Piece], boxes: Sequence[LineBox]) -> list[Piece]:
    """The pieces with the boxes that they share most characters with."""
    starts = [box.start for box in boxes]
    found: list[Piece] = []
    for piece in made:
        number = max(0, bisect_right(starts, piece.start) - 1)
        best: LineBox | None = None
        shared = 0
        while number < len(boxes) and boxes[number].start < piece.end:
            inside = min(boxes[number].end, piece.end) - max(boxes[number].start, piece.start)
            if inside > shared:
                best, shared = boxes[number], inside
            number += 1
        found.append(_placed(piece, best) if best is not None else piece)
    return found


def _placed(piece: Piece, box: LineBox) -> Piece:
    return Piece(
        piece.start,
        piece.end,
        piece.text,
        piece.bare,
        piece.line,
        piece.blanks,
        piece.column,
        Box(box.x0, box.y0, box.x1, box.y1, box.size),
    )
