"""Blocks that take whatever rows are left (advertisements, pictures), and teaser boxes."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil

from banmian.press.blocks import FALLBACK, Desk
from banmian.press.casting import CastPiece, Teaser
from banmian.press.display import Align, DisplayStyle, natural_width, set_line
from banmian.press.grid import Group, Part, Place
from banmian.press.setting import EM_TOP
from banmian.press.sheet import Mark, Picture, Rule, Run, Tint
from banmian.tagset import Role

ELASTIC = 200
"""rows that an advertisement or a picture can take beyond its own: any number"""
LEAST_AD = 5
WHITE_INK = (1.0, 1.0, 1.0)


@dataclass(frozen=True, slots=True)
class AdBlock:
    """An advertisement: its lines, large, in a frame of any height."""

    desk: Desk
    piece: CastPiece
    dark: bool

    def _lines(self) -> list[int]:
        heads = [self.piece.parts[role] for role in (Role.HEADLINE,) if role in self.piece.parts]
        return [*heads, *self.piece.story]

    def rows(self, columns: int) -> int | None:
        """The rows it needs at a width."""
        return max(LEAST_AD, ceil(1.6 * len(self._lines()) + 1.5))

    def stretch(self, columns: int) -> int:
        """It can be of any height."""
        return ELASTIC

    def paint(self, place: Place) -> list[Group]:
        """The frame and its lines, centred."""
        grid, manner = self.desk.grid, self.desk.house.manner
        height = (place.rows - 0.6) * grid.format.pitch
        x, width = grid.x(place.column), grid.width(place.columns)
        foot = grid.y(place.row) - height
        fill = manner.accent if self.dark else manner.tint
        frame = Tint(x, foot, width, height, fill, manner.accent, 1.0)
        lines = self._lines()
        step = height / (len(lines) + 0.6)
        runs: list[Run] = []
        for n, element in enumerate(lines):
            copy = self.desk.copy(element)
            weight = 1.0 if n == 0 else 0.62
            unit = DisplayStyle(self.desk.house.type.display, 100.0, fallback=FALLBACK)
            ems = natural_width(copy, unit, self.desk.metrics) / 100
            size = min(step * 0.62 * weight, width * 0.86 / ems, 40.0)
            colour = WHITE_INK if self.dark else (0.0, 0.0, 0.0)
            style = DisplayStyle(unit.face, size, Align.CENTRE, fallback=FALLBACK, colour=colour)
            middle = foot + height - (n + 0.8) * step
            at = (x + 6.0, middle - (EM_TOP - 0.5) * size)
            runs.append(set_line(copy, style, self.desk.metrics, at, width - 12.0))
        return [Group(Part.GROUND, (frame,)), Group(Part.LATE, tuple(runs))]


@dataclass(frozen=True, slots=True)
class PictureBlock:
    """A picture without words, for a hole that nothing else fills."""

    desk: Desk
    seed: int

    def rows(self, columns: int) -> int | None:
        """The least height of a picture."""
        return 5

    def stretch(self, columns: int) -> int:
        """It can be of any height."""
        return ELASTIC

    def paint(self, place: Place) -> list[Group]:
        """The picture."""
        grid = self.desk.grid
        height = (place.rows - 0.8) * grid.format.pitch
        x, width = grid.x(place.column), grid.width(place.columns)
        foot = grid.y(place.row) - height
        return [Group(Part.GROUND, (Picture(x, foot, width, height, self.seed),))]


@dataclass(frozen=True, slots=True)
class TeaserBox:
    """A label and pointers to stories inside, side by side; two rows each."""

    desk: Desk
    label: int
    teasers: tuple[Teaser, ...]

    def rows(self, columns: int) -> int | None:
        """The rows it needs at a width; a pointer wants two columns."""
        if columns < 2:
            return None
        return 2 * ceil(len(self.teasers) / self._across(columns)) + 2

    def _across(self, columns: int) -> int:
        wide = 12 * self.desk.house.type.size * 1.15
        return max(1, min(len(self.teasers), int(self._room(columns) / wide)))

    def _room(self, columns: int) -> float:
        return self.desk.grid.width(columns) - 3.2 * self.desk.house.type.size

    def stretch(self, columns: int) -> int:
        """A row of white."""
        return 1

    def paint(self, place: Place) -> list[Group]:
        """The box, its label, then each pointer with its page."""
        if not self.teasers:
            return []
        desk, grid, face = self.desk, self.desk.grid, self.desk.house.type
        pitch, size = grid.format.pitch, face.size
        x, top = grid.x(place.column), grid.y(place.row)
        height = (place.rows - 0.8) * pitch
        accent = desk.house.manner.accent
        width = grid.width(place.columns)
        ground: list[Mark] = [Tint(x, top - height, width, height, None, accent, 0.8)]
        style = DisplayStyle(face.lead, size * 1.2, Align.LEFT, fallback=FALLBACK, colour=accent)
        # The label stands one character under the other, which painters do line by line.
        label = desk.copy(self.label)
        stacked = []
        for n in range(len(label.text)):
            at = (x + size * 0.7, top - (1.0 + n) * style.size * 1.25)
            one = label.part(n, n + 1)
            stacked.append(set_line(one, style, desk.metrics, at, size * 1.3))
        across = self._across(place.columns)
        cell = self._room(place.columns) / across
        groups = [Group(Part.GROUND, tuple(ground)), Group(Part.FURNITURE, tuple(stacked))]
        left = x + 2.8 * size
        for n, teaser in enumerate(self.teasers):
            at = (left + (n % across) * cell, top - (0.4 + 2 * (n // across)) * pitch)
            groups.append(Group(Part.TEASER, self._pointer(teaser, at, cell - size)))
        rule = Rule(left - 0.6 * size, top, left - 0.6 * size, top - height, 0.4, accent)
        groups[0] = Group(Part.GROUND, (*ground, rule))
        return groups

    def _pointer(self, teaser: Teaser, at: tuple[float, float], width: float) -> tuple[Run, ...]:
        face, pitch = self.desk.house.type, self.desk.grid.format.pitch
        x, top = at
        head = DisplayStyle(face.headlines[0], face.size * 1.12, Align.LEFT, fallback=FALLBACK)
        page = DisplayStyle(face.caption, face.size * 0.9, Align.RIGHT, fallback=FALLBACK)
        metrics = self.desk.metrics
        return (
            set_line(self.desk.copy(teaser.head), head, metrics, (x, top - 0.85 * pitch), width),
            set_line(self.desk.copy(teaser.page), page, metrics, (x, top - 1.8 * pitch), width),
        )
