"""Where a text line is cut: a text layer may run two printed lines, or two columns, together.

Each character that is not blank is tagged: does a new piece begin with it? Features are the
characters around, the blanks before, cue words, and where the lines above and below have blanks.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from statistics import median
from typing import Final, Protocol

from banmian_bench.article_model.pieces import text_lines, width
from banmian_bench.protocol import Layout

BEGINS, INSIDE = "B", "I"

_MARKS: Final = re.compile(r"[▢■◎□●◆]|记者|通讯员|摄|本报讯|电$")


class Tagger(Protocol):
    """What is used of ``pycrfsuite.Tagger``."""

    def tag(self, xseq: Sequence[Sequence[str]]) -> list[str]:
        """The best tags of a sequence of feature lists."""
        ...

    def set(self, xseq: Sequence[Sequence[str]]) -> None:
        """Take a sequence for :meth:`marginal`."""
        ...

    def labels(self) -> list[str]:
        """The tags that it knows."""
        ...

    def marginal(self, y: str, pos: int) -> float:
        """Probability of the tag ``y`` at ``pos``."""
        ...


def kind_of(char: str) -> str:
    """A class of characters as one letter."""
    if "\u4e00" <= char <= "\u9fff":
        return "H"
    if char.isdigit():
        return "0"
    if char.isascii() and char.isalpha():
        return "a"
    if char in "。！？":
        return "."
    if char in "，、；：":
        return ","
    if char in "（《“‘「(":
        return "("
    if char in "）》”’」)":
        return ")"
    if char in "▢■◎□●◆":
        return "*"
    return char


def chunk_starts(line: str) -> list[float]:
    """Where each chunk between blanks begins, in Han characters, blanks not counted."""
    starts, at = [], 0.0
    for chunk in line.split():
        starts.append(at)
        at += width(chunk)
    return starts


def line_sequences(
    text: str, layout: Layout | None = None
) -> list[tuple[list[int], list[list[str]]]]:
    """For each text line: the offsets of its characters that are not blank, their features."""
    lines = list(text_lines(text))
    starts = [chunk_starts(line) for _, line, _ in lines]
    widths = [width("".join(line.split())) for _, line, _ in lines]
    usual = median(widths) if widths else 0.0
    begun = frozenset(box.start for box in layout.lines) if layout is not None else None
    return [
        _features(
            at,
            line,
            ([starts[n - 1]] if n else []) + ([starts[n + 1]] if n + 1 < len(lines) else []),
            widths[n] - usual,
            begun,
        )
        for n, (at, line, _) in enumerate(lines)
    ]


def _features(
    at: int,
    line: str,
    neighbours: Sequence[Sequence[float]],
    longer: float,
    begun: frozenset[int] | None,
) -> tuple[list[int], list[list[str]]]:
    places = [n for n, char in enumerate(line) if not char.isspace()]
    chars = [line[n] for n in places]
    kinds = [kind_of(char) for char in chars]
    blanks = [0] + [there - here - 1 for here, there in pairwise(places)]
    spaced = sum(map(bool, blanks)) * 3 > len(chars)
    marked = "m" if _MARKS.search(line) else ""
    long = "L" if longer > 6 else "l" if longer > 2 else ""
    sequence: list[list[str]] = []
    last = 0
    since_mark = 99
    column = 0.0
    size = len(chars)
    for n, char in enumerate(chars):
        if blanks[n]:
            last = n
        if kinds[n] == "*" or char in "者员":
            since_mark = 0
        b1 = chars[n - 1] if n else "^"
        b2 = chars[n - 2] if n > 1 else "^"
        a1 = chars[n + 1] if n + 1 < size else "$"
        k3 = "".join(kinds[max(0, n - 3) : n])
        k_3 = "".join(kinds[n : n + 3])
        blank = min(blanks[n], 3)
        features = [
            f"c:{char}",
            f"p:{b1}",
            f"n:{a1}",
            f"pc:{b1}{char}",
            f"pp:{b2}{b1}",
            f"cn:{char}{a1}",
            f"k:{k3}|{k_3}",
            f"b:{blank}{'s' if spaced else ''}",
            f"bk:{blank}{k3[-1:]}{k_3[:1]}",
            f"m:{marked}{long}{min(n - last, 9)}",
            f"sm:{min(since_mark, 12)}{blank}{long}",
            f"i:{min(n, 6)}{long}",
        ]
        if blank:
            near = sum(any(abs(x - column) <= 1.6 for x in row if x) for row in neighbours)
            run = next((k for k in range(1, 12) if n + k >= size or blanks[n + k]), 12)
            features += [
                f"al:{near}{'s' if spaced else ''}{long}",
                f"ru:{min(run, 6)}{min(n - last, 6)}",
                f"bl:{blank}{long}{near}",
                f"lr:{n - last == 0}{run > 4}{near}{long}",
            ]
        if begun is not None:
            features.append(f"box:{at + places[n] in begun}")
        sequence.append(features)
        since_mark += 1
        if blanks[n]:
            last = n
        column += 0.5 if char.isascii() else 1.0
    return [at + n for n in places], sequence


def cuts(text: str, tagger: Tagger, layout: Layout | None = None) -> list[int]:
    """The offsets before which ``text`` is cut inside its lines, in order."""
    found: list[int] = []
    for offsets, sequence in line_sequences(text, layout):
        if len(offsets) > 1:
            tags = tagger.tag(sequence)
            found += [at for at, tag in zip(offsets[1:], tags[1:], strict=True) if tag == BEGINS]
    return found
