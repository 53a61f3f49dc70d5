"""Threading a story (paragraphs, crossheads, a run-in dateline) through the line slots of a page.

Lengths are points, y points up. The line pitch is the caller's: it is where the slots stand.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import count, pairwise

from banmian.press.kinsoku import STARTS_NO_LINE, kind
from banmian.press.line_breaking import Cell, Copy, Line, break_lines, place, prepare
from banmian.press.setting import EM_TOP, CrossheadSetting, DropCap, Metrics, Setting, resolved
from banmian.press.sheet import Glyph, Run, Source
from banmian.tagset import Role

NEAR = 0.01
COLUMN_GAP = 1.5
"""slots further apart than this many line pitches are not of one column piece"""


@dataclass(frozen=True, slots=True)
class Slot:
    """One line's place on the page: its left end, the top of its em box, its width (points)."""

    x: float
    y_top: float
    width: float


@dataclass(frozen=True, slots=True)
class StoryBlock:
    """One element of a story: BODY, CROSSHEAD, or a DATELINE that runs into the next BODY.

    ``text`` is the whole text of the element, ``start`` where to begin in it: a block continued
    from elsewhere starts beyond 0 and is not indented. ``hyphens`` are offsets at which a Latin
    word may be divided, ``faces`` are (start, end, face) set in a face of their own.
    """

    element: int
    text: str
    role: Role = Role.BODY
    start: int = 0
    hyphens: tuple[int, ...] = ()
    faces: tuple[tuple[int, int, str], ...] = ()


@dataclass(frozen=True, slots=True)
class StorySet:
    """What was set: a run a line, how many slots it took, and the blocks left over.

    The first block of ``rest`` begins where setting stopped, so ``rest`` can be set as it is.
    """

    runs: tuple[Run, ...]
    used: int
    rest: tuple[StoryBlock, ...]


@dataclass(frozen=True, slots=True)
class _Unit:
    """Blocks that are set together: a paragraph with its dateline, or a crosshead."""

    blocks: tuple[StoryBlock, ...]
    copy: Copy
    indent: float
    crosshead: CrossheadSetting | None = None
    drop: DropCap | None = None
    cap: Cell | None = None
    inset: float = 0.0
    """by how much the drop cap narrows the lines beside it"""

    def rest(self, cell: int) -> tuple[StoryBlock, ...]:
        """The blocks from ``cell`` of the copy on."""
        at = self.copy.cells[cell].source
        numbers = [block.element for block in self.blocks]
        first = numbers.index(at.element)
        return (replace(self.blocks[first], start=at.offset), *self.blocks[first + 1 :])


def set_story(
    blocks: Sequence[StoryBlock], slots: Sequence[Slot], setting: Setting, metrics: Metrics
) -> StorySet:
    """Set ``blocks`` into ``slots``, in order, until either ends.

    Raises DataFault ``glyph-missing`` for a character that no face of the setting has.
    """
    return Story(blocks, setting, metrics).set(slots)


def lines_needed(
    blocks: Sequence[StoryBlock], width: float, setting: Setting, metrics: Metrics
) -> int:
    """How many slots of one ``width``, in one column, ``blocks`` take.

    For several widths, or before setting, :class:`Story` measures the copy only once.
    """
    return Story(blocks, setting, metrics).lines(width)


