"""The kit passes what is right, and names what is wrong."""

from __future__ import annotations

import json
import re
import shutil
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import count
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from banmian_bench.commands.conformance import conformance
from banmian_bench.conformance import Conformance, Outcome, Verdict, conform
from banmian_bench.conformance_kit import ASTRAL, CASES, LONG, LONG_LINE
from banmian_bench.offset_units import UTF8, UTF16, offset_unit
from banmian_bench.plugins.child import ChildSystem
from banmian_bench.plugins.reasons import Reason, failed
from banmian_bench.protocol import (
    PredictedEntity,
    PredictedItem,
    PredictedSpan,
    Reply,
    Request,
    SystemInfo,
    Task,
)
from tests.banmian_bench.plugins.workers import QUICK, script

EXAMPLES = Path(__file__).resolve().parents[2] / "benchmarks" / "examples"
APP = typer.Typer()
APP.command()(conformance)


@pytest.fixture(autouse=True)
def short_texts(monkeypatch: pytest.MonkeyPatch) -> None:
    """The two long texts take most of the time and prove nothing here."""
    short = [replace(case, texts=tuple(text[:500] for text in case.texts)) for case in CASES]
    monkeypatch.setattr("banmian_bench.conformance.CASES", tuple(short))


def characters(text: str) -> list[tuple[int, int]]:
    return [(i, i + 1) for i, c in enumerate(text) if not c.isspace()]


@dataclass(slots=True)
class Right:
    """Does everything right; each mistake below is one method changed."""

    tasks: frozenset[Task] = frozenset(Task)
    events: list[str] = field(default_factory=list)

    def info(self) -> SystemInfo:
        return SystemInfo("right", "1", self.tasks, "none")

    def load(self) -> None:
        self.events.append("load")

    def close(self) -> None:
        self.events.append("close")

    def predict(self, requests: Sequence[Request]) -> Iterator[Reply]:
        for request in requests:
            yield self.answer(request)

    def answer(self, request: Request) -> Reply:
        reply = Reply(request.id, request.text_sha256)
        text, task = request.text, request.task
        if task is Task.WORDS:
            return replace(reply, words=tuple(self.words(text)))
        if task is Task.ENTITIES:
            return replace(reply, entities=tuple(self.entities(text)))
        spans = (PredictedSpan(0, len(text), "body"),)
        items = (PredictedItem(spans, "article"),) if text.strip() else ()
        entities = tuple(self.entities(text)) if task is Task.PIPELINE else None
        return replace(reply, items=items, entities=entities)

    def words(self, text: str) -> list[tuple[int, int]]:
        return characters(text)

    def entities(self, text: str) -> list[PredictedEntity]:
        at = text.find("李明")
        return [PredictedEntity(at, at + 2, "PERSON")] if at >= 0 else []


def tried(system: object, *tasks: Task) -> Conformance:
    return conform(system, tasks, labels=lambda info: {"PERSON"})  # type: ignore[arg-type]


def outcome(report: Conformance, case: str, task: Task | None = Task.WORDS) -> Outcome:
    (found,) = [o for o in report.outcomes if (o.case, o.task) == (case, task)]
    return found


def test_what_is_right_passes_every_case() -> None:
    system = Right()
    report = tried(system)
    assert {o.verdict for o in report.outcomes} == {Verdict.PASS}
    assert report.passed
    assert not report.ended
    assert len(report.outcomes) == 1 + sum(case.suits(task) for task in Task for case in CASES) + 1
    assert system.events == ["load", "close"]
    assert "PERSON" in outcome(report, "labels", Task.ENTITIES).message


def test_the_long_texts_are_as_long_as_they_say() -> None:
    texts = {case.name: case.texts[0] for case in CASES}
    assert len(texts["long-text"]) == LONG
    assert LONG_LINE - 6 < len(texts["long-line"]) <= LONG_LINE
    assert "\n" not in texts["long-line"]


def test_tasks_can_be_narrowed_and_a_task_that_is_not_done_fails() -> None:
    report = tried(Right(frozenset({Task.WORDS})), Task.WORDS, Task.ENTITIES)
    assert {o.task for o in report.outcomes if o.case == "plain"} == {Task.WORDS}
    assert outcome(report, "task", Task.ENTITIES).verdict is Verdict.FAIL


