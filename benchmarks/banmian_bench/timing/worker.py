"""The fresh process that holds one system: ``python -m banmian_bench.timing.worker``.

Control lines on standard input, one JSON object each, answered by one line each on standard
output: ``load`` (spec, task, texts,
layouts), ``turn`` (passes over some of the texts), ``end``. A system
never sees these streams: it reads from nowhere, and what it prints goes to standard error.
"""

from __future__ import annotations

import gc
import hashlib
import json
import os
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import IO, Any

from banmian.errors import UsageError
from banmian_bench.layout_records import layout_from
from banmian_bench.protocol import (
    MissingDependency,
    ReplyStatus,
    Request,
    System,
    Task,
    reads_pictures,
)
from banmian_bench.timing.clocks import CpuClock, clock_of, peak_rss_kb
from banmian_bench.timing.reference import REFERENCE_SPEC, Reference
from banmian_bench.timing.rounds import Round


@dataclass(slots=True)
class Loaded:
    """A loaded system with its requests, ready for rounds."""

    system: System
    requests: tuple[Request, ...]
    clock: CpuClock
    failed: int = 0
    first_failure: str = ""
    least: list[tuple[int, int]] = field(default_factory=list)

    def turn(self, passes: int, start: int, stop: int) -> Round:
        """``passes`` passes over some texts without the garbage collector in between."""
        requests = self.requests[start:stop]
        self.least = [(sys.maxsize, sys.maxsize)] * len(requests)
        live, ended = self.clock.look_around()
        gc.collect()
        gc.disable()
        try:
            times = [self._pass(requests) for _ in range(passes)]
        finally:
            gc.enable()
        live_after, ended_after = self.clock.look_around()
        others = live_after + ended_after - live - ended
        return Round(
            passes=passes,
            cpu_ns=sum(cpu for cpu, _ in times) + max(others, 0),
            wall_ns=sum(wall for _, wall in times),
            text_cpu_ns=tuple(cpu for cpu, _ in self.least),
            text_wall_ns=tuple(wall for _, wall in self.least),
            failed=self.failed,
            first_failure=self.first_failure,
            coarse=ended_after > ended,
        )

    def _pass(self, requests: Sequence[Request]) -> tuple[int, int]:
        """(own CPU, elapsed) nanoseconds of one pass: the sum over texts, our own loop left out."""
        self.failed, cpu_sum, wall_sum = 0, 0, 0
        clock = self.clock
        for number, request in enumerate(requests):
            others, wall, own = clock.others(), time.perf_counter_ns(), clock.own()
            failure = _failure(self.system, request)
            own = clock.own() - own
            wall = time.perf_counter_ns() - wall
            others = clock.others() - others
            cpu_sum += own
            wall_sum += wall
            least_cpu, least_wall = self.least[number]
            self.least[number] = (min(least_cpu, own + others), min(least_wall, wall))
            if failure:
                self.failed += 1
                self.first_failure = self.first_failure or f"{request.id}: {failure}"
        return cpu_sum, wall_sum


def _failure(system: System, request: Request) -> str:
    """Ask for one text; what went wrong, empty if nothing did. The answer itself is dropped."""
    try:
        replies = list(system.predict([request]))
    except Exception as error:
        return f"{type(error).__name__}: {error}"
    if not replies:
        return "no reply"
    reply = replies[0]
    return "" if reply.status is ReplyStatus.OK else reply.message or str(reply.status)


def load(order: Mapping[str, Any]) -> tuple[Loaded, dict[str, Any]]:
    """Import, prepare and load a system; all but the preparing (a download, once) is timed."""
    spec, task = str(order["spec"]), Task(order["task"])
    create, prepare = _way_to(spec)
    base_kb = peak_rss_kb()
    start = _now()
    system = create()
    created = _now()
    prepare(system)
    prepared = _now()
    system.load()
    loaded = _now()
    info = system.info()
    if task not in info.tasks:
        raise UsageError(f"{spec} does not do the task {task}")
    if reads_pictures(system):
        raise UsageError(f"{spec} reads pictures, which are not handed over where times are taken")
    wall_s, cpu_s = (
        one - two + three - four
        for one, two, three, four in zip(created, start, loaded, prepared, strict=True)
    )
    described = {
        "name": info.name,
        "version": info.version,
        "load_s": wall_s,
        "load_cpu_s": cpu_s,
        "base_rss_kb": base_kb,
    }
    requests = tuple(_requests(task, order["texts"], order.get("layouts", ())))
    gc.collect()
    gc.freeze()  # what is loaded stays: collecting before each turn need not go through it
    return Loaded(system, requests, CpuClock(clock_of(spec))), described


def _way_to(spec: str) -> tuple[Callable[[], System], Callable[[System], None]]:
    """How to create and to prepare a system; what that takes of ours is imported here."""
    if spec == REFERENCE_SPEC:
        return Reference, lambda _: None
    from banmian_bench.systems import registry

    return lambda: registry.create(spec), registry.prepare


def _now() -> tuple[float, float]:
    """Seconds, elapsed and of CPU."""
    return time.perf_counter(), time.process_time()


def _requests(
    task: Task, texts: Sequence[str], layouts: Sequence[Mapping[str, Any] | None]
) -> Iterator[Request]:
    for number, text in enumerate(texts):
        digest = hashlib.sha256(text.encode("utf-8")).hexdigest()
        layout = layouts[number] if layouts else None
        boxes = None if layout is None else layout_from(layout)
        yield Request(f"text-{number}", task, text, digest, boxes)


def serve(orders: IO[str], answers: IO[str]) -> None:
    """Answer one control line after another, until ``end`` or the end of the lines."""
    loaded: Loaded | None = None
    for line in orders:
        order = json.loads(line)
        answer: dict[str, Any]
        try:
            if order["do"] == "load":
                loaded, answer = load(order)
            elif loaded is None:
                raise UsageError(f"{order['do']!r} before 'load'")
            elif order["do"] == "turn":
                turn = loaded.turn(*(int(order[name]) for name in ("passes", "start", "stop")))
                answer = turn.record()
            else:
                answer = {"peak_rss_kb": peak_rss_kb()}
                loaded.system.close()
        except (UsageError, MissingDependency) as error:
            answer = {"error": type(error).__name__, "message": str(error)}
        except Exception as error:
            answer = {"error": "crash", "message": f"{type(error).__name__}: {error}"}
        answers.write(json.dumps(answer) + "\n")
        answers.flush()
        if order["do"] == "end":
            return


def main() -> None:
    """Take the two streams for ourselves, then serve."""
    orders = os.fdopen(os.dup(0), encoding="utf-8")
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.dup2(2, 1)
    serve(orders, answers)


if __name__ == "__main__":
    main()
