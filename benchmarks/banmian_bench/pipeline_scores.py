"""Scores of the task ``pipeline``: page text in, items and entities out.

Entities are compared in page coordinates, on printed characters: an entity broken over lines or a
column is one span of atoms. One whose halves stand apart, with another item's characters between,
is compared by its first and last character.

Rows
    ``entity``: found at all, in both tiers, strict and fuzzy; ``entity_in_article``: found, and in
    the predicted item that matches (IoU > 0.5) the gold item that it belongs to; ``article_pq`` of
    the items that were given with them. What segmentation costs is the difference of two runs: the
    recogniser on gold articles (``oracle+NAME``) less the same one on predicted articles.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from banmian.metrics.articles import matches, panoptic
from banmian.metrics.counts import IntArray
from banmian.metrics.entities import entity_counts, entity_matchings
from banmian.metrics.forms import PANOPTIC, PRF
from banmian.metrics.matching import Matching, Regime
from banmian.metrics.page import best_reading
from banmian.metrics.partition import NO_ITEM, Partition, Stream
from banmian.metrics.spans import SpanTable
from banmian_bench.article_scores import claims, reference_partition
from banmian_bench.examples import PipelineExample
from banmian_bench.label_maps import HEADLINE, UNKNOWN, LabelMap, Tier, Unknown, label_map
from banmian_bench.predictions import Accepted
from banmian_bench.protocol import PredictedEntity, Task
from banmian_bench.rows import RowKey, Tally, Unit

Mention = tuple[int, int, str]
"""First atom, last atom + 1, label in a tier."""
REGIMES = (Regime.STRICT, Regime.FUZZY)


@dataclass(frozen=True, slots=True)
class _Page:
    """A page laid out: gold and predicted partitions, and where each side's mentions stand."""

    example: PipelineExample
    stream: Stream
    gold: Partition
    predicted: Partition
    said: Accepted

    @classmethod
    def of(cls, example: PipelineExample, said: Accepted) -> _Page:
        stream = Stream.of(example.page.text, example.page.artefacts)
        predicted = Partition.of(stream, claims(said.items))
        readings = [reference_partition(stream, reading) for reading in example.page.readings]
        gold = best_reading(readings, predicted).partition
        return cls(example, stream, gold, predicted, said)

    def reference(self, labels: LabelMap, tier: Tier) -> list[Mention]:
        """The gold entities of every article with a part on this page."""
        found: list[Mention] = []
        for article in self.example.articles:
            offsets = article.page_offsets(self.example.page.number)
            for entity in article.entities or ():
                here = [offsets[i] for i in range(entity.start, entity.end) if i in offsets]
                found += self._mention(entity, [self.stream.atom[o] for o in here], labels, tier)
        return found

    def hypothesis(self, labels: LabelMap, tier: Tier) -> list[Mention]:
        """The predicted entities."""
        return [
            mention
            for entity in self.said.entities
            for mention in self._mention(
                entity, self.stream.atoms(entity.start, entity.end).tolist(), labels, tier
            )
        ]

    @staticmethod
    def _mention(
        entity: PredictedEntity, atoms: Sequence[int], labels: LabelMap, tier: Tier
    ) -> Iterator[Mention]:
        target = labels.project(entity.label, tier)
        printed = [int(atom) for atom in atoms if atom >= 0]
        if target is not None and printed:
            yield min(printed), max(printed) + 1, target

    def right_item(self, gold_atom: int, predicted_atom: int) -> bool:
        """Whether two characters lie in a gold item and the predicted item that matches it."""
        gold, found, _ = matches(self.gold, self.predicted)
        partner = dict(zip(gold.tolist(), found.tolist(), strict=True))
        item, predicted = int(self.gold.item[gold_atom]), int(self.predicted.item[predicted_atom])
        return predicted != NO_ITEM and partner.get(item) == predicted


def score_pipeline(
    pairs: Sequence[tuple[PipelineExample, Accepted]], labels: LabelMap | None, tally: Tally
) -> None:
    """Add the rows of all pages to ``tally``."""
    pages = [_Page.of(example, said) for example, said in pairs]
    units = [Unit(page.example.page.issue, page.example.page.id) for page in pages]
    numbers = np.array([tally.number(unit) for unit in units], dtype=np.int64)
    for page, unit in zip(pages, units, strict=True):
        key = RowKey(Task.PIPELINE, "article_pq", "iou>.5", "", "", PANOPTIC.name)
        tally.add(key, unit, panoptic(page.gold, page.predicted))
    gold, own = label_map(None), labels or label_map(None)
    for tier, names in ((Tier.HEADLINE, HEADLINE), (Tier.ONTONOTES, tuple(gold.targets))):
        names = (*names, UNKNOWN) if own.unknown is Unknown.SPURIOUS else names
        codes = {name: code for code, name in enumerate(names)}
        reference = SpanTable.of([page.reference(gold, tier) for page in pages], codes)
        hypothesis = SpanTable.of([page.hypothesis(own, tier) for page in pages], codes)
        found = entity_matchings(reference, hypothesis, regimes=REGIMES)
        for regime in REGIMES:
            counts = entity_counts(found[regime], len(names)).sum(axis=1)
            key = RowKey(Task.PIPELINE, "entity", regime, tier, "", PRF.name)
            tally.add_block(key, numbers, counts.astype(np.float64))
        key = RowKey(Task.PIPELINE, "entity_in_article", Regime.STRICT, tier, "", PRF.name)
        counts = _in_article(found[Regime.STRICT], pages)
        tally.add_block(key, numbers, counts.astype(np.float64))


def _in_article(matching: Matching, pages: Sequence[_Page]) -> IntArray:
    """(pages, 3) tp, fp, fn of strict matches that lie in the right article as well."""
    reference, hypothesis = matching.reference, matching.hypothesis
    right = np.array(
        [
            pages[reference.text[row]].right_item(
                int(reference.start[row]), int(hypothesis.start[other])
            )
            for row, other in zip(matching.pairs.reference, matching.pairs.hypothesis, strict=True)
        ],
        dtype=bool,
    )
    tp = np.bincount(reference.text[matching.pairs.reference[right]], minlength=len(pages))
    made, there = (np.bincount(side.text, minlength=len(pages)) for side in (hypothesis, reference))
    return np.stack([tp, made - tp, there - tp], axis=-1).astype(np.int64)
