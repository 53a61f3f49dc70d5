"""Checks of one set of layer files: the gold ones, or those of one annotation pass."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from banmian.articles import ArticleText, Reading
from banmian.checks_articles import (
    PrintedPages,
    item_ids,
    line_break_faults,
    page_faults,
    page_spans_of,
    reference_faults,
)
from banmian.checks_corpus import CorpusTables
from banmian.corpus import sha256_text
from banmian.errors import DataFault, DataFaults
from banmian.incidents import Findings
from banmian.layer_reading import parse_articles, parse_entities, parse_words
from banmian.layers import Header, ItemEntities, ItemWords, LayerName
from banmian.parsing import HEADER_LINE, Parsed
from banmian.release import refuse_other_article_text, refuse_other_texts
from banmian.tagset import Split

Content = TypeVar("Content")
PerItem = TypeVar("PerItem", ItemEntities, ItemWords)

SET_AGAIN = "set the issue again: an item reads alike in every view"

ItemTexts = Mapping[str, str | None]
"""Item id → article text; None where a fault of the articles layer keeps it from being read."""


@dataclass(frozen=True, slots=True)
class LayerFiles:
    """The three folders of layer files below ``folder``, checked issue by issue.

    ``versions`` holds the guideline version that each layer must name; layers that may name any
    (those of a pass, made by the guideline of their day) are left out. ``view`` is the view that
    the articles must be on, if the folder is for one.
    """

    folder: Path
    versions: Mapping[LayerName, str]
    tables: CorpusTables
    findings: Findings
    view: str | None = None

    def path(self, layer: LayerName, issue: str) -> Path:
        """Where the layer of an issue is."""
        return self.folder / layer / f"{issue}.jsonl"

    def issues(self) -> set[str]:
        """The issues that some layer has a file for."""
        return {path.stem for layer in LayerName for path in (self.folder / layer).glob("*.jsonl")}

    def check(self, issue: str) -> ItemTexts | None:
        """Check the gold files of ``issue``, as far as they are there; returns its article texts.

        None if the articles are missing or one of their lines is unreadable.
        """
        texts = self._check_articles(issue)
        self._check_both(issue, [texts] if texts is not None else [])
        return texts

    def check_view(self, issue: str, gold: ItemTexts | None) -> None:
        """Check the articles of another view: they must give the items and texts of ``gold``."""
        texts = self._check_articles(issue)
        if texts is None or gold is None:
            return
        for item in sorted(texts.keys() | gold.keys()):
            if item not in texts or item not in gold:
                where = "this view" if item in texts else "the stream view"
                fault = DataFault("view-text-differs", f"only {where} has item {item}", SET_AGAIN)
                self.findings.add(self.path(LayerName.ARTICLES, issue), HEADER_LINE, fault)
            elif None not in (texts[item], gold[item]) and texts[item] != gold[item]:
                message = f"{item} has another text than in the stream view"
                fault = DataFault("view-text-differs", message, SET_AGAIN)
                self.findings.add(self.path(LayerName.ARTICLES, issue), HEADER_LINE, fault)

    def check_pass(self, issue: str, gold: ItemTexts | None) -> None:
        """Check the files of a pass; its entities and words lie on its own articles or the gold."""
        own = self._check_articles(issue)
        bases = [gold] if gold is not None else []
        self._check_both(issue, [*bases, own] if bases and own is not None else bases)

    def _check_both(self, issue: str, bases: list[ItemTexts]) -> None:
        self._check_records(LayerName.ENTITIES, issue, bases, parse_entities, entity_faults)
        self._check_records(LayerName.WORDS, issue, bases, parse_words, word_faults)

    def _check_articles(self, issue: str) -> ItemTexts | None:
        path = self.path(LayerName.ARTICLES, issue)
        parsed = self._parsed(path, LayerName.ARTICLES, parse_articles)
        if parsed is None:
            return None
        self.findings.extend(path, reference_faults(parsed))
        texts = self._page_texts(path, parsed.header)
        if texts is None:
            return None
        self.findings.extend(path, page_faults(parsed, texts))
        return article_texts(parsed, texts) if parsed.complete else None

    def _check_records(
        self,
        layer: LayerName,
        issue: str,
        bases: list[ItemTexts],
        parse: Callable[[str], Parsed[tuple[PerItem, ...]]],
        faults_of: Callable[[PerItem, str], Iterator[DataFault]],
    ) -> None:
        path = self.path(layer, issue)
        parsed = self._parsed(path, layer, parse)
        if parsed is None:
            return
        self._page_texts(path, parsed.header)  # notes text-changed; offsets count elsewhere
        if bases:
            texts = max(bases, key=lambda base: _fitting(parsed.content, base))
            faults = _record_faults(parsed, texts, faults_of)
            partial = layer is LayerName.WORDS and self.tables.split_of(issue) is not Split.REAL
            left_out = "record-missing" if partial else None  # words of set issues are a sample
            self.findings.extend(path, (found for found in faults if found[1].id != left_out))

    def _parsed(
        self, path: Path, layer: LayerName, parse: Callable[[str], Parsed[Content]]
    ) -> Parsed[Content] | None:
        """What is in a layer file, with its own faults and those of its header noted."""
        text = self.findings.text(path) if path.is_file() else None
        if text is None:
            return None
        parsed = parse(text)
        self.findings.extend(path, parsed.faults)
        for fault in self._header_faults(path.stem, layer, parsed.header):
            self.findings.add(path, HEADER_LINE, fault)
        return parsed

    def _header_faults(
        self, issue: str, layer: LayerName, header: Header | None
    ) -> Iterator[DataFault]:
        if not self.tables.knows(issue):
            yield DataFault(
                "annotation-orphan",
                f"no issue {issue} is in corpus/issues.tsv",
                "name the file after its issue",
            )
        if header is None:
            return
        if header.issue != issue:
            yield DataFault(
                "header-issue", f"the header names issue {header.issue!r}", f"write {issue!r}"
            )
        if self.view is not None and header.view != self.view:
            yield DataFault(
                "header-view", f"the header names view {header.view!r}", f"write {self.view!r}"
            )
        pages = self.tables.pages_of(issue)
        if pages and header.view not in (views := {page.view for page in pages}):
            yield DataFault(
                "view-unknown",
                f"issue {issue} has no view {header.view!r}",
                f"name one of: {', '.join(sorted(views))}",
            )
        if header.guideline != (version := self.versions.get(layer, header.guideline)):
            yield DataFault(
                "guideline-unknown",
                f"made by {header.guideline!r}, the guideline is {version!r}",
                "bring the file up to the guideline, then name its version",
            )

    def _page_texts(self, path: Path, header: Header | None) -> dict[int, str] | None:
        """The texts that a file's offsets count in; None if it or the corpus has other ones."""
        if header is None:
            return None
        pages = self.tables.pages_of(path.stem, header.view)
        if not pages:
            return None
        pinned = {page.number: page.sha256 for page in pages}
        try:
            refuse_other_texts(header, pinned)
        except DataFault as fault:
            self.findings.add(path, HEADER_LINE, fault)
            return None
        try:
            return {page.number: page.text(self.tables.corpus) for page in pages}
        except (DataFault, DataFaults):
            return None  # noted by the checks of the corpus


