"""The order in which a page's groups are painted: the house's habit, which extractors follow."""

from __future__ import annotations

from collections.abc import Iterable

from banmian.press.grid import Group, Part
from banmian.press.houses import PaintOrder
from banmian.press.sheet import Mark

Key = tuple[int, ...]

TURN: dict[PaintOrder, dict[Part, int]] = {
    PaintOrder.HEAD_FIRST: {Part.HEAD: 1, Part.BYLINE: 2, Part.BODY: 3, Part.CAPTION: 4},
    PaintOrder.BODY_FIRST: {Part.BYLINE: 1, Part.BODY: 2, Part.CAPTION: 3, Part.HEAD: 4},
    PaintOrder.CAPTIONS_FIRST: {Part.BODY: 1, Part.HEAD: 2, Part.BYLINE: 3, Part.CAPTION: 0},
}


def painted(
    furniture: Iterable[Group], blocks: Iterable[Iterable[Group]], order: PaintOrder, last: bool
) -> tuple[Mark, ...]:
    """All marks of a page: grounds first, then furniture and blocks as the house paints them.

    With ``last`` the furniture comes after the blocks. Marks for late painting close the page.
    """
    keyed: list[tuple[Key, Group]] = []
    for group in furniture:
        keyed.append(((9,) if last else (1,), group))
    for block, groups in enumerate(blocks):
        for group in groups:
            keyed.append((_key(order, block, group), group))
    ordered = sorted(keyed, key=lambda pair: _stage(pair[1]) + pair[0])
    return tuple(mark for _, group in ordered for mark in group.marks)


def _stage(group: Group) -> Key:
    return ({Part.GROUND: 0, Part.LATE: 2}.get(group.part, 1),)


def _key(order: PaintOrder, block: int, group: Group) -> Key:
    part = group.part
    if part in (Part.FURNITURE, Part.TEASER):
        return (2, block, 0)
    if order is PaintOrder.HEADS_LAST:
        return (3, block, 0) if part is Part.HEAD else (2, block, part)
    if order is PaintOrder.COLUMNS_APART:
        if part is Part.HEAD:
            return (2, block // 3, 1, block)
        return (2, block // 3, 0, group.column if part is Part.BODY else 0, block, part)
    if order is PaintOrder.CAPTIONS_FIRST and part is Part.CAPTION:
        return (1, 1, block)
    turn = TURN.get(order, TURN[PaintOrder.BODY_FIRST])
    return (2, block, turn.get(part, 5))
