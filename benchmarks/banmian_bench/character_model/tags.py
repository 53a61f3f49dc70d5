"""Tags of characters ↔ spans: B I E S (begin, inside, end, single) with a label, O outside.

Words use the same tags without labels (``B``, ``I``, ``E``, ``S``), and O for blanks.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

OUTSIDE: Final = "O"

Labelled = tuple[int, int, str]
"""Start, end and label of a span; the label of a word is empty."""


def tags_of(length: int, spans: Iterable[Labelled]) -> list[str]:
    """The tags of a sentence of ``length`` characters; spans are flat and inside it."""
    tags = [OUTSIDE] * length
    for start, end, label in spans:
        ending = f"-{label}" if label else ""
        if end - start == 1:
            tags[start] = f"S{ending}"
            continue
        tags[start], tags[end - 1] = f"B{ending}", f"E{ending}"
        tags[start + 1 : end - 1] = [f"I{ending}"] * (end - start - 2)
    return tags


def spans_of(tags: Sequence[str]) -> Iterator[Labelled]:
    """The spans that ``tags`` mean; what a CRF leaves unclosed ends where its label does.

    Whatever the tags are, the spans are flat, in order and not empty.
    """
    start, label = 0, OUTSIDE
    for at, tag in enumerate(tags):
        place, _, said = tag.partition("-")
        if label != OUTSIDE and (place in ("B", "S", OUTSIDE) or said != label):
            yield start, at, label
            label = OUTSIDE
        if place == OUTSIDE:
            continue
        if label == OUTSIDE:
            start, label = at, said
        if place in ("E", "S"):
            yield start, at + 1, label
            label = OUTSIDE
    if label != OUTSIDE:
        yield start, len(tags), label
