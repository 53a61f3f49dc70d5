"""Glyphs as PDFBox measures them, to the last bit: where a gap just equals a limit, bits decide.

PDFBox reads the numbers of the content stream (``banmian.press.painting``) and computes in single
precision; both are repeated here. A single operation in double precision, then rounded to single,
gives what single precision gives. Points, y downwards.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from banmian.press.painting import EM, LEAST_ADJUSTMENT
from banmian.press.sheet import Glyph, Run, Sheet, TextHabits

SINGLE = struct.Struct("f")
THOUSANDTH: float = SINGLE.unpack(SINGLE.pack(0.001))[0]


@dataclass(frozen=True, slots=True)
class Box:
    """A glyph and its measures; ``space`` is the width of the blank of its font at its size."""

    x: float
    y: float
    width: float
    height: float
    space: float
    glyph: Glyph


def single(value: float) -> float:
    """``value`` in single precision."""
    rounded: float = SINGLE.unpack(SINGLE.pack(value))[0]
    return rounded


def glyph_height(habits: TextHabits) -> float:
    """The height of a glyph in ems: half the box, or less by cap height, ascent and descent."""
    height = (habits.box_top - habits.box_bottom) / 2
    cap, ascent, descent = habits.cap_height, habits.ascent, habits.descent
    if cap != 0 and (cap < height or height == 0):
        height = cap
    if cap > ascent > 0 > descent and ((ascent - descent) / 2 < height or height == 0):
        height = (ascent - descent) / 2
    return height / EM


def boxes(sheet: Sheet, habits: TextHabits) -> Iterator[Box]:
    """Every glyph of ``sheet`` in painting order."""
    for mark in sheet.marks:
        if isinstance(mark, Run):
            for _, line in groupby(mark.glyphs, _line_key):
                yield from _line(list(line), single(sheet.height), habits)


def _line_key(glyph: Glyph) -> tuple[str, float, float, float]:
    """What the glyphs that one ``TJ`` shows have in common."""
    return glyph.face, glyph.size, glyph.stretch, glyph.y


def _line(glyphs: Sequence[Glyph], page: float, habits: TextHabits) -> Iterator[Box]:
    first = glyphs[0]
    em = first.size * first.stretch
    across, upright = _written(em), _written(first.size)
    height = single(single(glyph_height(habits)) * upright)
    space = single(single(habits.space * THOUSANDTH) * across)
    y = single(page - _written(first.y))
    pen, x = first.x, _written(first.x)
    for glyph in glyphs:
        adjustment = round((pen - glyph.x) / em * EM, 2)
        if abs(adjustment) >= LEAST_ADJUSTMENT:
            pen -= adjustment * em / EM
            x = _moved(x, single(-single(adjustment) / EM), across)
        width = round(glyph.advance / em * EM)
        end = _moved(x, single(width / EM), across)
        yield Box(x, y, single(end - x), height, space, glyph)
        pen += width * em / EM
        x = end


def _written(value: float) -> float:
    """``value`` as it is read from the content stream, which has five decimals."""
    return single(float(f"{value:.5f}"))


def _moved(x: float, ems: float, across: float) -> float:
    return single(single(ems * across) + x)
