"""Which characters may not start or end a line, and which carry blank that can be squeezed out."""

from __future__ import annotations

import re
from functools import cache

CLOSING = frozenset("，。、；：？！”’）》〉】〕」』．")
OPENING = frozenset("“‘（《〈【〔「『")
NO_START = CLOSING | frozenset("％%℃…—·～~ \u3000)]}>,.;:?!‰°′″々")
NO_END = OPENING | frozenset("([{<￥¥$£€№")
NEVER_SPLIT = frozenset("—…")

SYLLABLES = re.compile(
    r"(?<=[a-z][aeiouy])(?!sh|ch|th|ph|ck|gh|ng|wh)[bcdfghjklmnpqrstvwxz](?=[bcdfghjklmnpqrstvwxz]"
    r"[aeiouy][a-z])"
)
"""the first of two consonants between vowels, two letters or more into a word"""

OPENS = 1
CLOSES = 2
ASCII = 4
"""stands in Latin words and numbers: letters, digits and their points, signs and slashes"""
WORD = 8
"""sets off a gap from Han"""
HAN = 16
STARTS_NO_LINE = 32
ENDS_NO_LINE = 64
BLANK = 128
DIGIT = 256
PAIRED = 512
"""of the dash or the ellipsis, which are printed as two glyphs"""


@cache
def kind(char: str) -> int:
    """The flags above that hold of one character."""
    latin = char < "\u0250" and char.isalnum()
    return (
        OPENS * (char in OPENING)
        | CLOSES * (char in CLOSING)
        | ASCII * (latin or "!" <= char <= "~")
        | WORD * (latin or char in "%&@#$+")
        | HAN * (char >= "\u2e80" and (char.isalpha() or char == "〇"))
        | STARTS_NO_LINE * (char in NO_START)
        | ENDS_NO_LINE * (char in NO_END)
        | BLANK * (char in " \u3000")
        | DIGIT * ("0" <= char <= "9")
        | PAIRED * (char in NEVER_SPLIT)
    )


def forbids(before: int, after: int) -> bool:
    """Whether kinsoku alone forbids a line to end on ``before`` and the next to start so."""
    return bool(before & ENDS_NO_LINE or after & STARTS_NO_LINE)


def divides(before: int, after: int) -> bool:
    """Whether a break would divide a Latin word or a number."""
    return bool(before & ASCII and after & ASCII)


def hyphen_points(text: str) -> tuple[int, ...]:
    """Offsets at which a newspaper might hyphenate the Latin words of ``text`` (a rough rule)."""
    return tuple(match.end() for match in SYLLABLES.finditer(text))
