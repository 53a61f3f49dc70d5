"""Any system driven through the kit: what it would get wrong in a run, and what to do about it."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Final, Protocol, runtime_checkable

from banmian_bench.conformance_kit import CASES, Case
from banmian_bench.offset_units import offset_unit
from banmian_bench.plugins.reasons import ENDED, SystemFault, plain, reason_of
from banmian_bench.predictions import Findings, accept
from banmian_bench.protocol import Reply, ReplyStatus, Request, System, SystemInfo, Task


class Verdict(StrEnum):
    """How a case went; only ``fail`` would change what a run counts."""

    PASS = "pass"
    WARN = "warn"
    FAIL = "fail"


@dataclass(frozen=True, slots=True)
class Outcome:
    """One case: its verdict, why, and the remedy. ``ended`` if the system crashed or hung in it."""

    task: Task | None
    case: str
    verdict: Verdict
    message: str = ""
    remedy: str = ""
    seconds: float = 0.0
    ended: bool = False


@dataclass(frozen=True, slots=True)
class Conformance:
    """What the kit found. ``info`` is None where the system did not start."""

    info: SystemInfo | None
    outcomes: tuple[Outcome, ...]

    @property
    def passed(self) -> bool:
        """Whether no case failed; warnings do not count."""
        return all(outcome.verdict is not Verdict.FAIL for outcome in self.outcomes)

    @property
    def ended(self) -> bool:
        """Whether the system crashed, hung or did not start in any case."""
        return any(outcome.ended for outcome in self.outcomes)


@runtime_checkable
class Counting(Protocol):
    """A system that counts what went wrong outside of its replies."""

    incidents: Mapping[str, int]


REMEDIES: Final[Mapping[str, str]] = {
    "missing": "answer every request, with an empty list where there is nothing",
    "answered-twice": "send one reply a request: none of several is scored",
    "other-text": "copy text_sha256 of the request into the reply: it is refused otherwise",
    "task-not-answered": "give items, entities or words, as the task of the request says",
    "offset-no-integer": "write offsets as JSON integers, without a fraction",
    "offset-range": "count code points of the text as it was sent, without changing it before",
    "span-empty": "a span is half-open, [start, end): its end lies behind its start",
    "span-blank": "leave out spans that hold white space alone",
    "duplicate": "give every span once",
    "overlap": "give flat spans: of two that overlap only the first is scored",
    "item-empty": "leave out items without a span",
    "role-unknown": "use the roles of benchmarks/PROTOCOL.md, or none",
    "error": "the text counts as unanswered: everything in it is missed",
    "timeout": "the text counts as unanswered; cut long texts up, or allow more time",
}
"""What to do about each reason that :func:`banmian_bench.predictions.accept` counts."""

_UNPROVED: Final = "nothing found here, so its offsets could not be checked"


def conform(
    system: System,
    wanted: Collection[Task] = (),
    *,
    labels: Callable[[SystemInfo], Collection[str]] | None = None,
    progress: Callable[[str], None] = lambda _: None,
) -> Conformance:
    """Start ``system``, try it with every case of the tasks that it does, close it.

    ``wanted`` narrows the tasks. ``labels`` gives the entity labels that a run would know.
    MissingDependency of ``load`` is let through.
    """
    start = time.perf_counter()
    try:
        system.load()
        info = system.info()
    except SystemFault as fault:
        ended = fault.id in ENDED
        failed = Outcome(None, "start", Verdict.FAIL, f"{fault.id}: {fault.message}", fault.remedy)
        return Conformance(None, (replace(failed, ended=ended),))
    seconds = time.perf_counter() - start
    trial = _Trial(system)
    try:
        tasks = [task for task in Task if task in info.tasks and (not wanted or task in wanted)]
        for task in tasks:
            for case in (case for case in CASES if case.suits(task)):
                progress(f"{task}: {case.name}")
                trial.run(task, case)
    finally:
        system.close()
    outcomes = [Outcome(None, "start", Verdict.PASS, f"ready in {seconds:.2f} s", seconds=seconds)]
    outcomes += [_not_done(task) for task in wanted if task not in info.tasks]
    outcomes += trial.outcomes()
    if Task.ENTITIES in tasks and labels is not None:
        outcomes.append(_labels(trial, labels(info)))
    outcomes += [*trial.unknown(), *_strays(system)]
    return Conformance(info, tuple(outcomes))


@dataclass(slots=True)
class _Trial:
    """The cases as they were sent, and the replies by id: one may come in a later case."""

    system: System
    sent: list[tuple[Task, Case, tuple[Request, ...], float]] = field(default_factory=list)
    replies: defaultdict[str, list[Reply]] = field(default_factory=lambda: defaultdict(list))
    order: list[str] = field(default_factory=list)
    raised: dict[str, str] = field(default_factory=dict)

    def run(self, task: Task, case: Case) -> None:
        """Send the texts of ``case`` in one call."""
        requests = case.requests(task)
        start = time.perf_counter()
        try:
            for reply in self.system.predict(requests):
                self.replies[reply.id].append(reply)
                self.order.append(reply.id)
        except Exception as error:
            self.raised[requests[0].id] = plain(f"{type(error).__name__}: {error}")
        self.sent.append((task, case, requests, time.perf_counter() - start))

    def outcomes(self) -> Iterator[Outcome]:
        """What came of every case."""
        for task, case, requests, seconds in self.sent:
            yield replace(self._judged(task, case, requests), seconds=seconds)

    def unknown(self) -> Iterator[Outcome]:
        """Replies to nothing that was sent."""
        sent = {request.id for _, _, requests, _ in self.sent for request in requests}
        if strangers := sorted(self.replies.keys() - sent):
            message = f"{len(strangers)} replies to no request, first: {plain(strangers[0])}"
            remedy = "copy the id of the request into the reply"
            yield Outcome(None, "unknown-id", Verdict.FAIL, message, remedy)

    def _judged(self, task: Task, case: Case, requests: Sequence[Request]) -> Outcome:
        if error := self.raised.get(requests[0].id):
            message = f"predict raised {error}"
            return Outcome(task, case.name, Verdict.FAIL, message, REMEDIES["error"], ended=True)
        findings = Findings()
        for request in requests:
            accept(request, self.replies[request.id], findings)
        if findings.counts:
            return self._failed(task, case, requests, findings)
        return self._doubted(task, case, requests)

    def _failed(
        self, task: Task, case: Case, requests: Sequence[Request], findings: Findings
    ) -> Outcome:
        replies = [reply for request in requests for reply in self.replies[request.id]]
        ended = any(reason_of(reply) in ENDED for reply in replies)
        ended = ended or any(reply.status is ReplyStatus.TIMEOUT for reply in replies)
        for request in requests:
            for reply in self.replies[request.id]:
                if unit := offset_unit(offsets_of(reply), request.text):
                    message = f"offsets look like {unit}; they must count Unicode code points"
                    return Outcome(task, case.name, Verdict.FAIL, message, _UNIT_REMEDIES[unit])
        messages = [
            f"{reason} ({count}; first: {plain(findings.first[reason])})"
            for reason, count in findings.counts.items()
        ]
        remedies = [REMEDIES[reason] for reason in findings.counts]
        return Outcome(
            task, case.name, Verdict.FAIL, "; ".join(messages), "; ".join(remedies), ended=ended
        )

    def _doubted(self, task: Task, case: Case, requests: Sequence[Request]) -> Outcome:
        """A case whose replies are all valid: what still looks odd is a warning."""
        answers = [self.replies[request.id][0] for request in requests]
        before = self.replies[f"{task}/plain/0"][:1] if case.name == "again" else []
        if len({_content(reply) for reply in [*answers, *before]}) > 1 and case.name != "batch":
            remedy = "fix its seeds: two runs of it cannot be compared otherwise"
            return Outcome(task, case.name, Verdict.WARN, "the same text, two answers", remedy)
        edged = [w for q, a in zip(requests, answers, strict=True) for w in _ragged(q, a)]
        if edged:
            message = f"{len(edged)} spans hold a line break or an outer blank, first: {edged[0]}"
            remedy = "is CR LF counted as one character, or white space taken out before?"
            return Outcome(task, case.name, Verdict.WARN, message, remedy)
        if case.name == "astral" and not any(any(offsets_of(reply)) for reply in answers):
            return Outcome(task, case.name, Verdict.WARN, _UNPROVED)
        ids = [request.id for request in requests]
        if [id for id in self.order if id in ids] != ids:
            return Outcome(task, case.name, Verdict.PASS, "answered in another order, as it may")
        return Outcome(task, case.name, Verdict.PASS, case.about)


_UNIT_REMEDIES: Final = {
    "UTF-16 code units": "count with codePointAt, Array.from(text) or their like, not text.length",
    "UTF-8 bytes": "decode the text before counting: offsets into its bytes are larger",
}


def offsets_of(reply: Reply) -> Iterator[int]:
    """Every offset of a reply that is an integer."""
    spans = [(s.start, s.end) for item in reply.items or () for s in item.spans]
    spans += [(e.start, e.end) for e in reply.entities or ()]
    spans += reply.words or ()
    return (offset for span in spans for offset in span if type(offset) is int)


def _content(reply: Reply) -> tuple[object, ...]:
    return reply.items, reply.entities, reply.words


def _ragged(request: Request, reply: Reply) -> Iterator[str]:
    """Words and mentions with a blank at an edge, or with a line break in them."""
    spans: Iterable[tuple[int, int]] = reply.words or ()
    if request.task is Task.ENTITIES:
        spans = [(e.start, e.end) for e in reply.entities or ()]
    for start, end in spans:
        piece = request.text[start:end]
        if piece != piece.strip(" \t\u3000") or "\n" in piece or "\r" in piece:
            yield repr(piece)


def _not_done(task: Task) -> Outcome:
    return Outcome(task, "task", Verdict.FAIL, "the system does not do this task", "do not ask it")


def _labels(trial: _Trial, known: Collection[str]) -> Outcome:
    replies = (reply for several in trial.replies.values() for reply in several)
    found = sorted({entity.label for reply in replies for entity in reply.entities or ()})
    unknown = [label for label in found if label not in known]
    if not unknown:
        said = f"all in the label map: {', '.join(found)}" if found else "none given"
        return Outcome(Task.ENTITIES, "labels", Verdict.PASS, said)
    message = f"not in the label map: {plain(', '.join(unknown))}"
    remedy = "name a label map that has them: an unmapped label stops the scoring"
    return Outcome(Task.ENTITIES, "labels", Verdict.WARN, message, remedy)


def _strays(system: System) -> Iterator[Outcome]:
    late = system.incidents.get("late", 0) if isinstance(system, Counting) else 0
    if late:
        message = f"{late} lines came that no request was waiting for"
        remedy = "write nothing but one reply a request to stdout"
        yield Outcome(None, "strays", Verdict.WARN, message, remedy)
