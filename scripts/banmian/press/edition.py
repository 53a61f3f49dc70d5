"""An edition: the copy of one issue set into pages in its house's style.

Same copy, house, fonts and seed: same sheets. Nothing is shrunk to fit: what does not go on a page
goes on the next, and holes are filled with advertisements and pictures.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import ceil
from random import Random

from banmian.errors import DataFault
from banmian.manuscripts import Copy, Form, Manuscript
from banmian.press.blocks import Block, Desk
from banmian.press.casting import Cast, CastPiece, Origin, Teaser
from banmian.press.fillers import AdBlock, PictureBlock, TeaserBox
from banmian.press.grid import Grid, Group, Place
from banmian.press.heads import HeadSizes
from banmian.press.houses import House
from banmian.press.makeup import LEAST_FILLER, MadeUp, Placed, make_up
from banmian.press.masthead import INNER_ROWS, Dateline, Masthead
from banmian.press.paint_order import painted
from banmian.press.setting import Metrics
from banmian.press.sheet import SetIssue, Sheet
from banmian.press.stories import Manners, StoryLayout
from banmian.tagset import FurnitureKind, ItemKind, Role

JUMPING = 650
"""characters of prose from which on a front-page story may jump"""
SMALL = (Form.BRIEF, Form.NOTICE, Form.WEATHER, Form.CORRECTION)
PAGE_FILL = 0.9
"""share of a page's cells that copy is expected to take"""
MOST_PAGES = 12
TIGHTNESS = (1.0, 0.9, 0.8, 0.7, 0.6)
"""scales of pictures and heads that are tried, one draw of the make-up each"""
FRONT_TEASERS = 3


@dataclass(frozen=True, slots=True)
class Edition:
    """A set issue, where each of its elements comes from, and the share of its pages left white."""

    issue: SetIssue
    origins: tuple[Origin | None, ...]
    white: tuple[float, ...]


def fitted_edition(copy: Copy, house: House, metrics: Metrics, seed: int = 0) -> Edition:
    """Set ``copy``, with smaller pictures and heads where that saves a page or fills it better.

    Raises :class:`DataFault` if a piece fits on no page.
    """
    tries = [set_edition(copy, house, metrics, (seed, turn), t) for turn, t in enumerate(TIGHTNESS)]
    return min(tries, key=lambda edition: len(edition.white) + sum(edition.white))


def set_edition(
    copy: Copy, house: House, metrics: Metrics, seed: tuple[int, int] = (0, 0), tight: float = 1.0
) -> Edition:
    """Set ``copy`` in the style of ``house``; ``tight`` scales its pictures and heads."""
    return _Edition(copy, house, metrics, seed, tight).made()


@dataclass(slots=True)
class _PagePlan:
    number: int
    made_up: MadeUp
    fillers: dict[int, int]
    """place in the make-up → block that fills it"""


