"""Blocks joined to items: greedy agglomeration by the log odds that a network gives a pair.

The state holds what is known of each group of blocks as arrays, so that one group is weighed
against all others at once. Training walks the same states (:mod:`banmian_bench.training`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

from banmian.tagset import Role
from banmian_bench.article_model.blocks import (
    Block,
    Language,
    is_unclosed,
    is_unopened,
    opens_within,
)
from banmian_bench.article_model.network import Floats, Network
from banmian_bench.systems.character_pairs import character_pairs

ROLES: Final = tuple(Role)
HEADS: Final = frozenset({Role.HEADLINE, Role.KICKER, Role.DECK, Role.BANNER})
OPENERS: Final = frozenset({Role.BYLINE, Role.DATELINE})
LIKELY: Final = -1.2
"""Log odds over which a pair is joined. Chosen on dev: a false join costs less than a gap."""
FAR: Final = 60.0
"""Longest distance told apart, in type sizes."""

Ints = NDArray[np.int64]


class Groups:
    """Groups of blocks of one page; at first each block is a group of its own."""

    def __init__(self, blocks: Sequence[Block], language: Language, *, geometry: bool) -> None:
        self.blocks = list(blocks)
        self.members: list[list[int]] = [[n] for n in range(len(blocks))]
        self.alive = np.ones(len(blocks), dtype=bool)
        self.geometry = geometry
        self._text(language)
        self._page = self._style()
        if geometry:
            self._places()

    def _text(self, language: Language) -> None:
        blocks, n = self.blocks, len(self.blocks)
        of_role = [[float(b.role == r) for r in ROLES] for b in blocks]
        self.roles = np.array(of_role).reshape(n, len(ROLES))
        self._own_roles = self.roles.copy()
        self.first = np.arange(n)
        self.final = np.arange(n)
        is_body = np.array([b.role == Role.BODY for b in blocks], dtype=bool)
        self.first_body = np.where(is_body, np.arange(n), n)
        self.last_body = np.where(is_body, np.arange(n), -1)
        self.size = np.array([float(len(b.bare)) for b in blocks])
        self.body_size = np.where(is_body, self.size, 0.0)
        self._open = np.array([float(opens_within(b)) for b in blocks])
        self._unclosed = np.array([float(is_unclosed(b)) for b in blocks])
        self._unopened = np.array([float(is_unopened(b)) for b in blocks])
        self._starts = np.array([b.pieces[0].starts for b in blocks])
        self._blanks = np.array([min(2.0, b.pieces[0].piece.blanks) for b in blocks])
        self._new = np.array([float(b.pieces[0].step == "B") for b in blocks])
        self._line = np.array([b.pieces[0].piece.line for b in blocks], dtype=np.float64)
        self._last_line = np.array([b.pieces[-1].piece.line for b in blocks], dtype=np.float64)
        self._column = np.array([b.pieces[0].piece.column for b in blocks])
        self._goes_on = np.array(
            [[language.goes_on(a.bare, b.bare) for b in blocks] for a in blocks]
        ).reshape(n, n)
        self._lexical(language)

    def _lexical(self, language: Language) -> None:
        found = [character_pairs(block.bare) for block in self.blocks]
        count = Counter(gram for each in found for gram in each)
        weight = {gram: language.rarity(gram) / n**0.5 for gram, n in sorted(count.items())}
        shared = [gram for gram, n in sorted(count.items()) if n > 1]
        at = {gram: number for number, gram in enumerate(shared)}
        bag = np.zeros((len(found), len(shared)))
        for row, each in enumerate(found):
            bag[row, [at[gram] for gram in each if gram in at]] = 1.0
        alone = np.array([sum(weight[g] for g in sorted(each) if g not in at) for each in found])
        is_head = np.array([block.role in HEADS for block in self.blocks], dtype=bool)
        self._rare = np.array([weight[gram] for gram in shared])
        # Head words and prose words of each group; what stands in one block only is but weighed.
        self._bags = [bag * is_head[:, None], bag * ~is_head[:, None]]
        self._alone = [alone * is_head, alone * ~is_head]

    def _style(self) -> list[float]:
        blocks = self.blocks
        heads = [block.role in HEADS for block in blocks]
        turns = sum(a != b for a, b in pairwise(heads))
        into = sum(a.role in HEADS and b.role in {*OPENERS, Role.BODY} for a, b in pairwise(blocks))
        out = sum(a.role == Role.BODY and b.role in HEADS for a, b in pairwise(blocks))
        columns = float(np.mean(self._column > 0)) if len(blocks) else 0.0
        return [
            float(bool(heads) and heads[0]),
            float(bool(heads) and heads[-1]),
            (into - out) / max(1, turns),
            into / max(1, sum(heads)),
            np.log1p(len(blocks)),
            columns,
            sum(block.role == Role.HEADLINE for block in blocks) / 10,
        ]

    def _places(self) -> None:
        n = len(self.blocks)
        boxes = [block.box for block in self.blocks]
        flat = [(b.x0, b.y0, b.x1, b.y1) if b else (0.0, 0.0, 0.0, 0.0) for b in boxes]
        sizes = Counter(
            piece.piece.box.size
            for block in self.blocks
            for piece in block.pieces
            if piece.piece.box is not None
            for _ in piece.piece.bare
        )
        unit = sizes.most_common(1)[0][0] if sizes else 10.0
        self.box = np.array(flat).reshape(n, 4) / unit
        self._block_box = self.box.copy()
        self._area = np.maximum(0.1, _area(self.box))
        self.type = np.array([box.size / unit if box else 1.0 for box in boxes])
        is_body = self.roles[:, ROLES.index(Role.BODY)] > 0
        self.body_box = np.where(is_body[:, None], self.box, np.nan)
        self.body_type = np.where(is_body, self.type, np.nan)
        self.measure = np.where(is_body, [_measure(block) / unit for block in self.blocks], np.nan)
        self.below = _gap(self.box, 1)
        self.beside = _gap(self.box, 0)

    def features(self, group: int, others: Ints) -> Floats:
        """(len(others), k) features of ``group`` against each of ``others``."""
        swap = self.first[others] < self.first[group]
        a = np.where(swap, others, group)
        b = np.where(swap, group, others)
        columns = [
            *self.roles[a].T,
            *self.roles[b].T,
            *(self.roles[a] * self.roles[b]).T,
            *self._order(a, b),
            *self._running(a, b),
            *self._words(group, others, swap),
            *(np.full(len(others), value) for value in self._page),
        ]
        if self.geometry:
            columns += self._geometric(a, b)
        return np.stack(columns, axis=1)

    def _order(self, a: Ints, b: Ints) -> list[Floats]:
        gap = self.first[b] - self.final[a]
        before, after = self.final[a], self.first[b]
        ends, begins = self.roles_of(before), self.roles_of(after)
        next_to = (gap == 1).astype(float)
        return [
            next_to,
            (gap == 2).astype(float),
            (gap < 0).astype(float),
            np.log1p(np.maximum(gap, 0)),
            np.log1p(self.size[a]),
            np.log1p(self.size[b]),
            np.log1p(self.body_size[a]),
            np.log1p(self.body_size[b]),
            next_to * self._starts[after],
            next_to * self._blanks[after],
            next_to * self._new[after],
            np.minimum(30, np.abs(self._line[after] - self._last_line[before])) / 10,
            np.minimum(40, np.abs(self._column[after] - self._column[before])) / 10,
            *(ends * next_to[:, None]).T,
            *(begins * next_to[:, None]).T,
        ]

    def roles_of(self, block: Ints) -> Floats:
        """(n, roles) one-hot roles of single blocks."""
        rows: Floats = self._own_roles[block]
        return rows

    def _running(self, a: Ints, b: Ints) -> list[Floats]:
        """Whether the body of one may go on in that of the other."""
        both = (self.body_size[a] > 0) & (self.body_size[b] > 0)
        last, first = np.maximum(self.last_body[a], 0), self.first_body[b] % len(self.blocks)
        back_last = np.maximum(self.last_body[b], 0)
        back_first = self.first_body[a] % len(self.blocks)
        out = []
        for end, begin in ((last, first), (back_last, back_first)):
            out += [
                both * self._open[end],
                both * self._open[end] * self._goes_on[end, begin],
                both * self._goes_on[end, begin],
                both * self._unclosed[end] * self._unopened[begin],
                both * self._unopened[begin],
                both * (begin - end == 1),
                both * self._starts[begin],
                both * self._new[begin],
            ]
        return [np.asarray(each, dtype=np.float64) for each in out]

    def _words(self, group: int, others: Ints, swap: NDArray[np.bool_]) -> list[Floats]:
        """What share of the words of one are in the other: heads and prose, each way."""
        shares = {}
        weights = [
            bag @ self._rare + alone for bag, alone in zip(self._bags, self._alone, strict=True)
        ]
        for mine in (0, 1):
            known = self._bags[mine][group] * self._rare
            for theirs in (0, 1):
                inside = self._bags[theirs][others] @ known
                least = np.minimum(weights[mine][group], weights[theirs][others])
                shares[mine, theirs] = inside / np.maximum(least, 1.0)
        return [
            np.where(swap, shares[1, 0], shares[0, 1]),
            np.where(swap, shares[0, 1], shares[1, 0]),
            shares[1, 1],
            shares[0, 0],
        ]

    def _geometric(self, a: Ints, b: Ints) -> list[Floats]:
        one, two = self.box[a], self.box[b]
        low, high = np.minimum(one[:, :2], two[:, :2]), np.maximum(one[:, 2:], two[:, 2:])
        union = np.concatenate([low, high], axis=1)
        out: list[Floats] = []
        for axis in (0, 1):
            overlap = np.minimum(one[:, axis + 2], two[:, axis + 2]) - np.maximum(
                one[:, axis], two[:, axis]
            )
            least = np.minimum(one[:, axis + 2] - one[:, axis], two[:, axis + 2] - two[:, axis])
            out += [
                np.clip(-overlap, 0, FAR) / 10,
                np.clip(overlap / np.maximum(least, 0.5), 0, 1),
                np.clip(two[:, axis] - one[:, axis], -FAR, FAR) / 10,
                np.clip(two[:, axis + 2] - one[:, axis + 2], -FAR, FAR) / 10,
                np.clip(two[:, axis] - one[:, axis + 2], -FAR, FAR) / 10,
                np.clip(one[:, axis] - two[:, axis + 2], -FAR, FAR) / 10,
                (np.abs(two[:, axis] - one[:, axis]) < 0.3).astype(float),
                (np.abs(two[:, axis + 2] - one[:, axis + 2]) < 0.3).astype(float),
            ]
        foreign, foreign_heads = self._foreign(union, a, b)
        wide, tall = one[:, 2:] - one[:, :2], two[:, 2:] - two[:, :2]
        out += [
            foreign,
            foreign_heads,
            np.minimum(self.below[a, b], 20) / 5,
            np.minimum(self.beside[a, b], 20) / 5,
            (self.below[a, b] < 1.0).astype(float),
            (self.below[a, b] < 2.5).astype(float),
            (self.beside[a, b] < 2.5).astype(float),
            np.log1p(wide[:, 0]),
            np.log1p(tall[:, 0]),
            np.log1p(wide[:, 1]),
            np.log1p(tall[:, 1]),
            np.clip(self.type[a], 0, 6),
            np.clip(self.type[b], 0, 6),
        ]
        body_a, body_b = self.body_box[a], self.body_box[b]
        out += [
            _known(np.clip(np.abs(self.measure[a] - self.measure[b]), 0, 10), 0.0),
            _known((np.abs(self.measure[a] - self.measure[b]) < 0.4).astype(float), 0.0),
            _known(np.clip(np.abs(self.body_type[a] - self.body_type[b]) * 10, 0, 5), 0.0),
            _known(np.clip(np.abs(body_a[:, 1] - body_b[:, 1]), 0, 20) / 5, 0.0),
            _known(np.clip(np.abs(body_a[:, 3] - body_b[:, 3]), 0, 20) / 5, 0.0),
        ]
        return out

    def _foreign(self, union: Floats, a: Ints, b: Ints) -> tuple[Floats, Floats]:
        """How much of each union is covered by blocks of neither group, and by their heads."""
        boxes = self._block_box
        wide = np.minimum(union[:, None, 2], boxes[None, :, 2]) - np.maximum(
            union[:, None, 0], boxes[None, :, 0]
        )
        high = np.minimum(union[:, None, 3], boxes[None, :, 3]) - np.maximum(
            union[:, None, 1], boxes[None, :, 1]
        )
        share = np.maximum(wide, 0) * np.maximum(high, 0) / self._area[None, :]
        owner = np.empty(len(self.blocks), dtype=np.int64)
        for group in np.flatnonzero(self.alive):
            owner[self.members[group]] = group
        share *= (owner[None, :] != a[:, None]) & (owner[None, :] != b[:, None])
        area = share @ self._area / np.maximum(_area(union), 0.1)
        head = self.roles_of(np.arange(len(self.blocks)))[:, ROLES.index(Role.HEADLINE)]
        return np.clip(area, 0, 1), np.minimum(share @ head, 4)

    def join(self, one: int, other: int) -> int:
        """Make one group of two; return its number."""
        into, gone = (one, other) if self.first[one] < self.first[other] else (other, one)
        self.members[into] = sorted(self.members[into] + self.members[gone])
        self.members[gone] = []
        self.alive[gone] = False
        self.roles[into] = np.maximum(self.roles[into], self.roles[gone])
        for low in (self.first, self.first_body):
            low[into] = min(low[into], low[gone])
        for high in (self.final, self.last_body):
            high[into] = max(high[into], high[gone])
        for total in (self.size, self.body_size):
            total[into] += total[gone]
        for bag in self._bags:
            bag[into] = np.maximum(bag[into], bag[gone])
        for alone in self._alone:
            alone[into] += alone[gone]
        if self.geometry:
            self._join_places(into, gone)
        return into

    def _join_places(self, into: int, gone: int) -> None:
        for box in (self.box, self.body_box):
            box[into, :2] = np.fmin(box[into, :2], box[gone, :2])
            box[into, 2:] = np.fmax(box[into, 2:], box[gone, 2:])
        self.type[into] = max(self.type[into], self.type[gone])
        for value in (self.measure, self.body_type):
            value[into] = np.fmax(value[into], value[gone])
        for gap in (self.below, self.beside):
            gap[into] = np.minimum(gap[into], gap[gone])
            gap[:, into] = gap[into]


def _known(values: Floats, other: float) -> Floats:
    return np.where(np.isnan(values), other, values)


def _area(box: Floats) -> Floats:
    area: Floats = np.maximum(box[:, 2] - box[:, 0], 0) * np.maximum(box[:, 3] - box[:, 1], 0)
    return area


def _gap(box: Floats, axis: int) -> Floats:
    """(n, n) distance along ``axis`` of boxes that overlap across it; FAR for others."""
    across = 1 - axis
    apart = np.maximum(box[:, None, axis], box[None, :, axis]) - np.minimum(
        box[:, None, axis + 2], box[None, :, axis + 2]
    )
    overlap = np.minimum(box[:, None, across + 2], box[None, :, across + 2]) - np.maximum(
        box[:, None, across], box[None, :, across]
    )
    gap: Floats = np.where(overlap > 0.2, np.maximum(apart, 0), FAR)
    return gap


def _measure(block: Block) -> float:
    """The width of the block's widest line in points."""
    boxes = [each.piece.box for each in block.pieces if each.piece.box is not None]
    return max((box.x1 - box.x0 for box in boxes), default=0.0)


def joined(groups: Groups, network: Network, threshold: float = LIKELY) -> list[list[int]]:
    """Join the likeliest pair while its log odds are over ``threshold``; blocks by group."""
    n = len(groups.blocks)
    odds = np.full((n, n), -np.inf)
    for group in range(n - 1):
        others = np.arange(group + 1, n)
        odds[group, others] = network.logits(groups.features(group, others))
    while n:
        best = int(odds.argmax())
        one, other = divmod(best, n)
        if not odds[one, other] > threshold:
            break
        into = groups.join(one, other)
        gone = other if into == one else one
        odds[gone], odds[:, gone] = -np.inf, -np.inf
        odds[into], odds[:, into] = -np.inf, -np.inf
        others = np.flatnonzero(groups.alive & (np.arange(n) != into))
        if len(others):
            scores = network.logits(groups.features(into, others))
            low, high = np.minimum(others, into), np.maximum(others, into)
            odds[low, high] = scores
    return [groups.members[group] for group in np.flatnonzero(groups.alive)]
