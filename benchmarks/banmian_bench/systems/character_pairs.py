"""What two texts may have in common: pairs of Han characters, numbers, Latin words."""

from __future__ import annotations

import re
from typing import Final

_RUN: Final = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]+|\d{2,}|[A-Za-z]+")


def character_pairs(text: str) -> frozenset[str]:
    """Each pair of neighbouring Han characters, each number of two digits or more, each word."""
    found: set[str] = set()
    for match in _RUN.finditer(text):
        run = match.group()
        if run.isascii():
            found.add(run.lower())
        else:
            found.update(run[n : n + 2] for n in range(len(run) - 1))
    return frozenset(found)
