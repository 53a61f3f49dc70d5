"""Groups of blocks written out as items: spans in reading order, with roles, and a kind."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from banmian.tagset import ItemKind, Role
from banmian_bench.article_model.blocks import Block
from banmian_bench.article_model.cutting import Tagger
from banmian_bench.article_model.roles import CONTINUES, Tagged, finished
from banmian_bench.protocol import PredictedItem, PredictedSpan

PLACES: Final = {
    Role.BANNER: 0,
    Role.KICKER: 1,
    Role.HEADLINE: 2,
    Role.DECK: 3,
    Role.BYLINE: 4,
    Role.DATELINE: 5,
    Role.BODY: 6,
    Role.CROSSHEAD: 6,
    Role.TEASER: 6,
    Role.AD: 6,
    Role.JUMP: 8,
    Role.CAPTION: 9,
}
"""The usual order of roles in an item."""
_CLOSING: Final = 7
_OPENING_JUMP: Final = -1
_SAME_COLUMN: Final = 0.6
"""Share of the narrower of two pieces that they have in common across, to be in one column."""

_BRACKETED: Final = re.compile(r"[（(].*[）)]")
_CUES: Final = {
    "notice": re.compile(r"启事|通知|公告|更正|通告|公示|提示"),
    "weather": re.compile(r"天气|气温|阵雨|多云|℃|看天|[雨雪雾霾风晴]"),
    "page": re.compile(r"\d版"),
    "phone": re.compile(r"\d{3,4}-\d{6,8}|电话|咨询"),
    "photo": re.compile(r"图片|镜头|摄"),
}


def reading_order(blocks: Sequence[Block]) -> list[Tagged]:
    """The pieces of an item in reading order, with boxes by column, without by text order."""
    whole = sorted(blocks, key=lambda block: block.number)
    pieces = [(_place(block, whole), each) for block in whole for each in block.pieces]
    made: list[Tagged] = []
    for place in sorted({place for place, _ in pieces}):
        here = [each for at, each in pieces if at == place]
        made += _by_column(here) if place == PLACES[Role.BODY] else here
    return made


def _place(block: Block, item: Sequence[Block]) -> int:
    role = Role(block.role)
    if role is Role.BYLINE and _BRACKETED.fullmatch(block.bare):
        bodies = [each.number for each in item if each.role == Role.BODY]
        return _CLOSING if bodies and bodies[0] < block.number else PLACES[role]
    if role is Role.JUMP and "上接" in block.bare:
        return _OPENING_JUMP
    return PLACES[role]


def _by_column(pieces: Sequence[Tagged]) -> list[Tagged]:
    """Body by columns from left to right where boxes are known, as it stands else."""
    if any(each.piece.box is None for each in pieces):
        return list(pieces)
    columns: list[list[Tagged]] = []
    for each in sorted(pieces, key=lambda each: (_left(each), each.piece.start)):
        for column in columns:
            if _across(column, each) >= _SAME_COLUMN:
                column.append(each)
                break
        else:
            columns.append([each])
    made: list[Tagged] = []
    for column in columns:
        made += sorted(column, key=lambda each: (_top(each), _left(each), each.piece.start))
    return made


def _left(each: Tagged) -> float:
    return each.piece.box.x0 if each.piece.box is not None else 0.0


def _top(each: Tagged) -> float:
    return each.piece.box.y0 if each.piece.box is not None else 0.0


def _across(column: Sequence[Tagged], each: Tagged) -> float:
    box = each.piece.box
    boxes = [other.piece.box for other in column if other.piece.box is not None]
    if box is None or not boxes:
        return 0.0
    low, high = min(other.x0 for other in boxes), max(other.x1 for other in boxes)
    shared = min(high, box.x1) - max(low, box.x0)
    return shared / max(1.0, min(high - low, box.x1 - box.x0))


def spans(pieces: Iterable[Tagged], text: str) -> Iterator[PredictedSpan]:
    """Each paragraph as a span; it is parted where other text stands inside it."""
    start = end = -1
    role = ""
    for each in pieces:
        piece = each.piece
        joins = each.role == role and each.step == CONTINUES and start >= 0
        if not joins or piece.start < end or text[end : piece.start].strip():
            if start >= 0:
                yield PredictedSpan(start, end, role)
            start, role = piece.start, each.role
        end = piece.end
    if start >= 0:
        yield PredictedSpan(start, end, role)


def kind_features(pieces: Sequence[Tagged]) -> list[str]:
    """What tells the kind of an item: its roles, its length, cue words, the words of its head."""
    size = dict.fromkeys(Role, 0)
    for each in pieces:
        size[Role(each.role)] += len(each.piece.bare)
    body = size[Role.BODY]
    head = "".join(p.piece.bare for p in pieces if p.role in (Role.BANNER, Role.HEADLINE))
    everything = "".join(each.piece.bare for each in pieces)
    paragraphs = sum(each.role == Role.BODY and each.step != CONTINUES for each in pieces)
    return [
        *(f"has:{role}" for role, count in size.items() if count),
        *(f"only:{role}" for role, count in size.items() if count == len(everything)),
        f"body:{sum(body >= bound for bound in (1, 40, 80, 120, 150, 180, 220, 300, 500))}",
        f"paragraphs:{min(paragraphs, 4)}",
        f"finished:{finished(everything)}",
        *(f"head:{name}" for name, cue in _CUES.items() if cue.search(head)),
        *(f"text:{name}" for name, cue in _CUES.items() if cue.search(everything)),
    ]


def item(blocks: Sequence[Block], text: str, kinds: Tagger) -> PredictedItem:
    """A group of blocks as an item."""
    pieces = reading_order(blocks)
    kind = kinds.tag([kind_features(pieces)])[0]
    return PredictedItem(tuple(spans(pieces, text)), ItemKind(kind))
