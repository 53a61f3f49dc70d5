"""Replies on disk and their checking: the seam between running systems and scoring them.

A predictions file is JSONL: a header (protocol, task, system, data set) and one reply a line.
Offsets are checked against the text that was sent; what is wrong is counted by reason and left
out, never repaired.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from banmian.errors import DataFault
from banmian.records import beside, decode_line, decode_lines, encode_line
from banmian.tagset import Role
from banmian_bench.protocol import (
    PROTOCOL_VERSION,
    PredictedEntity,
    PredictedItem,
    PredictedSpan,
    Reply,
    ReplyStatus,
    Request,
    Task,
)

Thing = TypeVar("Thing")
ROLES = frozenset(Role)


@dataclass(slots=True)
class Findings:
    """What was wrong with the replies of one run, by reason; ``first`` tells an example of each."""

    counts: Counter[str] = field(default_factory=Counter)
    first: dict[str, str] = field(default_factory=dict)

    def note(self, reason: str, where: str) -> None:
        """Count one more ``reason``."""
        self.counts[reason] += 1
        self.first.setdefault(reason, where)


@dataclass(frozen=True, slots=True)
class Accepted:
    """A reply whose offsets can be scored; empty where the system failed or gave nothing."""

    id: str
    items: tuple[PredictedItem, ...] = ()
    entities: tuple[PredictedEntity, ...] = ()
    words: tuple[tuple[int, int], ...] = ()
    answered: bool = False


def accept(request: Request, replies: Sequence[Reply], findings: Findings) -> Accepted:
    """Check what a system said to one request; everything left out is counted in ``findings``.

    No reply, a failed one, several, or one for another text leave the request unanswered.
    """
    if not replies:
        findings.note("missing", request.id)
        return Accepted(request.id)
    if len(replies) > 1:
        findings.note("answered-twice", request.id)
        return Accepted(request.id)
    reply = replies[0]
    if reply.status is not ReplyStatus.OK:
        findings.note(reply.status, f"{request.id}: {reply.message}")
        return Accepted(request.id)
    if reply.text_sha256 != request.text_sha256:
        findings.note("other-text", request.id)
        return Accepted(request.id)
    check = _Check(request, findings)
    match request.task:
        case Task.ARTICLES if reply.items is not None:
            return Accepted(request.id, items=check.items(reply.items), answered=True)
        case Task.ENTITIES if reply.entities is not None:
            return Accepted(request.id, entities=check.entities(reply.entities), answered=True)
        case Task.WORDS if reply.words is not None:
            return Accepted(request.id, words=check.words(reply.words), answered=True)
        case Task.PIPELINE if reply.items is not None and reply.entities is not None:
            items, entities = check.items(reply.items), check.entities(reply.entities)
            return Accepted(request.id, items=items, entities=entities, answered=True)
    findings.note("task-not-answered", request.id)
    return Accepted(request.id)


@dataclass(frozen=True, slots=True)
class _Check:
    request: Request
    findings: Findings

    def _inside(self, start: object, end: object) -> bool:
        where = f"{self.request.id} [{start}, {end})"
        if type(start) is not int or type(end) is not int:
            self.findings.note("offset-no-integer", where)
        elif start >= end:
            self.findings.note("span-empty", where)
        elif not start >= 0 or end > len(self.request.text):
            self.findings.note("offset-range", where)
        elif self.request.text[start:end].isspace():
            self.findings.note("span-blank", where)
        else:
            return True
        return False

    def _flat(
        self, things: Iterable[Thing], span: Callable[[Thing], tuple[int, int]]
    ) -> list[Thing]:
        """Things in order of offset, less duplicates and those overlapping an earlier one.

        On a page mentions may overlap: one broken over two lines spans what stands between them.
        """
        kept: list[Thing] = []
        end = -1
        seen: set[Thing] = set()
        for thing in sorted(things, key=lambda thing: (span(thing)[0], -span(thing)[1])):
            where = f"{self.request.id} {list(span(thing))}"
            if thing in seen:
                self.findings.note("duplicate", where)
            elif span(thing)[0] < end and self.request.task is not Task.PIPELINE:
                self.findings.note("overlap", where)
            else:
                kept.append(thing)
                end = span(thing)[1]
            seen.add(thing)
        return kept

    def _faultless(self, spans: Iterable[tuple[object, object]]) -> bool:
        """Whether nothing can be said against the spans, and they stand in order: most replies."""
        text, after = self.request.text, 0
        for start, end in spans:
            if type(start) is not int or type(end) is not int:
                return False
            if not after <= start < end or text[start:end].isspace():
                return False
            after = end
        return after <= len(text)

    def entities(self, entities: tuple[PredictedEntity, ...]) -> tuple[PredictedEntity, ...]:
        if self._faultless([(entity.start, entity.end) for entity in entities]):
            return entities
        inside = (e for e in entities if self._inside(e.start, e.end))
        return tuple(self._flat(inside, lambda entity: (entity.start, entity.end)))

    def words(self, words: tuple[tuple[int, int], ...]) -> tuple[tuple[int, int], ...]:
        if self._faultless(words):
            return words
        inside = (word for word in words if self._inside(*word))
        return tuple(self._flat(inside, lambda word: word))

    def items(self, items: Iterable[PredictedItem]) -> tuple[PredictedItem, ...]:
        kept = []
        for item in items:
            spans = tuple(
                self._known(span) for span in item.spans if self._inside(span.start, span.end)
            )
            if spans:
                kept.append(PredictedItem(spans, item.kind))
            else:
                self.findings.note("item-empty", self.request.id)
        return tuple(kept)

    def _known(self, span: PredictedSpan) -> PredictedSpan:
        if span.role is None or span.role in ROLES:
            return span
        self.findings.note("role-unknown", f"{self.request.id}: {span.role}")
        return PredictedSpan(span.start, span.end)


def reply_record(reply: Reply) -> dict[str, Any]:
    """A reply as JSON, with the fields of the protocol."""
    record: dict[str, Any] = {"id": reply.id, "text_sha256": reply.text_sha256}
    if reply.items is not None:
        record["items"] = [_item_record(item) for item in reply.items]
    if reply.entities is not None:
        record["entities"] = [
            {"start": e.start, "end": e.end, "label": e.label} for e in reply.entities
        ]
    if reply.words is not None:
        record["words"] = [list(word) for word in reply.words]
    record["status"] = reply.status
    if reply.message:
        record["message"] = reply.message
    return record


def _item_record(item: PredictedItem) -> dict[str, Any]:
    spans = [
        {"start": s.start, "end": s.end} | ({"role": s.role} if s.role else {}) for s in item.spans
    ]
    return {"kind": item.kind, "spans": spans} if item.kind else {"spans": spans}


def reply_from(record: Mapping[str, Any]) -> Reply:
    """A reply from JSON; :class:`DataFault` ``reply-form`` where its shape is not the protocol's.

    Offsets may still be wrong: that is for :func:`accept` to count.
    """
    try:
        items, entities, words = (record.get(name) for name in ("items", "entities", "words"))
        return Reply(
            id=str(record["id"]),
            text_sha256=str(record.get("text_sha256", "")),
            items=None if items is None else tuple(_item_from(item) for item in items),
            entities=None
            if entities is None
            else tuple(PredictedEntity(e["start"], e["end"], str(e["label"])) for e in entities),
            words=None if words is None else tuple((word[0], word[1]) for word in words),
            status=ReplyStatus(record.get("status", "ok")),
            message=str(record.get("message", "")),
        )
    except (KeyError, TypeError, ValueError, IndexError, AttributeError) as error:
        raise DataFault(
            "reply-form",
            f"a reply is not of the protocol's form ({type(error).__name__}: {error})",
            "see benchmarks/PROTOCOL.md",
        ) from None


def _item_from(record: Mapping[str, Any]) -> PredictedItem:
    spans = tuple(
        PredictedSpan(s["start"], s["end"], _string_or_none(s.get("role"))) for s in record["spans"]
    )
    return PredictedItem(spans, _string_or_none(record.get("kind")))


def _string_or_none(value: object) -> str | None:
    if value is None or isinstance(value, str):
        return value
    raise TypeError(f"{value!r} is no string")


def header_record(task: Task, system: str, dataset: str, split: str) -> dict[str, Any]:
    """The first line of a predictions file."""
    return {
        "protocol": PROTOCOL_VERSION,
        "task": task,
        "system": system,
        "dataset": dataset,
        "split": split,
    }


def reply_line(reply: Reply) -> str:
    """A reply as a line of a predictions file."""
    return json.dumps(reply_record(reply), ensure_ascii=False) + "\n"


def write_predictions(path: Path, header: Mapping[str, Any], replies: Iterable[Reply]) -> None:
    """Write a predictions file beside ``path``, then rename it into place."""
    with beside(path) as partial, partial.open("w", encoding="utf-8", newline="\n") as file:
        file.write(encode_line(header))
        for reply in replies:
            file.write(reply_line(reply))


def read_predictions(path: Path) -> Iterator[Reply]:
    """The replies of a predictions file; :class:`DataFault` names the line that is wrong."""
    with path.open(encoding="utf-8", newline="\n") as file:
        for number, line in enumerate(file, start=1):
            try:
                for _, content in decode_lines(line):
                    record = decode_line(content)
                    if number > 1 or "protocol" not in record:
                        yield reply_from(record)
            except DataFault as fault:
                raise DataFault(
                    fault.id, f"{path.name}:{number}: {fault.message}", fault.remedy
                ) from None
