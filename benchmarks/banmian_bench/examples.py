"""The built data set, read as examples: a request for the systems, a reference for the scorer.

Reads Parquet and the card with pyarrow alone, so that scoring imports neither ``datasets`` nor
spaCy. Rows are streamed; class labels are named by the card, not by this package's version.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import yaml

from banmian.errors import UsageError
from banmian_bench.protocol import (
    Layout,
    LineBox,
    PredictedEntity,
    PredictedSpan,
    Request,
    Task,
)
from banmian_bench.view_places import PageText, Part, pieces_of

BATCH = 64
STREAM = "stream"
"""The view that every issue has."""


@dataclass(frozen=True, slots=True)
class ReferenceItem:
    """A gold item on one page; ``authors`` are names, spans stand in reading order.

    ``paragraphs`` numbers the paragraph of each span.
    """

    id: str
    kind: str
    spans: tuple[PredictedSpan, ...]
    paragraphs: tuple[int, ...]
    authors: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PageReference:
    """One acceptable reading of a page: items, and furniture spans (start, end)."""

    items: tuple[ReferenceItem, ...]
    furniture: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class PageExample:
    """A page: its readings, the main one first, and its artefact spans.

    ``noise`` gives the kind of each artefact, in their order; ``layout`` is None where no box is
    known.
    """

    id: str
    issue: str
    number: int
    view: str
    text: str
    text_sha256: str
    readings: tuple[PageReference, ...]
    artefacts: tuple[tuple[int, int], ...]
    noise: tuple[str, ...] = ()
    layout: Layout | None = None

    def request(self) -> Request:
        """The page as a system sees it."""
        return Request(self.id, Task.ARTICLES, self.text, self.text_sha256, self.layout)


@dataclass(frozen=True, slots=True)
class ArticleExample:
    """An item's text with its gold entities and words (None where not annotated).

    ``pieces`` maps the text to its page: (start, page number, page start, length).
    """

    id: str
    issue: str
    kind: str
    text: str
    text_sha256: str
    entities: tuple[PredictedEntity, ...] | None
    words: tuple[tuple[int, int], ...] | None
    pieces: tuple[tuple[int, int, int, int], ...]
    paragraphs: tuple[tuple[int, int, str], ...]

    def request(self, task: Task) -> Request:
        """The article as a system sees it."""
        return Request(self.id, task, self.text, self.text_sha256)

    def stands_on(self, page: int) -> bool:
        """Whether some of the text stands on page ``page``."""
        return any(number == page for _, number, *_ in self.pieces)

    def page_offsets(self, page: int) -> dict[int, int]:
        """Offset of this text → offset of page ``page``, for the characters that stand there."""
        return {
            start + step: at + step
            for start, number, at, length in self.pieces
            if number == page
            for step in range(length)
        }


@dataclass(frozen=True, slots=True)
class PipelineExample:
    """A page and every annotated article that has a part on it."""

    page: PageExample
    articles: tuple[ArticleExample, ...]

    def request(self) -> Request:
        """The page as a system sees it that is asked for everything."""
        return replace(self.page.request(), task=Task.PIPELINE)


@dataclass(frozen=True, slots=True)
class DataSet:
    """A data set directory that ``banmian build`` made, its pages in one extraction view.

    The items and their texts are the same in every view; what differs is where they stand.
    """

    folder: Path
    card: Mapping[str, Any]
    view: str = STREAM

    @classmethod
    def open(cls, folder: Path, view: str = STREAM) -> DataSet:
        """Read the card; :class:`UsageError` where there is none."""
        path = folder / "README.md"
        if not path.is_file():
            raise UsageError(f"{folder} holds no data set: run `banmian build -o {folder}`")
        _, _, rest = path.read_text(encoding="utf-8").partition("---\n")
        card = yaml.safe_load(rest.partition("\n---\n")[0])
        return cls(folder, card, view)

    def in_view(self, view: str) -> DataSet:
        """The same data set, its pages in another view."""
        return replace(self, view=view)

    @property
    def version(self) -> str:
        """The data version that the card states."""
        return str(self.card["version"])

    def splits(self) -> tuple[str, ...]:
        """The splits of the configuration ``pages``."""
        return tuple(self._files("pages"))

    def digest(self, split: str) -> str:
        """Which gold this is: the content digests in the file names of one split."""
        import hashlib

        names = [self._files(config).get(split, "") for config in ("pages", "articles")]
        return hashlib.sha256("\n".join(names).encode()).hexdigest()

    def views(self, split: str) -> set[str]:
        """The views that pages of ``split`` have; :class:`UsageError` for an unknown split."""
        return {row["view"] for row in self._rows("pages", split, ("view",))}

    def refuse_absent(self, split: str) -> None:
        """:class:`UsageError` for a split that is not there, or has no page in the view."""
        views = self.views(split)
        if self.view not in views:
            raise UsageError(
                f"split {split!r} has no page in the view {self.view!r}: "
                f"choose one of {', '.join(sorted(views))}"
            )

    def pages(self, split: str) -> Iterator[PageExample]:
        """The pages of ``split`` in the view, streamed."""
        names = self._label_names("pages")
        for row in self._rows("pages", split):
            if row["view"] == self.view:
                yield _page(row, names)

    def articles(self, split: str) -> Iterator[ArticleExample]:
        """The items of ``split``, streamed, each with its places in the view."""
        if self.view == STREAM:
            yield from self._articles(split)
            return
        for pages, articles in self._issues(split):
            yield from _placed(articles, pages)

    def pipelines(self, split: str) -> Iterator[PipelineExample]:
        """The pages of ``split`` with their articles; one issue in memory at a time."""
        for pages, articles in self._issues(split):
            if self.view != STREAM:
                articles = tuple(_placed(articles, pages))
            for page in pages:
                here = (a for a in articles if a.entities is not None and a.stands_on(page.number))
                yield PipelineExample(page, tuple(here))

    def pictures(self, split: str) -> dict[str, bytes]:
        """Page id → the page's picture, encoded; nothing where the data set has none."""
        if not any(entry["config_name"] == "images" for entry in self.card["configs"]):
            return {}
        if split not in self._files("images"):
            return {}
        rows = self._rows("images", split, ("id", "image"))
        return {row["id"]: row["image"]["bytes"] for row in rows}

    def _articles(self, split: str) -> Iterator[ArticleExample]:
        names = self._label_names("articles")
        for row in self._rows("articles", split):
            yield _article(row, names)

    def _issues(
        self, split: str
    ) -> Iterator[tuple[tuple[PageExample, ...], tuple[ArticleExample, ...]]]:
        """Pages and items of each issue that has pages in the view.

        Both configurations are in order of issue, so they are read side by side.
        """
        articles = groupby(self._articles(split), key=lambda article: article.issue)
        issue, held = next(articles, ("", iter(())))
        for of_pages, pages in groupby(self.pages(split), key=lambda page: page.issue):
            while issue and issue < of_pages:
                issue, held = next(articles, ("", iter(())))
            yield tuple(pages), tuple(held) if issue == of_pages else ()

    def _files(self, config: str) -> dict[str, str]:
        for entry in self.card["configs"]:
            if entry["config_name"] == config:
                return {str(f["split"]): str(f["path"]) for f in entry["data_files"]}
        raise UsageError(f"{self.folder} has no configuration {config!r}")

    def _rows(
        self, config: str, split: str, columns: Sequence[str] | None = None
    ) -> Iterator[dict[str, Any]]:
        files = self._files(config)
        if split not in files:
            raise UsageError(f"no split {split!r}: choose one of {', '.join(files)}")
        with pq.ParquetFile(self.folder / files[split]) as file:
            for batch in file.iter_batches(batch_size=BATCH, columns=columns):
                yield from batch.to_pylist()

    def _label_names(self, config: str) -> dict[str, list[str]]:
        """Last part of a feature's path → names of its ClassLabel, in order."""
        for info in self.card["dataset_info"]:
            if info["config_name"] == config:
                return dict(_class_labels("", info["features"]))
        raise UsageError(f"{self.folder}: the card describes no configuration {config!r}")


