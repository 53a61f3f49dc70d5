"""Tags of single characters turned into spans."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

_TAG: Final = re.compile(r"([BMIES])[-_](.+)")


def mentions(tags: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    """The spans (start, end, type) of tags such as ``B_org``, ``M_org``, ``E_org``, ``S_org``.

    The scheme may write I for M and a hyphen for the line. A mention that lacks its beginning is
    dropped, one that lacks its end goes on to where its type does.
    """
    start, kind = 0, None
    for position, tag in enumerate([*tags, "O"]):
        match = _TAG.fullmatch(tag)
        place, named = match.groups() if match else ("O", None)
        if kind is not None and (place in "OBS" or named != kind):
            yield start, position, kind
            kind = None
        if place in "BS":
            start, kind = position, named
        if place in "ES" and kind is not None:
            yield start, position + 1, kind
            kind = None


def words(tags: Sequence[str]) -> Iterator[tuple[int, int]]:
    """The words (start, end) of the tags B, M, E, S; each character is in one."""
    start = 0
    for position, tag in enumerate(tags):
        if tag in "BS" and start < position:
            yield start, position
            start = position
        if tag in "ES":
            yield start, position + 1
            start = position + 1
    if start < len(tags):
        yield start, len(tags)
