"""Training of the links: states of joining, walked with gold at hand, give labelled pairs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np
from numpy.typing import NDArray

from banmian_bench.article_model.blocks import Block
from banmian_bench.article_model.joining import Groups, Ints
from banmian_bench.article_model.network import Floats, Network
from banmian_bench.training.gold_pieces import GoldPiece

MANY: Final = 60
"""Pairs of different items are thinned out so that a group gives about so many."""
STRAY: Final = 0.3
"""How often a walk takes the likeliest pair by the network, be it right or wrong."""

Bools = NDArray[np.bool_]


def gold_items(blocks: Sequence[Block], gold: Sequence[GoldPiece]) -> Ints:
    """The item that most characters of each block belong to; -1 for none."""
    found = []
    for block in blocks:
        count: Counter[int] = Counter()
        for number in range(block.number, block.last + 1):
            count[gold[number].item] += len(block.pieces[number - block.number].piece.bare)
        found.append(count.most_common(1)[0][0])
    return np.array(found, dtype=np.int64)


@dataclass(slots=True)
class Pairs:
    """Features of pairs of groups, and whether each pair is of one item."""

    features: list[NDArray[np.float32]] = field(default_factory=list)
    same: list[Bools] = field(default_factory=list)

    def __len__(self) -> int:
        return sum(map(len, self.same))

    def arrays(self) -> tuple[NDArray[np.float32], Floats]:
        """All features, all labels."""
        return np.concatenate(self.features), np.concatenate(self.same).astype(np.float64)


class Walk:
    """One page on its way from blocks to items: every state seen gives pairs."""

    def __init__(
        self, groups: Groups, gold: Ints, network: Network | None, random: np.random.Generator
    ) -> None:
        self._groups = groups
        self._gold = gold.copy()
        self._network = network
        self._random = random
        size = len(gold)
        self._odds = np.full((size, size), -np.inf)
        self._same = np.zeros((size, size), dtype=bool)

    def run(self, pairs: Pairs) -> None:
        """Join until nothing is left to join, adding to ``pairs``."""
        size = len(self._gold)
        for group in range(size - 1):
            self._weigh(group, np.arange(group + 1, size), pairs)
        while (pair := self._next()) is not None:
            into = self._join(*pair)
            others = np.flatnonzero(self._groups.alive & (np.arange(size) != into))
            if len(others):
                self._weigh(into, others, pairs)

    def _weigh(self, group: int, others: Ints, pairs: Pairs) -> None:
        features = self._groups.features(group, others)
        same = (self._gold[others] == self._gold[group]) & (self._gold[others] >= 0)
        kept = same | (self._random.random(len(others)) < MANY / len(self._gold))
        pairs.features.append(features[kept].astype(np.float32))
        pairs.same.append(same[kept])
        if self._network is None:
            odds = self._random.normal(size=len(others)) - np.abs(others - group) / 2
        else:
            odds = self._network.logits(features)
        low, high = np.minimum(others, group), np.maximum(others, group)
        self._odds[low, high] = odds
        self._same[low, high] = same

    def _next(self) -> tuple[int, int] | None:
        """The pair to join: as the network would, sometimes; else the likeliest right one."""
        if self._network is not None and self._random.random() < STRAY:
            best = int(self._odds.argmax())
            if self._odds.flat[best] > 0:
                return divmod(best, len(self._gold))
        right = np.where(self._same, self._odds, -np.inf)
        best = int(right.argmax()) if right.size else 0
        if not right.size or not np.isfinite(right.flat[best]):
            return None
        return divmod(best, len(self._gold))

    def _join(self, one: int, other: int) -> int:
        larger = one if self._groups.size[one] >= self._groups.size[other] else other
        item = self._gold[larger]
        into = self._groups.join(one, other)
        gone = other if into == one else one
        self._gold[into] = item
        for group in (into, gone):
            self._odds[group] = self._odds[:, group] = -np.inf
            self._same[group] = self._same[:, group] = False
        return into
