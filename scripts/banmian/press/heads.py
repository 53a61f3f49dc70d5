"""The head of a story: banner, kicker, headline and deck, sized to the width they stand over."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from banmian.press.blocks import FALLBACK, Desk, with_text
from banmian.press.casting import CastPiece
from banmian.press.display import (
    Align,
    DisplayCopy,
    DisplayStyle,
    break_headline,
    natural_width,
    set_line,
)
from banmian.press.grid import Group, Part
from banmian.press.setting import EM_TOP
from banmian.press.sheet import BLACK, Colour, Run
from banmian.press.vertical import set_vertical
from banmian.tagset import Role

HEADS = (Role.BANNER, Role.KICKER, Role.HEADLINE, Role.DECK)
LEADING = 1.22
"""ems from one line of a head to the next"""


@dataclass(frozen=True, slots=True)
class HeadLine:
    """One role of a head: the lines it is broken into and the height they take, in points."""

    role: Role
    element: int
    style: DisplayStyle
    spans: tuple[tuple[int, int], ...]

    @property
    def height(self) -> float:
        """Points from the top of the first em box to where the next role may start."""
        return len(self.spans) * self.style.size * LEADING + 0.12 * self.style.size


@dataclass(frozen=True, slots=True)
class HeadSizes:
    """The range of a headline's size in points, by the story's rank on the page."""

    largest: float
    smallest: float


def head_of(
    desk: Desk, piece: CastPiece, width: float, sizes: HeadSizes, face: str
) -> tuple[HeadLine, ...]:
    """The lines of a horizontal head over ``width`` points."""
    found = []
    for role in HEADS:
        if role in piece.parts:
            copy = desk.copy(piece.parts[role])
            style, lines = _style(desk, role, copy, width, sizes, face)
            spans = break_headline(copy, style, desk.metrics, width, lines)
            found.append(HeadLine(role, piece.parts[role], style, spans))
    return tuple(found)


def _style(
    desk: Desk, role: Role, copy: DisplayCopy, width: float, sizes: HeadSizes, face: str
) -> tuple[DisplayStyle, int]:
    house, body = desk.house, desk.house.type.size
    align = Align(house.manner.head_align)
    if role is not Role.HEADLINE:
        own = house.type.deck if role is Role.DECK else house.type.kicker
        factor = {Role.BANNER: 1.6, Role.KICKER: 1.4, Role.DECK: 1.3}[role]
        size = max(body * 1.1, min(body * factor, sizes.largest * 0.6))
        colour: Colour = house.manner.accent if role is Role.BANNER else BLACK
        return DisplayStyle(own, size, align, fallback=FALLBACK, colour=colour), 2
    unit = DisplayStyle(face, 100.0, align, fallback=FALLBACK)
    ems = natural_width(copy, unit, desk.metrics) / 100
    for lines in (1, 2, 3):
        size = min(sizes.largest * (1.0, 0.86, 0.75)[lines - 1], width * lines / (ems + lines - 1))
        if size >= sizes.smallest or lines == 3:
            break
    return DisplayStyle(face, size, align, fallback=FALLBACK), lines


def paint_head(
    desk: Desk, head: tuple[HeadLine, ...], box: tuple[float, float, float], outlined: bool
) -> Iterator[Group]:
    """The groups of a head; ``box`` is (x, top, width) in points."""
    x, top, width = box
    for line in head:
        runs = []
        for n, (start, end) in enumerate(line.spans):
            baseline = top - (EM_TOP + n * LEADING) * line.style.size
            part = desk.copy(line.element).part(start, end)
            runs.append(set_line(part, line.style, desk.metrics, (x, baseline), width))
        hidden = outlined and line.role is Role.HEADLINE
        yield Group(Part.HEAD, with_text(desk, line.element, tuple(runs), hidden))
        top -= line.height


@dataclass(frozen=True, slots=True)
class Upright:
    """A vertical head: its lines stand in a strip at the left of the story, ``width`` points."""

    headline: int
    kicker: int | None
    size: float
    lines: int
    face: str
    least_height: float
    """points"""

    @property
    def width(self) -> float:
        """The width of the strip, with the white at its right."""
        side = self.size * 0.75 if self.kicker is not None else 0.0
        return self.size * (0.35 + LEADING * self.lines) + side

    def paint(self, desk: Desk, at: tuple[float, float, float], outlined: bool) -> Iterator[Group]:
        """``at`` is (x of the left edge, top, height) in points."""
        x, top, height = at
        right = x + self.width - self.size * 0.3
        if self.kicker is not None:
            size = self.size * 0.55
            style = DisplayStyle(desk.house.type.kicker, size, Align.LEFT, fallback=FALLBACK)
            box = (right, top, height)
            yield self._group(desk, self.kicker, style, box, 1, False)
            right -= self.size * 0.75
        style = DisplayStyle(self.face, self.size, Align.LEFT, fallback=FALLBACK)
        yield self._group(desk, self.headline, style, (right, top, height), self.lines, outlined)

    def _group(
        self,
        desk: Desk,
        element: int,
        style: DisplayStyle,
        box: tuple[float, float, float],
        lines: int,
        outlined: bool,
    ) -> Group:
        runs: tuple[Run, ...] = set_vertical(desk.copy(element), style, desk.metrics, box, lines)
        return Group(Part.HEAD, with_text(desk, element, runs, outlined))


def upright_head(desk: Desk, piece: CastPiece, face: str, largest: float) -> Upright | None:
    """The vertical head of a story, None where its headline is too long for one."""
    headline = piece.parts.get(Role.HEADLINE)
    if headline is None:
        return None
    length = len(desk.cast.elements[headline].text)
    if not 5 <= length <= 22:
        return None
    lines = 1 if length <= 8 else 2
    size = min(largest, desk.house.type.size * 2.7)
    height = (length / lines + 1.2) * size * 1.02
    kicker = piece.parts.get(Role.KICKER)
    if kicker is not None:
        height = max(height, len(desk.cast.elements[kicker].text) * size * 0.55 * 1.02)
    return Upright(headline, kicker, size, lines, face, height)
