"""Make-up: blocks into bands, bands into a page, so that little of it stays white.

A band is a row of stacks side by side; its height is that of its first block, beside which the
other stacks are filled. The best of several draws is kept; all draws come from one seed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from random import Random

from banmian.press.blocks import Block
from banmian.press.grid import Place

TRIES = 24
LOOK_AHEAD = 7
LEAST_FILLER = 6
"""rows; a smaller hole stays white"""
FILLER_COST = 0.4
"""what a cell counts that only a filler takes, where a white one counts 1"""
DISORDER = 0.04
"""what it costs, in shares of the page, to take a story out of turn"""


@dataclass(frozen=True, slots=True)
class Placed:
    """A block, by its number in the queue, and its place; a filler has number None."""

    block: int | None
    place: Place


@dataclass(slots=True)
class MadeUp:
    """A page: what is placed where, and how many cells of the grid stay white."""

    placed: list[Placed] = field(default_factory=list)
    white: float = 0.0


@dataclass(slots=True)
class _Stack:
    column: int
    columns: int
    blocks: list[tuple[int, int]] = field(default_factory=list)
    """(block, rows)"""

    @property
    def height(self) -> int:
        return sum(rows for _, rows in self.blocks)


def make_up(blocks: Sequence[Block], queue: Sequence[int], area: Place, rng: Random) -> MadeUp:
    """Fill ``area`` from ``queue`` (indices into ``blocks``, most important first).

    Blocks that do not fit stay out; the caller sees which by their absence.
    """
    tries = [_Page(blocks, area, Random(rng.getrandbits(32))).filled(queue) for _ in range(TRIES)]
    return min(tries, key=lambda page: page.white)


class _Page:
    def __init__(self, blocks: Sequence[Block], area: Place, rng: Random) -> None:
        self._blocks = blocks
        self._area = area
        self._rng = rng

    def filled(self, queue: Sequence[int]) -> MadeUp:
        """One draw."""
        left, row, end = list(queue), self._area.row, self._area.row + self._area.rows
        bands: list[list[_Stack]] = []
        cost = 0.0
        while left:
            band = self._band(left, end - row)
            if band is None:
                break
            taken = [block for stack in band for block, _ in stack.blocks]
            cost += DISORDER * sum(left.index(block) > LOOK_AHEAD // 2 for block in taken)
            left = [block for block in left if block not in taken]
            row += max(stack.height for stack in band)
            bands.append(band)
        page = self._settled(bands, end - row)
        page.white = page.white / (self._area.columns * self._area.rows) + cost
        return page

    def _band(self, queue: list[int], room: int) -> list[_Stack] | None:
        """The best of the bands that start with one of the first blocks of the queue."""
        found: list[tuple[float, int, list[_Stack]]] = []
        for turn, first in enumerate(queue[:LOOK_AHEAD]):
            for columns in range(1, self._area.columns + 1):
                rows = self._blocks[first].rows(columns)
                if rows is None or rows > room:
                    continue
                for band in self._bands(first, columns, rows, queue):
                    waste = self._waste(band) / (rows * self._area.columns)
                    lean = 0.12 if rows > 4.5 * columns + 22 else 0.0
                    noise = self._rng.random() * 0.12
                    found.append((waste + lean + noise + turn * 0.06, len(found), band))
            if found:
                break
        return min(found)[2] if found else None

    def _bands(
        self, first: int, columns: int, rows: int, queue: list[int]
    ) -> Iterator[list[_Stack]]:
        rest = self._area.columns - columns
        for widths in _partitions(rest):
            order = [columns, *widths]
            mirrored = self._rng.random() < 0.5
            if mirrored:
                order.reverse()
            stacks, column = [], self._area.column
            for width in order:
                stacks.append(_Stack(column, width))
                column += width
            lead = stacks[-1 if mirrored else 0]
            lead.blocks.append((first, rows))
            taken = {first}
            for stack in stacks:
                if stack is not lead:
                    self._fill(stack, rows, queue, taken)
            yield stacks

    def _fill(self, stack: _Stack, height: int, queue: list[int], taken: set[int]) -> None:
        """Put blocks into a stack until nothing near the front of the queue fits."""
        while True:
            room = height - stack.height
            fits = [
                (room - rows, turn, block, rows)
                for turn, block in enumerate(queue)
                if block not in taken
                and (rows := self._blocks[block].rows(stack.columns)) is not None
                and rows <= room
            ][: LOOK_AHEAD + 2]
            if not fits:
                return
            # Mostly in turn, now and then whatever fills the room best.
            choice = fits[0] if self._rng.random() < 0.5 else min(fits)
            stack.blocks.append((choice[2], choice[3]))
            taken.add(choice[2])

    def _waste(self, band: list[_Stack]) -> float:
        height = max(stack.height for stack in band)
        return sum(self._white(stack, height) for stack in band)

    def _white(self, stack: _Stack, height: int) -> float:
        spare = height - stack.height
        spare -= sum(self._blocks[block].stretch(stack.columns) for block, _ in stack.blocks)
        share = 0.0 if spare <= 0 else FILLER_COST if spare >= LEAST_FILLER else 1.0
        return share * spare * stack.columns

    def _settled(self, bands: list[list[_Stack]], foot: int) -> MadeUp:
        """Give every row to a block or a filler, from the top down; count what stays white."""
        page = MadeUp()
        row = self._area.row
        heights = [max(stack.height for stack in band) for band in bands]
        foot = self._stretched(bands, heights, foot)
        for band, height in zip(bands, heights, strict=True):
            for stack in band:
                self._stack(page, stack, Place(stack.column, stack.columns, row, height))
            row += height
        if foot >= LEAST_FILLER:
            place = Place(self._area.column, self._area.columns, row, foot)
            page.placed.append(Placed(None, place))
            page.white += FILLER_COST * foot * self._area.columns
        else:
            page.white += foot * self._area.columns
        return page

    def _stretched(self, bands: list[list[_Stack]], heights: list[int], foot: int) -> int:
        """Share a small foot among bands that can grow; gives what is left of it."""
        for number, band in enumerate(bands):
            limits = [
                sum(self._blocks[block].stretch(s.columns) for block, _ in s.blocks)
                - (heights[number] - s.height)
                for s in band
            ]
            grow = max(0, min(foot, *limits)) if foot < LEAST_FILLER + 8 else 0
            heights[number] += grow
            foot -= grow
        return foot

    def _stack(self, page: MadeUp, stack: _Stack, place: Place) -> None:
        spare, row = place.rows - stack.height, place.row
        for block, rows in stack.blocks:
            extra = min(spare, self._blocks[block].stretch(stack.columns))
            spare -= extra
            page.placed.append(Placed(block, Place(place.column, place.columns, row, rows + extra)))
            row += rows + extra
        if spare >= LEAST_FILLER:
            page.placed.append(Placed(None, Place(place.column, place.columns, row, spare)))
            page.white += FILLER_COST * spare * stack.columns
        else:
            page.white += spare * stack.columns


def _partitions(columns: int) -> Iterator[tuple[int, ...]]:
    """Ways to divide the rest of a band into at most two stacks."""
    if columns == 0:
        yield ()
        return
    yield (columns,)
    for first in range(1, columns):
        yield first, columns - first
