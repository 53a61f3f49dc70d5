"""A type of known widths and random copy, so that setting is tested without fonts."""

from __future__ import annotations

from dataclasses import dataclass

from hypothesis import strategies as st

from banmian.press.kinsoku import CLOSING, NO_END, NO_START, OPENING
from banmian.press.sheet import Glyph, Print

BROKEN_TYPE = "lacks ▢"


@dataclass(frozen=True)
class InventedType:
    """Han and marks are an em wide, Latin narrower; one face lacks the byline's sign."""

    def advance(self, face: str, char: str) -> int:
        if char == " ":
            return 250
        return 460 + ord(char) % 7 * 20 if char.isascii() else 1000

    def has(self, face: str, char: str) -> bool:
        return not (face == BROKEN_TYPE and char == "▢")


TYPE = InventedType()

WORDS = st.sampled_from(
    ["Bearing", "Cloud", "GDP", "3.5%", "2026", "12", "A-1", "5G", "12.75%", "e", "China-made"]
)
HAN = st.text("大河新区石桥人民路上的一是了我有来他这中国", min_size=1, max_size=9)
MARKS = st.sampled_from(
    [*"，。、；：？！·～％%℃”’）》“‘（《", "——", "……", "。”", "，“", " ", "）、"]
)
PROSE = st.lists(st.one_of(HAN, HAN, WORDS, MARKS), min_size=1, max_size=40).map("".join)


def ink(glyph: Glyph) -> tuple[float, float]:
    """From where to where a glyph marks the paper: half of a wide mark is blank, a blank all."""
    left, right = glyph.x, glyph.x + glyph.advance
    if glyph.char == " ":
        return left, left
    if glyph.char in OPENING:
        left += glyph.advance / 2
    if glyph.char in CLOSING:
        right -= glyph.advance / 2
    return left, right


def offsets(glyphs: list[Glyph], element: int) -> list[int]:
    """The characters of ``element`` that are printed, in order of printing."""
    return [
        g.source.offset
        for g in glyphs
        if g.source.element == element and g.source.printed is Print.TEXT
    ]


def may_break(text: str, at: int) -> bool:
    """Whether kinsoku, restated plainly, lets a line end before ``text[at]``."""
    a, b = text[at - 1], text[at]
    latin = a.isascii() and b.isascii() and " " not in (a, b)
    return not (a in NO_END or b in NO_START or latin)
