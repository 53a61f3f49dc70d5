"""The lines of a page whose boxes are known: their bounds, the gaps between them, their spans."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from statistics import median
from typing import Final

from banmian_bench.protocol import LineBox, PredictedSpan, Request

Lines = Sequence[LineBox]

BOXLESS: Final = "needs line boxes: a page without them comes back as one item"
"""For the note of a system that is nothing without boxes."""


def printed_lines(request: Request) -> tuple[LineBox, ...]:
    """The boxes that stand for printed text, in text order; nothing where there is no layout.

    Boxes may come from anywhere: of two that claim a character the first counts, what lies out
    of the text is left out, and a box that is upside down is turned over.
    """
    if request.layout is None:
        return ()
    text, end, kept = request.text, 0, []
    for line in sorted(request.layout.lines, key=lambda line: (line.start, line.end)):
        if end <= line.start < line.end <= len(text) and text[line.start : line.end].strip():
            kept.append(_upright(line))
            end = line.end
    return tuple(kept)


def _upright(line: LineBox) -> LineBox:
    if line.x0 <= line.x1 and line.y0 <= line.y1:
        return line
    (x0, x1), (y0, y1) = sorted((line.x0, line.x1)), sorted((line.y0, line.y1))
    return replace(line, x0=x0, y0=y0, x1=x1, y1=y1)


def type_size(lines: Lines, text: str) -> float:
    """The size in points in which most of the characters are set: the median; at least 1."""
    sizes = [line.size for line in lines for _ in text[line.start : line.end].strip()]
    return max(1.0, median(sizes)) if sizes else 1.0


def gaps(intervals: Iterable[tuple[float, float]]) -> Iterator[tuple[float, float]]:
    """Width and place (its far end) of every gap between the intervals, from low to high."""
    reach: float | None = None
    for low, high in sorted(intervals):
        if reach is not None and low > reach:
            yield low - reach, low
        reach = high if reach is None else max(reach, high)


def spans(lines: Lines, text: str, role: str | None = None) -> Iterator[PredictedSpan]:
    """The lines in their order; those with nothing but blanks between them make one span."""
    start = end = -1
    for line in lines:
        if start >= 0 and (line.start < end or text[end : line.start].strip()):
            yield PredictedSpan(start, end, role)
            start = -1
        start, end = (line.start if start < 0 else start), line.end
    if start >= 0:
        yield PredictedSpan(start, end, role)


def whole(text: str) -> tuple[PredictedSpan, ...]:
    """The whole text as one span; nothing for a blank one."""
    return (PredictedSpan(0, len(text)),) if text.strip() else ()
