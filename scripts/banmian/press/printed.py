"""What of an issue's copy the text layer has: the characters of each item, in reading order.

A paragraph's outer blanks belong to nothing, as in the guideline of the articles layer (D23); all
other painted blanks are text. Elements set as outlines are absent.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from banmian.errors import DataFault
from banmian.press.sheet import Element, Glyph, Outline, Print, SetIssue
from banmian.tagset import Role

Character = tuple[int, int]
"""An element's index and an offset in its text."""


def character(glyph: Glyph) -> Character:
    """The character that ``glyph`` prints."""
    return glyph.source.element, glyph.source.offset


@dataclass(frozen=True, slots=True)
class Printed:
    """An issue and, for each of its elements, the sorted offsets that its text layer has."""

    issue: SetIssue
    offsets: Mapping[int, Sequence[int]]

    @classmethod
    def of(cls, issue: SetIssue) -> Printed:
        """Refuses, by :class:`DataFault`, characters that are painted twice as text or not."""
        offsets: dict[int, list[int]] = {}
        for sheet in issue.sheets:
            for glyph in sheet.glyphs():
                if glyph.source.printed is Print.TEXT:
                    offsets.setdefault(glyph.source.element, []).append(glyph.source.offset)
        outlined = set(_outlined(issue))
        for index, element in enumerate(issue.elements):
            own = offsets.setdefault(index, [])
            own.sort()
            _refuse_misprint(element, own, {at for of, at in outlined if of == index})
        return cls(issue, offsets)

    def paragraphs(self, piece: str) -> Iterator[tuple[Character, ...]]:
        """The paragraphs of an item, those left out of which nothing is in the text layer."""
        own = [(index, e) for index, e in enumerate(self.issue.elements) if e.item == piece]
        for _, elements in groupby(own, key=lambda pair: pair[1].paragraph):
            if paragraph := self.characters([index for index, _ in elements]):
                yield paragraph

    def characters(self, elements: Sequence[int]) -> tuple[Character, ...]:
        """The characters of ``elements`` joined, without the outer blanks of the whole."""
        found = [(index, offset) for index in elements for offset in self.offsets[index]]
        solid = [at for at, one in enumerate(found) if not self.char(one).isspace()]
        return tuple(found[solid[0] : solid[-1] + 1]) if solid else ()

    def char(self, character: Character) -> str:
        """The character itself."""
        index, offset = character
        return self.issue.elements[index].text[offset]

    def article_offsets(self, piece: str) -> dict[Character, int]:
        """Where the characters of an item stand in its article text, in every view alike."""
        places: dict[Character, int] = {}
        length = 0
        for paragraph in self._article(piece):
            length += bool(length)  # the line feed between paragraphs
            for one in paragraph:
                places[one] = length
                length += 1
        return places

    def article_text(self, piece: str) -> str:
        """The article text of an item as its copy gives it; every view must give the same."""
        return "\n".join("".join(map(self.char, one)) for one in self._article(piece))

    def _article(self, piece: str) -> Iterator[tuple[Character, ...]]:
        for paragraph in self.paragraphs(piece):
            kept = tuple(
                (index, offset)
                for index, offset in paragraph
                if self.issue.elements[index].role is not Role.JUMP
            )
            if kept:
                yield kept


def _outlined(issue: SetIssue) -> Iterator[Character]:
    for sheet in issue.sheets:
        for mark in sheet.marks:
            if isinstance(mark, Outline):
                yield from map(character, mark.glyphs)


def _refuse_misprint(element: Element, offsets: Sequence[int], outlined: set[int]) -> None:
    twice = any(first == second for first, second in pairwise(offsets))
    solid = {at for at, char in enumerate(element.text) if not char.isspace()}
    if twice or solid.difference(offsets, outlined):
        raise DataFault(
            "element-repeated" if twice else "element-unpainted",
            f"{element.text[:20]!r} {'has a character twice' if twice else 'lacks a character'}",
            "paint each character of an element once, as text or as an outline",
        )
