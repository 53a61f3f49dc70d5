"""XY-cut that knows what an item looks like: a head in larger type, and what stands beneath it.

As in the block grammars that G. Nagy's group put on XY-cut trees (Krishnamoorthy, Nagy, Seth and
Viswanathan, IEEE PAMI 15(7), 1993), a white strip is cut only where both sides can stand on their
own: what is below or to the right begins with a head, what is above ends in something else, what
is to the left begins with a head. So the white between a head and its columns, between columns,
or around a picture parts nothing. An item that is no rectangle is beyond the method.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from itertools import groupby
from typing import Final

from banmian import __version__
from banmian.tagset import Role
from banmian_bench.protocol import LineBox, PredictedItem, PredictedSpan, Request, SystemInfo, Task
from banmian_bench.systems.page_lines import BOXLESS, Lines, printed_lines, spans, type_size, whole
from banmian_bench.systems.text_system import OWN_LICENCE, TextSystem
from banmian_bench.systems.xy_cut import Cut, Strips, cuts, reading_order

HEAD_SIZE: Final = 1.07
"""Type of a head, against that of most characters, at least. Chosen on dev and train: 1.10 loses
the heads of briefs, 1.03 takes crossheads for heads."""
STRIPS: Final = Strips(columns=0.8, rows=0.25)
"""The narrowest strips between items that begin with heads. Chosen on dev and train."""

_LETTER: Final = re.compile(r"[^\W\d_]")


class HeadedBlocks:
    """The items of one page, given which of its lines are heads."""

    def __init__(self, lines: Lines, em: float, heads: Collection[LineBox]) -> None:
        self._lines = lines
        self._em = em
        self._heads = frozenset(heads)

    def items(self, text: str) -> Iterator[tuple[LineBox, ...]]:
        """The lines of each item in reading order, without the masthead or folio on top."""
        found = list(self.blocks())
        if len(found) > 1 and not any(self._is_worded(line, text) for line in found[0]):
            del found[0]
        return (tuple(reading_order(block, self._em)) for block in found)

    def _is_worded(self, head: LineBox, text: str) -> bool:
        """Whether it is a head of words: the day in a masthead may be set as large as one."""
        return head in self._heads and bool(_LETTER.search(text, head.start, head.end))

    def blocks(self) -> Iterator[list[LineBox]]:
        """The blocks of the page, the left before the right, the upper first."""
        waiting = [list(self._lines)] if self._lines else []
        while waiting:
            part = waiting.pop()
            cut = self._cut(part)
            if cut is None:
                yield part
            else:
                waiting += reversed(cut.parts(part))

    def _cut(self, lines: Lines) -> Cut | None:
        """The widest strip with an item on either side."""
        ranked = sorted(cuts(lines, self._em, STRIPS), key=lambda cut: -cut.width)
        return next((cut for cut in ranked if self._parts_items(cut, lines)), None)

    def _parts_items(self, cut: Cut, lines: Lines) -> bool:
        first, second = cut.parts(lines)
        if not self._begins_with_head(second):
            return False
        if cut.across:
            return max(first, key=lambda line: line.y1) not in self._heads
        return self._begins_with_head(first)

    def _begins_with_head(self, lines: Lines) -> bool:
        return min(lines, key=lambda line: line.y0) in self._heads


class XyCutHeads(TextSystem):
    """Items that begin with heads; their largest type is the headline, the rest is body."""

    tasks = frozenset({Task.ARTICLES})

    def info(self) -> SystemInfo:
        return SystemInfo(
            "xy-cut-heads",
            __version__,
            self.tasks,
            licence=OWN_LICENCE,
            note=f"XY-cut with a rule for heads, tuned on dev and train; {BOXLESS}",
        )

    def items(self, request: Request) -> tuple[PredictedItem, ...]:
        lines = printed_lines(request)
        em = type_size(lines, request.text)
        return headed_items(request, lines, [line for line in lines if line.size >= HEAD_SIZE * em])


def headed_items(
    request: Request, lines: Lines, heads: Collection[LineBox]
) -> tuple[PredictedItem, ...]:
    """The items of a page whose heads are known; one item where it has no boxes."""
    if not lines:
        return tuple(PredictedItem((span,)) for span in whole(request.text))
    page = HeadedBlocks(lines, type_size(lines, request.text), heads)
    return tuple(
        PredictedItem(tuple(_spans(item, heads, request.text))) for item in page.items(request.text)
    )


def _spans(item: Lines, heads: Collection[LineBox], text: str) -> Iterator[PredictedSpan]:
    """The head lines in the largest type are the headline."""
    largest = max((line.size for line in item if line in heads), default=0.0)

    def role(line: LineBox) -> Role:
        return Role.HEADLINE if line in heads and line.size == largest else Role.BODY

    for of_run, run in groupby(item, key=role):
        yield from spans(list(run), text, of_run)
