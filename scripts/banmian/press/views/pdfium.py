"""The pdfium view: what Chrome's PDF library gives for a page, by pypdfium2.

Each of its characters is traced by where it stands. Line ends become LF, and U+0002, which pdfium
gives for a hyphen at a line end, becomes the hyphen again.
"""

from __future__ import annotations

import ctypes
import math
from collections.abc import Iterator, Sequence

from banmian.errors import DataFault
from banmian.press.sheet import Sheet
from banmian.press.views.view import DROPPED, Cell, View, settled

NAME = "pdfium"

NEAR = 0.1
"""Points: how far the origin of a character may lie from that of its glyph."""
LINE_END_HYPHEN = "\x02"

Origin = tuple[float, float]


def pdfium_views(sheets: Sequence[Sheet], pdf: bytes) -> Iterator[View]:
    """The pdfium view of each sheet; ``pdf`` has their pages in the same order."""
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    try:
        for number, sheet in enumerate(sheets):
            yield pdfium_view(sheet, _characters(document[number].get_textpage()))
    finally:
        document.close()


def pdfium_view(sheet: Sheet, characters: Iterator[tuple[str, Origin | None]]) -> View:
    """The view of ``characters``: each with its origin, None where pdfium inserted it."""
    painted = _Painted(sheet)
    cells: list[Cell] = []
    for char, origin in characters:
        if char == "\r":
            continue
        index = None if origin is None else painted.index(char, origin)
        if index is not None:
            char = painted.glyphs[index].char
        elif not char.isspace():
            raise DataFault(
                "view-unmatched",
                f"page {sheet.number}: pdfium gives {char!r} at {origin}, painted nowhere near",
                "the PDF was not made from this sheet",
            )
        cells.append((char, index))
    return settled(NAME, cells, sheet)


def _characters(page: object) -> Iterator[tuple[str, Origin | None]]:
    from pypdfium2 import raw

    x, y = ctypes.c_double(), ctypes.c_double()
    for at in range(raw.FPDFText_CountChars(page)):
        char = chr(raw.FPDFText_GetUnicode(page, at))
        inserted = raw.FPDFText_IsGenerated(page, at) == 1
        there = raw.FPDFText_GetCharOrigin(page, at, ctypes.byref(x), ctypes.byref(y))
        yield char, (x.value, y.value) if there and not inserted else None


class _Painted:
    """Finds glyphs by character and place; each is found once."""

    def __init__(self, sheet: Sheet) -> None:
        self.glyphs = list(sheet.glyphs())
        self._cells: dict[tuple[int, int], list[int]] = {}
        for index, glyph in enumerate(self.glyphs):
            self._cells.setdefault((_cell(glyph.x), _cell(glyph.y)), []).append(index)

    def index(self, char: str, origin: Origin) -> int | None:
        """The first glyph not found yet that prints ``char`` near ``origin``."""
        across, down = (_cell(value) for value in origin)
        near = [
            (index, cell)
            for cell in (
                self._cells.get((across + dx, down + dy), [])
                for dx in (-1, 0, 1)
                for dy in (-1, 0, 1)
            )
            for index in cell
            if self._is_at(index, char, origin)
        ]
        if not near:
            return None
        index, cell = min(near, key=lambda found: found[0])
        cell.remove(index)
        return index

    def _is_at(self, index: int, char: str, origin: Origin) -> bool:
        glyph = self.glyphs[index]
        same = glyph.char == char or (char == LINE_END_HYPHEN and glyph.char in DROPPED)
        return same and abs(glyph.x - origin[0]) <= NEAR and abs(glyph.y - origin[1]) <= NEAR


def _cell(value: float) -> int:
    return math.floor(value / (2 * NEAR))
