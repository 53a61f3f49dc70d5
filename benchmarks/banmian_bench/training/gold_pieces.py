"""What the gold says of a page's pieces: where lines are cut, roles, steps, items."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from banmian_bench.article_model.pieces import Piece
from banmian_bench.article_model.roles import CONTINUES, FURNITURE, PARAGRAPH, STARTS
from banmian_bench.examples import PageExample


@dataclass(frozen=True, slots=True)
class Character:
    """The item (-1: furniture), role, paragraph and place in its item of a printed character."""

    item: int
    role: str
    paragraph: int
    place: int
    span: int


@dataclass(frozen=True, slots=True)
class GoldPiece:
    """The gold of a piece: that of most of its characters."""

    item: int
    role: str
    step: str
    place: int

    @property
    def tag(self) -> str:
        return f"{self.role}-{self.step}"


def characters(page: PageExample) -> list[Character | None]:
    """The gold of each character of the page's text in its main reading; None for none."""
    found: list[Character | None] = [None] * len(page.text)
    artefacts = {at for start, end in page.artefacts for at in range(start, end)}
    reading = page.readings[0]
    span = 0
    for number, item in enumerate(reading.items):
        place = 0
        for each, paragraph in zip(item.spans, item.paragraphs, strict=True):
            span += 1
            for at in range(each.start, each.end):
                if not page.text[at].isspace():
                    found[at] = Character(number, str(each.role), paragraph, place, span)
                    place += at not in artefacts
    for start, end in reading.furniture:
        span += 1
        for at in range(start, end):
            if not page.text[at].isspace():
                found[at] = Character(-1, FURNITURE, 0, at, span)
    return found


def gold_cuts(page: PageExample, gold: Sequence[Character | None]) -> list[int]:
    """The offsets inside lines before which another span begins."""
    found: list[int] = []
    before: Character | None = None
    for at, char in enumerate(page.text):
        if char == "\n":
            before = None
        here = gold[at]
        if here is not None:
            if before is not None and here.span != before.span:
                found.append(at)
            before = here
    return found


def gold_pieces(pieces: Sequence[Piece], gold: Sequence[Character | None]) -> list[GoldPiece]:
    """The gold of each piece."""
    made: list[GoldPiece] = []
    before: list[Character] = []
    for piece in pieces:
        here = [c for c in gold[piece.start : piece.end] if c is not None]
        count = Counter((c.item, c.role) for c in here)
        item, role = count.most_common(1)[0][0] if count else (-1, FURNITURE)
        mine = [c for c in here if (c.item, c.role) == (item, role)]
        made.append(GoldPiece(item, role, _step(before, mine), mine[0].place if mine else 0))
        before = mine
    return made


def _step(before: Sequence[Character], here: Sequence[Character]) -> str:
    if not before or not here:
        return STARTS
    last, first = before[-1], here[0]
    if last.role == first.role == FURNITURE:
        return CONTINUES if last.span == first.span else STARTS
    follows = 0 <= first.place - last.place <= 2
    if last.item != first.item or last.role != first.role or not follows:
        return STARTS
    return CONTINUES if last.paragraph == first.paragraph else PARAGRAPH
