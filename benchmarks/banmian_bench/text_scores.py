"""Scores of the tasks ``entities`` and ``words``: all texts at once, sums kept text by text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from banmian.metrics.counts import IntArray
from banmian.metrics.entities import by_length, entity_matchings, slice_shares
from banmian.metrics.forms import MEAN, PRF
from banmian.metrics.matching import Matching, Regime
from banmian.metrics.spans import SpanTable
from banmian.metrics.words import exact_texts, word_counts, word_matching
from banmian_bench.entity_slices import GoldSlices
from banmian_bench.examples import ArticleExample
from banmian_bench.label_maps import HEADLINE, UNKNOWN, LabelMap, Tier, Unknown, label_map
from banmian_bench.predictions import Accepted
from banmian_bench.protocol import PredictedEntity, Task
from banmian_bench.rows import RowKey, Tally, Unit

Pairs = Sequence[tuple[ArticleExample, Accepted]]
BY_LABEL = (Regime.STRICT, Regime.FUZZY)
"""Regimes that are given for each label as well: in the others a label has no say."""


def score_words(pairs: Pairs, tally: Tally) -> None:
    """Word precision, recall, F1, and the share of texts without an error."""
    reference = SpanTable.bare([example.words or () for example, _ in pairs])
    hypothesis = SpanTable.bare([said.words for _, said in pairs])
    add_words(tally, _numbers(pairs, tally), reference, hypothesis)


def add_words(tally: Tally, numbers: IntArray, reference: SpanTable, hypothesis: SpanTable) -> None:
    """Add the rows of words; ``numbers`` (texts,) are those of the units."""
    matching = word_matching(reference, hypothesis)
    for key, counts in (
        (RowKey(Task.WORDS, "word", "exact", "", "", PRF.name), word_counts(matching)),
        (RowKey(Task.WORDS, "exact_text", "all-words", "", "", MEAN.name), exact_texts(matching)),
    ):
        tally.add_block(key, numbers, counts.astype(np.float64))


def score_entities(
    pairs: Pairs, labels: LabelMap | None, tally: Tally, slices: GoldSlices | None = None
) -> None:
    """Entity counts in four regimes, in the collapsed tier and in the 18 types, and by label.

    ``slices`` are those of the same texts. Raises :class:`~banmian.errors.DataFault` for a label
    that the map does not have.
    """
    add_entities(tally, _numbers(pairs, tally), *_sides(pairs), labels, slices)


def add_entities(
    tally: Tally,
    numbers: IntArray,
    reference: Labelled,
    hypothesis: Labelled,
    labels: LabelMap | None,
    slices: GoldSlices | None = None,
) -> None:
    """Add the rows of both tiers; ``numbers`` (texts,) are those of the units."""
    gold, own = label_map(None), labels or label_map(None)
    for tier, names in ((Tier.HEADLINE, HEADLINE), (Tier.ONTONOTES, tuple(gold.targets))):
        names = (*names, UNKNOWN) if own.unknown is Unknown.SPURIOUS else names
        sides = reference.projected(gold, tier, names), hypothesis.projected(own, tier, names)
        _add(tally, numbers, tier, names, sides, slices)


OWN = "own"
"""The tier of a team's own labels, compared as they are."""


def score_own_entities(pairs: Pairs, tally: Tally) -> None:
    """Entity counts in four regimes under the labels that gold and predictions spell alike."""
    add_own_entities(tally, _numbers(pairs, tally), *_sides(pairs))


def add_own_entities(
    tally: Tally, numbers: IntArray, reference: Labelled, hypothesis: Labelled
) -> None:
    """Add the rows of the labels as they are; ``numbers`` (texts,) are those of the units."""
    names = sorted({*reference.labels, *hypothesis.labels})
    _add(tally, numbers, OWN, names, (reference.under(names), hypothesis.under(names)))


