"""One issue through the press: copy and house in, every file of the issue out.

The files are given as bytes by their path below a release's root, so that writing, checking and
testing are the caller's affair.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass
from pathlib import Path

from banmian.corpus import issue_digest, page_from_row, sha256_text
from banmian.layer_writing import write_articles, write_entities, write_words
from banmian.layers import Header, Layer, LayerName
from banmian.manuscripts import Copy
from banmian.press.edition import Edition, fitted_edition
from banmian.press.fonts import FontBook
from banmian.press.geometry import line_boxes
from banmian.press.gold import gold_layer
from banmian.press.houses import House
from banmian.press.pdf import pdf_bytes
from banmian.press.projection import BlockWords, Projection
from banmian.press.rendering import page_pictures
from banmian.press.sheet import SetIssue
from banmian.press.views import NAMES, View, views_of
from banmian.tagset import Status

STREAM = NAMES[0]


@dataclass(frozen=True, slots=True)
class Marks:
    """One set of marks on an issue's copy: whose they are, how far to be trusted.

    ``folder`` is where its layers go below ``annotations/`` ("" for the gold).
    """

    folder: str
    copy: Copy | None
    words: BlockWords
    annotator: str
    status: Status
    word_status: Status = Status.GOLD
    word_annotator: str = ""


@dataclass(frozen=True, slots=True)
class Pressed:
    """An issue as pressed: its files by path, its PDF, and what its tables say of it."""

    issue: str
    pages: int
    number: int
    files: Mapping[str, bytes]
    pdf: bytes
    white: tuple[float, ...]


def press(
    copy: Copy,
    house: House,
    book: FontBook,
    marks: Sequence[Marks],
    guidelines: Mapping[LayerName, str],
    *,
    seed: int = 0,
    pictures: bool = True,
) -> Pressed:
    """Set, print and extract one issue; the same arguments give the same bytes."""
    edition = fitted_edition(copy, house, book.metrics(house.habits.space), seed)
    issue = edition.issue
    pdf = pdf_bytes(issue, book)
    twin = pdf_bytes(issue, book, twin=True)
    views = views_of(issue, pdf.data, twin.data, twin.codes)
    files: dict[str, bytes] = {}
    for name, pages in views.items():
        for sheet, view in zip(issue.sheets, pages, strict=True):
            files[f"corpus/{text_path(copy, sheet.number, name)}"] = view.text.encode("utf-8")
        numbered = {sheet.number: view for sheet, view in zip(issue.sheets, pages, strict=True)}
        layer = gold_layer(issue, numbered, guidelines[LayerName.ARTICLES])
        folder = "" if name == STREAM else f"views/{name}/"
        path = f"annotations/{folder}articles/{issue.id}.jsonl"
        files[path] = write_articles(layer).encode("utf-8")
    files |= {
        f"corpus/{base(copy)}/p{number:02d}.lines.jsonl": data
        for number, data in _lines(issue, views)
    }
    files |= dict(_layers(edition, views[STREAM], marks, guidelines))
    if pictures:
        for sheet, picture in zip(issue.sheets, page_pictures(pdf.data), strict=True):
            files[f"corpus/{base(copy)}/p{sheet.number:02d}.webp"] = picture
    number = house.wording.number(copy.day)
    return Pressed(issue.id, len(issue.sheets), number, files, pdf.data, edition.white)


def base(copy: Copy) -> str:
    """The folder of an issue's files, below ``corpus/``."""
    return f"press/{copy.title}/{copy.day.isoformat()}"


def text_path(copy: Copy, page: int, view: str) -> str:
    """The path of a page's text in a view, below ``corpus/``."""
    return f"{base(copy)}/p{page:02d}.{view}.txt"


def _lines(issue: SetIssue, views: Mapping[str, Sequence[View]]) -> Iterator[tuple[int, bytes]]:
    for at, sheet in enumerate(issue.sheets):
        records: list[object] = [{"page": {"width": sheet.width, "height": sheet.height}}]
        for name, pages in views.items():
            boxes = [list(astuple(box)) for box in line_boxes(sheet, pages[at])]
            records.append({"view": name, "lines": boxes})
        text = "".join(json.dumps(record, separators=(",", ":")) + "\n" for record in records)
        yield sheet.number, text.encode("utf-8")


def _layers(
    edition: Edition,
    pages: Sequence[View],
    marks: Sequence[Marks],
    guidelines: Mapping[LayerName, str],
) -> Iterator[tuple[str, bytes]]:
    issue = edition.issue
    texts = {
        sheet.number: sha256_text(view.text)
        for sheet, view in zip(issue.sheets, pages, strict=True)
    }
    projection = Projection(edition)
    for one in marks:
        folder = f"annotations/{one.folder}"
        if one.copy is not None:
            layer = LayerName.ENTITIES
            header = Header(
                layer, issue.id, STREAM, one.status, one.annotator, guidelines[layer], texts
            )
            text = write_entities(Layer(header, projection.entities(one.copy)))
            yield f"{folder}entities/{issue.id}.jsonl", text.encode("utf-8")
        if one.words and (words := projection.words(one.words)):
            layer = LayerName.WORDS
            by = one.word_annotator or one.annotator
            header = Header(layer, issue.id, STREAM, one.word_status, by, guidelines[layer], texts)
            text = write_words(Layer(header, words))
            yield f"{folder}words/{issue.id}.jsonl", text.encode("utf-8")


def issue_row(pressed: Pressed, copy: Copy, house: House) -> dict[str, str]:
    """The issue's row of ``corpus/issues.tsv``."""
    return {
        "issue": pressed.issue,
        "title": house.wording.title,
        "date": copy.day.isoformat(),
        "date_basis": "invented",
        "number": str(pressed.number),
        "pages_printed": str(pressed.pages),
        "source": "synthetic: machine-written copy set into pages by the press of this repository",
        "licence": "CC BY 4.0",
        "sha256": issue_digest([page_from_row(row) for row in page_rows(pressed, copy)]),
    }


def page_rows(pressed: Pressed, copy: Copy) -> list[dict[str, str]]:
    """The issue's rows of ``corpus/pages.tsv``."""
    return [
        {
            "issue": pressed.issue,
            "page": str(page),
            "view": view,
            "path": (path := text_path(copy, page, view)),
            "sha256": digest(pressed.files[f"corpus/{path}"]),
        }
        for page in range(1, pressed.pages + 1)
        for view in sorted(NAMES)
    ]


def extra_rows(pressed: Pressed) -> list[dict[str, str]]:
    """The issue's rows of ``corpus/extras.tsv``: geometry and pictures."""
    found = []
    for path, data in sorted(pressed.files.items()):
        kind = {"jsonl": "lines", "webp": "picture"}.get(path.rpartition(".")[2])
        if kind is None or not path.startswith("corpus/"):
            continue
        page = str(int(Path(path).name[1:3]))
        row = {"issue": pressed.issue, "page": page, "kind": kind}
        found.append(row | {"path": path.removeprefix("corpus/"), "sha256": digest(data)})
    return sorted(found, key=lambda row: (row["page"], row["kind"]))


def digest(data: bytes) -> str:
    """The hex sha256 of some bytes."""
    return hashlib.sha256(data).hexdigest()
