"""Small sheets to be painted, with the fonts of this machine."""

from __future__ import annotations

from dataclasses import replace

import pytest

from banmian.errors import UsageError
from banmian.press.fonts import FontBook
from banmian.press.sheet import (
    Element,
    Glyph,
    Mark,
    Print,
    Run,
    SetIssue,
    Sheet,
    Source,
    TextHabits,
)
from banmian.tagset import FurnitureKind

HABITS = TextHabits()


def open_fonts() -> FontBook:
    """The fonts; the test is skipped where they are not installed."""
    try:
        return FontBook.open()
    except UsageError as missing:
        pytest.skip(str(missing))


def line(fonts: FontBook, text: str, *, face: str = "song", y: float = 300.0) -> Run:
    """One line of 10 points from x = 20, its glyphs a quarter of a point apart."""
    metrics = fonts.metrics(HABITS.space)
    glyphs: list[Glyph] = []
    x = 20.0
    for offset, char in enumerate(text):
        width = metrics.advance(face, char) / 100
        glyphs.append(Glyph(char, face, 10.0, x, y, width, Source(0, offset)))
        x += width + 0.25
    return Run(tuple(glyphs))


def copied(run: Run) -> Run:
    """The line painted once more, as copies of its characters."""
    glyphs = (
        replace(g, source=replace(g.source, printed=Print.COPY), x=g.x + 0.1) for g in run.glyphs
    )
    return Run(tuple(glyphs))


def issue_of(*pages: tuple[Mark, ...]) -> SetIssue:
    """An issue of these pages, 400 points square."""
    sheets = tuple(Sheet(number, 400.0, 400.0, marks) for number, marks in enumerate(pages, 1))
    label = Element("印", furniture=FurnitureKind.LABEL)
    return SetIssue("trial", sheets, (label,), (), HABITS)