def in_unit(text: str, encoding: str, width: int) -> list[int]:
    return [len(text[:i].encode(encoding)) // width for i in range(len(text) + 1)]


@pytest.mark.parametrize(
    ("encoding", "width", "unit"), [("utf-16-le", 2, UTF16), ("utf-8", 1, UTF8)]
)
def test_offsets_in_another_unit_are_named(encoding: str, width: int, unit: str) -> None:
    class Foreign(Right):
        def words(self, text: str) -> list[tuple[int, int]]:
            at = in_unit(text, encoding, width)
            return [(at[start], at[end]) for start, end in characters(text)]

        def entities(self, text: str) -> list[PredictedEntity]:
            at = in_unit(text, encoding, width)
            return [
                PredictedEntity(at[e.start], at[e.end], e.label) for e in Right.entities(self, text)
            ]

    report = tried(Foreign(), Task.WORDS, Task.ENTITIES)
    for task in (Task.WORDS, Task.ENTITIES):
        astral = outcome(report, "astral", task)
        assert astral.verdict is Verdict.FAIL
        assert f"offsets look like {unit}" in astral.message
        assert astral.remedy
    assert (outcome(report, "plain").verdict is Verdict.PASS) == (unit == UTF16)


@pytest.mark.parametrize("at", range(len(ASTRAL)))
def test_any_place_after_the_astral_characters_gives_the_unit_away(at: int) -> None:
    if at <= ASTRAL.rindex("\U00020bb7"):
        return
    assert offset_unit([in_unit(ASTRAL, "utf-16-le", 2)[at + 1]], ASTRAL) == UTF16
    assert offset_unit([in_unit(ASTRAL, "utf-8", 1)[at + 1]], ASTRAL) == UTF8


def test_offsets_that_fit_or_that_fit_nothing_prove_no_unit() -> None:
    assert offset_unit([], "桥") is None
    assert offset_unit([0, 1], "桥") is None
    assert offset_unit([2], "桥") is None
    assert offset_unit([3, 1], "桥") is None


MISTAKES: dict[str, tuple[Callable[[Reply], Reply], str]] = {
    "other text": (lambda r: replace(r, text_sha256="0"), "other-text"),
    "nothing": (lambda r: replace(r, words=None), "task-not-answered"),
    "beyond": (lambda r: replace(r, words=((0, 10**6),)), "offset-range"),
    "fraction": (lambda r: replace(r, words=((0, json.loads("1.0")),)), "offset-no-integer"),
    "overlap": (lambda r: replace(r, words=((0, 2), (1, 3))), "overlap"),
    "duplicate": (lambda r: replace(r, words=((0, 1), (0, 1))), "duplicate"),
    "empty": (lambda r: replace(r, words=((1, 1),)), "span-empty"),
    "id": (lambda r: replace(r, id="x"), "missing"),
}


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_fails_its_case_with_reason_and_remedy(name: str) -> None:
    change, reason = MISTAKES[name]

    class Wrong(Right):
        def answer(self, request: Request) -> Reply:
            reply = Right.answer(self, request)
            return change(reply) if request.text.startswith("山城小镇") else reply

    report = tried(Wrong(), Task.WORDS)
    plain = outcome(report, "plain")
    assert plain.verdict is Verdict.FAIL
    assert plain.message.startswith(reason)
    assert plain.remedy
    assert not report.ended
    assert outcome(report, "one-character").verdict is Verdict.PASS
    if name == "id":
        assert outcome(report, "unknown-id", None).verdict is Verdict.FAIL


def test_unknown_roles_and_empty_items_fail() -> None:
    class Wrong(Right):
        def answer(self, request: Request) -> Reply:
            items = (PredictedItem((PredictedSpan(0, 1, "title"),)), PredictedItem(()))
            return Reply(request.id, request.text_sha256, items=items)

    message = outcome(tried(Wrong(), Task.ARTICLES), "plain", Task.ARTICLES).message
    assert "role-unknown" in message
    assert "item-empty" in message


def test_an_answer_twice_or_in_a_later_case_is_found() -> None:
    class Twice(Right):
        def predict(self, requests: Sequence[Request]) -> Iterator[Reply]:
            for request in requests:
                yield self.answer(request)
                if "empty" in request.id:
                    yield self.answer(request)
            if "plain" in requests[0].id:
                self.events.append(requests[0].id)
            elif "crlf" in requests[0].id:
                yield failed(replace(requests[0], id=self.events[-1]), Reason.ANSWERED_TWICE, "")

    report = tried(Twice(), Task.WORDS)
    assert "answered-twice" in outcome(report, "empty").message
    assert "answered-twice" in outcome(report, "plain").message


def test_an_exception_counts_as_a_crash() -> None:
    class Raising(Right):
        def words(self, text: str) -> list[tuple[int, int]]:
            return [(0, len(text) // len(text.strip()))]

    report = tried(Raising(), Task.WORDS)
    assert "ZeroDivisionError" in outcome(report, "empty").message
    assert report.ended


def test_two_answers_to_one_text_are_a_warning() -> None:
    class Dice(Right):
        throws = count()

        def words(self, text: str) -> list[tuple[int, int]]:
            return characters(text)[: next(self.throws)]

    report = tried(Dice(), Task.WORDS)
    assert outcome(report, "repeated").verdict is Verdict.WARN
    assert outcome(report, "again").verdict is Verdict.WARN
    assert report.passed


def test_line_ends_counted_as_one_character_are_a_warning() -> None:
    class Universal(Right):
        def words(self, text: str) -> list[tuple[int, int]]:
            read = text.replace("\r\n", "\n")
            return [match.span() for match in re.finditer(r"\S+", read)]

    assert outcome(tried(Universal(), Task.WORDS), "crlf").verdict is Verdict.WARN


def test_what_was_not_shown_and_labels_without_a_map_are_warnings() -> None:
    class Blind(Right):
        def entities(self, text: str) -> list[PredictedEntity]:
            return [PredictedEntity(0, 1, "PER")] if text.startswith("第一") else []

    report = tried(Blind(), Task.ENTITIES)
    assert "could not be checked" in outcome(report, "astral", Task.ENTITIES).message
    labels = outcome(report, "labels", Task.ENTITIES)
    assert (labels.verdict, labels.message) == (Verdict.WARN, "not in the label map: PER")
    assert report.passed


def test_any_order_is_right() -> None:
    class Backwards(Right):
        def predict(self, requests: Sequence[Request]) -> Iterator[Reply]:
            return map(self.answer, reversed(requests))

    report = tried(Backwards(), Task.WORDS)
    assert outcome(report, "batch").message == "answered in another order, as it may"
    assert report.passed


def test_a_child_that_hangs_or_writes_too_much_is_found(tmp_path: Path) -> None:
    twist = """
        def hello(message):
            say(type="hello", protocol=1, name="made", version="1", tasks=["words"])
        def answer(request, number):
            if request["text"] == "":
                time.sleep(60)
            reply(request, words=[[n, n + 1] for n, c in enumerate(request["text"]) if c.strip()])
        def bye():
            print("goodbye")
    """
    system = ChildSystem(script(tmp_path, twist), replace(QUICK, item_timeout_s=0.5))
    report = tried(system)
    empty = outcome(report, "empty")
    assert empty.message.startswith("timeout")
    assert report.ended
    assert outcome(report, "strays", None).verdict is Verdict.WARN


@pytest.mark.parametrize("program", ["python", "node"])
def test_the_example_workers_conform(program: str) -> None:
    if program == "node" and shutil.which("node") is None:
        pytest.skip("node is not on this machine: the example for it was not run")
    start = {
        "python": f"{sys.executable} {EXAMPLES}/worker.py",
        "node": f"node {EXAMPLES}/worker.mjs",
    }
    done = CliRunner().invoke(APP, [f"cmd:{start[program]}", "--json"])
    assert done.exit_code == 0, done.stdout + done.stderr
    record = json.loads(done.stdout)
    assert record["passed"]
    assert record["system"]["name"] == f"cmd:example-{program}"
    assert [c["case"] for c in record["cases"] if c["verdict"] != "pass"] == ["astral"]


def test_the_example_workers_say_the_same() -> None:
    if shutil.which("node") is None:
        pytest.skip("node is not on this machine: the example for it was not run")
    ours = ChildSystem(f"{sys.executable} {EXAMPLES}/worker.py", QUICK)
    theirs = ChildSystem(f"node {EXAMPLES}/worker.mjs", QUICK)
    for system in (ours, theirs):
        system.load()
    requests = [request for task in Task for case in CASES for request in case.requests(task)]
    assert list(ours.predict(requests)) == list(theirs.predict(requests))
    for system in (ours, theirs):
        system.close()


@pytest.mark.parametrize(
    ("twist", "code", "told"),
    [
        ("def answer(request, number): reply(request, text_sha256='0')", 1, "fail"),
        ("def answer(request, number): os._exit(1)", 4, "crashed"),
        ("sys.exit(1)", 4, "start-failed"),
        ("say(type='hello', protocol=7)", 1, "protocol-version"),
    ],
)
def test_the_command_ends_with_the_code_of_what_happened(
    tmp_path: Path, twist: str, code: int, told: str
) -> None:
    command = f"cmd:{script(tmp_path, twist)}"
    done = CliRunner().invoke(APP, [command, "--task", "words", "--hiding", "off"])
    assert done.exit_code == code, done.stdout + done.stderr
    assert told in done.stdout
    assert "→" in done.stdout


def test_the_command_takes_embedded_systems_too() -> None:
    done = CliRunner().invoke(APP, ["characters"])
    assert done.exit_code == 0
    passed = 1 + sum(case.suits(Task.WORDS) for case in CASES)
    assert f"{passed} pass, 0 warn, 0 fail, characters" in done.stdout


@pytest.mark.parametrize("spec", ["no-such-system", "cmd:no-such-program", "hf:nowhere", "oracle"])
def test_the_command_refuses_what_it_cannot_run(spec: str) -> None:
    done = CliRunner().invoke(APP, [spec])
    assert done.exit_code == 2
    assert done.stderr


def test_a_missing_package_is_a_matter_of_usage(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "rjieba", None)
    done = CliRunner().invoke(APP, ["rjieba"])
    assert done.exit_code == 2
    assert "pip install rjieba" in done.stderr
