"""The configurations of the data set: what a row is and which columns it has.

Arrow schema, card, Croissant fields and the rows themselves follow from these tables.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from banmian.features import (
    BOOL,
    DATE,
    FLOAT64,
    IMAGE,
    INT32,
    STRING,
    Feature,
    Label,
    ListOf,
    Struct,
)
from banmian.tagset import ArtefactKind, EntityLabel, FurnitureKind, ItemKind, LinkKind, Role


@dataclass(frozen=True, slots=True)
class Column:
    """A column's feature and what it means."""

    feature: Feature
    about: str


@dataclass(frozen=True, slots=True)
class Configuration:
    """One way to read the corpus: a table whose rows are pages, articles or paragraphs."""

    name: str
    row: str
    columns: Mapping[str, Column]

    @property
    def features(self) -> dict[str, Feature]:
        """Feature by column name, in order."""
        return {name: column.feature for name, column in self.columns.items()}


def _label(vocabulary: type[StrEnum]) -> Label:
    return Label(tuple(member.value for member in vocabulary))


ENTITY_LABEL = _label(EntityLabel)
NER_TAG = Label(("O", *(f"{begin}-{label}" for label in ENTITY_LABEL.names for begin in "BI")))
ROLE = _label(Role)

_SPAN: dict[str, Feature] = {"start": INT32, "end": INT32}
_ITEM = Struct(
    {
        "id": STRING,
        "kind": _label(ItemKind),
        "spans": ListOf(Struct({**_SPAN, "role": ROLE, "paragraph": INT32})),
        "authors": ListOf(Struct({"name": STRING, **_SPAN})),
        "links": ListOf(Struct({"kind": _label(LinkKind), "target": STRING})),
    }
)
_FURNITURE = Struct({"id": STRING, "kind": _label(FurnitureKind), "spans": ListOf(Struct(_SPAN))})
_ALTERNATIVE = Struct(
    {
        "id": STRING,
        "reason": STRING,
        "replaces": ListOf(STRING),
        "items": ListOf(_ITEM),
        "furniture": ListOf(_FURNITURE),
    }
)

_SYNTHETIC = {
    "synthetic": Column(
        BOOL, "whether it was set from manuscripts written for this corpus: never pool with real"
    )
}
_LINE = Struct({**_SPAN, **dict.fromkeys(("x0", "y0", "x1", "y1", "size"), FLOAT64)})
_PAGE_SIZE = {
    name: Column(FLOAT64, f"{name} of the page in points; null without geometry")
    for name in ("width", "height")
}
_LINES = Column(
    ListOf(_LINE),
    "boxes of the lines of text, in points from the upper left corner, with the largest type "
    "size; empty without geometry",
)

PAGES = Configuration(
    "pages",
    "a page in one extraction view",
    {
        "id": Column(STRING, "page id: issue and page number"),
        "issue": Column(STRING, "issue id"),
        "newspaper": Column(STRING, "title of the newspaper"),
        "date": Column(DATE, "day of the issue"),
        "issue_number": Column(STRING, "running number printed on the issue"),
        "page": Column(INT32, "page number, from 1"),
        "view": Column(
            STRING,
            "how the text was extracted: stream (as the file gives it), pdfium, poppler or rows; "
            "a page has a row for each view",
        ),
        **_SYNTHETIC,
        "licence": Column(STRING, "licence of the text and of its annotations"),
        "status": Column(STRING, "status of the articles layer: gold, by-construction or silver"),
        "text": Column(STRING, "the page's text, never normalised; offsets are code points of it"),
        "text_sha256": Column(STRING, "sha256 of the text in UTF-8"),
        "lines": _LINES,
        **_PAGE_SIZE,
        "items": Column(
            ListOf(_ITEM), "articles and other units: their spans on this page in reading order"
        ),
        "furniture": Column(ListOf(_FURNITURE), "units that belong to the page and to no item"),
        "artefacts": Column(
            ListOf(Struct({"kind": _label(ArtefactKind), **_SPAN})),
            "characters that the printed page does not have",
        ),
        "alternatives": Column(
            ListOf(_ALTERNATIVE), "other acceptable readings of some items and furniture"
        ),
    },
)