def article_texts(parsed: Parsed[Reading], texts: Mapping[int, str]) -> ItemTexts:
    """The article text of each item, None where a fault of the file may have changed it."""
    found: dict[str, str | None] = dict.fromkeys(item_ids(parsed))
    pages = PrintedPages.of(texts, parsed.content.artefacts)
    for item in parsed.content.items:
        whole = all(pages.holds(at) for at in page_spans_of(item))
        if whole and not any(line_break_faults(item, pages)):
            found[item.id] = ArticleText.read(item, texts, parsed.content.artefacts).text
    return found


def _fitting(records: tuple[ItemEntities | ItemWords, ...], texts: ItemTexts) -> int:
    found = ((record, texts.get(record.item)) for record in records)
    return sum(text is not None and sha256_text(text) == r.text_sha256 for r, text in found)


def _record_faults(
    parsed: Parsed[tuple[PerItem, ...]],
    texts: ItemTexts,
    faults_of: Callable[[PerItem, str], Iterator[DataFault]],
) -> Iterator[tuple[int, DataFault]]:
    for record in parsed.content:
        for fault in _faults_on(record, texts, faults_of):
            yield parsed.lines[record.item], fault
    for item in sorted(texts.keys() - parsed.lines.keys()):
        if parsed.complete and texts[item] is not None:
            yield (
                HEADER_LINE,
                DataFault("record-missing", f"item {item} has no record", "annotate it"),
            )


def _faults_on(
    record: PerItem,
    texts: ItemTexts,
    faults_of: Callable[[PerItem, str], Iterator[DataFault]],
) -> Iterator[DataFault]:
    text = texts.get(record.item)
    if record.item not in texts:
        yield DataFault(
            "item-unknown", f"{record.item} is no item of the articles layer", "correct the id"
        )
    if text is None:
        return
    try:
        refuse_other_article_text(record, text)
    except DataFault as fault:
        yield fault
        return
    yield from faults_of(record, text)


def entity_faults(record: ItemEntities, text: str) -> Iterator[DataFault]:
    """What is wrong with the entities of an item on its article text."""
    for entity in record.entities:
        span = entity.span
        where = f"{record.item}: {entity.label} [{span.start}, {span.end})"
        piece = text[span.start : span.end]
        if span.end > len(text):
            yield DataFault(
                "entity-outside",
                f"{where} ends past the article text of {len(text)} code points",
                "offsets count in the article text, not on the page",
            )
        elif not piece.strip():
            yield DataFault("span-artefact-only", f"{where} covers {piece!r}", "drop it")
        elif "\n" in piece:
            yield DataFault(
                "entity-paragraph",
                f"{where} covers {piece!r}, which a paragraph break splits",
                "an entity lies within one paragraph: end it there",
            )


def word_faults(record: ItemWords, text: str) -> Iterator[DataFault]:
    """Why the words of an item do not tile its article text, if so."""
    try:
        record.on(text)
    except DataFault as fault:
        yield DataFault(fault.id, f"{record.item}: {fault.message}", fault.remedy)
