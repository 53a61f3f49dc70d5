"""What a system is asked and what it answers: one contract for every way of plugging in.

A request carries one text of one task; offsets of the reply are half-open, in Unicode code points
of exactly that text. Nothing of the gold is in a request.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol, runtime_checkable

PROTOCOL_VERSION = 1


class Task(StrEnum):
    """What is asked of a text."""

    ARTICLES = "articles"
    """page text → items"""
    ENTITIES = "entities"
    """article text → entities"""
    WORDS = "words"
    """article text → words"""
    PIPELINE = "pipeline"
    """page text → items, and entities in page coordinates"""


class ReplyStatus(StrEnum):
    """How a system met a request."""

    OK = "ok"
    ERROR = "error"
    TIMEOUT = "timeout"


@dataclass(frozen=True, slots=True)
class LineBox:
    """Where one line of a page's text stands: ``text[start:end]``, and its box.

    Lengths are points from the page's upper left corner; ``size`` is the type size.
    """

    start: int
    end: int
    x0: float
    y0: float
    x1: float
    y1: float
    size: float


@dataclass(frozen=True, slots=True)
class Layout:
    """The geometry of a page: its lines in text order, its width and height in points."""

    lines: tuple[LineBox, ...]
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Request:
    """One text to work on; ``layout`` is that of a page whose boxes are known, else None.

    ``picture`` is the page as an encoded picture, for a :class:`PictureReader` alone.
    """

    id: str
    task: Task
    text: str
    text_sha256: str
    layout: Layout | None = None
    picture: bytes | None = None


@dataclass(frozen=True, slots=True)
class PredictedSpan:
    """A piece of a predicted item; ``role`` is one of :class:`banmian.tagset.Role` or None."""

    start: int
    end: int
    role: str | None = None


@dataclass(frozen=True, slots=True)
class PredictedItem:
    """A predicted item: spans in reading order. ``kind`` may be None."""

    spans: tuple[PredictedSpan, ...]
    kind: str | None = None


@dataclass(frozen=True, slots=True)
class PredictedEntity:
    """A predicted mention, in the system's own label set."""

    start: int
    end: int
    label: str


@dataclass(frozen=True, slots=True)
class Reply:
    """One answer. What a task does not ask for stays None; unchecked until scored."""

    id: str
    text_sha256: str
    items: tuple[PredictedItem, ...] | None = None
    entities: tuple[PredictedEntity, ...] | None = None
    words: tuple[tuple[int, int], ...] | None = None
    status: ReplyStatus = ReplyStatus.OK
    message: str = ""


@dataclass(frozen=True, slots=True)
class SystemInfo:
    """What a record says of a system.

    ``labels`` names the label map of :mod:`banmian_bench.label_maps` that its entity labels need
    (None: it uses the OntoNotes names). ``sees_gold`` says what gold it reads: None for a true
    system, otherwise e.g. "everything" (the oracle); it is part of every signature.
    """

    name: str
    version: str
    tasks: frozenset[Task]
    licence: str
    model: str = ""
    labels: str | None = None
    sees_gold: str | None = None
    note: str = ""


@runtime_checkable
class System(Protocol):
    """Anything that answers requests. ``load`` is timed apart; ``predict`` may answer lazily."""

    def info(self) -> SystemInfo:
        """Name, version, tasks; cheap, no model loaded."""
        ...

    def load(self) -> None:
        """Load models. Raises :class:`MissingDependency` where a package or model is missing."""
        ...

    def predict(self, requests: Sequence[Request]) -> Iterable[Reply]:
        """One reply a request, in any order."""
        ...

    def close(self) -> None:
        """Let go of what ``load`` took."""
        ...


@runtime_checkable
class PictureReader(Protocol):
    """A system that asks for pictures. They are loaded for it alone, and never go over a wire."""

    reads_pictures: bool


def reads_pictures(system: System) -> bool:
    """Whether ``system`` asks for pictures."""
    return isinstance(system, PictureReader) and system.reads_pictures


class MissingDependency(Exception):
    """A system cannot run here; the message says what to install and how."""
