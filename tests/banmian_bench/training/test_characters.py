"""Character CRFs: trained on a few sentences, twice the same, and only where there is gold."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import pytest

from banmian.errors import UsageError
from banmian_bench.character_model.tagger import FILE
from banmian_bench.examples import ArticleExample, DataSet
from banmian_bench.protocol import MissingDependency, PredictedEntity, Request, Task
from banmian_bench.systems.crf_characters import CrfEntities, CrfWords
from banmian_bench.training.characters import sequences, train_entities, train_words
from banmian_bench.training.models import train_model

pytest.importorskip("pycrfsuite", reason="python-crfsuite is not installed")
TEXT = "李明昨天到青石镇。王芳今天到白石镇。\n张军明天到青石镇。"
WORDS = "李明|昨天|到|青石镇|。|王芳|今天|到|白石镇|。|\n|张军|明天|到|青石镇|。"


def article(*, words: bool) -> ArticleExample:
    named = [(name, "PERSON") for name in ("李明", "王芳", "张军")]
    placed = [(name, "GPE") for name in ("青石镇", "白石镇")]
    entities = sorted(
        (at, at + len(name), label)
        for name, label in named + placed
        for at in range(len(TEXT))
        if TEXT.startswith(name, at)
    )
    pieces, at = [], 0
    for word in WORDS.split("|"):
        pieces.append((at, at + len(word)))
        at += len(word)
    return ArticleExample(
        id="a",
        issue="i",
        kind="article",
        text=TEXT,
        text_sha256="",
        entities=tuple(PredictedEntity(*entity) for entity in entities),
        words=tuple(p for p in pieces if TEXT[p[0]] != "\n") if words else None,
        pieces=(),
        paragraphs=(),
    )


@dataclass(frozen=True)
class FewArticles:
    """As much of a data set as a trainer asks for."""

    words: bool
    copies: int = 3
    version: str = "0"
    folder: Path = Path("few")

    def digest(self, split: str) -> str:
        return f"digest of {split}"

    def articles(self, split: str) -> Iterator[ArticleExample]:
        assert split == "train"
        yield from [article(words=self.words)] * self.copies


def few(*, words: bool = True, copies: int = 3) -> DataSet:
    return cast(DataSet, FewArticles(words, copies))


def asked(task: Task) -> Request:
    return Request("t", task, TEXT, "")


def test_what_was_learned_is_found_again(tmp_path: Path) -> None:
    train_model("crf-chars", train_entities, few(), tmp_path)
    system = CrfEntities(tmp_path)
    system.load()
    assert system.entities(asked(Task.ENTITIES)) == article(words=False).entities


def test_words_that_were_learned_are_found_again(tmp_path: Path) -> None:
    train_model("crf-words", train_words, few(), tmp_path)
    system = CrfWords(tmp_path)
    system.load()
    assert system.words(asked(Task.WORDS)) == article(words=True).words


def test_training_again_writes_the_same_bytes(tmp_path: Path) -> None:
    models = [train_model("m", train_entities, few(), tmp_path / name) for name in ("1", "2")]
    assert models[0].path(FILE).read_bytes() == models[1].path(FILE).read_bytes()


def test_a_split_without_gold_words_trains_nothing(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no gold"):
        train_model("crf-words", train_words, few(words=False), tmp_path)
    assert not (tmp_path / "crf-words").exists()


def test_a_missing_model_says_how_to_train_it(tmp_path: Path) -> None:
    with pytest.raises(MissingDependency, match="banmian-bench train crf-chars"):
        CrfEntities(tmp_path).load()


def test_a_span_over_the_end_of_a_sentence_is_cut_there() -> None:
    [first, second, *_] = sequences([article(words=False)], lambda _: [(7, 10, "X")])
    assert first[1][-2:] == ["B-X", "E-X"]
    assert second[1][0] == "S-X"