class Story:
    """Blocks measured once: count their lines at any width, then set them."""

    def __init__(self, blocks: Sequence[StoryBlock], setting: Setting, metrics: Metrics) -> None:
        self._setting = setting
        self._metrics = metrics
        self._units = tuple(self._made(blocks))

    def lines(self, width: float) -> int:
        """The slots needed at one ``width`` (points) in one column; nothing is placed."""
        return sum(self._height(unit, width) for unit in self._units)

    def set(self, slots: Sequence[Slot]) -> StorySet:
        """Thread the story through ``slots``; a crosshead stays with the line after it."""
        runs: list[Run] = []
        at = 0
        for number, unit in enumerate(self._units):
            later = self._units[number + 1 :]
            head = self._head_lines(unit, slots, at)
            free = _together(slots, at, head + bool(unit.crosshead and later)) if head else at
            if free is None or free >= len(slots):
                return StorySet(tuple(runs), at, _joined(unit.blocks, later))
            if unit.crosshead:
                runs += _crosshead(unit, unit.crosshead, slots[free : free + head])
                at = free + head
                continue
            lines, end = _thread(unit, slots, free)
            runs += self._cap(unit, slots[free]) + lines
            taken = len(lines)
            if end < len(unit.copy.cells):
                return StorySet(tuple(runs), len(slots), _joined(unit.rest(end), later))
            at = free + max(taken, head)
        return StorySet(tuple(runs), at, ())

    def _made(self, blocks: Sequence[StoryBlock]) -> Iterator[_Unit]:
        lead: tuple[StoryBlock, ...] = ()
        live = [block for block in blocks if block.start < len(block.text)]
        for number, block in enumerate(live):
            follower = live[number + 1].role if number + 1 < len(live) else None
            if block.role is Role.DATELINE and follower is Role.BODY:
                lead = (block,)
            elif block.role is Role.CROSSHEAD:
                yield self._headed(block)
            else:
                yield self._paragraph((*lead, block), first=number == 0)
                lead = ()

    def _headed(self, block: StoryBlock) -> _Unit:
        style = self._setting.crosshead or CrossheadSetting(
            self._setting.face, self._setting.size, 1
        )
        setting = replace(self._setting, face=style.face, size=style.size, tracking=0.0)
        copy = prepare(_cells(block, style.face), setting, self._metrics)
        return _Unit((block,), copy, 0.0, crosshead=style)

    def _paragraph(self, blocks: tuple[StoryBlock, ...], first: bool) -> _Unit:
        setting = self._setting
        cells: list[Cell] = []
        gaps: dict[int, float] = {}
        hyphens: set[int] = set()
        for block in blocks:
            lead = block.role is Role.DATELINE
            begins = len(cells)
            if cells:
                gaps[begins - 1] = 1.0
            cells += _cells(block, setting.lead_face if lead and setting.lead_face else None)
            hyphens |= {begins + o - block.start for o in block.hyphens if o > block.start}
        cells = [cell if cell.face else cell._replace(face=setting.face) for cell in cells]
        indent = 0.0 if blocks[0].start else setting.indent_em
        drop = setting.drop_cap if first and _droppable(blocks) else None
        if drop is None:
            copy = prepare(cells, setting, self._metrics, gaps, frozenset(hyphens))
            return _Unit(blocks, copy, indent)
        cap, cells = self._settled(cells[0], drop), cells[1:]
        copy = prepare(cells, setting, self._metrics, {}, frozenset(h - 1 for h in hyphens))
        inset = self._metrics.advance(cap.face, cap.char) * drop.size / 1000 + drop.gap
        return _Unit(blocks, copy, 0.0, drop=drop, cap=cap, inset=inset)

    def _settled(self, cell: Cell, drop: DropCap) -> Cell:
        fallback = self._setting.fallback or self._setting.face
        return cell._replace(
            face=resolved(cell.char, drop.face or cell.face, fallback, self._metrics)
        )

    def _height(self, unit: _Unit, width: float) -> int:
        if unit.crosshead:
            return _stacked(unit, width) + unit.crosshead.lines - 1
        beside = unit.drop.lines if unit.drop else 0
        lines = break_lines(
            unit.copy, lambda n: width - unit.inset if n < beside else width, unit.indent
        )
        return max(sum(1 for _ in lines), beside)

    def _head_lines(self, unit: _Unit, slots: Sequence[Slot], at: int) -> int:
        """How many slots must stand together from ``at`` for the unit to begin there."""
        if unit.crosshead and at < len(slots):
            return self._height(unit, slots[at].width)
        return unit.drop.lines if unit.drop else 0

    def _cap(self, unit: _Unit, slot: Slot) -> list[Run]:
        if unit.drop is None or unit.cap is None:
            return []
        char, face, source = unit.cap
        size = unit.drop.size
        advance = self._metrics.advance(face, char) * size / 1000
        baseline = slot.y_top - EM_TOP * size
        return [Run((Glyph(char, face, size, slot.x, baseline, advance, source),))]


