"""Breaking a Chinese paragraph into justified lines.

Inside this module lengths are thousandths of an em, so that breaking is integer arithmetic and
comes out the same everywhere; what leaves it (:class:`Line`) is in points.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from typing import NamedTuple

from banmian.press.kinsoku import (
    ASCII,
    BLANK,
    CLOSES,
    DIGIT,
    HAN,
    OPENS,
    PAIRED,
    WORD,
    divides,
    forbids,
    kind,
)
from banmian.press.setting import Metrics, Setting, resolved
from banmian.press.sheet import Print, Source

HALF = 500
QUARTER = 250
FULL_WIDTH = 900
"""a mark at least this wide carries half an em of blank"""
HANGING = frozenset("，。、")
PUSH_OUT = 1.1
"""how much more a line may be stretched than squeezed before squeezing is preferred"""


class Cell(NamedTuple):
    """One character to set."""

    char: str
    face: str
    source: Source


@dataclass(frozen=True, slots=True)
class Copy:
    """A paragraph made ready to be broken at any measure; see :func:`prepare`.

    ``after``, ``give``, ``soft`` and ``rigid`` are about the space between a cell and the next:
    its natural width, by how much it can shrink, whether it is stretched first or last.
    """

    cells: Sequence[Cell]
    kinds: Sequence[int]
    advances: Sequence[int]
    after: Sequence[int]
    give: Sequence[int]
    stops: Sequence[int]
    """where a line may end, ascending; the last is the number of cells"""
    hyphens: Mapping[int, int]
    """stops that take a hyphen, and its width"""
    setting: Setting
    starts: Sequence[int] = field(init=False)
    gives: Sequence[int] = field(init=False)

    def __post_init__(self) -> None:
        steps = map(int.__add__, self.advances, self.after)
        object.__setattr__(self, "starts", list(accumulate(steps, initial=0)))
        object.__setattr__(self, "gives", list(accumulate(self.give, initial=0)))

    def lead(self, start: int) -> int:
        """The blank that a mark sheds at the left end of a line."""
        sheds = self.setting.squeeze and self.kinds[start] & OPENS
        return HALF if sheds and self.advances[start] >= FULL_WIDTH else 0

    def tail(self, end: int) -> int:
        """The blank that the last mark of a line can shed."""
        sheds = self.setting.squeeze and self.kinds[end - 1] & CLOSES
        return HALF if sheds and self.advances[end - 1] >= FULL_WIDTH else 0

    def hanging(self, end: int) -> int:
        """How much of the last cell stands outside the measure: a blank, a hanging mark."""
        hangs = self.kinds[end - 1] & BLANK or (
            self.setting.hang and self.cells[end - 1].char in HANGING
        )
        before = self.after[end - 2] if hangs and end > 1 else 0
        return self.advances[end - 1] + before if hangs else 0

    def natural(self, start: int, end: int) -> int:
        """The width of the line from ``start`` to ``end``, neither stretched nor squeezed."""
        inner = self.starts[end] - self.starts[start] - self.after[end - 1]
        return inner - self.hanging(end) + self.hyphens.get(end, 0)

    def tightest(self, start: int, end: int) -> int:
        """The width of that line with all that can be squeezed out of it."""
        give = self.gives[end - 1] - self.gives[start]
        return self.natural(start, end) - give - (0 if self.hanging(end) else self.tail(end))


class Cut(NamedTuple):
    """A line: its cells, the width it has and the offset it starts at (thousandths of an em)."""

    start: int
    end: int
    room: int
    offset: int
    hyphen: int
    """the width of the hyphen that ends it, or 0"""


class Placed(NamedTuple):
    """A cell in its line; ``x`` from the line's left edge, ``x`` and ``advance`` in points."""

    cell: Cell
    x: float
    advance: float


