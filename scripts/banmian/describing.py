"""Counts and distributions of a release or a built data set, split by split, never pooled.

A *character* is a code point that is neither white space nor part of an artefact. What a page holds
is counted once, in its stream view, however many views it has.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from pathlib import Path

from banmian.article_rows import annotated_items, article_row
from banmian.articles import SIZE_CLASSES, size_class
from banmian.built import BuiltDataset, is_built
from banmian.corpus import STREAM
from banmian.page_rows import Row, page_rows
from banmian.release import Release
from banmian.tagset import ArtefactKind, EntityLabel, FurnitureKind, ItemKind, Role, Split

Table = Mapping[str, int]
Description = Mapping[Split, Mapping[str, Table]]
"""By split and by table (:data:`TABLES`), a number for each row."""

COUNTED = ("pages", "articles")
"""The configurations that are counted: the others repeat what these two say."""

COUNTS = (
    "issues",
    "pages",
    "lines",
    "characters",
    "items",
    "paragraphs",
    "bylines",
    "authors",
    "entities",
    "words",
    "alternatives",
)


def _values(vocabulary: type[StrEnum]) -> tuple[str, ...]:
    return tuple(member.value for member in vocabulary)


TABLES: dict[str, tuple[str, ...]] = {
    "counts": COUNTS,
    "pages-by-view": (),
    "items": _values(ItemKind),
    "items-with-role": _values(Role),
    "characters-by-role": (*_values(Role), "furniture"),
    "furniture": _values(FurnitureKind),
    "artefacts": _values(ArtefactKind),
    "entities": _values(EntityLabel),
    "word-lengths": (),
    "sizes": SIZE_CLASSES,
    "headline-position": ("before body", "after body", "none"),
    "contiguous": ("yes", "no"),
    "articles-status": (),
    "entities-status": (),
    "words-status": (),
}
"""Tables and their rows; those of an open table are the values met, sorted."""


class _Tally:
    """Adds up the rows of one split."""

    def __init__(self) -> None:
        self.tables: dict[str, Counter[str]] = {name: Counter() for name in TABLES}
        self.issues: set[str] = set()

    def add(self, configuration: str, row: Row) -> None:
        """Count one row of :data:`COUNTED`."""
        if configuration == "pages":
            self._add_page(row)
        else:
            self._add_article(row)

    def _add_page(self, row: Row) -> None:
        """Count a page, or another view of it: what the page holds is counted in the stream."""
        self.tables["pages-by-view"][row["view"]] += 1
        if row["view"] != STREAM:
            return
        counts = self.tables["counts"]
        self.issues.add(row["issue"])
        skipped = {at for span in row["artefacts"] for at in range(span["start"], span["end"])}
        skipped |= {at for at, character in enumerate(row["text"]) if character.isspace()}
        counts["pages"] += 1
        counts["lines"] += sum(bool(line) for line in row["text"].split("\n"))
        counts["characters"] += len(row["text"]) - len(skipped)
        counts["alternatives"] += len(row["alternatives"])
        self.tables["artefacts"].update(span["kind"] for span in row["artefacts"])
        self.tables["furniture"].update(unit["kind"] for unit in row["furniture"])
        by_role = self.tables["characters-by-role"]
        for item in row["items"]:
            for span in item["spans"]:
                by_role[span["role"]] += _printed(span, skipped)
        for unit in row["furniture"]:
            by_role["furniture"] += sum(_printed(span, skipped) for span in unit["spans"])

    def _add_article(self, row: Row) -> None:
        counts, text = self.tables["counts"], row["text"]
        counts["items"] += 1
        counts["paragraphs"] += len(row["paragraphs"])
        counts["bylines"] += row["byline"].count("\n") + 1 if row["byline"] else 0
        counts["authors"] += len(row["authors"])
        counts["entities"] += len(row["entities"] or ())
        counts["words"] += len(row["words"] or ())
        self.tables["items"][row["kind"]] += 1
        self.tables["entities"].update(entity["label"] for entity in row["entities"] or ())
        lengths = (word["end"] - word["start"] for word in row["words"] or ())
        self.tables["word-lengths"].update(str(length) for length in lengths)
        self.tables["sizes"][size_class(sum(not character.isspace() for character in text))] += 1
        self.tables["headline-position"][row["headline_position"]] += 1
        self.tables["contiguous"]["yes" if row["contiguous"] else "no"] += 1
        self.tables["items-with-role"].update(_roles(row))
        for layer in ("articles", "entities", "words"):
            self.tables[f"{layer}-status"][row[f"{layer}_status"] or "not annotated"] += 1

    def finished(self) -> dict[str, Table]:
        """The tables, rows in their order; closed ones with their zeros."""
        self.tables["counts"]["issues"] = len(self.issues)
        return {
            name: {row: counted[row] for row in TABLES[name] or sorted(counted, key=_by_number)}
            for name, counted in self.tables.items()
        }


def _printed(span: Row, skipped: set[int]) -> int:
    return sum(at not in skipped for at in range(span["start"], span["end"]))


def _roles(row: Row) -> set[str]:
    """The roles that an article has. A dateline shares its paragraph with the body."""
    whole = {paragraph["role"] for paragraph in row["paragraphs"]}
    return whole | {role for role in Role if row.get(role)}


def _by_number(row: str) -> tuple[int, str]:
    return (int(row), "") if row.isdigit() else (0, row)


def described(rows: Iterable[tuple[Split, str, Row]]) -> Description:
    """Add up rows, each with its split and configuration; one row in memory at a time."""
    tallies: dict[Split, _Tally] = {}
    for split, configuration, row in rows:
        tallies.setdefault(split, _Tally()).add(configuration, row)
    return {split: tallies[split].finished() for split in Split if split in tallies}


def describe(path: Path) -> Description:
    """Describe the built data set or the release in ``path``.

    Raises :class:`UsageError` if it is neither, :class:`DataFault` for invalid data.
    """
    return described(_built_rows(path) if is_built(path) else _release_rows(path))


def _built_rows(path: Path) -> Iterator[tuple[Split, str, Row]]:
    dataset = BuiltDataset.open(path)
    for configuration in COUNTED:
        for split in dataset.splits(configuration):
            for row in dataset.rows(configuration, split):
                yield split, configuration, row


def _release_rows(path: Path) -> Iterator[tuple[Split, str, Row]]:
    for views in Release(path).issues_in_views():
        for issue in views:
            yield from ((issue.split, "pages", row) for row in page_rows(issue))
        for item in annotated_items(views[0]):
            yield views[0].split, "articles", article_row(item, views[0])
