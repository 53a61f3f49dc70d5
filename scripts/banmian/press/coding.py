"""Which code each painted glyph has in a PDF's fonts, and which character that code stands for.

In the twin of a PDF the characters are plain Han or Hangul ones, each used once a page, so that a
tool that gives only text still says which glyph each of its characters came from.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain

from banmian.errors import DataFault
from banmian.press.fonts import BLANK, Face, FontBook
from banmian.press.sheet import Glyph, Print, Sheet

# What extractors treat in a way of its own keeps its identity in the twin.
HYPHENS = frozenset("-\u00ad\u2010\u2011")
# Neither normalisation nor duplicate suppression nor a change of direction touches these.
TWIN_RANGES = ((0x4E00, 0x9FA5), (0x3400, 0x4DB5), (0xAC00, 0xD7A3))


@dataclass
class FontCodes:
    """The codes of one font of the PDF: ``entries[code - 1]`` is (glyph of the face, character).

    Code 1 is the blank: extractors measure gaps against it, whether it is painted or not.
    """

    face: Face
    entries: list[tuple[int, str]] = field(default_factory=list)
    _codes: dict[tuple[int, str], int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.code(self.face.glyph(BLANK), BLANK)

    def code(self, glyph: int, char: str) -> int:
        """The code of ``glyph`` where it stands for ``char``."""
        key = (glyph, char)
        if key not in self._codes:
            self.entries.append(key)
            self._codes[key] = len(self.entries)
        return self._codes[key]


@dataclass(frozen=True)
class PageCodes:
    """One page: its fonts by the face's name, and the code of each glyph of the text layer."""

    fonts: dict[str, FontCodes]
    codes: tuple[int, ...]


def page_codes(
    sheet: Sheet, book: FontBook, fonts: dict[str, FontCodes], characters: tuple[str, ...]
) -> PageCodes:
    """Codes for the glyphs of ``sheet``, which stand for ``characters``; adds to ``fonts``."""
    used: dict[str, FontCodes] = {}
    codes: list[int] = []
    for painted, char in zip(sheet.glyphs(), characters, strict=True):
        name = painted.face
        if name not in used:
            if name not in fonts:
                fonts[name] = FontCodes(book.face(name))
            used[name] = fonts[name]
        font = used[name]
        codes.append(font.code(font.face.glyph(painted.char, painted.upright), char))
    return PageCodes(used, tuple(codes))


def printed_characters(sheet: Sheet) -> tuple[str, ...]:
    """The characters the glyphs of ``sheet`` print."""
    return tuple(painted.char for painted in sheet.glyphs())


def twin_characters(sheet: Sheet) -> tuple[str, ...]:
    """A character of its own for each glyph; blanks and hyphens stay what they are.

    A character painted once more has that of its first painting, so that tools which drop such
    copies drop them in the twin too. :class:`DataFault` ``twin-full`` where characters run out.
    """
    fresh = _twin_range()
    known: dict[tuple[int, int], str] = {}
    return tuple(_twin_character(painted, known, fresh) for painted in sheet.glyphs())


def twin_map(sheet: Sheet) -> dict[str, int]:
    """Character of the twin → index in ``Sheet.glyphs()``: the first glyph that has it."""
    found: dict[str, int] = {}
    printed = zip(sheet.glyphs(), twin_characters(sheet), strict=True)
    for index, (painted, char) in enumerate(printed):
        if not _keeps_identity(painted.char):
            found.setdefault(char, index)
    return found


def _twin_range() -> Iterator[int]:
    return chain.from_iterable(range(first, last + 1) for first, last in TWIN_RANGES)


def _twin_character(painted: Glyph, known: dict[tuple[int, int], str], fresh: Iterator[int]) -> str:
    if _keeps_identity(painted.char):
        return painted.char
    source = (painted.source.element, painted.source.offset)
    if painted.source.printed is Print.COPY and source in known:
        return known[source]
    try:
        known[source] = chr(next(fresh))
    except StopIteration:
        message = "the page has more glyphs than the twin has characters"
        raise DataFault("twin-full", message, "divide the page") from None
    return known[source]


def _keeps_identity(char: str) -> bool:
    return char.isspace() or char in HYPHENS
