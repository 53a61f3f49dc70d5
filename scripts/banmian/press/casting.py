"""Casting off: the copy of an issue as the elements and pieces that its pages will print.

What is cast off is everything that goes into the text of a piece; the page's furniture is added by
the masthead. For each element its origin in the manuscript is kept, so that whatever is marked in
the copy (entities, words) can be found again in print.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from banmian.manuscripts import Form, Manuscript
from banmian.press.houses import House
from banmian.press.sheet import Element, Piece
from banmian.spans import Span
from banmian.tagset import FurnitureKind, ItemKind, LinkKind, Role


@dataclass(frozen=True, slots=True)
class Origin:
    """Characters ``copied`` of block ``block`` of a manuscript, printed from ``shift`` on."""

    manuscript: str
    block: int
    copied: Span
    shift: int = 0


@dataclass(frozen=True, slots=True)
class CastPiece:
    """One piece ready to be made up: its elements by role, and those that run as its story."""

    manuscript: Manuscript
    piece: Piece
    parts: dict[Role, int]
    story: tuple[int, ...]


@dataclass(slots=True)
class Cast:
    """The elements of one issue, in reading order within each piece, and where they came from."""

    house: House
    elements: list[Element] = field(default_factory=list)
    origins: list[Origin | None] = field(default_factory=list)
    pieces: list[Piece] = field(default_factory=list)
    units: int = 0

    def add(self, element: Element, origin: Origin | None = None) -> int:
        """The index of a further element."""
        self.elements.append(element)
        self.origins.append(origin)
        return len(self.elements) - 1

    def furniture(self, kind: FurnitureKind, *texts: str) -> list[int]:
        """The elements of one unit of furniture."""
        self.units += 1
        return [self.add(Element(text, furniture=kind, unit=self.units)) for text in texts]

    def leave_out(self, piece: Piece) -> None:
        """Print nothing of a piece; its elements keep their numbers and lose their text."""
        self.pieces.remove(piece)
        for at, element in enumerate(self.elements):
            if element.item == piece.id:
                self.elements[at] = replace(element, text="", authors=())
                self.origins[at] = None

    def whole(self, manuscript: Manuscript) -> CastPiece:
        """Cast off a whole manuscript (its teaser apart)."""
        number = manuscript.id.rpartition("-")[2]
        return self._cast(manuscript, number, cuts_of(manuscript))

    def halves(
        self, manuscript: Manuscript, at: tuple[int, int], pages: tuple[int, int]
    ) -> tuple[CastPiece, CastPiece]:
        """Cast off a story that jumps ``at`` (block, offset) from one of ``pages`` to the other."""
        number = manuscript.id.rpartition("-")[2]
        wording = self.house.wording
        here, there = divided(cuts_of(manuscript), at)
        first = self._cast(manuscript, number, here, after=wording.jump_to.format(page=pages[1]))
        second = self._cast(
            manuscript, f"{number}-jump", there, before=wording.jump_from.format(page=pages[0])
        )
        for one, other in ((first, second), (second, first)):
            place = self.pieces.index(one.piece)
            self.pieces[place] = replace(one.piece, links=((LinkKind.JUMP, other.piece.id),))
        return first, second

    def _cast(
        self,
        manuscript: Manuscript,
        id: str,
        cuts: Sequence[Cut],
        before: str = "",
        after: str = "",
    ) -> CastPiece:
        piece = Piece(id, manuscript.form.kind)
        self.pieces.append(piece)
        parts: dict[Role, int] = {}
        story: list[int] = []
        paragraph = 0
        if manuscript.form is Form.WEATHER:
            parts[Role.BANNER] = self.add(Element(self.house.wording.weather, id, Role.BANNER))
            paragraph = 1
        if before:
            parts[Role.JUMP] = self.add(Element(before, id, Role.JUMP))
            paragraph = 1
        for cut in cuts:
            block = manuscript.blocks[cut.block]
            if after and block.role is Role.CAPTION:
                parts[Role.JUMP] = self.add(Element(after, id, Role.JUMP, paragraph))
                paragraph += 1
                after = ""
            at = self._element(manuscript, cut, id, paragraph)
            if manuscript.form is Form.AD or block.role in RUNNING:
                story.append(at)
            else:
                parts[block.role] = at
            # A dateline is printed at the start of the paragraph that follows it.
            paragraph += block.role is not Role.DATELINE
        if after:
            parts[Role.JUMP] = self.add(Element(after, id, Role.JUMP, paragraph))
        return CastPiece(manuscript, piece, parts, tuple(story))

    def _element(self, manuscript: Manuscript, cut: Cut, item: str, paragraph: int) -> int:
        block = manuscript.blocks[cut.block]
        text = cut.span.of(block.text)
        role = Role.AD if manuscript.form is Form.AD else block.role
        origin = Origin(manuscript.id, cut.block, cut.span)
        if role is not Role.BYLINE:
            return self.add(Element(text, item, role, paragraph), origin)
        before, _, after = self.house.wording.byline.partition("{names}")
        before = " " * self.house.manner.byline_blank + before
        authors = tuple(
            (e.span.start + len(before), e.span.end + len(before)) for e in block.people
        )
        element = Element(f"{before}{text}{after}", item, role, paragraph, authors=authors)
        return self.add(element, replace(origin, shift=len(before)))

    def teaser(self, manuscript: Manuscript, page: int) -> Teaser | None:
        """The front-page pointer to a manuscript that is printed on ``page``, if it has one."""
        block = manuscript.block(Role.TEASER)
        if block is None:
            return None
        number = manuscript.id.rpartition("-")[2]
        id = f"{number}-teaser"
        self.pieces.append(Piece(id, ItemKind.TEASER, ((LinkKind.TEASER, number),)))
        origin = Origin(manuscript.id, manuscript.blocks.index(block), Span(0, len(block.text)))
        head = self.add(Element(block.text, id, Role.TEASER, 0), origin)
        pointer = self.house.wording.folio.format(page=page)
        return Teaser(head, self.add(Element(pointer, id, Role.TEASER, 1)))


@dataclass(frozen=True, slots=True)
class Teaser:
    """The elements of a pointer: its head and its page reference."""

    head: int
    page: int


RUNNING = (Role.DATELINE, Role.BODY, Role.CROSSHEAD)
ORDER = (Role.BANNER, Role.KICKER, Role.HEADLINE, Role.DECK, Role.BYLINE)


@dataclass(frozen=True, slots=True)
class Cut:
    """``span`` of block ``block`` of a manuscript."""

    block: int
    span: Span


def cuts_of(manuscript: Manuscript) -> list[Cut]:
    """Heads, byline, story, caption (D43 of the articles guideline); the teaser is left out."""
    blocks = list(enumerate(manuscript.blocks))
    ordered = [at for role in ORDER for at, block in blocks if block.role is role]
    ordered += [at for at, block in blocks if block.role in RUNNING]
    ordered += [at for at, block in blocks if block.role is Role.CAPTION]
    return [Cut(at, Span(0, len(manuscript.blocks[at].text))) for at in ordered]


def divided(cuts: Sequence[Cut], at: tuple[int, int]) -> tuple[list[Cut], list[Cut]]:
    """The cuts before and after offset ``at[1]`` of block ``at[0]``; a caption stays before."""
    block, offset = at
    place = next(n for n, cut in enumerate(cuts) if cut.block == block)
    span = cuts[place].span
    captions = [cut for cut in cuts[place + 1 :] if cut.block < block]
    rest = [cut for cut in cuts[place + 1 :] if cut not in captions]
    first, second = list(cuts[:place]), rest
    if span.start < offset:
        first.append(Cut(block, Span(span.start, offset)))
    if offset < span.end:
        second = [Cut(block, Span(offset, span.end)), *rest]
    return first + captions, second
