"""Blocks: what the make-up places on a page, and the desk that makes them.

A block knows how many rows it takes at a width in columns, and paints itself into a place.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Protocol

from banmian.press.casting import Cast
from banmian.press.display import DisplayCopy
from banmian.press.grid import Grid, Group, Place
from banmian.press.houses import House
from banmian.press.setting import Metrics
from banmian.press.sheet import Mark, Outline, Print, Run

FALLBACK = "song"


class Block(Protocol):
    """What the make-up places on a page."""

    def stretch(self, columns: int) -> int:
        """How many rows more than it needs the block can fill at a width."""
        ...

    def rows(self, columns: int) -> int | None:
        """The rows it needs at a width, None where it cannot be that wide."""
        ...

    def paint(self, place: Place) -> list[Group]:
        """Its marks in a place of at least that many rows."""
        ...


@dataclass(frozen=True, slots=True)
class Desk:
    """What every block of an issue is made with."""

    cast: Cast
    grid: Grid
    metrics: Metrics
    tight: float = 1.0
    """scale of pictures"""

    @property
    def house(self) -> House:
        """The house whose style is followed."""
        return self.cast.house

    def copy(self, element: int) -> DisplayCopy:
        """An element as display matter."""
        return DisplayCopy(self.cast.elements[element].text, element)


def with_text(desk: Desk, element: int, runs: tuple[Run, ...], outlined: bool) -> tuple[Mark, ...]:
    """The marks of display matter: as text, twice where the house overprints, or as outlines."""
    if outlined:
        return tuple(Outline(run.glyphs, run.colour) for run in runs)
    if not desk.house.painting.overprinted_heads:
        return runs
    copies = (
        Run(
            tuple(
                replace(glyph, source=replace(glyph.source, printed=Print.COPY))
                for glyph in run.glyphs
            ),
            run.colour,
        )
        for run in runs
    )
    return tuple(mark for pair in zip(runs, copies, strict=True) for mark in pair)
