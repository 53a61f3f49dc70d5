"""Headlines and other display matter: one line fitted to its width, or several balanced lines.

Lengths are points, y points up; a place is the left end of the baseline unless it says otherwise.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import pairwise
from math import floor
from typing import NamedTuple

from banmian.press.kinsoku import (
    BLANK,
    CLOSES,
    CLOSING,
    DIGIT,
    HAN,
    OPENING,
    OPENS,
    PAIRED,
    divides,
    forbids,
    kind,
)
from banmian.press.setting import EM_TOP, Metrics, resolved
from banmian.press.sheet import BLACK, Colour, Glyph, Run, Source

FULL_WIDTH = 900
TIGHTEST = -0.04
"""ems that may be taken from between the characters of a line too long for its width"""
SLIVER = 0.001
FINEST = 1 / 4096
"""sizes are multiples of this many points where fitting chose them"""
CLOSING_PAIRS = CLOSING - frozenset("，。、；：？！．")


class Align(StrEnum):
    """Where a line stands in its width (in vertical setting: in its height, left is top)."""

    LEFT = "left"
    CENTRE = "centre"
    RIGHT = "right"
    JUSTIFY = "justify"


@dataclass(frozen=True, slots=True)
class DisplayCopy:
    """A string to display: the characters of ``element`` from offset ``start``.

    ``keep`` are (start, end) in ``text`` that a break should not divide (names, terms).
    """

    text: str
    element: int
    start: int = 0
    keep: tuple[tuple[int, int], ...] = ()

    def part(self, start: int, end: int) -> DisplayCopy:
        """Its characters from ``start`` to ``end``, at their own offsets."""
        return DisplayCopy(self.text[start:end], self.element, self.start + start)


@dataclass(frozen=True, slots=True)
class DisplayStyle:
    """How to display: ``size`` in points, ``letter_em`` ems between characters, ``leading`` and
    ``step_em`` (by how much each line starts further on than the last) in ems.

    With ``fit`` a line that is too long is narrowed to ``narrowest``, then tightened, then set
    smaller; a justified one is widened to ``widest``, then spaced. Without, it may stick out.
    """

    face: str
    size: float
    align: Align = Align.CENTRE
    fit: bool = True
    letter_em: float = 0.0
    narrowest: float = 0.82
    widest: float = 1.12
    leading: float = 1.2
    step_em: float = 0.0
    fallback: str | None = None
    colour: Colour = BLACK


class Fitted(NamedTuple):
    """How a line is made to fit: size and tracking in points, horizontal scaling."""

    size: float
    stretch: float
    tracking: float


@dataclass(frozen=True, slots=True)
class _Strip:
    """A line as it is measured: faces, advances and spaces after, in ems of its size.

    ``lead`` and ``tail`` are what stands outside the width at its ends: the blank of an opening
    mark, a blank.
    """

    faces: tuple[str, ...]
    advances: tuple[float, ...]
    after: tuple[float, ...]
    lead: float
    tail: float

    gaps: int
    """how many spaces between characters stand inside the width"""

    @property
    def width(self) -> float:
        return sum(self.advances) + sum(self.after) - self.lead - self.tail


def _strip(copy: DisplayCopy, style: DisplayStyle, metrics: Metrics) -> _Strip:
    faces = tuple(resolved(c, style.face, style.fallback, metrics) for c in copy.text)
    advances = [metrics.advance(f, c) / 1000 for f, c in zip(faces, copy.text, strict=True)]
    return _measured(copy.text, faces, advances)


def _measured(text: str, faces: tuple[str, ...], advances: list[float]) -> _Strip:
    kinds = [kind(char) for char in text]
    wide = [advance * 1000 >= FULL_WIDTH for advance in advances]
    after = [0.0] * len(text)
    for k in range(len(text) - 1):
        left, right = wide[k] and kinds[k] & CLOSES, wide[k + 1] and kinds[k + 1] & OPENS
        if (left and kinds[k + 1] & (CLOSES | OPENS)) or (right and kinds[k] & OPENS):
            after[k] = -0.5
    lead = 0.5 if text and wide[0] and kinds[0] & OPENS else 0.0
    tail = advances[-1] if len(text) > 1 and kinds[-1] & BLANK else 0.0
    if len(text) > 1 and wide[-1] and kinds[-1] & CLOSES:
        tail = 0.5
    gaps = len(kinds[1:-1]) + (len(kinds) > 1 and not kinds[-1] & BLANK)
    return _Strip(faces, tuple(advances), tuple(after), lead, tail, gaps)


def natural_width(copy: DisplayCopy, style: DisplayStyle, metrics: Metrics) -> float:
    """The width in points of ``copy`` on one line, before any fitting."""
    strip = _strip(copy, style, metrics)
    return (strip.width + strip.gaps * style.letter_em) * style.size


def _fitted(strip: _Strip, style: DisplayStyle, width: float) -> Fitted:
    size, gaps = style.size, strip.gaps
    body, spacing = strip.width * size, gaps * style.letter_em * size
    if not style.fit or body <= 0:
        return Fitted(size, 1.0, style.letter_em * size)
    if body + spacing <= width:
        if style.align is not Align.JUSTIFY:
            return Fitted(size, 1.0, style.letter_em * size)
        stretch = max(1.0, min(style.widest, (width - spacing) / body))
        return Fitted(size, stretch, (width - body * stretch) / gaps if gaps else 0.0)
    stretch = min(1.0, max(style.narrowest, (width - spacing) / body))
    if body * stretch + spacing <= width + SLIVER:
        return Fitted(size, stretch, style.letter_em * size)
    least = body * stretch + gaps * TIGHTEST * size
    if least <= width:
        return Fitted(size, stretch, (width - body * stretch) / gaps)
    # Rounded down, so that lines levelled to the smallest of them need no second fitting.
    smaller = floor(size * width / least / FINEST) * FINEST
    return Fitted(smaller, stretch, TIGHTEST * smaller)


def fitted(copy: DisplayCopy, style: DisplayStyle, metrics: Metrics, width: float) -> Fitted:
    """How :func:`set_line` would make ``copy`` fit ``width`` points."""
    return _fitted(_strip(copy, style, metrics), style, width)


def set_line(
    copy: DisplayCopy,
    style: DisplayStyle,
    metrics: Metrics,
    at: tuple[float, float],
    width: float,
) -> Run:
    """One line, its baseline starting at ``at``, fitted to and aligned in ``width`` points.

    Blanks of the text are painted. Raises DataFault ``glyph-missing``.
    """
    strip = _strip(copy, style, metrics)
    return _laid(copy, style, strip, _fitted(strip, style, width), (*at, width))


def _laid(
    copy: DisplayCopy,
    style: DisplayStyle,
    strip: _Strip,
    fit: Fitted,
    at: tuple[float, float, float],
) -> Run:
    x, y, width = at
    em = fit.size * fit.stretch
    spare = width - strip.width * em - strip.gaps * fit.tracking
    x += spare * {Align.CENTRE: 0.5, Align.RIGHT: 1.0}.get(style.align, 0.0) - strip.lead * em
    glyphs = []
    for k, char in enumerate(copy.text):
        source = Source(copy.element, copy.start + k)
        advance = strip.advances[k] * em
        face = strip.faces[k]
        glyphs.append(Glyph(char, face, fit.size, x, y, advance, source, fit.stretch))
        x += advance + strip.after[k] * em + fit.tracking
    return Run(tuple(glyphs), style.colour)


def break_headline(
    copy: DisplayCopy, style: DisplayStyle, metrics: Metrics, width: float, max_lines: int
) -> tuple[tuple[int, int], ...]:
    """(start, end) of balanced lines: as few as hold the text unfitted, at most ``max_lines``.

    A blank stays at the end of the line before the break. Lines may still be too long.
    """
    edges = _edges(copy, style, metrics)
    for lines in range(1, max_lines + 1):
        spans = _balanced(_costs(copy), edges, lines, width)
        if spans and all(edges[b] - edges[a] <= width + SLIVER for a, b in spans):
            return spans
    tries = (_balanced(_costs(copy), edges, n, width) for n in range(max_lines, 0, -1))
    return next(spans for spans in tries if spans)


def _edges(copy: DisplayCopy, style: DisplayStyle, metrics: Metrics) -> list[float]:
    """Where each character begins on one line, in points; the last is the end of the line."""
    strip = _strip(copy, style, metrics)
    edges = [0.0]
    for advance, after in zip(strip.advances, strip.after, strict=True):
        edges.append(edges[-1] + (advance + after + style.letter_em) * style.size)
    edges[-1] -= style.letter_em * style.size
    return edges


def _costs(copy: DisplayCopy) -> list[float | None]:
    """What it costs to break before each character; None where it may not be."""
    costs: list[float | None] = [None]
    depth = 0
    kinds = [kind(char) for char in copy.text]
    for k in range(1, len(kinds)):
        a, b = kinds[k - 1], kinds[k]
        depth += (copy.text[k - 1] in OPENING) - (copy.text[k - 1] in CLOSING_PAIRS)
        if forbids(a, b) or divides(a, b) or (a & DIGIT and b & HAN):
            costs.append(None)
            continue
        cost = 0.0 if a & BLANK else 0.02 if a & (CLOSES | PAIRED) else 0.12
        cost += 1.0 if depth > 0 else 0.0
        cost += 1.0 if any(start < k < end for start, end in copy.keep) else 0.0
        costs.append(cost)
    return costs


def _balanced(
    costs: Sequence[float | None], edges: Sequence[float], lines: int, width: float
) -> tuple[tuple[int, int], ...]:
    """The cheapest way to make exactly ``lines`` lines; () if there is none."""
    end = len(costs)
    if end == 0:
        return ()
    ideal = edges[-1] / lines
    best: dict[int, tuple[float, tuple[int, ...]]] = {0: (0.0, (0,))}
    for line in range(lines):
        last = line == lines - 1
        reached: dict[int, tuple[float, tuple[int, ...]]] = {}
        for start, (cost, path) in best.items():
            for stop in (end,) if last else range(start + 1, end):
                here = 0.0 if last else costs[stop]
                if here is None or stop <= start:
                    continue
                wide = edges[stop] - edges[start]
                total = cost + here + ((wide - ideal) / ideal) ** 2
                total += 20 * max(0.0, wide - width) / width
                if stop not in reached or total < reached[stop][0]:
                    reached[stop] = (total, (*path, stop))
        best = reached
    if end not in best:
        return ()
    path = best[end][1]
    return tuple(pairwise(path))


def set_headline(
    copy: DisplayCopy,
    style: DisplayStyle,
    metrics: Metrics,
    box: tuple[float, float, float],
    max_lines: int = 2,
) -> tuple[Run, ...]:
    """A headline in lines of one size; ``box`` is (x, top, width), the top that of the em box.

    Baselines are ``leading`` ems of the size set apart: the last glyph says where it ends.
    """
    x, top, width = box
    if not copy.text:
        return ()
    spans = break_headline(copy, style, metrics, width, max_lines)
    parts = [copy.part(start, end) for start, end in spans]
    step = style.step_em * style.size
    rooms = [width - step * k for k in range(len(parts))]
    fits = [fitted(part, style, metrics, w) for part, w in zip(parts, rooms, strict=True)]
    size = min(fit.size for fit in fits)
    level = replace(style, size=size)
    return tuple(
        set_line(
            part,
            level,
            metrics,
            (x + step * k, top - (EM_TOP + k * style.leading) * size),
            rooms[k],
        )
        for k, part in enumerate(parts)
    )
