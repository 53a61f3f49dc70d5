"""The gold of a set issue, read off its views: each character is known from its glyph.

An item without a glyph in the text layer is no item, and a link to it leads nowhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from banmian.articles import (
    Artefact,
    ArticleText,
    Author,
    Furniture,
    Item,
    Link,
    PageSpan,
    Reading,
    RoleSpan,
)
from banmian.corpus import sha256_text
from banmian.errors import DataFault
from banmian.layers import ArticlesLayer, Header, Layer, LayerName
from banmian.press.printed import Character, Printed
from banmian.press.sheet import Piece, Print, SetIssue, Source
from banmian.press.views.view import View
from banmian.spans import Span, runs
from banmian.tagset import ArtefactKind, FurnitureKind, Role, Status

ANNOTATOR = "press"

Views = Mapping[int, View]
"""Page number → the view of that page."""

EXTRA = {Print.COPY: ArtefactKind.OVERPRINT, Print.HYPHEN: ArtefactKind.HYPHEN}


def item_id(issue: SetIssue, piece: str) -> str:
    """The id in the articles layer of the item that ``piece`` is."""
    return f"{issue.id}-a{piece}"


def reading(issue: SetIssue, views: Views) -> Reading:
    """Who owns each character of ``views``; :class:`DataFault` where the sheets contradict."""
    reader = _Reader.of(issue, views)
    items = reader.items()
    furniture = tuple(reader.furniture())
    claimed = [s.at for item in items for s in item.spans] + [
        at for unit in furniture for at in unit.spans
    ]
    return Reading(items, furniture, tuple(reader.artefacts(claimed)))


def gold_layer(issue: SetIssue, views: Views, guideline: str) -> ArticlesLayer:
    """The articles layer of ``issue`` in one view, by version ``guideline`` of its guideline.

    :class:`DataFault` if the layer gives an item another text than its copy has.
    """
    content = reading(issue, views)
    texts = {number: views[number].text for number in sorted(views)}
    printed = Printed.of(issue)
    pieces = {item_id(issue, piece.id): piece.id for piece in issue.pieces}
    for item in content.items:
        found = ArticleText.read(item, texts, content.artefacts).text
        if found != printed.article_text(pieces[item.id]):
            raise DataFault(
                "article-text",
                f"the view of {item.id} gives {found[:40]!r}…, which is not its copy",
                "the view or the sheet is wrong: compare the two",
            )
    digests = {number: sha256_text(text) for number, text in texts.items()}
    names = sorted({view.name for view in views.values()})
    if len(names) != 1:
        raise DataFault("view-mixed", f"the pages are in the views {names}", "give one view")
    header = Header(
        LayerName.ARTICLES,
        issue.id,
        names[0],
        Status.BY_CONSTRUCTION,
        ANNOTATOR,
        guideline,
        digests,
    )
    return Layer(header, content)


@dataclass(frozen=True, slots=True)
class _Reader:
    """An issue in one view: the source of each place, the place of each character."""

    issue: SetIssue
    printed: Printed
    views: Views
    sources: Mapping[int, Sequence[Source | None]]
    places: Mapping[Character, tuple[int, int]]

    @classmethod
    def of(cls, issue: SetIssue, views: Views) -> _Reader:
        sources: dict[int, list[Source | None]] = {}
        places: dict[Character, tuple[int, int]] = {}
        for sheet in issue.sheets:
            glyphs = list(sheet.glyphs())
            own = sources[sheet.number] = [
                None if index is None else glyphs[index].source
                for index in views[sheet.number].glyphs
            ]
            for at, source in enumerate(own):
                if source is not None and source.printed is Print.TEXT:
                    places[source.element, source.offset] = sheet.number, at
        return cls(issue, Printed.of(issue), views, sources, places)

    def items(self) -> tuple[Item, ...]:
        spans = {piece.id: tuple(self._role_spans(piece.id)) for piece in self.issue.pieces}
        there = {piece for piece, own in spans.items() if own}
        return tuple(
            Item(
                item_id(self.issue, piece.id),
                piece.kind,
                spans[piece.id],
                tuple(self._authors(piece.id)),
                tuple(self._links(piece, there)),
            )
            for piece in self.issue.pieces
            if piece.id in there
        )

    def _role_spans(self, piece: str) -> Iterator[RoleSpan]:
        for number, paragraph in enumerate(self.printed.paragraphs(piece)):
            for index, characters in groupby(paragraph, key=lambda one: one[0]):
                role = self.issue.elements[index].role
                if role is not None:
                    for at in self._spans(characters):
                        yield RoleSpan(at, role, number)

    def _spans(self, characters: Iterable[Character]) -> list[PageSpan]:
        """Where characters of one element stand: one span until something else comes between."""
        found: list[PageSpan] = []
        for index, offset in characters:
            page, at = self.places[index, offset]
            start = at
            if found and found[-1].page == page and self._joined(index, page, found[-1], at):
                start = found.pop().span.start
            found.append(PageSpan(page, Span(start, at + 1)))
        return found

    def _joined(self, element: int, page: int, before: PageSpan, at: int) -> bool:
        between = self.sources[page][before.span.end : at]
        return before.span.end <= at and all(
            source is None or (source.element == element and source.printed in EXTRA)
            for source in between
        )

    def _authors(self, piece: str) -> Iterator[Author]:
        for index, element in enumerate(self.issue.elements):
            if element.item != piece or element.role is not Role.BYLINE:
                continue
            there = set(self.printed.offsets[index])
            for start, end in element.authors:
                spans = self._spans((index, at) for at in range(start, end) if at in there)
                if len(spans) > 1:
                    raise DataFault(
                        "author-broken",
                        f"the name {element.text[start:end]!r} of {piece} is in several places",
                        "set a name on one line",
                    )
                if spans:
                    yield Author(element.text[start:end], spans[0])

    def _links(self, piece: Piece, there: set[str]) -> Iterator[Link]:
        for kind, target in piece.links:
            yield Link(kind, item_id(self.issue, target) if target in there else None)

    def furniture(self) -> Iterator[Furniture]:
        units: dict[int, list[PageSpan]] = {}
        kinds: dict[int, FurnitureKind] = {}
        for index, element in enumerate(self.issue.elements):
            spans = self._spans(self.printed.characters([index]))
            if element.furniture is not None and spans:
                units.setdefault(element.unit, []).extend(spans)
                kinds.setdefault(element.unit, element.furniture)
        for number, (unit, own) in enumerate(units.items(), 1):
            yield Furniture(f"{self.issue.id}-f{number}", kinds[unit], tuple(own))

    def artefacts(self, claimed: Iterable[PageSpan]) -> Iterator[Artefact]:
        for at in sorted(claimed, key=lambda at: (at.page, at.span)):
            yield from self._blanks(at)
        for page in sorted(self.sources):
            for printed, kind in EXTRA.items():
                extra = [
                    at
                    for at, source in enumerate(self.sources[page])
                    if source is not None
                    and source.printed is printed
                    and not self.views[page].text[at].isspace()
                ]
                yield from (Artefact(kind, PageSpan(page, run)) for run in runs(extra))

    def _blanks(self, at: PageSpan) -> Iterator[Artefact]:
        """The inserted blanks and line feeds inside a claimed span."""
        text, sources = self.views[at.page].text, self.sources[at.page]
        inserted = [
            offset
            for offset in range(at.span.start, at.span.end)
            if text[offset].isspace() and not _is_text(sources[offset])
        ]
        for run in runs(inserted):
            broken = "\n" in run.of(text)
            kind = ArtefactKind.LINE_BREAK if broken else ArtefactKind.SPACE
            yield Artefact(kind, PageSpan(at.page, run))


def _is_text(source: Source | None) -> bool:
    return source is not None and source.printed is Print.TEXT