def _class_labels(path: str, node: Any) -> Iterator[tuple[str, list[str]]]:  # noqa: ANN401
    """Every ClassLabel below a YAML feature node, by its dotted path of names."""
    if isinstance(node, list):
        for child in node:
            yield from _class_labels(path, child)
    elif isinstance(node, dict):
        here = f"{path}.{node['name']}".lstrip(".") if "name" in node else path
        dtype = node.get("dtype")
        if isinstance(dtype, dict) and "class_label" in dtype:
            names = dtype["class_label"]["names"]
            ordered = (
                names if isinstance(names, list) else [names[k] for k in sorted(names, key=int)]
            )
            yield here, ordered
        for key in ("struct", "list", "sequence"):
            if key in node:
                yield from _class_labels(here, node[key])


def _named(value: Any, names: Mapping[str, list[str]], path: str) -> str:  # noqa: ANN401
    return names[path][value] if isinstance(value, int) else str(value)


def _item(row: Mapping[str, Any], names: Mapping[str, list[str]], path: str) -> ReferenceItem:
    return ReferenceItem(
        id=row["id"],
        kind=_named(row["kind"], names, f"{path}.kind"),
        spans=tuple(
            PredictedSpan(s["start"], s["end"], _named(s["role"], names, f"{path}.spans.role"))
            for s in row["spans"]
        ),
        paragraphs=tuple(s["paragraph"] for s in row["spans"]),
        authors=tuple(author["name"] for author in row["authors"]),
    )