def prepare(
    cells: Sequence[Cell],
    setting: Setting,
    metrics: Metrics,
    gaps: Mapping[int, float] | None = None,
    hyphens: frozenset[int] = frozenset(),
) -> Copy:
    """Measure ``cells`` once, for breaking at any width.

    ``gaps`` are ems of white space after a cell; ``hyphens`` the cells before which a Latin word
    may be divided. Faces are settled here. Raises DataFault ``glyph-missing``.
    """
    memo: dict[tuple[str, str], tuple[str, int]] = {}

    def settle(cell: Cell) -> tuple[str, int]:
        key = (cell.face, cell.char)
        if key not in memo:
            face = resolved(cell.char, cell.face, setting.fallback, metrics)
            memo[key] = (face, metrics.advance(face, cell.char))
        return memo[key]

    settled = [settle(cell) for cell in cells]
    cells = [
        cell if cell.face == face else cell._replace(face=face)
        for cell, (face, _) in zip(cells, settled, strict=True)
    ]
    kinds = [kind(cell.char) for cell in cells]
    advances = [advance for _, advance in settled]
    after, give = _spaces(kinds, advances, setting)
    for index, ems in (gaps or {}).items():
        after[index], give[index] = round(ems * 1000), 0
    divided = {
        index: metrics.advance(cells[index - 1].face, "-")
        for index in sorted(hyphens)
        if 0 < index < len(cells) and metrics.has(cells[index - 1].face, "-")
    }
    stops = _stops(cells, kinds, setting, divided)
    return Copy(cells, kinds, advances, after, give, stops, divided, setting)


def _spaces(
    kinds: Sequence[int], advances: Sequence[int], setting: Setting
) -> tuple[list[int], list[int]]:
    tracking, gap = round(setting.tracking * 1000), round(setting.gap_em * 1000)
    after, give = [tracking] * len(kinds), [0] * len(kinds)
    for index in range(len(kinds) - 1):
        a, b = kinds[index], kinds[index + 1]
        if a == b == HAN:
            continue
        if (a & HAN and b & WORD) or (a & WORD and b & HAN):
            after[index] += gap
            give[index] = gap
        elif setting.squeeze:
            left = a & CLOSES and advances[index] >= FULL_WIDTH
            right = b & OPENS and advances[index + 1] >= FULL_WIDTH
            if (left and b & (CLOSES | OPENS)) or (right and a & OPENS):
                after[index] -= HALF
            else:
                give[index] = QUARTER * (bool(left) + bool(right))
    return after, give


def _stops(
    cells: Sequence[Cell], kinds: Sequence[int], setting: Setting, hyphens: Mapping[int, int]
) -> list[int]:
    stops = []
    for index in range(1, len(cells)):
        a, b = kinds[index - 1], kinds[index]
        if a == b == HAN or (
            not forbids(a, b)
            and (not divides(a, b) or index in hyphens or _after_dash(cells, index))
            and (setting.split_numbers or not _splits_number(cells, kinds, index))
        ):
            stops.append(index)
    return [*stops, len(cells)]


def _after_dash(cells: Sequence[Cell], index: int) -> bool:
    """Whether the copy itself has a hyphen before ``index``, in the middle of a Latin word."""
    return (
        index > 1
        and cells[index - 1].char == "-"
        and cells[index - 2].char.isalpha()
        and cells[index].char.isalpha()
    )


def _splits_number(cells: Sequence[Cell], kinds: Sequence[int], index: int) -> bool:
    a, b = kinds[index - 1], kinds[index]
    return bool((a & DIGIT and b & HAN) or (b & DIGIT and cells[index - 1].char in "·～"))


def break_lines(
    copy: Copy, measure: Callable[[int], float], indent_em: float | None = None
) -> Iterator[Cut]:
    """The lines of ``copy``, one at a time; ``measure(n)`` is the n-th line's width in points.

    Measures are asked for line by line, so that a caller may stop where its slots end.
    ``indent_em`` is the setting's unless given (a paragraph continued elsewhere has none).
    """
    start, line, size = 0, 0, copy.setting.size
    indent = round((copy.setting.indent_em if indent_em is None else indent_em) * 1000)
    while start < len(copy.cells):
        offset = indent if line == 0 and indent else -copy.lead(start)
        room = int(measure(line) * 1000 / size + 1e-3) - offset
        end, hyphen = _line_end(copy, start, room)
        yield Cut(start, end, room, offset, hyphen)
        start, line = end, line + 1


