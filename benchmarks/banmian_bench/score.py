"""Predictions + reference → rows of sums. Knows no system; imports neither datasets nor spaCy."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from banmian_bench.article_scores import score_page
from banmian_bench.entity_slices import TRAIN, GoldSlices, train_mentions
from banmian_bench.examples import (
    STREAM,
    ArticleExample,
    DataSet,
    PageExample,
    PipelineExample,
)
from banmian_bench.formats.notes import Notes, held_against
from banmian_bench.formats.source import DataSource, OwnData
from banmian_bench.label_maps import LabelMap, Unknown, label_map
from banmian_bench.pipeline_scores import score_pipeline
from banmian_bench.predictions import Accepted, Findings, accept
from banmian_bench.protocol import Reply, Request, Task
from banmian_bench.rows import Row, Tally
from banmian_bench.signature import SCORER_VERSION, Signature
from banmian_bench.text_scores import score_entities, score_own_entities, score_words

Example = PageExample | ArticleExample | PipelineExample


LABELLED = frozenset({Task.ENTITIES, Task.PIPELINE})
"""Tasks whose scores depend on the label map."""


@dataclass(frozen=True, slots=True)
class Scored:
    """What scoring gives: sums by unit, what was wrong with the replies, how many were answered."""

    tally: Tally
    findings: Findings
    requested: int
    answered: int

    @property
    def rows(self) -> list[Row]:
        """The totals."""
        return self.tally.rows()

    @property
    def coverage(self) -> float | None:
        """Answered texts ÷ requested texts."""
        return self.answered / self.requested if self.requested else None


def examples_of(dataset: DataSource, split: str, task: Task) -> Iterator[tuple[Request, Example]]:
    """Each example of a split with the request that a system gets for it.

    Articles without the layer that ``task`` needs are left out: they cannot be scored.
    """
    if task is Task.ARTICLES:
        for page in dataset.pages(split):
            yield page.request(), page
        return
    if task is Task.PIPELINE:
        for whole in dataset.pipelines(split):
            yield whole.request(), whole
        return
    for article in dataset.articles(split):
        annotated = article.entities if task is Task.ENTITIES else article.words
        if annotated is not None:
            yield article.request(task), article


@dataclass(frozen=True, slots=True)
class Scoring:
    """What is scored against what: one task of one split, under one label map."""

    dataset: DataSource
    split: str
    task: Task
    labels: LabelMap | None = None
    sees_gold: str | None = None
    knobs: Mapping[str, str] = field(default_factory=dict)

    def signature(self) -> Signature:
        """Everything that the scores of this scoring depend on, but the predictions."""
        labels = (self.labels or label_map(None)).signature
        if isinstance(self.dataset, OwnData) and self.labels is None:
            labels = "own"
        return Signature(
            {
                "bench": SCORER_VERSION,
                "data": f"{self.dataset.version}@{self.dataset.digest(self.split)[:8]}",
                "split": self.split,
                **_view_knob(self.dataset),
                "task": self.task,
                "unit": "printed-code-points",
                "norm": "none",
                "labels": labels if self.task in LABELLED else "none",
                "gold-seen": self.sees_gold or "no",
                **self.knobs,
            }
        )

    def score(self, replies: Iterable[Reply], notes: Notes | None = None) -> Scored:
        """Score ``replies`` (any order); a text without a usable reply is scored as empty.

        ``notes`` are what reading the predictions file left to say: strings that stand nowhere in
        their text count as false positives.
        """
        by_id: dict[str, list[Reply]] = {}
        for reply in replies:
            by_id.setdefault(reply.id, []).append(reply)
        findings, tally = Findings(), Tally()
        pairs: list[tuple[Example, Accepted]] = []
        for request, example in examples_of(self.dataset, self.split, self.task):
            accepted = accept(request, by_id.pop(request.id, []), findings)
            if notes is not None:
                accepted = held_against(accepted, request, notes)
            if self.labels is not None and self.labels.unknown is not Unknown.ERROR:
                _count_unknown(accepted, self.labels, findings)
            pairs.append((example, accepted))
        for id in by_id:
            findings.note("unknown-id", id)
        if notes is not None:
            findings.counts.update(notes.findings.counts)
            findings.first |= notes.findings.first
        SCORERS[self.task](self, pairs, tally)
        answered = sum(accepted.answered for _, accepted in pairs)
        return Scored(tally, findings, len(pairs), answered)


def _count_unknown(accepted: Accepted, labels: LabelMap, findings: Findings) -> None:
    for entity in accepted.entities:
        if entity.label not in labels.targets:
            findings.note("label-unknown", f"{accepted.id}: {entity.label!r}, {labels.unknown}")


def _view_knob(dataset: DataSource) -> Mapping[str, str]:
    """The view of the pages where it is not the stream, which every data set has."""
    view = dataset.view if isinstance(dataset, DataSet) else STREAM
    return {} if view == STREAM else {"view": view}


Pairs = Sequence[tuple[Example, Accepted]]


def _score_articles(_: Scoring, pairs: Pairs, tally: Tally) -> None:
    for example, accepted in pairs:
        if isinstance(example, PageExample):
            score_page(example, accepted, tally)


def _score_entities(scoring: Scoring, pairs: Pairs, tally: Tally) -> None:
    articles = _articles(pairs)
    if isinstance(scoring.dataset, DataSet):
        seen = () if scoring.split == TRAIN else train_mentions(scoring.dataset)
        slices = GoldSlices([example for example, _ in articles], seen)
        score_entities(articles, scoring.labels, tally, slices)
    elif scoring.labels is None:
        score_own_entities(articles, tally)
    else:
        score_entities(articles, scoring.labels, tally)


def _score_words(_: Scoring, pairs: Pairs, tally: Tally) -> None:
    score_words(_articles(pairs), tally)


def _score_pipeline(scoring: Scoring, pairs: Pairs, tally: Tally) -> None:
    whole = [(example, said) for example, said in pairs if isinstance(example, PipelineExample)]
    score_pipeline(whole, scoring.labels, tally)


def _articles(pairs: Pairs) -> list[tuple[ArticleExample, Accepted]]:
    return [(example, said) for example, said in pairs if isinstance(example, ArticleExample)]


SCORERS: Mapping[Task, Callable[[Scoring, Pairs, Tally], None]] = {
    Task.ARTICLES: _score_articles,
    Task.ENTITIES: _score_entities,
    Task.WORDS: _score_words,
    Task.PIPELINE: _score_pipeline,
}
