"""The slices of entity recall that only the gold tells: where a mention stands, and what is known.

``seen``: its characters are a mention of the train split too; ``broken``: the page's text layer
puts something (a line break, a blank, another column) inside it; ``role`` of its paragraph and
``kind`` of its item.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from banmian.metrics.counts import BoolArray, IntArray
from banmian.metrics.entities import Attribute, broken, by_flag
from banmian.metrics.spans import SpanTable
from banmian.tagset import ItemKind, Role
from banmian_bench.examples import ArticleExample, DataSet

TRAIN = "train"


def train_mentions(dataset: DataSet) -> frozenset[str]:
    """The surfaces of all mentions of the train split; empty where there is none."""
    if TRAIN not in dataset.splits():
        return frozenset()
    return frozenset(
        article.text[entity.start : entity.end]
        for article in dataset.articles(TRAIN)
        for entity in article.entities or ()
    )


@dataclass(frozen=True, slots=True)
class GoldSlices:
    """The slices of the mentions of ``examples``; without ``seen``, that slice is left out."""

    examples: Sequence[ArticleExample]
    seen: Collection[str] = ()

    def of(self, mentions: SpanTable) -> Iterator[tuple[str, Attribute]]:
        """Each slice's name and the bucket of each mention (rows of the gold side)."""
        if self.seen:
            texts = [example.text for example in self.examples]
            yield "seen", by_flag(mentions.among(self.seen, texts))
        yield "broken", by_flag(self._broken(mentions))
        yield "role", Attribute(tuple(Role), self._roles(mentions))
        kinds = list(ItemKind)
        of_text = [kinds.index(ItemKind(example.kind)) for example in self.examples]
        by_text = np.array(of_text, dtype=np.int64)
        yield "kind", Attribute(tuple(ItemKind), by_text[mentions.text])

    def _broken(self, mentions: SpanTable) -> BoolArray:
        return broken(mentions, [[piece[0] for piece in e.pieces[1:]] for e in self.examples])

    def _roles(self, mentions: SpanTable) -> IntArray:
        """The role of the paragraph in which each mention starts."""
        roles = {role: number for number, role in enumerate(Role)}
        found = np.full(len(mentions), -1, dtype=np.int64)
        for number, example in enumerate(self.examples):
            rows = np.flatnonzero(mentions.text == number)
            ends = [end for _, end, _ in example.paragraphs]
            codes = np.array([roles[Role(role)] for _, _, role in example.paragraphs])
            if len(rows) and len(codes):
                at = np.searchsorted(ends, mentions.start[rows], side="right")
                found[rows] = codes[np.minimum(at, len(codes) - 1)]
        return found
