"""Runs of pieces that surely belong together, described for :mod:`.joining`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log
from typing import Final

from banmian.tagset import Role
from banmian_bench.article_model.pieces import Box
from banmian_bench.article_model.roles import (
    FURNITURE,
    PARAGRAPH,
    STARTS,
    Tagged,
    finished,
    unclosed,
    unopened,
)
from banmian_bench.systems.character_pairs import character_pairs

UNSURE: Final = 0.05
"""A piece starts a block where it may start a run with at least this probability."""


@dataclass(frozen=True, slots=True)
class Block:
    """Pieces of one role in the order of the text; ``number`` counts the page's pieces."""

    number: int
    pieces: tuple[Tagged, ...]

    @property
    def role(self) -> str:
        return self.pieces[0].role

    @property
    def last(self) -> int:
        """The number of its last piece."""
        return self.number + len(self.pieces) - 1

    @property
    def bare(self) -> str:
        return "".join(each.piece.bare for each in self.pieces)

    @property
    def box(self) -> Box | None:
        """The smallest box around its pieces; ``size`` is that of the first."""
        boxes = [each.piece.box for each in self.pieces if each.piece.box is not None]
        if not boxes:
            return None
        return Box(
            min(box.x0 for box in boxes),
            min(box.y0 for box in boxes),
            max(box.x1 for box in boxes),
            max(box.y1 for box in boxes),
            boxes[0].size,
        )


def blocks(tagged: Sequence[Tagged]) -> list[Block]:
    """The blocks of a page, furniture left out."""
    made: list[Block] = []
    run: list[Tagged] = []
    for number, each in enumerate(tagged):
        if run and _parts(run[-1], each):
            made.append(Block(number - len(run), tuple(run)))
            run = []
        run.append(each)
    if run:
        made.append(Block(len(tagged) - len(run), tuple(run)))
    return [block for block in made if block.role != FURNITURE]


def _parts(before: Tagged, here: Tagged) -> bool:
    if before.role != here.role or here.step == STARTS or here.starts > UNSURE:
        return True
    return here.role != Role.BODY and here.step == PARAGRAPH


@dataclass(frozen=True, slots=True)
class Language:
    """Counts of characters and pairs in the text of the train split."""

    single: Mapping[str, int]
    pair: Mapping[str, int]
    spread: Mapping[str, int]
    """In how many items a gram occurs."""
    items: int
    total: int
    """Characters counted."""

    @classmethod
    def of(cls, texts: Sequence[str]) -> Language:
        """Count ``texts``, each that of an item; what occurs once is left out."""
        single: Counter[str] = Counter()
        pair: Counter[str] = Counter()
        spread: Counter[str] = Counter()
        for text in texts:
            single.update(text)
            pair.update(text[n : n + 2] for n in range(len(text) - 1))
            spread.update(character_pairs(text))
        kept = {key: count for key, count in sorted(pair.items()) if count > 1}
        wide = {key: count for key, count in sorted(spread.items()) if count > 2}
        return cls(dict(sorted(single.items())), kept, wide, len(texts), sum(single.values()))

    def goes_on(self, before: str, after: str) -> float:
        """How much likelier ``after`` is to follow ``before`` than by chance: log ratio."""
        if not before or not after:
            return 0.0
        a, b = before[-1], after[0]
        chance = (self.single.get(a, 0) + 1) * (self.single.get(b, 0) + 1) / (self.total + 1)
        return log((self.pair.get(a + b, 0) + 0.3) / (chance + 0.3))

    def rarity(self, gram: str) -> float:
        """Inverse document frequency over items."""
        return log((self.items + 1) / (self.spread.get(gram, 0) + 1))


def opens_within(block: Block) -> bool:
    """Whether a body block's end is in mid-sentence."""
    return not finished(block.pieces[-1].piece.bare)


def is_unclosed(block: Block) -> bool:
    """Whether a bracket or quotation is left open at the block's end."""
    return unclosed(block.bare)


def is_unopened(block: Block) -> bool:
    """Whether a bracket or quotation is closed that was opened before the block."""
    return unopened(block.bare)
