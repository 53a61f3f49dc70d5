"""How well annotation passes agree: the benchmark's own metrics, one pass against another.

``articles`` are compared on page characters, ``entities`` and ``words`` on the article texts that
the gold articles give (both passes were made on those). F1 does not depend on which pass is taken
as reference. Cohen's kappa is over printed characters: the role of each (or none), the entity label
of each (or none), whether a new word starts between two.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar

import numpy as np

from banmian.articles import Reading
from banmian.errors import UsageError
from banmian.layers import LayerName
from banmian.metrics.agreement import cohen_kappa
from banmian.metrics.forms import FORMS, PRF, FloatArray
from banmian.metrics.page import PageReading, page_metrics
from banmian.metrics.partition import NO_ITEM, Claim, IntArray, Partition, Stream
from banmian.metrics.words import boundaries, open_places
from banmian.release import AnnotatedIssue, Release
from banmian.tagset import EntityLabel

PASSES = ("a", "b")
PAIRS: tuple[tuple[str | None, str | None], ...] = (("a", "b"), ("a", None), ("b", None))
"""None is the gold."""

ARTICLE_MEASURES = (
    ("article_pq", "iou>.5", ""),
    ("exact_article", "all-chars", ""),
    ("b_cubed", "item-chars", ""),
    ("role", "chars", "headline"),
    ("role", "blocks", "headline"),
    ("byline", "names", ""),
    ("byline", "authors-of-article", ""),
    ("successor", "pairs", ""),
    ("furniture", "chars", ""),
)
LAYERS = ("articles", "entities", "words")
LABEL_CODES = {label: code for code, label in enumerate(EntityLabel, start=1)}


Annotated = TypeVar("Annotated")


@dataclass(frozen=True, slots=True)
class Agreement:
    """One measure of one layer: the rate of each pair, None where undefined; ``n`` compared."""

    layer: str
    measure: str
    rates: Mapping[str, float | None]
    n: int


@dataclass(slots=True)
class _Sums:
    """Sums by measure, and the two coders' labels by layer, over all issues of one pair."""

    sums: dict[tuple[str, str, str], FloatArray]
    coders: dict[str, list[tuple[IntArray, IntArray]]]

    def add(self, layer: str, measure: str, form: str, sums: FloatArray) -> None:
        key = (layer, measure, form)
        self.sums[key] = self.sums.get(key, 0) + sums

    def code(self, layer: str, left: IntArray, right: IntArray) -> None:
        self.coders.setdefault(layer, []).append((left, right))


def pair_name(pair: tuple[str | None, str | None]) -> str:
    """``a–b``, ``a–gold``, ``b–gold``."""
    return "–".join(side or "gold" for side in pair)


def agreement(release: Release, *, synthetic: bool = False) -> list[Agreement]:
    """Every measure of every layer, for each pair of passes and each pass with the gold.

    Over the real issues, or the synthetic ones: the two are never pooled.

    Raises :class:`UsageError` where the release keeps no passes.
    """
    found: dict[tuple[str, str], dict[str, float | None]] = {}
    counts: dict[tuple[str, str], int] = {}
    for pair in PAIRS:
        for layer, measure, rate, n in _rates(_collected(release, pair, synthetic)):
            found.setdefault((layer, measure), {})[pair_name(pair)] = rate
            counts.setdefault((layer, measure), n)
    return [
        Agreement(layer, measure, rates, counts[layer, measure])
        for (layer, measure), rates in found.items()
    ]


def _collected(release: Release, pair: tuple[str | None, str | None], synthetic: bool) -> _Sums:
    if not (release.annotations / "passes").is_dir():
        raise UsageError(f"{release.annotations} keeps no passes/: there is nothing to compare")
    sums = _Sums({}, {})
    for left, right, gold in _together(release, (*pair, None)):
        if gold.synthetic is not synthetic:
            continue
        if all(LayerName.ARTICLES in side.headers for side in (left, right)):
            _articles(left, right, sums)
        for item in gold.reading.items:
            text = gold.article_text(item).text
            _entities(left, right, item.id, text, sums)
            _words(left, right, item.id, text, sums)
    return sums


