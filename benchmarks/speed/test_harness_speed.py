"""What the harness adds to a system's own time, by a system that does nothing: the difference of
the two, divided by the texts, is the price of a text. It is fixed, whatever the system takes.
"""

from __future__ import annotations

import hashlib

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from banmian_bench.protocol import Reply, Request, SystemInfo, Task
from banmian_bench.run import Stopwatch, predict
from banmian_bench.systems.text_system import TextSystem

TEXT = "青石镇的茶园今日开采，" * 30
TEXTS = 1000


class Nothing(TextSystem):
    """Says that there is no word."""

    tasks = frozenset({Task.WORDS})

    def info(self) -> SystemInfo:
        return SystemInfo("nothing", "1", self.tasks, licence="Apache-2.0")

    def words(self, request: Request) -> tuple[tuple[int, int], ...]:
        return ()


@pytest.fixture
def requests() -> list[Request]:
    """A thousand texts."""
    digest = hashlib.sha256(TEXT.encode()).hexdigest()
    return [Request(f"t{number}", Task.WORDS, TEXT, digest) for number in range(TEXTS)]


def test_system_alone(benchmark: BenchmarkFixture, requests: list[Request]) -> None:
    benchmark.extra_info["texts"] = TEXTS
    system = Nothing()
    replies = benchmark(lambda: [system.answer(request) for request in requests])
    assert len(replies) == TEXTS


def test_system_in_the_harness(benchmark: BenchmarkFixture, requests: list[Request]) -> None:
    benchmark.extra_info["texts"] = TEXTS
    system = Nothing()

    def through() -> list[Reply]:
        return list(predict(system, requests, Stopwatch()))

    assert len(benchmark(through)) == TEXTS
