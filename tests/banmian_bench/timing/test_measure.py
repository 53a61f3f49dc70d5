"""Whole measurements with fresh processes; verdicts are tested, seconds are not."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pytest

from banmian.errors import UsageError
from banmian_bench.environment import environment
from banmian_bench.protocol import Layout, LineBox, Task
from banmian_bench.timing import SystemCrashed, TimingOptions, ab, child, measure, time_system
from banmian_bench.timing.clocks import Clock
from banmian_bench.timing.machine import Machine
from banmian_bench.timing.measure import thinned
from banmian_bench.timing.protocol_cost import ECHO_SPEC
from banmian_bench.timing.reference import TEXTS

TOYS = "py:banmian_bench.timing.toy_systems:"
STEADY, TWICE, SLEEPING = (TOYS + name for name in ("steady", "twice_the_work", "sleeping"))

pytestmark = pytest.mark.usefixtures("short", "steady_machine")


PAGES = TEXTS[:1]


def timed(spec: str, against: str | None = None, max_time_s: float = 1.5) -> dict[str, Any]:
    options = TimingOptions(against, precision=0.05, max_time_s=max_time_s)
    return time_system(spec, PAGES, Task.WORDS, options)


def record(path: Path, timing: dict[str, Any]) -> str:
    made = {"system": timing["system"], "timing": timing, "environment": environment()}
    path.write_text(json.dumps(made), encoding="utf-8")
    return str(path)


@pytest.fixture(scope="module")
def alone() -> dict[str, Any]:
    """The toy without a baseline."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ab, "LEAST_S", 0.2)
        return timed(STEADY)


def test_alone_is_reported_not_gated(alone: dict[str, Any]) -> None:
    assert alone["verdict"] is None
    assert alone["ab"] is None
    assert alone["texts"] == len(PAGES)
    assert alone["chars"] == sum(map(len, PAGES))
    assert set(alone["cpu_s"]) == set(alone["wall_s"]) == {"p50", "p90", "p99", "total"}
    assert alone["chars_per_s"] > 0
    assert alone["ref_cpu_s"] > 0
    json.dumps(alone)


@pytest.fixture
def steady_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """No doubt by drift, whatever else the machine does while the tests run."""
    monkeypatch.setattr(Machine, "reference_s", staticmethod(lambda _: 0.002))


def test_itself_never_fails() -> None:
    found = timed(STEADY, STEADY)
    assert found["verdict"] != "fail"
    assert found["baseline"]["system"]["spec"] == STEADY


def test_twice_the_work_fails() -> None:
    verdicts: list[str] = []
    while "fail" not in verdicts and len(verdicts) < 3:
        verdicts.append(timed(TWICE, STEADY)["verdict"])
    assert verdicts[-1] == "fail"
    assert "pass" not in verdicts


def test_waiting_is_never_gated_by_cpu() -> None:
    found = timed(SLEEPING, STEADY, max_time_s=0.5)
    assert found["verdict"] == "inconclusive"
    assert any("waits" in reason for reason in found["reasons"])


def test_against_a_record(alone: dict[str, Any], tmp_path: Path) -> None:
    # Which verdict it is depends on what else the machine does between the two measurements.
    found = timed(STEADY, record(tmp_path / "was.json", alone))
    assert found["verdict"] in ("pass", "fail", "inconclusive")
    assert found["gate_metric"] == "least-cpu-per-reference"
    assert found["ab"]["threshold"] == 1.25
    assert found["baseline"] is None


def test_a_record_of_other_texts_is_refused(alone: dict[str, Any], tmp_path: Path) -> None:
    path = record(tmp_path / "was.json", alone | {"texts_sha256": "0" * 64})
    with pytest.raises(UsageError, match="texts_sha256"):
        timed(STEADY, path)


def test_crash_is_told(faulty: str) -> None:
    with pytest.raises(SystemCrashed, match="no model here"):
        timed(f"{faulty}NoLoad")


def test_no_texts_are_refused() -> None:
    with pytest.raises(UsageError, match="no texts"):
        time_system(STEADY, (), Task.WORDS)


def test_failing_texts_make_it_inconclusive(faulty: str) -> None:
    options = TimingOptions(f"{faulty}Words", max_time_s=0.2)
    found = time_system(f"{faulty}Refuses", ("好", "坏"), Task.WORDS, options)
    assert found["verdict"] == "inconclusive"
    assert any("failed on 1 texts" in reason for reason in found["reasons"])


def test_thinned_evenly() -> None:
    texts = [str(number) for number in range(10)]
    assert thinned(texts, 200) == tuple(texts)
    assert thinned(texts, 4) == ("0", "2", "5", "7")


def test_elapsed_time_alone_is_not_gated(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (child, measure):
        monkeypatch.setattr(module, "clock_of", lambda _: Clock.WALL)
    found = timed(TWICE, STEADY)
    assert found["verdict"] is None
    assert found["cpu_s"] == {}


@pytest.mark.skipif(sys.platform != "linux", reason="reads the clock of another process")
def test_a_foreign_process_is_timed_by_its_own_clock() -> None:
    found = timed(ECHO_SPEC, ECHO_SPEC)
    assert found["verdict"] != "fail"
    assert found["clock"] == "children"
    assert found["failed"] == 0
    assert 0 < found["protocol_s"]["cpu"] < found["protocol_s"]["wall"]


def test_other_boxes_are_other_work() -> None:
    def digest(*layouts: Layout | None) -> object:
        work = child.Work(Task.ARTICLES, ("甲",), layouts)
        return measure._Timing(STEADY, work, TimingOptions())._identity()["texts_sha256"]

    line = LineBox(0, 1, 0.0, 0.0, 10.0, 10.0, 10.0)
    assert digest() == digest(None) != digest(Layout((line,), 100.0, 100.0))
