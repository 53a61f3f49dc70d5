"""Small invented issues, set by chance: three columns, blocks painted in any order.

Stories share baselines; there are overprints, divided Latin words, vertical heads, outlined
heads, painted blanks at line ends and unjustified and stretched lines.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Protocol

from banmian.press.sheet import (
    Element,
    Glyph,
    Mark,
    Outline,
    Piece,
    Print,
    Run,
    SetIssue,
    Sheet,
    Source,
    TextHabits,
)
from banmian.tagset import FurnitureKind, ItemKind, LinkKind, Role

WIDTH, HEIGHT = 520.0, 1600.0  # so large that nothing ever falls off it
COLUMNS = (30.0, 160.0, 290.0)
FACES = ("song", "hei", "kai")
HAN = "大河新区石桥人民路上的一是了我有来他这中国"
LATIN = ("Bearing", "GDP", "12.75%", "5G", "A-1", "Cloud OS", "6")
MARKS = ("，", "。", "“好", "”", "、")


@dataclass(frozen=True)
class Look:
    """The face, size and horizontal scaling of a line."""

    face: str
    size: float
    stretch: float = 1.0


class Type(Protocol):
    """Tells the width of a character, in thousandths of an em."""

    def advance(self, face: str, char: str) -> int: ...


@dataclass
class Setter:
    """Sets one issue; ``chance`` decides everything."""

    chance: random.Random
    type: Type
    habits: TextHabits
    elements: list[Element] = field(default_factory=list)
    pieces: list[Piece] = field(default_factory=list)

    def issue(self, pages: int) -> SetIssue:
        sheets = tuple(self._sheet(number) for number in range(1, pages + 1))
        return SetIssue(
            "songling-2031-03-09", sheets, tuple(self.elements), tuple(self.pieces), self.habits
        )

    def _sheet(self, number: int) -> Sheet:
        self.floor = dict.fromkeys(COLUMNS, HEIGHT - 40)
        blocks: list[Mark] = [self._furniture(number)]
        for _ in range(self.chance.randint(1, 4)):
            blocks += self._item()
        self.chance.shuffle(blocks)
        return Sheet(number, WIDTH, HEIGHT, tuple(blocks))

    def _furniture(self, number: int) -> Mark:
        day = self._element(Element("09", furniture=FurnitureKind.DATE, unit=number))
        return Run(tuple(self._line(day, range(2), COLUMNS[0], HEIGHT - 20, 9.0, copies=True)))

    def _item(self) -> list[Mark]:
        piece = f"{len(self.pieces) + 1:02d}"
        links = ((LinkKind.TEASER, "01"), (LinkKind.JUMP, "99")) if piece != "01" else ()
        self.pieces.append(Piece(piece, ItemKind.ARTICLE, links))
        column = self.chance.choice(COLUMNS)
        head = Element(self._prose(2), piece, Role.HEADLINE, 0)
        byline = Element(" ▢ 记者 何青 方木", piece, Role.BYLINE, 1, authors=((6, 8), (9, 11)))
        dateline = Element("本报讯 ", piece, Role.DATELINE, 2)
        bodies = [Element(self._prose(8), piece, Role.BODY, n) for n in (2, 3)]
        jump = Element("下转第2版", piece, Role.JUMP, 4)
        marks = [self._head(head, column), self._block(byline, column, indent=0)]
        start = self._element(dateline)
        marks.append(self._block(bodies[0], column, indent=2, before=start))
        if self.chance.random() < 0.5:
            column = self.chance.choice(COLUMNS)
        marks.append(self._block(bodies[1], column, indent=2))
        if self.chance.random() < 0.5:
            marks.append(self._block(jump, column, indent=0))
        self.chance.shuffle(marks)
        return marks

    def _prose(self, length: int) -> str:
        parts = []
        for _ in range(length):
            kind = self.chance.random()
            parts.append("".join(self.chance.choices(HAN, k=self.chance.randint(1, 6))))
            if kind < 0.4:
                parts.append(self.chance.choice(LATIN))
            elif kind < 0.7:
                parts.append(self.chance.choice(MARKS))
            elif kind < 0.8:
                parts.append(" ")
        return "".join(parts).strip()

    def _element(self, element: Element) -> int:
        self.elements.append(element)
        return len(self.elements) - 1

    def _head(self, head: Element, column: float) -> Mark:
        """A head in one line, bold by overprinting or as outlines, or one character a line."""
        index, size = self._element(head), 14.0
        if self.chance.random() < 0.25:
            glyphs: list[Glyph] = []
            for offset in range(len(head.text)):
                self.floor[column] -= size * 1.1
                y = self.floor[column]
                glyphs += self._line(index, range(offset, offset + 1), column, y, size)
            return Run(tuple(replace(glyph, upright=True) for glyph in glyphs))
        size = 9.0
        self.floor[column] -= 22
        copies = self.chance.random() < 0.3
        own = range(len(head.text))
        line = tuple(self._line(index, own, column, self.floor[column], size, copies=copies))
        return Outline(line) if self.chance.random() < 0.2 else Run(line)

    def _block(
        self, element: Element, column: float, *, indent: int, before: int | None = None
    ) -> Mark:
        index, size = self._element(element), self.chance.choice((9.0, 9.5))
        look = Look(self.chance.choice(FACES), size, self.chance.choice((1.0, 1.0, 0.9)))
        parts = [index] if before is None else [before, index]
        characters = [(part, at) for part in parts for at in range(len(self.elements[part].text))]
        glyphs: list[Glyph] = []
        measure = self.chance.randint(9, 12) * size
        first = True
        self.floor[column] -= self.chance.choice((0, 0, 6, 30))
        while characters:
            self.floor[column] -= 14
            x = column + (indent * size if first else 0)
            line, characters = self._break(characters, measure - (x - column), size)
            glyphs += self._set(line, x, self.floor[column], look)
            if characters and self._divides(line[-1], characters[0]):
                last = glyphs[-1]
                at = Source(last.source.element, last.source.offset, Print.HYPHEN)
                right = last.x + last.advance
                glyphs.append(self._glyph("-", right, last.y, look, at))
            first = False
        return Run(tuple(glyphs))

    def _divides(self, last: tuple[int, int], following: tuple[int, int]) -> bool:
        chars = [self.elements[index].text[at] for index, at in (last, following)]
        return all(char.isascii() and char.isalpha() for char in chars)

    def _break(
        self, characters: list[tuple[int, int]], measure: float, size: float
    ) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
        """As many characters as fit, at least one; a name of two characters stays whole."""
        taken = 0
        for index, at in characters:
            measure -= self.type.advance("song", self.elements[index].text[at]) * size / 1000
            if measure < 0 and taken:
                break
            taken += 1
        names = [
            (index, at)
            for index, at in characters
            for start, end in self.elements[index].authors
            if start < at < end
        ]
        while taken < len(characters) and characters[taken] in names:
            taken -= 1
        return characters[:taken], characters[taken:]

    def _set(self, line: list[tuple[int, int]], x: float, y: float, look: Look) -> Iterator[Glyph]:
        tracking = self.chance.choice((0.0, 0.0, 0.31, 0.7, 1.3))
        for index, at in line:
            glyph = self._glyph(self.elements[index].text[at], x, y, look, Source(index, at))
            yield glyph
            x += glyph.advance + tracking

    def _line(
        self, index: int, offsets: range, x: float, y: float, size: float, *, copies: bool = False
    ) -> Iterator[Glyph]:
        """One line; a copy of each glyph follows the line, a hair to the right of it."""
        line = list(self._set([(index, at) for at in offsets], x, y, Look("song", size)))
        yield from line
        if copies:
            for glyph in line:
                source = replace(glyph.source, printed=Print.COPY)
                yield replace(glyph, x=glyph.x + 0.2, source=source)

    def _glyph(self, char: str, x: float, y: float, look: Look, source: Source) -> Glyph:
        width = self.habits.space if char == " " else self.type.advance(look.face, char)
        advance = width * look.size * look.stretch / 1000
        x, y = round(x, 3), round(y, 3)
        return Glyph(char, look.face, look.size, x, y, advance, source, look.stretch)


def invented_issue(seed: int, type: Type, habits: TextHabits | None = None) -> SetIssue:
    """The issue that ``seed`` gives: one or two small pages."""
    chance = random.Random(seed)
    return Setter(chance, type, habits or TextHabits()).issue(chance.randint(1, 2))
