"""Checks of ``corpus/``: its tables line by line, its page files, its splits."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Generic, TypeVar

from banmian import extras, provenance
from banmian.corpus import (
    ISSUE_COLUMNS,
    PAGE_COLUMNS,
    SPLIT_COLUMNS,
    STREAM,
    Issue,
    Page,
    encoding_faults,
    issue_digest,
    issue_from_row,
    page_from_row,
    row_from_cells,
    table_lines,
)
from banmian.errors import DataFault
from banmian.extras import EXTRA_COLUMNS, Extra, extra_from_row
from banmian.incidents import Findings
from banmian.provenance import PRESS_COLUMNS, Provenance, provenance_from_row
from banmian.tagset import Split, named

Found = TypeVar("Found")

README = "README.md"
FILE_STEM = re.compile(r"[a-z0-9][a-z0-9.-]*")
PATH_COLUMN = 3
"""Of pages.tsv and of extras.tsv."""
OPTIONAL = (extras.TABLE, provenance.TABLE)
SOURCES = re.compile(r"manuscripts/[^/]+/[^/]+\.txt|houses/[^/]+\.toml")
"""What the press works from: in no table, checked by its own parsers."""


@dataclass(frozen=True, slots=True)
class Line(Generic[Found]):
    """One line of a table; ``read`` is None where it has a fault."""

    number: int
    cells: tuple[str, ...]
    read: Found | None

    @property
    def issue(self) -> str:
        """The issue it is about: the first cell of every table, known in a faulty line too."""
        return self.cells[0]


@dataclass(frozen=True, slots=True)
class Table(Generic[Found]):
    """The lines of one table. Where the file itself is unreadable there is no line to trust."""

    path: Path
    readable: bool
    lines: tuple[Line[Found], ...]

    def issues(self) -> set[str]:
        """The issues that it has a line for."""
        return {line.issue for line in self.lines}

    def contents(self) -> list[tuple[int, Found]]:
        """Line number and what was read of each line without a fault."""
        return [(line.number, read) for line in self.lines if (read := line.read) is not None]

    def issue_lines(self) -> list[tuple[int, str]]:
        """Line number and issue of each line."""
        return [(line.number, line.issue) for line in self.lines]


@dataclass(frozen=True, slots=True)
class CorpusTables:
    """The three tables and the two optional ones, as far as they can be read."""

    corpus: Path
    issues: Table[Issue]
    pages: Table[Page]
    splits: Table[Split]
    extras: Table[Extra]
    press: Table[Provenance]

    def knows(self, issue: str) -> bool:
        """Whether issues.tsv has a line for ``issue``; nothing is unknown to an unreadable one."""
        return not self.issues.readable or issue in self.issues.issues()

    def pages_of(self, issue: str, view: str | None = None) -> list[Page] | None:
        """The pages of an issue (in one view); None where a line about them is unreadable."""
        lines = [line for line in self.pages.lines if line.issue == issue]
        if not self.pages.readable or any(line.read is None for line in lines):
            return None
        pages = [page for line in lines if (page := line.read) is not None]
        return [page for page in pages if view in (None, page.view)]

    def split_of(self, issue: str) -> Split | None:
        """The split of an issue; None where that is unknown."""
        return next((line.read for line in self.splits.lines if line.issue == issue), None)


def read_tables(corpus: Path, findings: Findings) -> CorpusTables:
    """Read every line of the tables that can be read; an optional one may be absent."""

    def table(
        name: str, columns: Sequence[str], read: Callable[[dict[str, str]], Found]
    ) -> Table[Found]:
        if name in OPTIONAL and not (corpus / name).exists():
            return Table(corpus / name, True, ())
        return _read_table(corpus / name, columns, read, findings)

    return CorpusTables(
        corpus,
        issues=table("issues.tsv", ISSUE_COLUMNS, issue_from_row),
        pages=table("pages.tsv", PAGE_COLUMNS, page_from_row),
        splits=table("splits.tsv", SPLIT_COLUMNS, _split_from_row),
        extras=table(extras.TABLE, EXTRA_COLUMNS, extra_from_row),
        press=table(provenance.TABLE, PRESS_COLUMNS, provenance_from_row),
    )


def _split_from_row(row: dict[str, str]) -> Split:
    return named(Split, row["split"], "split-unknown")


def _read_table(
    path: Path,
    columns: Sequence[str],
    read: Callable[[dict[str, str]], Found],
    findings: Findings,
) -> Table[Found]:
    def read_line(cells: Sequence[str]) -> Found:
        return read(row_from_cells(cells, columns))

    text = findings.text(path)
    lines = None if text is None else findings.tried(path, 1, list, table_lines(text, columns))
    found = [
        Line(number, tuple(cells), findings.tried(path, number, read_line, cells))
        for number, cells in lines or ()
    ]
    return Table(path, lines is not None, tuple(found))


def check_corpus(tables: CorpusTables, findings: Findings) -> None:
    """Check the tables against one another and against the files."""
    _check_repeats(tables, findings)
    _check_references(tables, findings)
    for line in tables.issues.lines:
        _check_issue(line, tables, findings)
    for page_line in tables.pages.lines:
        if page_line.read is not None:
            _check_page(page_line.number, page_line.read, tables, findings)
    if tables.pages.readable and tables.extras.readable:
        _check_unlisted(tables, findings)


def _check_repeats(tables: CorpusTables, findings: Findings) -> None:
    pages = tables.pages.contents()
    for path, keys in (
        (tables.issues.path, tables.issues.issue_lines()),
        (tables.pages.path, [(number, page.id) for number, page in pages]),
        (tables.pages.path, [(number, str(page.path)) for number, page in pages]),
        (tables.extras.path, [(n, extra.id) for n, extra in tables.extras.contents()]),
        (tables.extras.path, [(n, str(extra.path)) for n, extra in tables.extras.contents()]),
        (tables.press.path, tables.press.issue_lines()),
    ):
        for number, key in _repeated(keys):
            fault = DataFault("id-duplicate", f"an earlier line is about {key} too", "keep one")
            findings.add(path, number, fault)
    for number, issue in _repeated(tables.splits.issue_lines()):
        fault = DataFault("split-twice", f"issue {issue} is in two splits", "keep one line")
        findings.add(tables.splits.path, number, fault)


def _repeated(keys: Iterable[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    seen: set[str] = set()
    for number, key in keys:
        if key in seen:
            yield number, key
        seen.add(key)


def _check_references(tables: CorpusTables, findings: Findings) -> None:
    for table in (tables.pages, tables.splits, tables.extras, tables.press):
        for number, issue in table.issue_lines():
            if not tables.knows(issue):
                fault = DataFault(
                    "issue-unknown", f"{issue!r} is not in issues.tsv", "correct the id or add it"
                )
                findings.add(table.path, number, fault)


def _check_issue(line: Line[Issue], tables: CorpusTables, findings: Findings) -> None:
    findings.extend(tables.issues.path, ((line.number, f) for f in _issue_faults(line, tables)))


def _issue_faults(line: Line[Issue], tables: CorpusTables) -> Iterator[DataFault]:
    issue, pages = line.issue, tables.pages_of(line.issue)
    if not FILE_STEM.fullmatch(issue):
        yield DataFault(
            "path-unsafe",
            f"issue id {issue!r} cannot name a file everywhere",
            "use a-z, 0-9, '.' and '-', beginning with a letter or digit",
        )
    if tables.splits.readable and issue not in tables.splits.issues():
        yield DataFault("split-none", f"issue {issue} is in no split", "add it to splits.tsv")
    if pages == []:
        yield DataFault("page-missing", f"issue {issue} has no page", "add its pages to pages.tsv")
    numbers = {page.number for page in pages or ()}
    for view in sorted({page.view for page in pages or ()}):
        if missing := numbers - {page.number for page in pages or () if page.view == view}:
            message = f"issue {issue} lacks page {min(missing)} in the view {view}"
            yield DataFault("page-missing", message, "give every page in every view")
    if pages and STREAM not in {page.view for page in pages}:
        yield DataFault("page-missing", f"issue {issue} has no stream view", "add its pages")
    if pages and line.read is not None and line.read.sha256 != (digest := issue_digest(pages)):
        yield DataFault(
            "digest-wrong",
            f"the pages of {issue} have the digest {digest}, the table says {line.read.sha256}",
            "restore the tables; for a new issue, write this digest",
        )


def _check_page(line: int, page: Page, tables: CorpusTables, findings: Findings) -> None:
    findings.tried(tables.pages.path, line, page.pinned_bytes, tables.corpus)
    path = tables.corpus / page.path
    if path.is_file():
        findings.extend(path, encoding_faults(path.read_bytes(), path.name))


def _check_unlisted(tables: CorpusTables, findings: Findings) -> None:
    cells = (line.cells for table in (tables.pages, tables.extras) for line in table.lines)
    listed = {str(PurePosixPath(each[PATH_COLUMN])) for each in cells if len(each) > PATH_COLUMN}
    listed |= {table.path.name for table in (tables.issues, tables.pages, tables.splits)}
    listed |= set(OPTIONAL)
    for path in sorted(tables.corpus.rglob("*")):
        name = path.relative_to(tables.corpus).as_posix()
        known = name in listed or path.name == README or SOURCES.fullmatch(name)
        if path.is_file() and not known:
            fault = DataFault(
                "file-unlisted", f"no line of a table names {name}", "add its line or delete it"
            )
            findings.add(path, 1, fault)
