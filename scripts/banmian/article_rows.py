"""Rows of the ``articles``, ``entities`` and ``words`` configurations: items in their own text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

from banmian.articles import ArticleText, Item, PageSpan
from banmian.corpus import sha256_text
from banmian.errors import DataFault
from banmian.layers import Entity, LayerName
from banmian.page_rows import Row
from banmian.release import AnnotatedIssue, refuse_other_article_text
from banmian.spans import Span
from banmian.tagset import Role


@dataclass(frozen=True, slots=True)
class AnnotatedItem:
    """An item with its text and, where a layer covers it, its entities and words (else None)."""

    issue: str
    item: Item
    text: ArticleText
    entities: tuple[Entity, ...] | None
    words: tuple[Span, ...] | None
    synthetic: bool

    def paragraphs(self) -> Iterator[tuple[str, Role, Span]]:
        """Id, role and span of each paragraph of the text."""
        for number, (role, span) in enumerate(self.text.paragraph_spans()):
            yield f"{self.item.id}-{number:03d}", role, span


def annotated_items(issue: AnnotatedIssue) -> Iterator[AnnotatedItem]:
    """The items of an issue; refuses entities and words that were made on another text."""
    _refuse_unknown_items(issue)
    for item in issue.reading.items:
        _refuse_local_id(item, issue)
        text = issue.article_text(item)
        entities = issue.entities.get(item.id)
        words = issue.words.get(item.id)
        for record in (entities, words):
            if record is not None:
                refuse_other_article_text(record, text.text)
        found = AnnotatedItem(
            issue=issue.issue.id,
            item=item,
            text=text,
            entities=None if entities is None else entities.entities,
            words=None if words is None else words.on(text.text).words,
            synthetic=issue.synthetic,
        )
        _refuse_crossing(found)
        yield found


def _refuse_local_id(item: Item, issue: AnnotatedIssue) -> None:
    """Rows of different issues must never share an id."""
    if not item.id.startswith(f"{issue.issue.id}-"):
        raise DataFault(
            "id-local",
            f"item {item.id} does not name its issue {issue.issue.id}",
            f"call it {issue.issue.id}-{item.id}",
        )


def _refuse_unknown_items(issue: AnnotatedIssue) -> None:
    known = {item.id for item in issue.reading.items}
    for id in (*issue.entities, *issue.words):
        if id not in known:
            raise DataFault(
                "item-unknown",
                f"{id} has entities or words, and is no item of {issue.issue.id}",
                "annotate items of the articles layer only",
            )


def _refuse_crossing(item: AnnotatedItem) -> None:
    paragraphs = [span for _, _, span in item.paragraphs()]
    for entity in item.entities or ():
        if not any(p.start <= entity.span.start and entity.span.end <= p.end for p in paragraphs):
            raise DataFault(
                "entity-paragraph",
                f"{item.item.id}: [{entity.span.start}, {entity.span.end}) lies in no paragraph",
                "an entity stands within one paragraph of its item's text",
            )


def article_row(item: AnnotatedItem, issue: AnnotatedIssue) -> Row:
    """The item as a row of ``articles``."""
    text = item.text
    role_texts = {role: _role_texts(text, role) for role in Role}
    return {
        "id": item.item.id,
        "issue": item.issue,
        "synthetic": item.synthetic,
        "pages": sorted({span.at.page for span in item.item.spans}),
        "kind": item.item.kind,
        **{role.value: "\n".join(role_texts[role]) or None for role in HEADS},
        "authors": [author.name for author in item.item.authors],
        "paragraphs": [
            {"role": role, "start": span.start, "end": span.end}
            for _, role, span in item.paragraphs()
        ],
        "captions": role_texts[Role.CAPTION],
        "crossheads": role_texts[Role.CROSSHEAD],
        "text": text.text,
        "text_sha256": sha256_text(text.text),
        **_layer_columns(item, issue),
        "map": [
            {
                "start": piece.start,
                "page": piece.at.page,
                "page_start": piece.at.span.start,
                "length": len(piece.at.span),
            }
            for piece in text.pieces
        ],
        "headline_position": headline_position(item.item),
        "contiguous": is_contiguous(item.item, issue),
    }


HEADS = (Role.BANNER, Role.KICKER, Role.HEADLINE, Role.DECK, Role.BYLINE, Role.DATELINE)
"""Roles that are a column of text each; blocks of one role are joined with a line feed."""


def _role_texts(text: ArticleText, role: Role) -> list[str]:
    """What stands in ``role``, a string a paragraph."""
    found = []
    for _, pieces in groupby(text.pieces, key=lambda piece: piece.paragraph):
        of_role = [
            Span(piece.start, piece.start + len(piece.at.span)).of(text.text)
            for piece in pieces
            if piece.role is role
        ]
        found += ["".join(of_role)] if of_role else []
    return found


def _layer_columns(item: AnnotatedItem, issue: AnnotatedIssue) -> Row:
    entities, words = item.entities, item.words
    headers = issue.headers
    return {
        "entities": None
        if entities is None
        else [{"start": e.span.start, "end": e.span.end, "label": e.label} for e in entities],
        "words": None
        if words is None
        else [{"start": word.start, "end": word.end} for word in words],
        "articles_status": headers[LayerName.ARTICLES].status,
        "entities_status": None if entities is None else headers[LayerName.ENTITIES].status,
        "words_status": None if words is None else headers[LayerName.WORDS].status,
    }


def headline_position(item: Item) -> str:
    """Where the headline starts in the page's text: ``before body``, ``after body`` or ``none``."""
    starts: dict[Role, PageSpan] = {}
    for span in item.spans:
        first = starts.setdefault(span.role, span.at)
        starts[span.role] = min(first, span.at, key=_place)
    if Role.HEADLINE not in starts or Role.BODY not in starts:
        return "none"
    before = _place(starts[Role.HEADLINE]) < _place(starts[Role.BODY])
    return "before body" if before else "after body"


