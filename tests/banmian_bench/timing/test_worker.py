"""The worker's control lines, spoken to in this process."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pytest

from banmian_bench.protocol import Reply, Request, SystemInfo, Task
from banmian_bench.timing.reference import REFERENCE_SPEC, TEXTS
from banmian_bench.timing.rounds import Round
from banmian_bench.timing.worker import serve

STEADY = "py:banmian_bench.timing.toy_systems:steady"


def said(*orders: Mapping[str, object]) -> list[dict[str, Any]]:
    """The answers to ``orders``."""
    answers = io.StringIO()
    serve(io.StringIO("".join(json.dumps(order) + "\n" for order in orders)), answers)
    return [json.loads(line) for line in answers.getvalue().splitlines()]


def loading(
    spec: str, task: str = "words", texts: tuple[str, ...] = ("甲乙", "丙")
) -> dict[str, Any]:
    return {"do": "load", "spec": spec, "task": task, "texts": texts}


END = {"do": "end"}


def test_load_turn_end() -> None:
    loaded, first, end = said(
        loading(STEADY), {"do": "turn", "passes": 3, "start": 0, "stop": 2}, END
    )
    assert loaded["name"] == STEADY
    assert loaded["load_s"] >= 0
    found = Round.of(first)
    assert found.passes == 3
    assert len(found.text_cpu_ns) == len(found.text_wall_ns) == 2
    assert 0 < sum(found.text_cpu_ns) * 3 <= found.cpu_ns
    assert found.failed == 0
    assert end["peak_rss_kb"] >= loaded["base_rss_kb"]


def test_reference_is_a_system() -> None:
    loaded, first, _ = said(
        loading(REFERENCE_SPEC, "entities", TEXTS),
        {"do": "turn", "passes": 1, "start": 0, "stop": 1},
        END,
    )
    assert loaded["name"] == REFERENCE_SPEC
    assert first["failed"] == 0


@pytest.mark.parametrize(
    ("order", "error"),
    [
        (loading("no-such-system"), "UsageError"),
        (loading("oracle"), "UsageError"),
        (loading(STEADY, "entities") | {"spec": "characters"}, "UsageError"),
        ({"do": "turn", "passes": 1, "start": 0, "stop": 1}, "UsageError"),
        (loading("py:no_such_module:f"), "UsageError"),
    ],
)
def test_what_cannot_be_done_is_said(order: dict[str, object], error: str) -> None:
    [answer] = said(order)
    assert answer["error"] == error
    assert answer["message"]


def test_nothing_after_end() -> None:
    assert len(said(loading(STEADY), END, END)) == 2


class Boxed:
    """Fails on a text without boxes."""

    reads_pictures = False

    def info(self) -> SystemInfo:
        return SystemInfo("boxed", "1", frozenset({Task.ARTICLES}), "none")

    def load(self) -> None: ...

    def predict(self, requests: Sequence[Request]) -> Iterator[Reply]:
        for request in requests:
            if request.layout is None:
                raise ValueError("no boxes")
            yield Reply(request.id, request.text_sha256, items=())

    def close(self) -> None: ...


def test_layouts_reach_the_system(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("banmian_bench.systems.registry.create", lambda spec: Boxed())
    layout = {"lines": [[0, 1, 0, 0, 10, 10, 10]], "width": 100, "height": 100}
    order = loading("boxed", "articles") | {"layouts": [layout, None]}
    _, first, second = said(
        order,
        {"do": "turn", "passes": 1, "start": 0, "stop": 1},
        {"do": "turn", "passes": 1, "start": 1, "stop": 2},
    )
    assert first["failed"] == 0
    assert second["first_failure"] == "text-1: ValueError: no boxes"


def test_a_reader_of_pictures_is_not_timed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Boxed, "reads_pictures", True)
    monkeypatch.setattr("banmian_bench.systems.registry.create", lambda spec: Boxed())
    (answer,) = said(loading("boxed", "articles"))
    assert (answer["error"], "reads pictures" in answer["message"]) == ("UsageError", True)
