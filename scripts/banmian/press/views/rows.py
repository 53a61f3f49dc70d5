"""The row view: the page read straight across, columns interleaved line by line.

The rule is that of pdfplumber's ``extract_text`` without layout: glyphs whose tops lie within
three points of the next one's form a row, a row is read from left to right, and a gap of more than
three points is a blank. Computed from the sheet; a test compares it with pdfplumber.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from banmian.press.sheet import Glyph, Sheet, TextHabits
from banmian.press.views.view import Cell, View, settled

NAME = "rows"

TOLERANCE = 3.001
"""Three points, and a little: rows exactly three points apart are one, however sums round."""


@dataclass(frozen=True, slots=True)
class Letter:
    """A glyph with its left, right and top edge in points, y downwards."""

    index: int
    glyph: Glyph
    left: float
    right: float
    top: float


Word = list[Letter]


def rows_view(sheet: Sheet, habits: TextHabits) -> View:
    """The row view of ``sheet``; ``habits`` tell how far a glyph reaches below its baseline."""
    words = [word for row in _rows(_letters(sheet, habits)) for word in _words(row)]
    cells: list[Cell] = []
    for number, line in enumerate(_lines(words)):
        for place, word in enumerate(line):
            if separator := " " if place else "\n" if number else "":
                cells.append((separator, None))
            cells += [(letter.glyph.char, letter.index) for letter in word]
    return settled(NAME, cells, sheet)


def _letters(sheet: Sheet, habits: TextHabits) -> list[Letter]:
    rise = 1 + habits.descent / 1000
    return [
        Letter(
            index,
            glyph,
            glyph.x,
            glyph.x + glyph.advance,
            sheet.height - glyph.y - rise * glyph.size,
        )
        for index, glyph in enumerate(sheet.glyphs())
    ]


def _rows(letters: Sequence[Letter]) -> list[Word]:
    """Letters in rows from the top; in a row, from left to right, then in painting order."""
    groups = _clusters([letter.top for letter in letters])
    rows: dict[int, Word] = {}
    for letter in letters:
        rows.setdefault(groups[letter.top], []).append(letter)
    return [sorted(rows[key], key=lambda letter: letter.left) for key in sorted(rows)]


def _clusters(values: Sequence[float]) -> dict[float, int]:
    """The number of each value's cluster; a cluster ends where the next value is too far."""
    number, last = 0, None
    found = {}
    for value in sorted(set(values)):
        if last is not None and value > last + TOLERANCE:
            number += 1
        found[value] = number
        last = value
    return found


def _words(row: Sequence[Letter]) -> list[Word]:
    words: list[Word] = [[]]
    for letter in row:
        if letter.glyph.char.isspace():
            words.append([])
        elif words[-1] and _starts_word(words[-1][-1], letter):
            words.append([letter])
        else:
            words[-1].append(letter)
    return [word for word in words if word]


def _starts_word(last: Letter, letter: Letter) -> bool:
    return letter.left > last.right + TOLERANCE or abs(letter.top - last.top) > TOLERANCE


def _lines(words: Sequence[Word]) -> list[list[Word]]:
    tops = [min(letter.top for letter in word) for word in words]
    groups = _clusters(tops)
    lines: dict[int, list[Word]] = {}
    for word, top in zip(words, tops, strict=True):
        lines.setdefault(groups[top], []).append(word)
    return [lines[key] for key in sorted(lines)]
