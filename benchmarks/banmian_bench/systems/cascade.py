"""A segmenter and a recogniser in a row: page text → items → entities, in page coordinates.

The recogniser gets each predicted item's text as a reader of the layer would join it: line breaks
taken out, blank lines kept as paragraph breaks. What the extraction put in stays in; only the gold
knows better.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from banmian_bench.protocol import (
    PredictedEntity,
    PredictedItem,
    Reply,
    Request,
    System,
    SystemInfo,
    Task,
)
from banmian_bench.systems.registry import prepare

BREAK = re.compile(r"[^\S\n]*\n[^\S\n]*")
FINAL = frozenset("。！？…”’）；：")
BLANK_LINE = re.compile(r"\s*\n\s*\n\s*")


@dataclass(frozen=True, slots=True)
class JoinedText:
    """The text of a predicted item; ``places`` gives each character's offset on the page.

    A paragraph that ends without final punctuation goes on in the next one of its role.
    """

    text: str
    places: tuple[int, ...]

    @classmethod
    def of(cls, item: PredictedItem, page: str) -> JoinedText:
        """Spans in reading order, one paragraph each or more; line breaks taken out."""
        chars: list[str] = []
        places: list[int] = []
        role = None
        for span in item.spans:
            for start, end in _paragraphs(page, span.start, span.end):
                kept = [*_unbroken(page, start, end)]
                if kept and chars and (chars[-1] in FINAL or span.role != role):
                    chars.append("\n")
                    places.append(kept[0])
                chars += (page[at] for at in kept)
                places += kept
                role = span.role
        return cls("".join(chars), tuple(places))

    def on_page(self, entity: PredictedEntity) -> PredictedEntity:
        """The entity, from its first to its last character on the page."""
        places = self.places[entity.start : entity.end]
        return PredictedEntity(min(places), max(places) + 1, entity.label)


def _paragraphs(page: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    at = start
    for blank in BLANK_LINE.finditer(page, start, end):
        if blank.start() > at:
            yield at, blank.start()
        at = blank.end()
    if at < end:
        yield at, end


def _unbroken(page: str, start: int, end: int) -> Iterator[int]:
    at = start
    for gap in BREAK.finditer(page, start, end):
        yield from range(at, gap.start())
        at = gap.end()
    yield from range(at, end)


@dataclass(frozen=True, slots=True)
class Cascade:
    """Runs ``segmenter`` on a page, then ``recogniser`` on each item that it gave."""

    segmenter: System
    recogniser: System

    def info(self) -> SystemInfo:
        """Named ``segmenter+recogniser``; sees the gold that its segmenter sees."""
        first, second = self.segmenter.info(), self.recogniser.info()
        return SystemInfo(
            name=f"{first.name}+{second.name}",
            version=f"{first.version}+{second.version}",
            tasks=frozenset({Task.PIPELINE}),
            licence=f"{first.licence}; {second.licence}",
            model=second.model,
            labels=second.labels,
            sees_gold=first.sees_gold,
            note="; ".join(filter(None, (first.note, second.note))),
        )

    def prepare(self) -> None:
        """Fetch what either has to fetch."""
        for part in (self.segmenter, self.recogniser):
            prepare(part)

    def load(self) -> None:
        """Load both."""
        self.segmenter.load()
        self.recogniser.load()

    def close(self) -> None:
        """Close both."""
        self.segmenter.close()
        self.recogniser.close()

    def predict(self, requests: Sequence[Request]) -> Iterable[Reply]:
        """Items and entities of each page; exceptions of either are let through."""
        for request in requests:
            asked = replace(request, task=Task.ARTICLES)
            [said] = self.segmenter.predict([asked])
            items = said.items or ()
            yield Reply(
                request.id,
                request.text_sha256,
                items=items,
                entities=tuple(self._entities(request, items)),
            )

    def _entities(
        self, request: Request, items: Sequence[PredictedItem]
    ) -> Iterator[PredictedEntity]:
        for number, item in enumerate(items):
            joined = JoinedText.of(item, request.text)
            if not joined.text.strip():
                continue
            digest = hashlib.sha256(joined.text.encode("utf-8")).hexdigest()
            part = Request(f"{request.id}#{number}", Task.ENTITIES, joined.text, digest)
            for reply in self.recogniser.predict([part]):
                yield from (joined.on_page(entity) for entity in reply.entities or ())
