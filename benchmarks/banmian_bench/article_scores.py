"""Scores of the task ``articles``: each page against the reading that suits the system best."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator

import numpy as np

from banmian.articles import size_class
from banmian.metrics.articles import quality_by_item
from banmian.metrics.forms import MEAN
from banmian.metrics.page import PageReading, best_reading, page_metrics
from banmian.metrics.partition import NO_ITEM, Claim, Partition, Stream
from banmian.tagset import Role
from banmian_bench.examples import PageExample, PageReference
from banmian_bench.predictions import Accepted
from banmian_bench.protocol import PredictedItem, PredictedSpan, Task
from banmian_bench.rows import RowKey, Tally, Unit

HEADS = frozenset({Role.HEADLINE, Role.KICKER, Role.DECK})


def claims(items: Iterable[PredictedItem]) -> list[list[Claim]]:
    """Predicted items as claims; every span is taken as its own paragraph."""
    return [
        [Claim(s.start, s.end, s.role, number) for number, s in enumerate(item.spans)]
        for item in items
    ]


def reference_partition(stream: Stream, reading: PageReference) -> PageReading:
    """A gold reading laid onto the stream."""
    items = [
        [
            Claim(span.start, span.end, span.role, paragraph)
            for span, paragraph in zip(item.spans, item.paragraphs, strict=True)
        ]
        for item in reading.items
    ]
    return PageReading(Partition.of(stream, items), [item.authors for item in reading.items])


def score_page(example: PageExample, accepted: Accepted, tally: Tally) -> None:
    """Add the rows of one page to ``tally``: all metrics, and article quality by slice."""
    stream = Stream.of(example.text, example.artefacts)
    hypothesis = Partition.of(stream, claims(accepted.items))
    readings = {
        id(laid): (laid, reading)
        for reading in example.readings
        for laid in [reference_partition(stream, reading)]
    }
    laid = best_reading([laid for laid, _ in readings.values()], hypothesis)
    unit = Unit(example.issue, example.id)
    for row in page_metrics(stream, laid, hypothesis):
        key = RowKey(Task.ARTICLES, row.metric, row.match, row.label, "", row.form.name)
        tally.add(key, unit, row.sums)
    quality = quality_by_item(laid.partition, hypothesis)
    reading = readings[id(laid)][1]
    for number, slices in enumerate(_slices(example, laid.partition, reading)):
        for slice in ("", f"view={example.view}", *slices):
            key = RowKey(Task.ARTICLES, "article_quality", "iou>.5", "", slice, MEAN.name)
            tally.add(key, unit, np.array([quality[number], 1.0]))


def _slices(example: PageExample, gold: Partition, reading: PageReference) -> Iterator[list[str]]:
    """The slices that each gold item belongs to."""
    for item, atoms in zip(reading.items, gold.order, strict=True):
        inside = gold.item[atoms.min() : atoms.max() + 1] if len(atoms) else atoms
        others = bool((inside[inside != NO_ITEM] != gold.item[atoms[0]]).any()) if len(atoms) else 0
        yield [
            f"kind={item.kind}",
            f"size={size_class(len(atoms))}",
            f"contiguous={'no' if others else 'yes'}",
            f"headline={_headline_place(item.spans)}",
            *(f"noise={kind}" for kind in sorted(_noise(example, item.spans)) or ["none"]),
        ]


def _noise(example: PageExample, spans: Iterable[PredictedSpan]) -> set[str]:
    """The kinds of artefacts that the text layer puts into an item."""
    starts = [start for start, _ in example.artefacts]
    return {
        kind
        for span in spans
        for kind in example.noise[bisect_left(starts, span.start) : bisect_left(starts, span.end)]
    }


def _headline_place(spans: Iterable[PredictedSpan]) -> str:
    """Where the head stands on the page against the body: before, after, or there is none."""
    spans = list(spans)
    heads = [span.start for span in spans if span.role in HEADS]
    bodies = [span.start for span in spans if span.role == Role.BODY]
    if not heads:
        return "none"
    if not bodies:
        return "alone"
    return "before" if min(heads) < min(bodies) else "after"
