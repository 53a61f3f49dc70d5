"""A system over a split: the only place that calls systems. Replies out, with the time of each.

What is timed is ``predict`` alone, one text at a time, in wall-clock and CPU seconds of this
process; loading is timed apart. A text that makes the system fail is an error reply, and the run
goes on.
"""

from __future__ import annotations

import gc
import resource
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np

from banmian_bench.protocol import Reply, ReplyStatus, Request, System, SystemInfo, Task


@dataclass(slots=True)
class Stopwatch:
    """Seconds by request, and of loading; ``chars`` of the requests, in the same order."""

    load_wall_s: float = 0.0
    wall_s: list[float] = field(default_factory=list)
    cpu_s: list[float] = field(default_factory=list)
    chars: list[int] = field(default_factory=list)

    def summary(self) -> dict[str, object]:
        """Percentiles per text, throughput, peak memory: measured here and now, one pass.

        Memory is the peak of this whole process, so systems run earlier in it count too.
        """
        wall, cpu = np.array(self.wall_s), np.array(self.cpu_s)
        total = float(cpu.sum())
        return {
            "method": "single pass, in process, one text at a time",
            "texts": len(wall),
            "load_s": round(self.load_wall_s, 4),
            "wall_s": _percentiles(wall),
            "cpu_s": _percentiles(cpu),
            "chars_per_s": round(sum(self.chars) / total) if total else None,
            "peak_rss_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
        }


def _percentiles(seconds: np.ndarray[tuple[int], np.dtype[np.float64]]) -> dict[str, float]:
    if not len(seconds):
        return {}
    p50, p90, p99 = np.percentile(seconds, (50, 90, 99))
    return {
        "p50": round(float(p50), 6),
        "p90": round(float(p90), 6),
        "p99": round(float(p99), 6),
        "total": round(float(seconds.sum()), 6),
    }


def load(system: System, watch: Stopwatch) -> None:
    """Load the system's models, timed apart."""
    start = time.perf_counter()
    system.load()
    watch.load_wall_s = time.perf_counter() - start


def predict(system: System, requests: Iterable[Request], watch: Stopwatch) -> Iterator[Reply]:
    """One text after another; every exception of the system becomes an error reply."""
    gc.collect()
    for request in requests:
        wall, cpu = time.perf_counter(), time.process_time()
        replies = _answers(system, request)
        watch.cpu_s.append(time.process_time() - cpu)
        watch.wall_s.append(time.perf_counter() - wall)
        watch.chars.append(len(request.text))
        yield from replies


def _answers(system: System, request: Request) -> Sequence[Reply]:
    try:
        return list(system.predict([request]))
    except Exception as error:
        # A foreign message may hold half a surrogate pair, which no UTF-8 file can.
        said = f"{type(error).__name__}: {error}"
        message = said.encode("utf-8", "backslashreplace").decode("utf-8")
        return [Reply(request.id, request.text_sha256, status=ReplyStatus.ERROR, message=message)]


def tasks_of(info: SystemInfo, wanted: Sequence[Task]) -> list[Task]:
    """The wanted tasks that the system can do; all that it can do where none is wanted."""
    return [task for task in Task if task in info.tasks and (not wanted or task in wanted)]
