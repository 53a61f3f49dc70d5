"""Where an item's text stands on the pages in another view than the one its row was made from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from banmian.articles import Artefact, ArticleText, Item, PageSpan, RoleSpan
from banmian.errors import DataFault
from banmian.spans import Span
from banmian.tagset import ArtefactKind, ItemKind, Role

Pieces = tuple[tuple[int, int, int, int], ...]
"""Runs of the text: (start, page number, page start, length)."""


class Part(NamedTuple):
    """A span of an item on one page; sorted by paragraph and page, parts stand in order."""

    paragraph: int
    page: int
    start: int
    end: int
    role: str


class PageText(NamedTuple):
    """A page's text in the view, and its artefact spans."""

    text: str
    artefacts: Sequence[tuple[int, int]]


def pieces_of(item: str, text: str, parts: Iterable[Part], pages: Mapping[int, PageText]) -> Pieces:
    """Where ``text`` stands; :class:`DataFault` where the view gives the item another one."""
    ordered = sorted(parts, key=lambda part: (part.paragraph, part.page))
    spans = tuple(
        RoleSpan(PageSpan(p.page, Span(p.start, p.end)), Role(p.role), p.paragraph) for p in ordered
    )
    artefacts = (
        Artefact(ArtefactKind.SPACE, PageSpan(number, Span(start, end)))
        for number, page in pages.items()
        for start, end in page.artefacts
    )
    texts = {number: page.text for number, page in pages.items()}
    read = ArticleText.read(Item(item, ItemKind.ARTICLE, spans), texts, artefacts)
    if read.text != text:
        raise DataFault(
            "view-text-differs",
            f"{item} reads {read.text[:20]!r}… in this view, not {text[:20]!r}…",
            "build the data set again, from a release that `banmian validate` finds clean",
        )
    return tuple((p.start, p.at.page, p.at.span.start, len(p.at.span)) for p in read.pieces)
