"""A made-up page as it is painted: glyphs, rules, tints and pictures, in painting order.

Lengths are points, the origin is the page's lower left corner, y points up (as in PDF). Painting
order is what the stream view of a page follows, so it is part of the page, not an accident.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from banmian.errors import DataFault
from banmian.tagset import FurnitureKind, ItemKind, LinkKind, Role

Colour = tuple[float, float, float]
BLACK: Colour = (0.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Piece:
    """An item of the issue: ``id`` is local to the issue (``01``, ``01-teaser``)."""

    id: str
    kind: ItemKind
    links: tuple[tuple[LinkKind, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Element:
    """A printed string that gold knows: one role of one item, or one unit of furniture.

    ``text`` is what is printed, blanks included. ``paragraph`` is the number of the item's
    paragraph, from 0 in reading order (a dateline shares that of the body it runs into);
    ``unit`` joins the elements of one unit of furniture. ``authors`` are (start, end) in ``text``.
    """

    text: str
    item: str | None = None
    role: Role | None = None
    paragraph: int = 0
    furniture: FurnitureKind | None = None
    unit: int = 0
    authors: tuple[tuple[int, int], ...] = ()

    def __post_init__(self) -> None:
        if (self.item is None) == (self.furniture is None) or (self.item is None) != (
            self.role is None
        ):
            raise DataFault(
                "element-owner",
                f"{self.text[:20]!r} belongs to no item, or to an item and to the page",
                "name an item and a role, or a kind of furniture",
            )


class Print(StrEnum):
    """What a painted glyph is to the printed text."""

    TEXT = "text"
    COPY = "copy"
    """painted once more over the same character (bold by overprinting)"""
    HYPHEN = "hyphen"
    """divides a Latin word at a line end; no character of the copy"""


@dataclass(frozen=True, slots=True)
class Source:
    """Which character a glyph prints: ``offset`` in the text of ``elements[element]``."""

    element: int
    offset: int
    printed: Print = Print.TEXT


@dataclass(frozen=True, slots=True)
class Glyph:
    """One painted character: ``x`` and ``y`` are the left end of its baseline.

    ``advance`` is what the font's width table gives, times ``size`` and ``stretch`` (horizontal
    scaling); the next glyph may start elsewhere. ``upright`` takes the form for vertical setting.
    """

    char: str
    face: str
    size: float
    x: float
    y: float
    advance: float
    source: Source
    stretch: float = 1.0
    upright: bool = False


@dataclass(frozen=True, slots=True)
class Run:
    """Glyphs painted by one text object; ``stroke`` is the width of an outline painted with it."""

    glyphs: tuple[Glyph, ...]
    colour: Colour = BLACK
    stroke: float = 0.0


@dataclass(frozen=True, slots=True)
class Outline:
    """Glyphs painted as curves: on the page, but not in its text layer (转曲)."""

    glyphs: tuple[Glyph, ...]
    colour: Colour = BLACK


@dataclass(frozen=True, slots=True)
class Rule:
    """A line from (x1, y1) to (x2, y2)."""

    x1: float
    y1: float
    x2: float
    y2: float
    width: float = 0.5
    colour: Colour = BLACK
    dashed: bool = False


@dataclass(frozen=True, slots=True)
class Tint:
    """A rectangle, (x, y) its lower left corner; filled, framed or both."""

    x: float
    y: float
    width: float
    height: float
    fill: Colour | None = None
    frame: Colour | None = None
    line: float = 0.5


@dataclass(frozen=True, slots=True)
class Picture:
    """A photograph, drawn by the press from ``seed`` (no one is in it)."""

    x: float
    y: float
    width: float
    height: float
    seed: int


Mark = Run | Outline | Rule | Tint | Picture


@dataclass(frozen=True, slots=True)
class TextHabits:
    """What a house's PDF says of its fonts, in thousandths of an em; extractors go by it.

    ``space`` is the declared width of the blank; the others stand in the font descriptor.
    """

    space: int = 250
    ascent: int = 880
    descent: int = -120
    cap_height: int = 733
    box_bottom: int = -250
    box_top: int = 1050


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page: its number in the issue, its size, what is painted on it, in order."""

    number: int
    width: float
    height: float
    marks: tuple[Mark, ...]

    def glyphs(self) -> Iterator[Glyph]:
        """The glyphs of the text layer, in painting order; views and gold use their index."""
        for mark in self.marks:
            if isinstance(mark, Run):
                yield from mark.glyphs


@dataclass(frozen=True, slots=True)
class SetIssue:
    """A whole issue as set: its sheets, the elements their glyphs print, the items they form."""

    id: str
    sheets: tuple[Sheet, ...]
    elements: tuple[Element, ...]
    pieces: tuple[Piece, ...]
    habits: TextHabits
