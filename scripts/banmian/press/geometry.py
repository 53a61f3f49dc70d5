"""Where the lines of a view stand on the page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from banmian.press.sheet import Glyph, Sheet
from banmian.press.views.view import View

EM_TOP, EM_BOTTOM = 0.88, -0.12
"""The ideographic em box about the baseline, in ems; every face of the press keeps to it."""
SAME_BASELINE = 0.05
"""Points: less than any two baselines of a page differ by, more than coordinates are rounded by."""


@dataclass(frozen=True, slots=True)
class LineBox:
    """Code points [start, end) of a view and the box they fill, in points from the top left.

    ``size`` is the size of the largest glyph; everything but the offsets is rounded to 0.1.
    """

    start: int
    end: int
    x0: float
    y0: float
    x1: float
    y1: float
    size: float


def line_boxes(sheet: Sheet, view: View) -> Iterator[LineBox]:
    """A box for each run of code points of one text line whose glyphs stand on one baseline.

    Inserted blanks belong to a run if glyphs of it stand on both sides; they do not end one.
    """
    glyphs = list(sheet.glyphs())
    run: list[tuple[int, Glyph]] = []
    for at, index in enumerate(view.glyphs):
        glyph = None if index is None else glyphs[index]
        other = glyph is not None and run and abs(glyph.y - run[0][1].y) > SAME_BASELINE
        if run and (other or view.text[at] == "\n"):
            yield _box(run, sheet.height)
            run = []
        if glyph is not None:
            run.append((at, glyph))
    if run:
        yield _box(run, sheet.height)


def _box(run: list[tuple[int, Glyph]], height: float) -> LineBox:
    glyphs = [glyph for _, glyph in run]
    return LineBox(
        start=run[0][0],
        end=run[-1][0] + 1,
        x0=round(min(glyph.x for glyph in glyphs), 1),
        y0=round(height - max(glyph.y + EM_TOP * glyph.size for glyph in glyphs), 1),
        x1=round(max(glyph.x + glyph.advance for glyph in glyphs), 1),
        y1=round(height - min(glyph.y + EM_BOTTOM * glyph.size for glyph in glyphs), 1),
        size=round(max(glyph.size for glyph in glyphs), 1),
    )