def _cells(block: StoryBlock, face: str | None) -> list[Cell]:
    """The cells of a block from its start on; a face yet to be settled is empty."""
    faces = [face or ""] * len(block.text)
    for start, end, own in block.faces:
        faces[start:end] = [own] * (min(end, len(faces)) - start)
    return [
        Cell(block.text[k], faces[k], Source(block.element, k))
        for k in range(block.start, len(block.text))
    ]


def _droppable(blocks: tuple[StoryBlock, ...]) -> bool:
    text = blocks[0].text
    return (
        len(blocks) == 1
        and blocks[0].start == 0
        and len(text) > 1
        and text[0].isalnum()
        and not kind(text[1]) & STARTS_NO_LINE
        and not (text[0].isascii() and text[1].isascii())
    )


def _joined(rest: tuple[StoryBlock, ...], units: Iterable[_Unit]) -> tuple[StoryBlock, ...]:
    return (*rest, *(block for unit in units for block in unit.blocks))


def _together(slots: Sequence[Slot], at: int, lines: int) -> int | None:
    """The first slot from ``at`` with ``lines`` slots one under the other, or None."""
    steps = [a.y_top - b.y_top for a, b in pairwise(slots)]
    pitch = min((step for step in steps if step > NEAR), default=0.0)
    joined = [
        NEAR < step < pitch * COLUMN_GAP
        and abs(slots[k].x - slots[k + 1].x) < NEAR
        and abs(slots[k].width - slots[k + 1].width) < NEAR
        for k, step in enumerate(steps)
    ]
    fits = (k for k in range(at, len(slots) - lines + 1) if all(joined[k : k + lines - 1]))
    return next(fits, None)


def _thread(unit: _Unit, slots: Sequence[Slot], at: int) -> tuple[list[Run], int]:
    """A run a line from slot ``at`` on, and the cell that the first unset line begins with."""
    beside = unit.drop.lines if unit.drop else 0
    cuts = break_lines(
        unit.copy, lambda n: slots[at + n].width - (unit.inset if n < beside else 0.0), unit.indent
    )
    runs: list[Run] = []
    end = 0
    for n in range(len(slots) - at):
        cut = next(cuts, None)
        if cut is None:
            break
        slot, end = slots[at + n], cut.end
        baseline = slot.y_top - EM_TOP * unit.copy.setting.size
        x = slot.x + (unit.inset if n < beside else 0.0)
        runs.append(_painted(place(unit.copy, cut), x, baseline))
    return runs, end


def _painted(line: Line, x: float, baseline: float) -> Run:
    size = line.copy.setting.size
    return Run(
        tuple(
            Glyph(cell.char, cell.face, size, x + offset, baseline, advance, cell.source)
            for cell, offset, advance in line.cells
        )
    )


def _stacked(unit: _Unit, width: float) -> int:
    return sum(1 for _ in break_lines(unit.copy, lambda _: width, 0.0))


def _crosshead(unit: _Unit, style: CrossheadSetting, slots: Sequence[Slot]) -> Iterator[Run]:
    """The lines of a crosshead, one pitch apart, in the middle of the slots it takes."""
    top, size = slots[0].y_top, style.size
    pitch = (top - slots[-1].y_top) / (len(slots) - 1) if len(slots) > 1 else 0.0
    spare = (style.lines - 1) * pitch / 2
    for n, cut in zip(count(), break_lines(unit.copy, lambda _: slots[0].width, 0.0), strict=False):
        line = place(unit.copy, cut)
        wide = unit.copy.natural(cut.start, cut.end) * size / 1000
        left = max(0.0, (cut.room * size / 1000 - wide) / 2) if style.centred else 0.0
        is_last = cut.end == len(unit.copy.cells)
        x = slots[0].x + (left if is_last else 0.0)
        yield _painted(line, x, top - spare - n * pitch - EM_TOP * size)
