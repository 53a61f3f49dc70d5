"""The messages of the protocol as lines of JSON: what we write, and what we take from a line."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from banmian.errors import DataFault
from banmian.records import decode_line, field, strings
from banmian_bench.layout_records import layout_record
from banmian_bench.plugins.reasons import LONGEST_MESSAGE, Reason, plain
from banmian_bench.predictions import reply_from
from banmian_bench.protocol import (
    PROTOCOL_VERSION,
    Reply,
    ReplyStatus,
    Request,
    SystemInfo,
    Task,
)

BYE: Final = b'{"type": "bye"}\n'
LONGEST_NAME: Final = 100
"""Characters of a name or version at most: both end up in signatures and file names."""

_LINE_BREAKS: Final = {ord(c): f"\\u{ord(c):04x}" for c in "\x7f\x85\u2028\u2029\ufeff"}
"""What JSON need not escape, and yet some languages take for an end of line or a mark."""


class WireFault(Exception):
    """A line that is no message; ``reason`` names the way in which it is none."""

    def __init__(self, reason: Reason, message: str) -> None:
        super().__init__(message)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Hello:
    """What a system says of itself when it is ready."""

    name: str
    version: str
    tasks: frozenset[Task]
    licence: str = "unknown"
    model: str = ""
    labels: str | None = None

    def info(self, kind: str, note: str) -> SystemInfo:
        """The same as the benchmark's records have it.

        The name gets the ``kind`` of spec before it: no system can take that of an embedded one.
        """
        return SystemInfo(
            f"{kind}:{self.name}",
            self.version,
            self.tasks,
            self.licence,
            self.model,
            self.labels,
            note=note,
        )


def encoded(record: Mapping[str, Any]) -> bytes:
    """A message as one line of UTF-8, without any character that might end a line before."""
    text = json.dumps(record, ensure_ascii=False, allow_nan=False).translate(_LINE_BREAKS)
    return text.encode("utf-8") + b"\n"


def hello_line() -> bytes:
    """The first message: which protocol, and which tasks will be asked for."""
    return encoded({"type": "hello", "protocol": PROTOCOL_VERSION, "tasks": list(Task)})


def request_line(request: Request, id: str) -> bytes:
    """A request, under the ``id`` that it has on the wire."""
    message: dict[str, Any] = {
        "type": "request",
        "id": id,
        "task": request.task,
        "text": request.text,
        "text_sha256": request.text_sha256,
    }
    if request.layout is not None:
        message["layout"] = layout_record(request.layout)
    return encoded(message)


def decoded(line: bytes) -> Mapping[str, Any]:
    """The JSON object of a line; :class:`WireFault` ``not-utf8`` or ``not-json``."""
    try:
        return decode_line(line.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise WireFault(Reason.NOT_UTF8, f"byte {error.start} of {line[:40]!r}…") from None
    except DataFault as fault:
        shown = line[:80].decode("utf-8", "replace")
        raise WireFault(Reason.NOT_JSON, f"{fault.message}, in {shown!r}") from None


def reply_id(record: Mapping[str, Any]) -> str:
    """The id of a reply; :class:`WireFault` ``reply-form`` for another message, or without one."""
    if record.get("type", "reply") != "reply":
        raise WireFault(Reason.REPLY_FORM, f"a message of the type {record['type']!r}")
    if not isinstance(record.get("id"), str):
        raise WireFault(Reason.REPLY_FORM, "a reply without the id of its request (a string)")
    return str(record["id"])


def reply_of(record: Mapping[str, Any], request: Request) -> Reply:
    """The reply to ``request``; :class:`WireFault` ``reply-form`` where it is not of the form.

    Offsets and ``text_sha256`` are not checked: that is for whoever scores it.
    """
    try:
        reply = reply_from(record)
    except DataFault as fault:
        raise WireFault(Reason.REPLY_FORM, fault.message) from None
    for item in reply.items or ():
        for name in (item.kind, *(span.role for span in item.spans)):
            if not isinstance(name, str | None):
                raise WireFault(Reason.REPLY_FORM, f"a role or kind is {name!r}, not a string")
    if reply.status is ReplyStatus.OK:
        return replace(reply, id=request.id, message="")
    said = f"{Reason.REPORTED}: {plain(reply.message) or 'no message'}"[:LONGEST_MESSAGE]
    return replace(reply, id=request.id, message=said)


def hello_of(record: Mapping[str, Any]) -> Hello:
    """A system's hello; :class:`WireFault` ``protocol-version`` or ``hello-form``."""
    try:
        if field(record, "type", str) != "hello":
            raise WireFault(Reason.HELLO_FORM, f"a message of the type {record['type']!r}")
        spoken = field(record, "protocol", int)
        if spoken != PROTOCOL_VERSION:
            raise WireFault(
                Reason.PROTOCOL_VERSION,
                f"it speaks version {spoken}, this benchmark version {PROTOCOL_VERSION}",
            )
        return Hello(
            name=_short(record, "name"),
            version=_short(record, "version"),
            tasks=_known_tasks(record),
            licence=_short(record, "licence", "unknown"),
            model=_short(record, "model", ""),
            labels=_short(record, "labels", "") or None,
        )
    except DataFault as fault:
        raise WireFault(Reason.HELLO_FORM, f"{fault.message} ({fault.remedy})") from None


def _short(record: Mapping[str, Any], name: str, default: str | None = None) -> str:
    value = field(record, name, str) if default is None else field(record, name, str, default)
    if value == default:
        return value
    if not value or len(value) > LONGEST_NAME or not value.isprintable():
        raise DataFault(
            "field-type", f"{name} is {plain(value)!r}", f"write 1 to {LONGEST_NAME} characters"
        )
    return value


def _known_tasks(record: Mapping[str, Any]) -> frozenset[Task]:
    """Tasks of a later version are passed over: they will not be asked for."""
    tasks = frozenset(task for task in Task if task in strings(record, "tasks"))
    if not tasks:
        raise DataFault("field-type", "tasks names none", f"name some of {', '.join(Task)}")
    return tasks