def _together(
    release: Release, sides: tuple[str | None, ...]
) -> Iterator[tuple[AnnotatedIssue, ...]]:
    """The issues that every side covers, each with what the sides say of it."""
    every = [release.issues(side) for side in sides]
    here = [next(each, None) for each in every]
    while issues := [issue for issue in here if issue is not None]:
        if len(issues) < len(here):
            return
        last = max(issue.issue.id for issue in issues)
        behind = [number for number, issue in enumerate(issues) if issue.issue.id < last]
        if not behind:
            yield tuple(issues)
        for number in behind or range(len(every)):
            here[number] = next(every[number], None)


def _articles(left: AnnotatedIssue, right: AnnotatedIssue, sums: _Sums) -> None:
    for page, text in left.texts.items():
        stream = Stream.of(
            text,
            (
                (artefact.at.span.start, artefact.at.span.end)
                for artefact in left.reading.artefacts
                if artefact.at.page == page
            ),
        )
        reference, hypothesis = (page_reading(stream, side.reading, page) for side in (left, right))
        for row in page_metrics(stream, reference, hypothesis.partition):
            if (row.metric, row.match, row.label) in ARTICLE_MEASURES:
                name = " ".join(filter(None, (row.metric, row.label, row.match)))
                sums.add("articles", name, row.form.name, row.sums)
        sums.code("articles", _roles(reference.partition), _roles(hypothesis.partition))


def page_reading(stream: Stream, reading: Reading, page: int) -> PageReading:
    """The items of a reading, laid onto one page."""
    claims = [
        [
            Claim(span.at.span.start, span.at.span.end, span.role, span.paragraph)
            for span in item.spans
            if span.at.page == page
        ]
        for item in reading.items
    ]
    here = [number for number, spans in enumerate(claims) if spans]
    partition = Partition.of(stream, [claims[number] for number in here])
    authors = [[author.name for author in reading.items[number].authors] for number in here]
    return PageReading(partition, authors)


def _roles(partition: Partition) -> IntArray:
    return np.where(partition.item == NO_ITEM, 0, partition.role)


def _entities(
    left: AnnotatedIssue, right: AnnotatedIssue, item: str, text: str, sums: _Sums
) -> None:
    if item not in left.entities or item not in right.entities:
        return
    sides = [
        {(e.span.start, e.span.end, e.label) for e in side.entities[item].entities}
        for side in (left, right)
    ]
    for label in EntityLabel:
        of_label = [{entity for entity in side if entity[2] == label} for side in sides]
        if any(of_label):
            counts = _counts(of_label[0], of_label[1])
            sums.add("entities", f"strict {label}", PRF.name, counts)
    sums.add("entities", "strict, all types", PRF.name, _counts(sides[0], sides[1]))
    printed = np.array([not char.isspace() for char in text], dtype=bool)
    codes = [np.zeros(len(text), dtype=np.int64) for _ in sides]
    for code, side in zip(codes, sides, strict=True):
        for start, end, label in side:
            code[start:end] = LABEL_CODES[label]
    sums.code("entities", codes[0][printed], codes[1][printed])


def _words(left: AnnotatedIssue, right: AnnotatedIssue, item: str, text: str, sums: _Sums) -> None:
    if item not in left.words or item not in right.words:
        return
    sides = [{(word.start, word.end) for word in side.words[item].words} for side in (left, right)]
    sums.add("words", "words", PRF.name, _counts(sides[0], sides[1]))
    places = open_places(text)
    breaks = [
        boundaries(((w.start, w.end) for w in side.words[item].words), len(text))[places]
        for side in (left, right)
    ]
    sums.code("words", breaks[0], breaks[1])


def _counts(left: set[Annotated], right: set[Annotated]) -> FloatArray:
    both = len(left & right)
    return np.array([both, len(right) - both, len(left) - both], dtype=np.float64)


def _rates(sums: _Sums) -> Iterator[tuple[str, str, float | None, int]]:
    for layer in LAYERS:
        for (of_layer, measure, form_name), vector in sorted(sums.sums.items()):
            if of_layer == layer:
                form = FORMS[form_name]
                total = dict(zip(form.components, vector.tolist(), strict=True))
                rate = form.of(total)[form.headline]
                yield layer, f"{measure} {form.headline}", rate, _compared(total)
        if layer in sums.coders:
            left, right = (np.concatenate(side) for side in zip(*sums.coders[layer], strict=True))
            yield layer, "characters, kappa", cohen_kappa(left, right), len(left)


def _compared(total: Mapping[str, float]) -> int:
    """What the reference side holds, or what a mean was taken over."""
    if "tp" in total:
        return int(total["tp"] + total["fn"])
    return int(total.get("count", total.get("chars", 0)))
