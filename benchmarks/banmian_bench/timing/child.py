"""The parent's hold on one worker process: start, load, rounds, end; never left running."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from types import TracebackType
from typing import IO, Any, Final, Self, cast

from banmian.errors import UsageError
from banmian_bench.layout_records import layout_record
from banmian_bench.protocol import Layout, MissingDependency, Task
from banmian_bench.timing.clocks import Clock, clock_of, descendants
from banmian_bench.timing.rounds import Round, least_pass_s

PINNED: Final[Mapping[str, str]] = {
    "OMP_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "NUMEXPR_NUM_THREADS": "1",
    "RAYON_NUM_THREADS": "1",
    "TOKENIZERS_PARALLELISM": "false",
    "PYTHONHASHSEED": "0",  # the order of sets is part of the speed
}
"""Set in every worker, over what the caller's environment says."""

PATIENCE_S: Final = 600.0
"""Longest wait for a load or a round before the worker is killed."""

TURN_S: Final = 0.01
"""Length of a turn: long against the clocks' cost, short against the phases in which a machine
slows down, so that both sides of an A/B have their turns in each."""
COARSE_TURN_S: Final = 1.0
"""The same where CPU time comes in ticks of 10 ms, so that one tick is 1 %."""

AGREEMENT: Final = 0.05
WARM_UPS: Final = 3
MOST_PASSES: Final = 20_000


class SystemCrashed(Exception):
    """A system failed to load, died, or did not answer in time."""


@dataclass(frozen=True, slots=True)
class Work:
    """What a system is timed on; ``layouts``, if there are any, are those of the texts."""

    task: Task
    texts: tuple[str, ...]
    layouts: tuple[Layout | None, ...] = ()

    @property
    def chars(self) -> int:
        """Code points of one pass."""
        return sum(map(len, self.texts))


class TimedChild:
    """One system in its own process; a context manager that kills what is left of it."""

    def __init__(self, spec: str, work: Work, patience_s: float = PATIENCE_S) -> None:
        self.spec = spec
        self.clock: Clock = clock_of(spec)
        self.passes = 1
        self.warm_ups = 0
        self.text_s: tuple[float, ...] = (0.0,) * len(work.texts)
        self._texts = len(work.texts)
        self._patience_s = patience_s
        self._late = False
        self._log = tempfile.TemporaryFile()  # noqa: SIM115 - closed by close()
        self._process = subprocess.Popen(
            [sys.executable, "-m", "banmian_bench.timing.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._log,
            env={**os.environ, **PINNED},
            text=True,
            encoding="utf-8",
            start_new_session=True,  # one group with whatever the system starts
        )
        self._orders = cast(IO[str], self._process.stdin)
        self._answers = cast(IO[str], self._process.stdout)
        try:
            self.loaded = self._ask({"do": "load", "spec": spec, **_sent(work)})
        except BaseException:
            self.close()
            raise

    def turn(self, start: int, stop: int) -> Round:
        """Some of the texts, as many times as :meth:`warm_up` found to be needed."""
        order = {"do": "turn", "passes": self.passes, "start": start, "stop": stop}
        return Round.of(self._ask(order))

    def round(self) -> Round:
        """All texts in one turn."""
        return self.turn(0, self._texts)

    def warm_up(self) -> None:
        """Rounds until two in a row agree within 5 %, three at most.

        Finds how many passes fill a turn, and which texts make a turn where a pass is too long.
        """
        last: float | None = None
        for self.warm_ups in range(1, WARM_UPS + 1):
            done = self.round()
            now = least_pass_s([done], self.clock)
            needed = COARSE_TURN_S if done.coarse else TURN_S
            self.passes = min(max(1, round(needed / max(done.wall_s, 1e-7))), MOST_PASSES)
            self.text_s = tuple(ns / 1e9 for ns in done.text_wall_ns)
            if done.coarse or self.passes > 1:
                self.text_s = (0.0,) * len(self.text_s)
            if last is not None and abs(now - last) <= AGREEMENT * min(now, last):
                return
            last = now

    def peak_rss_kb(self) -> int:
        """End the worker; the peak memory of it and of what it started, in KiB."""
        return int(self._ask({"do": "end"})["peak_rss_kb"])

    def _ask(self, order: Mapping[str, object]) -> dict[str, Any]:
        timer = threading.Timer(self._patience_s, self._give_up)
        timer.start()
        try:
            self._orders.write(json.dumps(order) + "\n")
            self._orders.flush()
            line = self._answers.readline()
        except BrokenPipeError:
            line = ""
        finally:
            timer.cancel()
        if not line.endswith("\n"):
            raise SystemCrashed(f"{self.spec} {self._end()}")
        answer: dict[str, Any] = json.loads(line)
        if "error" in answer:
            raise _ERRORS.get(answer["error"], SystemCrashed)(_told(self.spec, answer["message"]))
        return answer

    def _give_up(self) -> None:
        self._late = True
        self._kill()

    def _end(self) -> str:
        """How the worker came to its end, with the last line that it wrote to standard error."""
        if self._late:
            return f"gave no answer in {self._patience_s:g} s"
        code = self._process.wait()
        how = f"by signal {signal.Signals(-code).name}" if code < 0 else f"with exit code {code}"
        self._log.seek(max(0, self._log.seek(0, os.SEEK_END) - 2000))
        said = self._log.read().decode("utf-8", "replace").strip().splitlines()
        return f"ended {how}" + (f": {said[-1]}" if said else "")

    def _kill(self) -> None:
        """The group, and what the system put into groups of its own."""
        started = list(descendants(self._process.pid))
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        for pid in started:
            with suppress(ProcessLookupError, PermissionError):
                os.kill(pid, signal.SIGKILL)

    def close(self) -> None:
        """Kill the group, wait for the worker, close the streams."""
        self._kill()
        self._process.wait()
        self._answers.close()
        with suppress(BrokenPipeError):  # an order that nobody read
            self._orders.close()
        self._log.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


_ERRORS: Final[Mapping[str, type[Exception]]] = {
    "UsageError": UsageError,
    "MissingDependency": MissingDependency,
}


def _sent(work: Work) -> dict[str, Any]:
    return {"task": work.task, "texts": work.texts, "layouts": layouts_sent(work.layouts)}


def layouts_sent(layouts: Iterable[Layout | None]) -> list[dict[str, Any] | None]:
    """The layouts as an order has them."""
    return [None if layout is None else layout_record(layout) for layout in layouts]


def _told(spec: str, message: str) -> str:
    return message if spec in message else f"{spec}: {message}"