class _Edition:
    def __init__(
        self, copy: Copy, house: House, metrics: Metrics, seed: tuple[int, int], tight: float
    ) -> None:
        key = f"{copy.issue}|{house.code}|{seed}"
        self._rng = Random(int.from_bytes(hashlib.sha256(key.encode("utf-8")).digest()[:8], "big"))
        self._copy = copy
        self._cast = Cast(house)
        self._desk = Desk(self._cast, Grid(house.format), metrics, tight)
        self._blocks: list[Block] = []
        self._of: dict[int, Manuscript] = {}
        self._ads: list[int] = []
        self._rest: int | None = None
        self._candidates: list[Manuscript] = []

    def made(self) -> Edition:
        """The whole edition."""
        ordered = in_order(self._copy.manuscripts)
        expected = self._expected_pages(ordered)
        pages = 4 if len(articles(ordered)) > 8 and expected > 1.9 else max(1, round(expected))
        queue = self._cast_off(ordered, jumps=expected > 1.25)
        pointed = self._pointed(ordered, pages)
        box = self._added(TeaserBox(self._desk, 0, pointed)) if pointed else None
        plans = list(self._plans(queue, box, max(0.0, 1 - 1.05 * expected / pages)))
        if box is not None:
            self._blocks[box] = self._teaser_box(plans)
        line = Dateline.drawn(self._desk, self._copy.day, len(plans), self._rng)
        masthead = Masthead(self._desk, line)
        sheets = tuple(self._sheet(plan, masthead) for plan in plans)
        self._leave_out_ads()
        elements, pieces = tuple(self._cast.elements), tuple(self._cast.pieces)
        issue = SetIssue(self._copy.issue, sheets, elements, pieces, self._cast.house.habits)
        white = tuple(plan.made_up.white for plan in plans)
        return Edition(issue, tuple(self._cast.origins), white)

    def _expected_pages(self, manuscripts: Sequence[Manuscript]) -> float:
        house, grid = self._cast.house, self._desk.grid
        per_cell = grid.column / house.type.size
        room = grid.rows * house.format.columns * per_cell * PAGE_FILL
        need = 0.0
        for one in manuscripts:
            need += sum(len(block.text) for block in one.prose) * 1.06
            need += 130 + 5 * house.format.columns if one.form.kind is ItemKind.ARTICLE else 60
            need += 330 if one.block(Role.CAPTION) else 0
        return need / room + 0.12

    def _added(self, block: Block) -> int:
        self._blocks.append(block)
        return len(self._blocks) - 1

    def _cast_off(self, ordered: Sequence[Manuscript], jumps: bool) -> list[int]:
        queue: list[int] = []
        jumper = self._jumper(ordered) if jumps else None
        for rank, manuscript in enumerate(ordered):
            if manuscript.form is Form.AD:
                dark = self._rng.random() < 0.5
                block = self._added(AdBlock(self._desk, self._cast.whole(manuscript), dark))
                self._ads.append(block)
            elif manuscript is jumper:
                at = self._jump_place(manuscript)
                first, second = self._cast.halves(manuscript, at, (1, 2))
                queue.append(block := self._story(first, rank))
                self._rest = self._story(second, rank)
            else:
                queue.append(block := self._story(self._cast.whole(manuscript), rank))
            self._of[block] = manuscript
        return queue

    def _story(self, piece: CastPiece, rank: int) -> int:
        face = self._cast.house.type
        small = piece.manuscript.form in SMALL or Role.HEADLINE not in piece.parts
        share = 1.0 if rank == 0 else 0.78 if rank < 3 else 0.6
        share *= 0.5 + 0.5 * self._desk.tight
        largest = face.size * 1.75 if small else max(face.size * 1.9, face.largest * share)
        sizes = HeadSizes(largest, max(face.size * 1.25, min(face.smallest, largest * 0.7)))
        manners = Manners.chosen(self._cast.house, self._rng, small)
        return self._added(StoryLayout(self._desk, piece, manners, sizes))

    def _jumper(self, ordered: Sequence[Manuscript]) -> Manuscript | None:
        lead = ordered[0]
        return lead if prose_length(lead) >= JUMPING and self._rng.random() < 0.7 else None

    def _jump_place(self, manuscript: Manuscript) -> tuple[int, int]:
        """(block, offset) after a sentence near the middle of the story."""
        places, passed = [], 0
        for number, block in enumerate(manuscript.blocks):
            if block.role is Role.BODY:
                ends = [n + 1 for n, c in enumerate(block.text[:-1]) if c in "。！？"]
                ends = [n for n in ends if block.text[n] not in "”’）》"]
                places += [(number, n, passed + n) for n in (*ends, len(block.text))]
                passed += len(block.text)
        aim = passed * self._rng.uniform(0.4, 0.62)
        best = min(places, key=lambda place: (abs(place[2] - aim), place))
        return best[0], best[1]

    def _pointed(self, ordered: Sequence[Manuscript], pages: int) -> tuple[Teaser, ...]:
        if pages < 2:
            return ()
        late = [m for m in ordered[len(ordered) // 2 :] if m.block(Role.TEASER)]
        self._candidates = late[:FRONT_TEASERS]
        return tuple(Teaser(0, 0) for _ in self._candidates)

    def _plans(self, queue: list[int], box: int | None, spare: float) -> Iterator[_PagePlan]:
        grid, form = self._desk.grid, self._cast.house.format
        left, number = list(queue), 0
        while left or self._rest is not None:
            number += 1
            top = form.masthead if number == 1 else INNER_ROWS
            foot = int((grid.rows - top) * min(spare * 0.8, 0.3))
            first = [box] if number == 1 and box is not None else []
            if number == 2 and self._rest is not None:
                first, self._rest = [self._rest], None
            made = self._made_up(
                [*first, *left], Place(0, form.columns, top, grid.rows - top - foot)
            )
            if not {one.block for one in made.placed} - {None}:
                foot = 0
                made = self._made_up([*first, *left], Place(0, form.columns, top, grid.rows - top))
            placed = {one.block for one in made.placed}
            if not placed - {None} or number > MOST_PAGES:
                raise DataFault(
                    "page-overfull",
                    f"{self._copy.issue}: a piece fits on no page of {self._cast.house.code}",
                    "shorten it, or give the house more columns",
                )
            left = [block for block in (*first, *left) if block not in placed]
            if box is not None and number == 1 and box in left:
                left.remove(box)
                self._candidates = []
            yield self._filled(number, made, Place(0, form.columns, grid.rows - foot, foot))

    def _made_up(self, queue: list[int], area: Place) -> MadeUp:
        made = make_up(self._blocks, queue, area, self._rng)
        if set(queue) <= {one.block for one in made.placed} and self._ads:
            # The last page takes the advertisements that no hole has taken.
            made = make_up(self._blocks, [*queue, *self._ads], area, self._rng)
            self._ads = [ad for ad in self._ads if ad not in {one.block for one in made.placed}]
        return made

    def _filled(self, number: int, made: MadeUp, foot: Place) -> _PagePlan:
        if foot.rows >= LEAST_FILLER:
            made.placed.append(Placed(None, foot))
        fillers: dict[int, int] = {}
        for turn, one in enumerate(made.placed):
            if one.block is not None:
                continue
            ad = next((a for a in self._ads if self._fits(a, one.place)), None)
            if ad is None:
                fillers[turn] = self._added(PictureBlock(self._desk, self._rng.getrandbits(31)))
            else:
                self._ads.remove(ad)
                fillers[turn] = ad
        return _PagePlan(number, made, fillers)

    def _fits(self, ad: int, place: Place) -> bool:
        rows = self._blocks[ad].rows(place.columns)
        return rows is not None and rows <= place.rows

    def _teaser_box(self, plans: Sequence[_PagePlan]) -> TeaserBox:
        pages = {
            self._of[one.block].id: plan.number
            for plan in plans
            for one in plan.made_up.placed
            if one.block is not None and one.block in self._of
        }
        teasers = []
        for manuscript in self._candidates:
            page = pages.get(manuscript.id, 1)
            if page > 1 and (teaser := self._cast.teaser(manuscript, page)):
                teasers.append(teaser)
        label = 0
        if teasers:
            label = self._cast.furniture(FurnitureKind.SECTION, self._cast.house.wording.teasers)[0]
        return TeaserBox(self._desk, label, tuple(teasers))

    def _leave_out_ads(self) -> None:
        """An advertisement that found no place is not printed, as in life."""
        for ad in self._ads:
            block = self._blocks[ad]
            if isinstance(block, AdBlock):
                self._cast.leave_out(block.piece.piece)

    def _sheet(self, plan: _PagePlan, masthead: Masthead) -> Sheet:
        form, painting = self._cast.house.format, self._cast.house.painting
        furniture = masthead.front() if plan.number == 1 else masthead.inner(plan.number)
        groups: list[list[Group]] = []
        for turn, one in enumerate(plan.made_up.placed):
            block = plan.fillers[turn] if one.block is None else one.block
            groups.append(self._blocks[block].paint(one.place))
        marks = painted(furniture, groups, painting.order, painting.furniture_last)
        return Sheet(plan.number, form.width, form.height, marks)


def articles(manuscripts: Sequence[Manuscript]) -> list[Manuscript]:
    """Those that are set as articles."""
    return [one for one in manuscripts if one.form.kind is ItemKind.ARTICLE]


def prose_length(manuscript: Manuscript) -> int:
    """Characters of its paragraphs."""
    return sum(len(block.text) for block in manuscript.prose)


def in_order(manuscripts: Sequence[Manuscript]) -> list[Manuscript]:
    """The order in which copy is placed: stories as filed, the small matter strewn among them."""
    stories = articles(manuscripts)
    lead = max(stories[:3], key=prose_length, default=None)
    rest = [one for one in stories if one is not lead]
    ads = [one for one in manuscripts if one.form is Form.AD]
    small = [one for one in manuscripts if one not in stories and one not in ads]
    small.sort(key=lambda one: one.form is not Form.WEATHER)
    found = [lead] if lead else []
    every = ceil(len(rest) / max(1, len(small)))
    while rest or small:
        found += rest[:every]
        rest = rest[every:]
        found += small[:1]
        small = small[1:]
    return found + ads