def _place(at: PageSpan) -> tuple[int, Span]:
    return at.page, at.span


def is_contiguous(item: Item, issue: AnnotatedIssue) -> bool:
    """Whether only blanks and artefacts stand between the item's characters, all on one page."""
    pages = {span.at.page for span in item.spans}
    if len(pages) > 1:
        return False
    page = pages.pop()
    own = [span.at.span for span in item.spans]
    skipped = [a.at.span for a in issue.reading.artefacts if a.at.page == page]
    covered = {offset for span in (*own, *skipped) for offset in range(span.start, span.end)}
    reach = range(min(own).start, max(span.end for span in own))
    return all(at in covered or issue.texts[page][at].isspace() for at in reach)


def entity_rows(item: AnnotatedItem) -> Iterator[Row]:
    """A row of ``entities`` a paragraph; none where the item is not annotated."""
    if item.entities is None:
        return
    for id, role, span in item.paragraphs():
        tags = ["O"] * len(span)
        for entity in item.entities:
            if span.overlaps(entity.span):
                inside = range(entity.span.start - span.start, entity.span.end - span.start)
                for at in inside:
                    tags[at] = f"{'B' if at == inside.start else 'I'}-{entity.label}"
        yield {
            **_paragraph_row(item, id, role, span),
            "tokens": list(span.of(item.text.text)),
            "ner_tags": tags,
        }


def word_rows(item: AnnotatedItem) -> Iterator[Row]:
    """A row of ``words`` a paragraph; none where the item is not annotated."""
    if item.words is None:
        return
    for id, role, span in item.paragraphs():
        yield {
            **_paragraph_row(item, id, role, span),
            "text": span.of(item.text.text),
            "words": [word.of(item.text.text) for word in item.words if span.overlaps(word)],
        }


def _paragraph_row(item: AnnotatedItem, id: str, role: Role, span: Span) -> Row:
    return {
        "id": id,
        "item": item.item.id,
        "issue": item.issue,
        "synthetic": item.synthetic,
        "role": role,
        "start": span.start,
    }


def item_rows(issue: AnnotatedIssue) -> Iterator[Mapping[str, list[Row]]]:
    """For each item of an issue its rows, by configuration."""
    for item in annotated_items(issue):
        yield {
            "articles": [article_row(item, issue)],
            "entities": list(entity_rows(item)),
            "words": list(word_rows(item)),
        }