@dataclass(frozen=True, slots=True)
class Labelled:
    """Entities of all texts, in labels of their own: a code is a place in ``labels``."""

    table: SpanTable
    labels: tuple[str, ...]

    @classmethod
    def of(cls, texts: Sequence[Sequence[PredictedEntity]]) -> Labelled:
        """The entities of each text."""
        labels = sorted({entity.label for entities in texts for entity in entities})
        codes = {label: code for code, label in enumerate(labels)}
        spans = [[(e.start, e.end, e.label) for e in entities] for entities in texts]
        return cls(SpanTable.of(spans, codes), tuple(labels))

    def projected(self, labels: LabelMap, tier: Tier, names: Sequence[str]) -> SpanTable:
        """The entities that ``tier`` has, labelled by their places in ``names``."""
        targets = [labels.project(label, tier) for label in self.labels]
        return self._relabelled([-1 if t is None else names.index(t) for t in targets])

    def under(self, names: Sequence[str]) -> SpanTable:
        """The entities, labelled by their places in ``names``."""
        return self._relabelled(list(map(names.index, self.labels)))

    def _relabelled(self, codes: Sequence[int]) -> SpanTable:
        if list(codes) == list(range(len(self.labels))):
            return self.table
        return self.table.relabelled(np.array(codes, dtype=np.int64))


def _sides(pairs: Pairs) -> tuple[Labelled, Labelled]:
    return (
        Labelled.of([example.entities or () for example, _ in pairs]),
        Labelled.of([said.entities for _, said in pairs]),
    )


def _add(
    tally: Tally,
    numbers: IntArray,
    tier: str,
    names: Sequence[str],
    sides: tuple[SpanTable, SpanTable],
    slices: GoldSlices | None = None,
) -> None:
    for regime, matching in entity_matchings(*sides).items():
        for key, counts in _rows(tier, names, regime, matching, slices):
            tally.add_block(key, numbers, counts.astype(np.float64))


def _rows(
    tier: str,
    names: Sequence[str],
    regime: Regime,
    matching: Matching,
    slices: GoldSlices | None,
) -> Iterator[tuple[RowKey, IntArray]]:
    cells = _Cells.of(matching)
    yield RowKey(Task.ENTITIES, "entity", regime, tier, "", PRF.name), cells.counts()
    if regime in BY_LABEL:
        for code in cells.codes():
            key = RowKey(Task.ENTITIES, "entity", regime, f"{tier}/{names[code]}", "", PRF.name)
            yield key, cells.counts(code)
    if regime is Regime.STRICT:
        given = () if slices is None else slices.of(matching.reference)
        for slice, attribute in (("length", by_length(matching)), *given):
            shares = slice_shares(matching, attribute)
            for bucket, name in enumerate(shares.names):
                recall = shares.recall[:, bucket]
                if slice == "length" or recall[:, 1].any():
                    part = f"{slice}={name}"
                    key = RowKey(Task.ENTITIES, "entity_recall", regime, tier, part, MEAN.name)
                    yield key, recall


@dataclass(frozen=True, slots=True, eq=False)
class _Cells:
    """Text and label of what was found, of what is spurious, of what was missed.

    Counted one label at a time: a table of all texts and labels is mostly zeros, and slow to add.
    """

    text: tuple[IntArray, IntArray, IntArray]
    label: tuple[IntArray, IntArray, IntArray]
    n_texts: int

    @classmethod
    def of(cls, matching: Matching) -> _Cells:
        reference, hypothesis = matching.reference, matching.hypothesis
        found, spurious = matching.found, ~matching.right
        return cls(
            (reference.text[found], hypothesis.text[spurious], reference.text[~found]),
            (reference.label[found], hypothesis.label[spurious], reference.label[~found]),
            reference.n_texts,
        )

    def codes(self) -> list[int]:
        """The labels that occur, ascending."""
        codes: list[int] = np.unique(np.concatenate(self.label)).tolist()
        return codes

    def counts(self, code: int | None = None) -> IntArray:
        """(texts, 3) tp, fp, fn, of all entities or of those under one label."""
        cells = [
            np.bincount(text if code is None else text[label == code], minlength=self.n_texts)
            for text, label in zip(self.text, self.label, strict=True)
        ]
        return np.stack(cells, axis=-1)


def _numbers(pairs: Pairs, tally: Tally) -> IntArray:
    found = [tally.number(Unit(example.issue, example.id)) for example, _ in pairs]
    return np.array(found, dtype=np.int64)
