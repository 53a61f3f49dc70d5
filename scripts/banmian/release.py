"""A whole release read lazily: each issue with its page texts and its three layers, joined."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from banmian.articles import ArticleText, Item, Reading
from banmian.corpus import STREAM, Corpus, Issue, Page, sha256_text
from banmian.errors import DataFault, UsageError
from banmian.extras import Extras
from banmian.layer_reading import read_articles, read_entities, read_words
from banmian.layers import ArticlesLayer, Header, ItemEntities, ItemWords, Layer, LayerName
from banmian.tagset import Split

VIEWS = "views"
"""Folder of ``annotations/`` with the articles layers of views other than the stream."""


@dataclass(frozen=True, slots=True)
class AnnotatedIssue:
    """One issue in one view: page texts by page number, the reading, entities and words by item.

    ``entities`` and ``words`` lack the items that the layer does not cover. ``extras`` gives the
    pages' geometry and pictures, where they have some.
    """

    issue: Issue
    split: Split
    pages: Mapping[int, Page]
    texts: Mapping[int, str]
    headers: Mapping[LayerName, Header]
    reading: Reading
    entities: Mapping[str, ItemEntities]
    words: Mapping[str, ItemWords]
    extras: Extras
    view: str = STREAM

    @property
    def synthetic(self) -> bool:
        """Whether the press has set it from manuscripts written for this corpus."""
        return self.split is not Split.REAL

    def article_text(self, item: Item) -> ArticleText:
        """The text of ``item`` as printed, with its map to the pages."""
        return ArticleText.read(item, self.texts, self.reading.artefacts)


@dataclass(frozen=True, slots=True)
class Release:
    """A checkout's ``corpus/`` and ``annotations/`` (or another folder with the two)."""

    root: Path

    @property
    def annotations(self) -> Path:
        """The folder of the layers."""
        return self.root / "annotations"

    def corpus(self) -> Corpus:
        """The corpus tables; :class:`UsageError` where ``root`` holds no corpus."""
        if not (self.root / "corpus" / "issues.tsv").is_file():
            raise UsageError(f"{self.root} holds no corpus/issues.tsv: name a checkout of BanMian")
        return Corpus.read(self.root / "corpus")

    def layer_path(
        self, layer: LayerName, issue: str, passed: str | None = None, view: str = STREAM
    ) -> Path:
        """The gold file of a layer and issue, or that of the annotation pass ``passed``.

        Articles are laid onto one ``view``; entities and words count in article texts, which are
        the same in every view.
        """
        folder = self.annotations / "passes" / passed if passed else self.annotations
        if layer is LayerName.ARTICLES and view != STREAM:
            folder = folder / VIEWS / view
        return folder / layer / f"{issue}.jsonl"

    def issues(self, passed: str | None = None, view: str = STREAM) -> Iterator[AnnotatedIssue]:
        """Every issue that has ``view``, sorted by id, one in memory at a time.

        Of a pass, every issue that it has a layer of; what it says lies on the gold articles where
        it has none of its own, and the header of that layer is absent then. Raises
        :class:`DataFault` or :class:`DataFaults`; ``banmian validate`` reports them all.
        """
        corpus, extras = self.corpus(), self.extras()
        for issue in corpus.issues:
            covered = passed is None or self._covers(passed, issue.id)
            if covered and (view == STREAM or corpus.pages_of(issue.id, view)):
                yield self._joined(corpus, extras, issue, (passed, view))

    def issues_in_views(self) -> Iterator[tuple[AnnotatedIssue, ...]]:
        """Every issue in each of its views, the stream first; one issue in memory at a time.

        Raises as :meth:`issues` does.
        """
        corpus, extras = self.corpus(), self.extras()
        for issue in corpus.issues:
            others = (view for view in corpus.views_of(issue.id) if view != STREAM)
            yield tuple(
                self._joined(corpus, extras, issue, (None, view)) for view in (STREAM, *others)
            )

    def extras(self) -> Extras:
        """What pages have beside their texts; raises :class:`DataFault` for a faulty table."""
        return Extras.read(self.root / "corpus")

    def _covers(self, passed: str, issue: str) -> bool:
        return any(self.layer_path(layer, issue, passed).is_file() for layer in LayerName)

    def _joined(
        self, corpus: Corpus, extras: Extras, issue: Issue, which: tuple[str | None, str]
    ) -> AnnotatedIssue:
        passed, view = which
        pages = {page.number: page for page in corpus.pages_of(issue.id, view)}
        own = passed if self.layer_path(LayerName.ARTICLES, issue.id, passed).is_file() else None
        articles = self._articles(issue.id, own, view)
        headers = {LayerName.ARTICLES: articles.header} if own == passed else {}
        pinned = {number: page.sha256 for number, page in pages.items()}
        refuse_other_texts(articles.header, pinned)
        entities: dict[str, ItemEntities] = {}
        words: dict[str, ItemWords] = {}
        path = self.layer_path(LayerName.ENTITIES, issue.id, passed)
        if path.is_file():
            headers[LayerName.ENTITIES], entities = _by_item(read_entities(path))
        path = self.layer_path(LayerName.WORDS, issue.id, passed)
        if path.is_file():
            headers[LayerName.WORDS], words = _by_item(read_words(path))
        return AnnotatedIssue(
            issue=issue,
            split=corpus.splits[issue.id],
            pages=pages,
            texts={number: page.text(corpus.folder) for number, page in pages.items()},
            headers=headers,
            reading=articles.content,
            entities=entities,
            words=words,
            extras=extras,
            view=view,
        )

    def _articles(self, issue: str, passed: str | None, view: str) -> ArticlesLayer:
        path = self.layer_path(LayerName.ARTICLES, issue, passed, view)
        if not path.is_file():
            raise DataFault(
                "annotation-missing",
                f"issue {issue} has no articles layer",
                f"write {path.relative_to(self.root)}",
            )
        return read_articles(path)


PerItem = TypeVar("PerItem", ItemEntities, ItemWords)


def _by_item(
    layer: Layer[tuple[PerItem, ...]],
) -> tuple[Header, dict[str, PerItem]]:
    return layer.header, {record.item: record for record in layer.content}


def refuse_other_texts(header: Header, pinned: Mapping[int, str]) -> None:
    """Refuse a layer file whose offsets count in other texts than the corpus's."""
    if dict(header.texts) != dict(pinned):
        raise DataFault(
            "text-changed",
            f"the {header.layer} layer of {header.issue} was made on other page texts",
            "offsets are never realigned: annotate the text of corpus/pages.tsv",
        )


def refuse_other_article_text(record: ItemEntities | ItemWords, text: str) -> None:
    """Refuse a record whose offsets count in another article text than the gold one."""
    if record.text_sha256 != (digest := sha256_text(text)):
        raise DataFault(
            "text-changed",
            f"{record.item} was annotated on a text with sha256 {record.text_sha256[:12]}…, "
            f"its text is now {digest[:12]}…",
            "the articles layer changed: annotate the item again",
        )