def _furniture(row: Mapping[str, Any]) -> tuple[tuple[int, int], ...]:
    return tuple((span["start"], span["end"]) for span in row["spans"])


def _page(row: Mapping[str, Any], names: Mapping[str, list[str]]) -> PageExample:
    main = {item["id"]: _item(item, names, "items") for item in row["items"]}
    furniture = {unit["id"]: _furniture(unit) for unit in row["furniture"]}
    readings = [(main, furniture)]
    for alternative in row["alternatives"]:
        gone = set(alternative["replaces"])
        new_items = {
            item["id"]: _item(item, names, "alternatives.items") for item in alternative["items"]
        }
        new_units = {unit["id"]: _furniture(unit) for unit in alternative["furniture"]}
        readings += [
            (
                {id: item for id, item in items.items() if id not in gone} | new_items,
                {id: unit for id, unit in units.items() if id not in gone} | new_units,
            )
            for items, units in readings
        ]
    return PageExample(
        id=row["id"],
        issue=row["issue"],
        number=row["page"],
        view=row["view"],
        text=row["text"],
        text_sha256=row["text_sha256"],
        readings=tuple(
            PageReference(tuple(items.values()), tuple(s for unit in units.values() for s in unit))
            for items, units in readings
        ),
        artefacts=tuple((a["start"], a["end"]) for a in row["artefacts"]),
        noise=tuple(_named(a["kind"], names, "artefacts.kind") for a in row["artefacts"]),
        layout=_layout(row),
    )


def _layout(row: Mapping[str, Any]) -> Layout | None:
    """The geometry of a page; None where the data set has none."""
    if not row["lines"]:
        return None
    names = LineBox.__slots__
    lines = tuple(LineBox(*(line[name] for name in names)) for line in row["lines"])
    return Layout(lines, row["width"], row["height"])


def _placed(
    articles: Iterable[ArticleExample], pages: Sequence[PageExample]
) -> Iterator[ArticleExample]:
    """The items of one issue with their places on ``pages``."""
    texts = {page.number: PageText(page.text, page.artefacts) for page in pages}
    parts: dict[str, list[Part]] = {}
    for page in pages:
        for item in page.readings[0].items:
            for span, paragraph in zip(item.spans, item.paragraphs, strict=True):
                part = Part(paragraph, page.number, span.start, span.end, str(span.role))
                parts.setdefault(item.id, []).append(part)
    for article in articles:
        pieces = pieces_of(article.id, article.text, parts.get(article.id, ()), texts)
        yield replace(article, pieces=pieces)


def _article(row: Mapping[str, Any], names: Mapping[str, list[str]]) -> ArticleExample:
    entities, words = row["entities"], row["words"]
    return ArticleExample(
        id=row["id"],
        issue=row["issue"],
        kind=_named(row["kind"], names, "kind"),
        text=row["text"],
        text_sha256=row["text_sha256"],
        entities=None
        if entities is None
        else tuple(
            PredictedEntity(e["start"], e["end"], _named(e["label"], names, "entities.label"))
            for e in entities
        ),
        words=None if words is None else tuple((w["start"], w["end"]) for w in words),
        pieces=tuple((m["start"], m["page"], m["page_start"], m["length"]) for m in row["map"]),
        paragraphs=tuple(
            (p["start"], p["end"], _named(p["role"], names, "paragraphs.role"))
            for p in row["paragraphs"]
        ),
    )
