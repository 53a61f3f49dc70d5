"""Rows of the ``pages`` configuration: each page of an issue with what its reading says of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from typing import Any

from banmian.articles import Furniture, Item, PageSpan, Reading
from banmian.corpus import Page
from banmian.errors import DataFault
from banmian.extras import ExtraKind
from banmian.layers import LayerName
from banmian.release import AnnotatedIssue
from banmian.spans import Span

Row = dict[str, Any]
"""A row by column name; labels are names here and become indices when written."""


def page_rows(issue: AnnotatedIssue) -> Iterator[Row]:
    """One row a page; refuses an offset past the end of its page."""
    for at in _all_page_spans(issue):
        at.of(issue.texts)
    for page in issue.pages.values():
        yield _page_row(issue, page)


def image_rows(issue: AnnotatedIssue) -> Iterator[Row]:
    """One row a page that has a picture, with the boxes of this view's lines."""
    for page in issue.pages.values():
        picture = issue.extras.of(page.issue, page.number, ExtraKind.PICTURE)
        if picture is not None:
            data = picture.data(issue.extras.corpus)
            yield {
                "id": page.id,
                "issue": page.issue,
                "newspaper": issue.issue.title,
                "date": issue.issue.date,
                "page": page.number,
                "synthetic": issue.synthetic,
                "image": {"bytes": data, "path": picture.path.name},
                **_geometry(issue, page),
            }


def _all_page_spans(issue: AnnotatedIssue) -> Iterator[PageSpan]:
    reading = issue.reading
    items, furniture = list(reading.items), list(reading.furniture)
    for alternative in reading.alternatives:
        items += alternative.items
        furniture += alternative.furniture
    for item in items:
        yield from (span.at for span in item.spans)
        yield from (author.at for author in item.authors)
    for unit in furniture:
        yield from unit.spans
    yield from (artefact.at for artefact in reading.artefacts)


def _page_row(issue: AnnotatedIssue, page: Page) -> Row:
    text = issue.texts[page.number]
    return {
        "id": page.id,
        "issue": page.issue,
        "newspaper": issue.issue.title,
        "date": issue.issue.date,
        "issue_number": issue.issue.number,
        "page": page.number,
        "view": page.view,
        "synthetic": issue.synthetic,
        "licence": issue.issue.licence,
        "status": issue.headers[LayerName.ARTICLES].status,
        "text": text,
        "text_sha256": page.sha256,
        **_geometry(issue, page),
        **_PageReading(page.number).row(issue.reading),
    }


def _geometry(issue: AnnotatedIssue, page: Page) -> Row:
    """The columns ``lines``, ``width`` and ``height``; refuses a box past the end of the text."""
    geometry = issue.extras.geometry(page.issue, page.number)
    if geometry is None:
        return {"lines": [], "width": None, "height": None}
    boxes = geometry.lines.get(page.view, ())
    if boxes and boxes[-1].end > len(issue.texts[page.number]):
        raise DataFault(
            "lines-offsets", f"{page.id}: a box ends past the text", "set the page again"
        )
    return {
        "lines": [asdict(box) for box in boxes],
        "width": geometry.width,
        "height": geometry.height,
    }


def _span_row(span: Span) -> Row:
    return {"start": span.start, "end": span.end}


@dataclass(frozen=True, slots=True)
class _PageReading:
    """The part of an issue's reading that stands on one page, as columns."""

    page: int

    def row(self, reading: Reading) -> Row:
        return {
            "items": self.items(reading.items),
            "furniture": self.furniture(reading.furniture),
            "artefacts": [
                {"kind": artefact.kind, **_span_row(artefact.at.span)}
                for artefact in reading.artefacts
                if artefact.at.page == self.page
            ],
            "alternatives": [
                {
                    "id": each.id,
                    "reason": each.reason,
                    "replaces": list(each.replaces),
                    "items": self.items(each.items),
                    "furniture": self.furniture(each.furniture),
                }
                for each in reading.alternatives
                if self.items(each.items) or self.furniture(each.furniture)
            ],
        }

    def items(self, items: Iterable[Item]) -> list[Row]:
        return [
            {
                "id": item.id,
                "kind": item.kind,
                "spans": [
                    {**_span_row(span.at.span), "role": span.role, "paragraph": span.paragraph}
                    for span in item.spans
                    if span.at.page == self.page
                ],
                "authors": [
                    {"name": author.name, **_span_row(author.at.span)}
                    for author in item.authors
                    if author.at.page == self.page
                ],
                "links": [{"kind": link.kind, "target": link.target} for link in item.links],
            }
            for item in items
            if any(span.at.page == self.page for span in item.spans)
        ]

    def furniture(self, units: Iterable[Furniture]) -> list[Row]:
        return [
            {
                "id": unit.id,
                "kind": unit.kind,
                "spans": [_span_row(at.span) for at in unit.spans if at.page == self.page],
            }
            for unit in units
            if any(at.page == self.page for at in unit.spans)
        ]