ARTICLES = Configuration(
    "articles",
    "an item: an article, brief, picture story, teaser, forecast, notice or advertisement",
    {
        "id": Column(STRING, "item id, as in pages.items"),
        "issue": Column(STRING, "issue id"),
        **_SYNTHETIC,
        "pages": Column(ListOf(INT32), "numbers of the pages it stands on"),
        "kind": Column(_label(ItemKind), "what the item is"),
        "banner": Column(STRING, "series or section head over it (栏题)"),
        "kicker": Column(STRING, "line that leads into the headline (引题)"),
        "headline": Column(STRING, "main headline (主题); null if the text layer has none"),
        "deck": Column(STRING, "line that adds to the headline (副题)"),
        "byline": Column(STRING, "who wrote or shot it, with role words (署名)"),
        "dateline": Column(STRING, "电头, 本报讯; with the blank that follows it"),
        "authors": Column(ListOf(STRING), "persons named in the bylines, without role words"),
        "paragraphs": Column(
            ListOf(Struct({"role": ROLE, **_SPAN})), "paragraphs of the text, one a headline too"
        ),
        "captions": Column(ListOf(STRING), "picture captions (图片说明)"),
        "crossheads": Column(ListOf(STRING), "headings inside the body (小标题)"),
        "text": Column(
            STRING, "text as printed, one line a paragraph: artefacts and jump lines left out"
        ),
        "text_sha256": Column(STRING, "sha256 of the text in UTF-8"),
        "entities": Column(
            ListOf(Struct({**_SPAN, "label": ENTITY_LABEL})),
            "named entities, flat; null if not annotated",
        ),
        "words": Column(
            ListOf(Struct(_SPAN)), "words; they tile what is not blank; null if not annotated"
        ),
        "map": Column(
            ListOf(Struct({"start": INT32, "page": INT32, "page_start": INT32, "length": INT32})),
            "runs of the text (start, length) and where they stand (page, page_start), in the "
            "stream view",
        ),
        "headline_position": Column(
            STRING, "before body, after body (in the page's text), or none: it lacks one of them"
        ),
        "contiguous": Column(
            BOOL, "whether its characters form one run of one page's text, blanks aside"
        ),
        "articles_status": Column(STRING, "status of the articles layer"),
        "entities_status": Column(STRING, "status of the entities layer; null if not annotated"),
        "words_status": Column(STRING, "status of the words layer; null if not annotated"),
    },
)

_PARAGRAPH = {
    "id": Column(STRING, "item id and number of the paragraph, from 000"),
    "item": Column(STRING, "item id, as in articles.id"),
    "issue": Column(STRING, "issue id"),
    **_SYNTHETIC,
    "role": Column(ROLE, "role of the paragraph"),
}
_START = {"start": Column(INT32, "where the paragraph starts in the item's text")}

ENTITIES = Configuration(
    "entities",
    "a paragraph, headline, byline … of an item with entities",
    {
        **_PARAGRAPH,
        "tokens": Column(ListOf(STRING), "its characters, blanks included"),
        "ner_tags": Column(ListOf(NER_TAG), "BIO tags over the 18 types of OntoNotes 5"),
        **_START,
    },
)

WORDS = Configuration(
    "words",
    "a paragraph, headline, byline … of an item with words",
    {
        **_PARAGRAPH,
        "text": Column(STRING, "its characters, blanks included"),
        "words": Column(ListOf(STRING), "its words in order; together the text without blanks"),
        **_START,
    },
)

IMAGES = Configuration(
    "images",
    "a page that has a picture, in the stream view",
    {
        "id": Column(STRING, "page id, as in pages"),
        "issue": Column(STRING, "issue id"),
        "newspaper": Column(STRING, "title of the newspaper"),
        "date": Column(DATE, "day of the issue"),
        "page": Column(INT32, "page number, from 1"),
        **_SYNTHETIC,
        "image": Column(IMAGE, "the page as a picture, to the size below in proportion"),
        **_PAGE_SIZE,
        "lines": _LINES,
    },
)

CONFIGURATIONS = {each.name: each for each in (PAGES, ARTICLES, ENTITIES, WORDS, IMAGES)}
"""By name; the first one is the default."""
