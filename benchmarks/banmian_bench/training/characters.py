"""Training of ``crf-chars`` (entities) and ``crf-words`` (words) on the articles of train."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Final

from banmian.errors import UsageError
from banmian_bench.character_model.features import features
from banmian_bench.character_model.tagger import FILE
from banmian_bench.character_model.tags import Labelled, tags_of
from banmian_bench.examples import ArticleExample, DataSet
from banmian_bench.systems.sentences import sentences
from banmian_bench.training import TRAIN_SPLIT, Say, Training
from banmian_bench.training.crfs import Example, Penalty, train_crf

SEED: Final = 0
"""There is no chance in it: sentences in the order of the data, L-BFGS from zero."""
ENTITIES: Final = Penalty(l1=0.1, l2=0.01, rarest=2, iterations=120)
WORDS: Final = Penalty(l1=0.05, l2=0.01, rarest=1, iterations=150)

Gold = Callable[[ArticleExample], Iterable[Labelled] | None]


def train_entities(data: DataSet, into: Path, say: Say) -> Training:
    """A CRF with the 18 labels of the gold."""
    return _train(data, into, say, _entities, ENTITIES)


def train_words(data: DataSet, into: Path, say: Say) -> Training:
    """A CRF for words; :class:`UsageError` where no article of train has gold words."""
    return _train(data, into, say, _words, WORDS)


def _entities(article: ArticleExample) -> Iterable[Labelled] | None:
    if article.entities is None:
        return None
    return [(entity.start, entity.end, entity.label) for entity in article.entities]


def _words(article: ArticleExample) -> Iterable[Labelled] | None:
    return None if article.words is None else [(start, end, "") for start, end in article.words]


def _train(data: DataSet, into: Path, say: Say, gold: Gold, penalty: Penalty) -> Training:
    examples = list(sequences(data.articles(TRAIN_SPLIT), gold))
    if not examples:
        raise UsageError(f"the split {TRAIN_SPLIT} of {data.folder} has no gold for this model")
    characters = sum(len(tags) for _, tags in examples)
    say(f"{len(examples)} sentences, {characters} characters")
    train_crf(into / FILE, examples, penalty)
    return Training(SEED, {"sentences": len(examples), "characters": characters})


def sequences(articles: Iterable[ArticleExample], gold: Gold) -> Iterator[Example]:
    """Features and tags of each sentence of the articles that have gold.

    A span over the end of a sentence is cut there: a sentence is all that the model sees.
    """
    for article in articles:
        spans = gold(article)
        if spans is None:
            continue
        ahead = sorted(spans)
        for start, sentence in sentences(article.text):
            end = start + len(sentence)
            inside = [
                (max(first, start) - start, min(last, end) - start, label)
                for first, last, label in ahead
                if first < end and last > start
            ]
            yield features(sentence), tags_of(len(sentence), inside)