def _line_end(copy: Copy, start: int, room: int) -> tuple[int, int]:
    """Where a line of ``room`` ends, and the width of the hyphen it ends in."""
    stops = copy.stops
    beyond = bisect_right(copy.starts, copy.starts[start] + room) + 2
    at = bisect_right(stops, beyond) - 1
    while at >= 0 and stops[at] > start and copy.natural(start, stops[at]) > room:
        at -= 1
    fits = stops[at] if at >= 0 and stops[at] > start else 0
    if fits == len(copy.cells):
        return fits, 0
    more = stops[at + 1]
    over = copy.natural(start, more) - room
    if copy.tightest(start, more) <= room and (
        not fits or room - copy.natural(start, fits) > over * PUSH_OUT
    ):
        return more, copy.hyphens.get(more, 0)
    if fits and not _overlong(copy, start, (fits, more), room):
        return fits, copy.hyphens.get(fits, 0)
    return _forced(copy, start, room)


def _overlong(copy: Copy, start: int, word: tuple[int, int], room: int) -> bool:
    """Whether what comes next is longer than a line, and would leave this one too short."""
    slack = room - copy.natural(start, word[0])
    unindented = room + round(copy.setting.indent_em * 1000)
    return slack > room // 3 and copy.natural(*word) > unindented


def _forced(copy: Copy, start: int, room: int) -> tuple[int, int]:
    """Divide what is longer than the measure: between letters, failing that anywhere."""
    longest = start + 1
    while longest < len(copy.cells) and copy.natural(start, longest + 1) <= room:
        longest += 1
    for end in range(longest, start, -1):
        if end < len(copy.cells) and not forbids(copy.kinds[end - 1], copy.kinds[end]):
            return end, 0
    return longest, 0


@dataclass(frozen=True, slots=True)
class Line:
    """A justified line: the cells from ``start`` to ``end``, and where each begins, in points."""

    copy: Copy
    start: int
    end: int
    xs: tuple[float, ...]
    hyphen: Placed | None = None

    @property
    def cells(self) -> tuple[Placed, ...]:
        """Every cell with its place, a line-end hyphen last."""
        em = self.copy.setting.size / 1000
        cells, advances = self.copy.cells, self.copy.advances
        placed = [
            Placed(cells[index], x, advances[index] * em)
            for index, x in enumerate(self.xs, self.start)
        ]
        return (*placed, self.hyphen) if self.hyphen else tuple(placed)


def place(copy: Copy, cut: Cut) -> Line:
    """Justify one line to its measure (a paragraph's last line keeps its natural width)."""
    em = copy.setting.size / 1000
    x: float = cut.offset
    xs = []
    for advance, space in zip(copy.advances[cut.start : cut.end], _justified(copy, cut)):  # noqa: B905
        xs.append(x * em)
        x += advance + space
    hyphen = None
    if cut.hyphen:
        last = copy.cells[cut.end - 1]
        source = Source(last.source.element, last.source.offset, Print.HYPHEN)
        hyphen = Placed(Cell("-", last.face, source), x * em, cut.hyphen * em)
    return Line(copy, cut.start, cut.end, tuple(xs), hyphen)


def _justified(copy: Copy, cut: Cut) -> list[float]:
    """The spaces after the cells of a line, the last one (before any hyphen) nil."""
    spaces: list[float] = [*copy.after[cut.start : cut.end - 1], 0]
    slack = cut.room - copy.natural(cut.start, cut.end)
    if slack < 0:
        tail = 0 if copy.hanging(cut.end) else copy.tail(cut.end)
        total = copy.gives[cut.end - 1] - copy.gives[cut.start]
        share = min(1.0, max(0, -slack - tail) / total) if total else 0.0
        for index in range(len(spaces) - 1):
            spaces[index] -= copy.give[cut.start + index] * share
    elif slack > 0 and cut.end < len(copy.cells):
        _stretch(copy, cut, spaces, slack)
    return spaces


def _stretch(copy: Copy, cut: Cut, spaces: list[float], slack: float) -> None:
    kinds = copy.kinds
    inside = cut.end - bool(copy.hanging(cut.end))
    pairs = [(kinds[k], kinds[k + 1]) for k in range(cut.start, inside - 1)]
    soft = [i for i, (a, b) in enumerate(pairs) if (a & HAN and b & WORD) or (a & WORD and b & HAN)]
    if soft:
        share = min(slack / len(soft), QUARTER)
        slack -= share * len(soft)
        for index in soft:
            spaces[index] += share
    if slack <= 0:
        return
    # Letters, digits and the halves of a dash keep together as long as anything else can give.
    free = [i for i, (a, b) in enumerate(pairs) if not (a & b & (ASCII | PAIRED))]
    free = free or list(range(len(pairs)))
    for index in free:
        spaces[index] += slack / len(free)
