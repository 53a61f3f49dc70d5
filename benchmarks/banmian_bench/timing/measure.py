"""A system's times, start to end: reference, fresh processes, rounds, verdict, reference again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from banmian.errors import UsageError
from banmian_bench.environment import environment
from banmian_bench.protocol import Layout, Task
from banmian_bench.timing.ab import Budget, Comparison, Series, compare, measure
from banmian_bench.timing.child import PINNED, TimedChild, Work, layouts_sent
from banmian_bench.timing.clocks import Clock, clock_of
from banmian_bench.timing.machine import Machine, reference_work
from banmian_bench.timing.protocol_cost import Cost, protocol_cost
from banmian_bench.timing.recorded import Recorded
from banmian_bench.timing.reference import REFERENCE_SPEC, REFERENCE_VERSION
from banmian_bench.timing.summary import Facts, summary
from banmian_bench.timing.verdict import (
    RECORD_THRESHOLD,
    THRESHOLD,
    Gated,
    Outcome,
    Verdict,
    confirmed,
    failure_doubts,
    judge,
    waiting_doubts,
)

T = TypeVar("T")

METHOD = "fresh process a system, least CPU time of each text"


@dataclass(frozen=True, slots=True)
class TimingOptions:
    """How to time, and against what: ``against`` is a spec, the path of a record, or None.

    ``precision`` is a share, ``max_time_s`` counts measuring alone (twice that at most: a failure
    is measured again). More than ``most_texts`` texts are thinned out evenly.
    """

    against: str | None = None
    threshold: float = THRESHOLD
    precision: float = 0.02
    max_time_s: float = 60.0
    most_texts: int = 200

    @property
    def budget(self) -> Budget:
        """When to stop measuring."""
        return Budget(self.precision, self.max_time_s)

    @property
    def record(self) -> Path | None:
        """The record to compare with, if it is one."""
        return Path(self.against) if self.against and self.against.endswith(".json") else None


def time_system(
    spec: str,
    texts: Sequence[str],
    task: Task,
    options: TimingOptions | None = None,
    *,
    layouts: Sequence[Layout | None] = (),
) -> dict[str, Any]:
    """The ``timing`` field of a record for the system that ``spec`` names; runs for seconds.

    ``layouts``, if any, are those of the texts, one each.

    ``verdict`` is None where nothing is gated: no baseline, or wall-clock time alone.
    :class:`UsageError`, :class:`MissingDependency` and
    :class:`~banmian_bench.timing.child.SystemCrashed` say why there are no times.
    """
    chosen = options or TimingOptions()
    if not texts:
        raise UsageError(f"no texts of the task {task} to time {spec} on")
    most = chosen.most_texts
    return _Timing(spec, Work(task, thinned(texts, most), thinned(layouts, most)), chosen).run()


def thinned(texts: Sequence[T], most: int) -> tuple[T, ...]:
    """At most ``most`` texts, evenly spaced from the first on."""
    count = min(len(texts), most)
    return tuple(texts[len(texts) * number // count] for number in range(count))


@dataclass(frozen=True, slots=True)
class _Attempt:
    """One measurement with fresh processes, and the machine's speed around it.

    ``cost`` is that of the protocol, where any of the two systems is spoken to by it.
    """

    machine: Machine
    cost: Cost | None
    candidate: Series
    facts: Facts
    comparison: Comparison | None = None
    baseline_facts: Facts | None = None

    def doubts(self) -> list[str]:
        """Why the times should not be gated on."""
        found = self.machine.doubts()
        series = [("the system", self.candidate)]
        if self.comparison is not None:
            series.append(("the baseline", self.comparison.baseline))
        for who, each in series:
            last = each.rounds[-1]
            found += failure_doubts(who, last.failed, last.first_failure)
            if each.clock is not Clock.WALL:
                found += waiting_doubts(who, each.least_s, each.least_wall_s)
        return found


@dataclass(frozen=True, slots=True)
class _Timing:
    """One call of :func:`time_system`."""

    spec: str
    work: Work
    options: TimingOptions

    def run(self) -> dict[str, Any]:
        recorded = Recorded.read(self.options.record) if self.options.record else None
        if recorded is not None:
            recorded.refuse_other_work(self._identity())
        with TimedChild(REFERENCE_SPEC, reference_work()) as reference:
            reference.warm_up()
            attempt = self._attempt(reference)
            gated = self._gated(attempt, recorded)
            verdict = self._verdict(attempt, gated)
            if verdict is not None and verdict.outcome is Outcome.FAIL:
                attempt = self._attempt(reference)
                gated = self._gated(attempt, recorded)
                verdict = confirmed(verdict, self._verdict(attempt, gated))
        return {**self._figures(attempt), **self._outcome(attempt, gated, verdict)}

    def _identity(self) -> dict[str, Any]:
        """What must be equal for two records' times to be comparable."""
        joined = "\0".join(self.work.texts)
        if any(self.work.layouts):
            joined += "\0" + json.dumps(layouts_sent(self.work.layouts))
        return {
            "task": str(self.work.task),
            "texts_sha256": hashlib.sha256(joined.encode("utf-8")).hexdigest(),
            "clock": str(clock_of(self.spec)),
            "ref_version": REFERENCE_VERSION,
        }

    def _attempt(self, reference: TimedChild) -> _Attempt:
        before_s = Machine.reference_s(reference)
        baseline_spec = None if self.options.record else self.options.against
        cost = protocol_cost([self.spec, baseline_spec or ""], self.work)
        with ExitStack() as stack:
            candidate = stack.enter_context(TimedChild(self.spec, self.work))
            candidate.warm_up()
            if baseline_spec is None:
                series = measure(candidate, self.options.budget)
                machine = Machine(before_s, Machine.reference_s(reference))
                return _Attempt(machine, cost, series, Facts.of(candidate))
            baseline = stack.enter_context(TimedChild(baseline_spec, self.work))
            baseline.warm_up()
            comparison = compare(candidate, baseline, self.options.budget).less(cost)
            machine = Machine(before_s, Machine.reference_s(reference))
            facts = Facts.of(candidate), Facts.of(baseline)
            return _Attempt(machine, cost, comparison.candidate, facts[0], comparison, facts[1])

    def _gated(self, attempt: _Attempt, recorded: Recorded | None) -> Gated | None:
        """The number that is gated on; None where there is none."""
        if attempt.comparison is not None and not attempt.comparison.by_wall:
            found = attempt.comparison
            return Gated("ab-least-cpu", found.ratio, found.interval(), self.options.threshold)
        if recorded is not None and attempt.candidate.clock is not Clock.WALL:
            ratio, interval = recorded.ratio(attempt.candidate, attempt.machine)
            threshold = max(self.options.threshold, RECORD_THRESHOLD)
            doubts = tuple(recorded.machine_doubts(environment()))
            return Gated("least-cpu-per-reference", ratio, interval, threshold, doubts)
        return None

    def _verdict(self, attempt: _Attempt, gated: Gated | None) -> Verdict | None:
        return None if gated is None else judge(gated, attempt.doubts())

    def _figures(self, attempt: _Attempt) -> dict[str, Any]:
        return {
            "method": METHOD,
            "system": attempt.facts.system(),
            **self._identity(),
            **summary(attempt.candidate, self.work, attempt.facts, attempt.cost),
            **attempt.machine.record(),
            "gc": "off in rounds",
            "threads": dict(PINNED),
        }

    def _outcome(
        self, attempt: _Attempt, gated: Gated | None, verdict: Verdict | None
    ) -> dict[str, Any]:
        baseline = None
        if attempt.comparison is not None and attempt.baseline_facts is not None:
            series, facts = attempt.comparison.baseline, attempt.baseline_facts
            baseline = {
                "system": facts.system(),
                **summary(series, self.work, facts, attempt.cost),
            }
        return {
            "gate_metric": gated.metric if gated else None,
            "ab": None if gated is None else {"against": self.options.against, **gated.record()},
            "baseline": baseline,
            "verdict": verdict.outcome if verdict else None,
            "reasons": list(verdict.reasons if verdict else attempt.doubts()),
        }
