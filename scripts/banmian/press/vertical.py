"""Vertical display matter: top to bottom, further lines to the left of the first."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from banmian.press.display import (
    TIGHTEST,
    Align,
    DisplayCopy,
    DisplayStyle,
    break_headline,
)
from banmian.press.kinsoku import BLANK, CLOSES, CLOSING, OPENING, OPENS, kind
from banmian.press.setting import EM_TOP, Metrics, resolved
from banmian.press.sheet import Glyph, Run, Source

UPRIGHT = CLOSING | OPENING | frozenset("—…～－＿｜：；")
"""what has a form of its own for vertical setting"""
CENTRED = frozenset("：；！？")
"""fill their cell in vertical setting, so no blank can be taken from them"""
SHORT_NUMBER = re.compile(r"(?<![0-9.])[0-9]{2}(?![0-9.])")
"""set side by side in one cell"""
PAIR_WIDTH = 0.96


@dataclass(frozen=True, slots=True)
class _Stack:
    """The characters (start, end) of each cell, the space before it shed and its height in ems."""

    cells: tuple[tuple[int, int], ...]
    shed: tuple[float, ...]
    heights: tuple[float, ...]

    @property
    def height(self) -> float:
        return sum(self.heights)


def set_vertical(
    copy: DisplayCopy,
    style: DisplayStyle,
    metrics: Metrics,
    box: tuple[float, float, float],
    max_lines: int = 1,
) -> tuple[Run, ...]:
    """A run a line; ``box`` is (x of the right edge, y of the top, height) in points.

    A line too long for the height is tightened, then all are set smaller. Each line stands
    ``leading`` ems to the left of the last, ``step_em`` lower.
    """
    right, top, height = box
    if not copy.text:
        return ()
    # Ems are as high as wide, so the horizontal breaker serves; digit pairs only ever save room.
    spans = break_headline(copy, style, metrics, height, max_lines)
    parts = [copy.part(start, end) for start, end in spans]
    size = style.size
    for k, part in enumerate(parts):
        stack, drop = _stacked(part.text), k * style.step_em
        gaps = (len(stack.cells) - 1) * min(style.letter_em, TIGHTEST)
        if style.fit:
            size = min(size, height / (stack.height + gaps + drop))
    level = replace(style, size=size)
    return tuple(
        _column(
            part,
            level,
            metrics,
            (
                right - size - k * style.leading * size,
                top - k * style.step_em * size,
                height - k * style.step_em * size,
            ),
        )
        for k, part in enumerate(parts)
    )


def _stacked(text: str) -> _Stack:
    pairs = {match.start() for match in SHORT_NUMBER.finditer(text)}
    cells: list[tuple[int, int]] = []
    while (at := cells[-1][1] if cells else 0) < len(text):
        cells.append((at, at + 2 if at in pairs else at + 1))
    kinds = [kind(text[start]) & ~(CLOSES * (text[start] in CENTRED)) for start, _ in cells]
    shed, heights = [], []
    for k, this in enumerate(kinds):
        before = kinds[k - 1] if k else 0
        follows = kinds[k + 1] if k + 1 < len(kinds) else CLOSES
        shed.append(0.5 if this & OPENS and (k == 0 or before & OPENS) else 0.0)
        blank = this & BLANK and text[cells[k][0]] == " "
        tight = blank or (this & CLOSES and follows & (CLOSES | OPENS))
        heights.append((0.5 if tight else 1.0) - shed[-1])
    return _Stack(tuple(cells), tuple(shed), tuple(heights))


def _tracking(stack: _Stack, style: DisplayStyle, height: float) -> float:
    """Points between the cells of a column."""
    gaps, natural = len(stack.cells) - 1, stack.height * style.size
    wanted = style.letter_em * style.size
    if gaps and style.fit and (style.align is Align.JUSTIFY or natural + gaps * wanted > height):
        return (height - natural) / gaps
    return wanted


def _column(
    copy: DisplayCopy, style: DisplayStyle, metrics: Metrics, box: tuple[float, float, float]
) -> Run:
    left, top, height = box
    stack = _stacked(copy.text)
    tracking = _tracking(stack, style, height)
    spare = height - stack.height * style.size - (len(stack.cells) - 1) * tracking
    top -= spare * {Align.CENTRE: 0.5, Align.RIGHT: 1.0}.get(style.align, 0.0)
    glyphs: list[Glyph] = []
    for (start, end), shed, high in zip(stack.cells, stack.shed, stack.heights, strict=True):
        baseline = top + (shed - EM_TOP) * style.size
        glyphs += _cell(copy.part(start, end), style, metrics, (left, baseline))
        top -= high * style.size + tracking
    return Run(tuple(glyphs), style.colour)


def _cell(
    copy: DisplayCopy, style: DisplayStyle, metrics: Metrics, at: tuple[float, float]
) -> list[Glyph]:
    """One upright character, or two digits side by side, centred in the column."""
    faces = [resolved(char, style.face, style.fallback, metrics) for char in copy.text]
    natural = [metrics.advance(f, c) / 1000 for f, c in zip(faces, copy.text, strict=True)]
    stretch = min(1.0, PAIR_WIDTH / sum(natural)) if len(natural) > 1 else 1.0
    em = style.size * stretch
    x = at[0] + (style.size - sum(natural) * em) / 2
    glyphs = []
    for k, char in enumerate(copy.text):
        source = Source(copy.element, copy.start + k)
        upright = char in UPRIGHT
        advance = natural[k] * em
        glyphs.append(
            Glyph(char, faces[k], style.size, x, at[1], advance, source, stretch, upright)
        )
        x += advance
    return glyphs
