"""The text entrants themselves, where packages and models are here: exact offsets, known labels."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from banmian.spans import Segmentation, Span
from banmian_bench.label_maps import label_map
from banmian_bench.protocol import MissingDependency, Request, System, Task
from banmian_bench.systems.entrants import TEXT_ENTRANTS
from banmian_bench.systems.registry import create
from tests.banmian_bench.systems.test_third_party import AWKWARD


@pytest.fixture(scope="module", params=TEXT_ENTRANTS)
def system(request: pytest.FixtureRequest) -> Iterator[System]:
    made = create(request.param)
    try:
        made.load()
    except MissingDependency as missing:
        pytest.skip(str(missing))
    yield made
    made.close()


def test_offsets_are_exact_and_labels_mapped(system: System) -> None:
    (task,) = system.info().tasks
    labels = label_map(system.info().labels).targets
    for text in AWKWARD:
        [reply] = system.predict([Request("x", task, text, "sha")])
        if task is Task.WORDS:
            assert reply.words is not None
            Segmentation(text, tuple(Span(*word) for word in reply.words))
        for mention in reply.entities or ():
            piece = Span(mention.start, mention.end).of(text)
            assert piece == piece.strip()
            assert mention.label in labels


def test_something_is_found(system: System) -> None:
    (task,) = system.info().tasks
    text = "王小明昨天从北京来到上海。"
    [reply] = system.predict([Request("x", task, text, "sha")])
    if task is Task.ENTITIES:
        assert "上海" in {text[e.start : e.end] for e in reply.entities or ()}
    else:
        assert len(reply.words or ()) > 5
