"""Segmenters and taggers of others, behind the shapes that their packages have.

The packages are not installed where this runs: each is stood in for by a module that answers as it
does (names of functions and form of the answers recorded from the real ones).
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest

from banmian.errors import DataFault
from banmian_bench.protocol import MissingDependency, Request, System, Task
from banmian_bench.systems.registry import create
from banmian_bench.systems.word_system import TagSystem, WordSystem, tagged_spans

TEXT = "李明到青石镇 开会。\n昨天，他回来了。"
CUT = {
    "李明到青石镇 开会。": ["李明", "到", "青石镇", "开会", "。"],
    "昨天，他回来了。": ["昨天", "，", "他", "回来", "了", "。"],
}
TAGS = {"李明": "nr", "青石镇": "ns", "昨天": "t"}


def tagged(sentence: str) -> list[tuple[str, str]]:
    return [(word, TAGS.get(word, "v")) for word in CUT[sentence]]


def thulac(*, seg_only: bool) -> SimpleNamespace:
    other = {"nr": "np"}
    return SimpleNamespace(
        cut=lambda s: [[w, "" if seg_only else other.get(t, t)] for w, t in tagged(s)]
    )


class JiojioWords:
    """jiojio's segmenter; for the tagger it gives words, words as the tagger wants them, a map."""

    def __init__(self, rule_extractor: bool = True) -> None:
        self.cut = CUT.__getitem__

    def cut_with_pos(self, sentence: str) -> tuple[list[str], list[str], dict[str, str]]:
        return CUT[sentence], CUT[sentence], {}


class JiojioTagger:
    """jiojio's tagger: tags alone."""

    def __init__(self, pos_rule_types: bool = True) -> None: ...

    def cut(self, words: list[str], word_pos_map: dict[str, str]) -> list[str]:
        return [TAGS.get(word, "v") for word in words]


MODULES: dict[str, dict[str, dict[str, Any]]] = {
    "wapic": {
        "wapic": {"Segmenter": lambda: SimpleNamespace(segment=CUT.__getitem__)},
        "wapic_model": {},
    },
    "budoux": {
        "budoux": {
            "load_default_simplified_chinese_parser": lambda: SimpleNamespace(parse=CUT.__getitem__)
        }
    },
    "cutword": {"cutword": {"Cutter": lambda: SimpleNamespace(cutword=CUT.__getitem__)}},
    "thulac": {"thulac": {"thulac": thulac}},
    "thulac-pos": {"thulac": {"thulac": thulac}},
    "jiojio": {"jiojio": {"CWSPredictText": JiojioWords}},
    "jiojio-pos": {"jiojio": {"CWSPredictText": JiojioWords, "POSPredictText": JiojioTagger}},
    "snownlp": {
        "snownlp": {
            "seg": SimpleNamespace(seg=CUT.__getitem__),
            "tag": SimpleNamespace(tag=None),
        }
    },
    "snownlp-pos": {
        "snownlp": {
            "seg": SimpleNamespace(seg=CUT.__getitem__),
            "tag": SimpleNamespace(tag=lambda words: [TAGS.get(word, "v") for word in words]),
        }
    },
}
"""Entrant → the modules it imports, with what it takes from them."""

Installed = Callable[[str], System]


@pytest.fixture
def installed(monkeypatch: pytest.MonkeyPatch) -> Installed:
    """A loaded entrant whose package is stood in for."""

    def made(name: str) -> System:
        for module, attributes in MODULES[name].items():
            stand_in = ModuleType(module)
            vars(stand_in).update(attributes)
            monkeypatch.setitem(sys.modules, module, stand_in)
        system = create(name)
        system.load()
        return system

    return made


def asked(task: Task) -> Request:
    return Request("t", task, TEXT, "sha")


@pytest.mark.parametrize("name", [name for name in MODULES if not name.endswith("-pos")])
def test_words_stand_where_the_text_has_them(installed: Installed, name: str) -> None:
    [reply] = installed(name).predict([asked(Task.WORDS)])
    words = [TEXT[start:end] for start, end in reply.words or ()]
    assert words == [word for sentence in CUT.values() for word in sentence]


@pytest.mark.parametrize("name", [name for name in MODULES if name.endswith("-pos")])
def test_tags_of_names_are_mentions_and_others_are_not(installed: Installed, name: str) -> None:
    [reply] = installed(name).predict([asked(Task.ENTITIES)])
    found = [TEXT[e.start : e.end] for e in reply.entities or ()]
    assert found[:2] == ["李明", "青石镇"]
    assert "开会" not in found


@pytest.mark.parametrize("name", sorted({*MODULES, "jieba", "jieba-pos", "cutword-ner"}))
def test_a_missing_package_is_named_with_its_remedy(
    monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    package = name.partition("-")[0]
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(MissingDependency, match=f"pip install .*{package}"):
        create(name).load()


def test_the_mentions_of_cutword_keep_their_places(monkeypatch: pytest.MonkeyPatch) -> None:
    def mention(text: str, entity: str, label: str) -> SimpleNamespace:
        at = text.index(entity)
        return SimpleNamespace(begin=at, end=at + len(entity), entity=entity, ner_type_en=label)

    def predict(sentence: str) -> list[list[SimpleNamespace]]:
        told = {"李明": "PERSON", "青石镇": "LOC"}
        return [
            [mention(sentence, word, label) for word, label in told.items() if word in sentence]
        ]

    stand_in = ModuleType("cutword")
    vars(stand_in)["NER"] = lambda device: SimpleNamespace(predict=predict)
    monkeypatch.setitem(sys.modules, "cutword", stand_in)
    system = create("cutword-ner")
    system.load()
    [reply] = system.predict([asked(Task.ENTITIES)])
    assert [(TEXT[e.start : e.end], e.label) for e in reply.entities or ()] == [
        ("李明", "PERSON"),
        ("青石镇", "LOC"),
    ]


def test_a_tagger_that_changes_the_text_is_refused() -> None:
    with pytest.raises(DataFault, match="words-tiling"):
        list(tagged_spans(0, "李明", [("王芳", "nr")]))


@pytest.mark.parametrize("kind", [WordSystem, TagSystem])
def test_all_of_them_share_one_of_two_shapes(kind: type) -> None:
    found = [create(name) for name in MODULES if name.endswith("-pos") == (kind is TagSystem)]
    assert all(isinstance(system, kind) for system in found)
