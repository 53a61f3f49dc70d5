"""What is marked in the copy, found again in the article texts of the printed issue."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from banmian.corpus import sha256_text
from banmian.errors import DataFault
from banmian.layers import Entity, ItemEntities, ItemWords
from banmian.manuscripts import Block, Copy
from banmian.press.edition import Edition
from banmian.press.gold import item_id
from banmian.press.printed import Character, Printed
from banmian.spans import Span

BlockWords = Mapping[tuple[str, int], tuple[Span, ...]]
"""(manuscript, number of the block) → its words"""


class Projection:
    """The map from blocks of manuscripts to the article texts of one edition."""

    def __init__(self, edition: Edition) -> None:
        self._edition = edition
        self._issue = edition.issue
        self._printed = Printed.of(edition.issue)
        self._texts = {p.id: self._printed.article_text(p.id) for p in edition.issue.pieces}

    def entities(self, copy: Copy) -> tuple[ItemEntities, ...]:
        """The entities of every item that has a text; ``copy`` holds the marks to project."""
        blocks = _blocks(copy)
        found = []
        for piece, text in self._texts.items():
            if not text:
                continue
            places = self._printed.article_offsets(piece)
            entities = {
                Entity(Span(start, end), entity.label)
                for element, key, shift, copied in self._origins(piece)
                for entity in blocks[key].entities
                if (at := entity.span & copied) == entity.span
                and (ends := _ends(places, element, at.shifted(shift - copied.start)))
                for start, end in [ends]
            }
            ordered = tuple(sorted(entities, key=lambda e: e.span))
            id = item_id(self._issue, piece)
            found.append(ItemEntities(id, sha256_text(text), ordered))
        return tuple(found)

    def words(self, words: BlockWords) -> tuple[ItemWords, ...]:
        """The words of the items all of whose blocks are segmented.

        A house's sign before a byline is a word of its own.
        """
        found = []
        for piece, text in self._texts.items():
            origins = list(self._origins(piece))
            own = [e for e in self._issue.elements if e.item == piece]
            printed = [o for o in origins if self._printed.offsets[o[0]]]
            whole = bool(printed) and all(key in words for _, key, _, _ in printed)
            if not whole or any(e.role == "teaser" for e in own):
                continue
            id = item_id(self._issue, piece)
            found.append(ItemWords(id, sha256_text(text), self._tiling(piece, text, words)))
        return tuple(found)

    def _tiling(self, piece: str, text: str, words: BlockWords) -> tuple[Span, ...]:
        places = self._printed.article_offsets(piece)
        taken: list[Span] = []
        for element, key, shift, copied in self._origins(piece):
            for word in words[key]:
                if (at := word & copied) is None:
                    continue
                if ends := _ends(places, element, at.shifted(shift - copied.start)):
                    taken.append(Span(*ends))
        covered = {offset for word in taken for offset in range(word.start, word.end)}
        signs = [Span(n, n + 1) for n, c in enumerate(text) if n not in covered and not c.isspace()]
        return tuple(sorted([*taken, *signs]))

    def _origins(self, piece: str) -> Iterator[tuple[int, tuple[str, int], int, Span]]:
        for number, (element, origin) in enumerate(
            zip(self._issue.elements, self._edition.origins, strict=True)
        ):
            if element.item == piece and origin is not None:
                yield number, (origin.manuscript, origin.block), origin.shift, origin.copied


def _ends(places: Mapping[Character, int], element: int, at: Span) -> tuple[int, int] | None:
    """The span in the article text of characters ``at`` of an element; None where not in text."""
    found = [places.get((element, offset)) for offset in range(at.start, at.end)]
    there = [offset for offset in found if offset is not None]
    if len(there) != len(found):
        return None
    if there != list(range(there[0], there[0] + len(there))):
        raise DataFault(
            "mark-scattered", f"a mark of element {element} is not in one piece", "check the sheet"
        )
    return there[0], there[-1] + 1


def _blocks(copy: Copy) -> dict[tuple[str, int], Block]:
    return {(one.id, n): block for one in copy.manuscripts for n, block in enumerate(one.blocks)}
