"""The grid of a page: columns and rows in which blocks are placed. Points; y points up."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from banmian.press.houses import Format
from banmian.press.sheet import Mark


@dataclass(frozen=True, slots=True)
class Place:
    """A rectangle of the grid, in columns and rows from the upper left corner."""

    column: int
    columns: int
    row: int
    rows: int


@dataclass(frozen=True, slots=True)
class Grid:
    """Where columns and rows of a house's pages stand."""

    format: Format

    @property
    def column(self) -> float:
        """The width of one column."""
        form = self.format
        free = form.width - 2 * form.margin - (form.columns - 1) * form.gutter
        return free / form.columns

    @property
    def rows(self) -> int:
        """How many rows a page has."""
        return int((self.format.height - 2 * self.format.margin) // self.format.pitch)

    def x(self, column: int) -> float:
        """The left edge of a column."""
        return self.format.margin + column * (self.column + self.format.gutter)

    def width(self, columns: int) -> float:
        """The width of so many columns with the gutters between them."""
        return columns * self.column + (columns - 1) * self.format.gutter

    def y(self, row: float) -> float:
        """The upper edge of a row."""
        return self.format.height - self.format.margin - row * self.format.pitch


class Part(IntEnum):
    """What a group of marks is; the house's painting order sorts by it."""

    GROUND = 0
    FURNITURE = 1
    HEAD = 2
    BYLINE = 3
    BODY = 4
    CAPTION = 5
    JUMP = 6
    TEASER = 7
    LATE = 8


@dataclass(frozen=True, slots=True)
class Group:
    """Marks that are painted together: a part of one block, a column of its body."""

    part: Part
    marks: tuple[Mark, ...]
    column: int = 0
