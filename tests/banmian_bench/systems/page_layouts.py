"""Pages made by hand: lines with boxes, from rows of (text, x, y, type size)."""

from __future__ import annotations

from collections.abc import Iterable

from hypothesis import strategies as st

from banmian_bench.protocol import Layout, LineBox, PredictedItem, Request, System, Task

WIDTH, HEIGHT = 600.0, 800.0
Set = tuple[str, float, float, float]
"""A line as it is set: its text, its left and its upper edge, its type size."""


def page(lines: Iterable[Set], picture: bytes | None = None) -> Request:
    """A page whose text holds the lines in the given order; each is as long as its characters."""
    text, boxes = "", []
    for words, x, y, size in lines:
        boxes.append(
            LineBox(len(text), len(text) + len(words), x, y, x + size * len(words), y + size, size)
        )
        text += words + "\n"
    layout = Layout(tuple(boxes), WIDTH, HEIGHT)
    return Request("p", Task.ARTICLES, text, "sha", layout, picture)


def column(words: str, x: float, y: float, size: float = 10.0) -> list[Set]:
    """Lines one below the other, a character of ``words`` repeated in each."""
    return [(word * 8, x, y + number * size * 1.4, size) for number, word in enumerate(words)]


def found(system: System, request: Request) -> tuple[PredictedItem, ...]:
    """The items that a system finds."""
    (reply,) = system.predict([request])
    assert reply.items is not None
    return reply.items


def read(system: System, request: Request) -> list[str]:
    """Of each item the first character of each line, in reading order."""
    return [
        "".join(
            line[0]
            for span in item.spans
            for line in request.text[span.start : span.end].split("\n")
            if line
        )
        for item in found(system, request)
    ]


def refuse_bad_spans(items: Iterable[PredictedItem], text: str) -> None:
    """Every span lies within the text and holds something printed; no character is in two."""
    taken: set[int] = set()
    for item in items:
        assert item.spans
        for span in item.spans:
            assert 0 <= span.start < span.end <= len(text)
            assert text[span.start : span.end].strip()
            assert taken.isdisjoint(range(span.start, span.end))
            taken.update(range(span.start, span.end))


_places = st.integers(-3, 12)
_lengths = st.floats(-50, 900, allow_nan=False)
_boxes = st.builds(
    LineBox, _places, _places, _lengths, _lengths, _lengths, _lengths, st.floats(0, 60)
)

requests = st.builds(
    lambda text, boxes: Request(
        "p", Task.ARTICLES, text, "sha", Layout(tuple(boxes), WIDTH, HEIGHT), None
    ),
    st.text("甲乙。 \n", max_size=12),
    st.lists(_boxes, max_size=8),
)
"""Requests with any boxes at all: out of the text, upside down, on top of each other."""
