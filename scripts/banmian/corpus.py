"""The corpus folder: which issues and pages there are, their bytes, their splits.

Tables are tab-separated UTF-8 with a header line. Page texts are read as bytes, checked against
their sha256 and decoded, never normalised.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice, takewhile
from pathlib import Path, PurePosixPath

from banmian.errors import DataFault, DataFaults
from banmian.tagset import Split, named

ISSUE_COLUMNS = (
    "issue",
    "title",
    "date",
    "date_basis",
    "number",
    "pages_printed",
    "source",
    "licence",
    "sha256",
)
PAGE_COLUMNS = ("issue", "page", "view", "path", "sha256")
SPLIT_COLUMNS = ("issue", "split")

STREAM = "stream"
"""The view that every issue has: the text layer in the order of the file."""


@dataclass(frozen=True, slots=True)
class Issue:
    """One number of one newspaper. ``date_basis`` says how the date is known.

    ``sha256`` is the digest of the concatenated page digests, in page order: it pins the issue.
    """

    id: str
    title: str
    date: date
    date_basis: str
    number: str
    pages_printed: int
    source: str
    licence: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Page:
    """One page of an issue in one extraction view; ``path`` is relative to the corpus folder."""

    issue: str
    number: int
    view: str
    path: PurePosixPath
    sha256: str

    def __post_init__(self) -> None:
        refuse_unpinned(self.path, self.sha256)

    @property
    def id(self) -> str:
        """``<issue>-p01``; the view is named only where it is not the stream view."""
        suffix = "" if self.view == STREAM else f".{self.view}"
        return f"{self.issue}-p{self.number:02d}{suffix}"

    def text(self, corpus: Path) -> str:
        """The page's text; raises :class:`DataFault` if its bytes are not the pinned ones."""
        return decoded(self.pinned_bytes(corpus), str(self.path))

    def pinned_bytes(self, corpus: Path) -> bytes:
        """The page file's bytes; :class:`DataFault` if it is missing or has another sha256."""
        return pinned_bytes(corpus, self.path, self.sha256)


def refuse_unpinned(path: PurePosixPath, sha256: str) -> None:
    """Refuse a path that leaves the corpus folder, and one without checksum."""
    if path.is_absolute() or ".." in path.parts:
        raise DataFault(
            "path-unsafe",
            f"path {str(path)!r} leaves the corpus folder",
            "give a path below corpus/, without '..'",
        )
    if not sha256:
        raise DataFault("checksum-missing", f"{path} has no sha256", "fill the column sha256")


def pinned_bytes(corpus: Path, path: PurePosixPath, sha256: str) -> bytes:
    """A corpus file's bytes; :class:`DataFault` if it is missing or has another sha256."""
    if not (corpus / path).is_file():
        raise DataFault("file-missing", f"{path} is not there", "restore it from git")
    data = (corpus / path).read_bytes()
    if (digest := hashlib.sha256(data).hexdigest()) != sha256:
        raise DataFault(
            "checksum-wrong",
            f"{path} has sha256 {digest}, the table says {sha256}",
            "restore the file as received; never edit the corpus",
        )
    return data


def decoded(data: bytes, name: str) -> str:
    """UTF-8 bytes as text: no byte order mark, no carriage return, or :class:`DataFault`."""
    for _, fault in encoding_faults(data, name):
        raise fault
    return data.decode("utf-8")


def encoding_faults(data: bytes, name: str) -> Iterator[tuple[int, DataFault]]:
    """What keeps ``data`` from being plain UTF-8 with LF line ends: at most one of each, by line.

    The line is that of the first place; one wrong setting usually spoils every line.
    """
    if data.startswith(b"\xef\xbb\xbf"):
        yield (
            1,
            DataFault(
                "encoding-bom", f"{name} starts with a byte order mark", "save it as plain UTF-8"
            ),
        )
    if b"\r" in data:
        line = data.count(b"\n", 0, data.index(b"\r")) + 1
        yield (
            line,
            DataFault(
                "encoding-crlf",
                f"{name} has a carriage return in line {line}",
                "save it with LF line ends (check .gitattributes)",
            ),
        )
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        yield (
            line,
            DataFault(
                "encoding-invalid",
                f"{name} is not UTF-8: byte {error.start} (line {line})",
                "convert it to UTF-8 from its true encoding",
            ),
        )


def sha256_text(text: str) -> str:
    """The hex digest of a text's UTF-8 bytes."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def issue_digest(pages: Sequence[Page]) -> str:
    """The digest that pins an issue: over its page digests, in order of page and view."""
    joined = "".join(page.sha256 for page in sorted(pages, key=lambda p: (p.number, p.view)))
    return hashlib.sha256(joined.encode("utf-8")).hexdigest()


def read_table(path: Path, columns: Sequence[str]) -> Iterator[tuple[int, dict[str, str]]]:
    """Line number and row of each line of a table; the header must be ``columns``."""
    if not path.is_file():
        raise DataFault("file-missing", f"{path.name} is not there", "restore it from git")
    for number, cells in table_lines(decoded(path.read_bytes(), path.name), columns):
        yield number, row_from_cells(cells, columns)


def table_lines(text: str, columns: Sequence[str]) -> Iterator[tuple[int, list[str]]]:
    """Line number and cells of each line below the header, which must be ``columns``.

    Cells are not quoted, and lines end at LF only: a cell may hold any other character.
    """
    header, *lines = text.removesuffix("\n").split("\n")
    if tuple(header.split("\t")) != tuple(columns):
        raise DataFault("table-header", "line 1 is not the table's header", "\\t".join(columns))
    for number, line in enumerate(lines, start=2):
        yield number, line.split("\t")


def row_from_cells(cells: Sequence[str], columns: Sequence[str]) -> dict[str, str]:
    """Column → cell; refuses a line with a cell too many or too few."""
    if len(cells) != len(columns):
        raise DataFault(
            "table-cells",
            f"the line of {cells[0]!r} has {len(cells)} cells, not {len(columns)}",
            "separate cells with one tab, leave none out",
        )
    return dict(zip(columns, cells, strict=True))


def issue_from_row(row: dict[str, str]) -> Issue:
    """An :class:`Issue`; raises :class:`DataFaults` with all that is wrong with the row."""
    faults = list(_missing_cells(row))
    day, pages = date.min, 0
    try:
        day = _parsed_date(row)
    except DataFault as fault:
        faults.append(fault)
    try:
        pages = _whole(row, "pages_printed")
    except DataFault as fault:
        faults.append(fault)
    if faults:
        raise DataFaults(faults)
    return Issue(
        id=row["issue"],
        title=row["title"],
        date=day,
        date_basis=row["date_basis"],
        number=row["number"],
        pages_printed=pages,
        source=row["source"],
        licence=row["licence"],
        sha256=row["sha256"],
    )


def _missing_cells(row: dict[str, str]) -> Iterator[DataFault]:
    for column, id in (
        ("licence", "licence-missing"),
        ("source", "source-missing"),
        ("sha256", "checksum-missing"),
    ):
        if not row[column].strip():
            yield DataFault(
                id, f"issue {row['issue']} has no {column}", f"fill the column {column}"
            )


def page_from_row(row: dict[str, str]) -> Page:
    """A :class:`Page`; refuses unsafe paths and missing checksums."""
    return Page(
        issue=row["issue"],
        number=page_number(row),
        view=row["view"],
        path=PurePosixPath(row["path"]),
        sha256=row["sha256"],
    )


def page_number(row: dict[str, str]) -> int:
    """The cell ``page`` of a row: 1, 2, 3 …"""
    return _whole(row, "page")


def _parsed_date(row: dict[str, str]) -> date:
    try:
        day = date.fromisoformat(row["date"])
    except ValueError:
        day = None
    # fromisoformat also takes 20220613 and 2022-W24-1.
    if day is None or day.isoformat() != row["date"]:
        raise DataFault(
            "date-invalid", f"issue {row['issue']} has date {row['date']!r}", "write YYYY-MM-DD"
        )
    return day


def _whole(row: dict[str, str], column: str) -> int:
    value = row[column]
    if not (value.isascii() and value.isdigit() and int(value) > 0):
        raise DataFault(
            "field-type", f"{column} is {value!r} in the row of {row['issue']}", "write 1, 2, 3 …"
        )
    return int(value)


@dataclass(frozen=True, slots=True)
class Corpus:
    """The tables of ``corpus/``, read once; page texts are read when asked for."""

    folder: Path
    issues: tuple[Issue, ...]
    pages: tuple[Page, ...]
    splits: dict[str, Split]

    @classmethod
    def read(cls, folder: Path) -> Corpus:
        """Read the three tables; raises :class:`DataFault` or :class:`DataFaults` at the first row.

        ``banmian validate`` reads the same tables and reports every fault.
        """
        issues = [issue_from_row(r) for _, r in read_table(folder / "issues.tsv", ISSUE_COLUMNS)]
        pages = [page_from_row(r) for _, r in read_table(folder / "pages.tsv", PAGE_COLUMNS)]
        splits: dict[str, Split] = {}
        for _, row in read_table(folder / "splits.tsv", SPLIT_COLUMNS):
            if row["issue"] in splits:
                raise DataFault(
                    "split-twice", f"issue {row['issue']} is in two splits", "keep one row"
                )
            splits[row["issue"]] = named(Split, row["split"], "split-unknown")
        if missing := {issue.id for issue in issues} - splits.keys():
            raise DataFault(
                "split-none",
                f"in no split: {', '.join(sorted(missing))}",
                "add a row to splits.tsv",
            )
        return cls(
            folder,
            tuple(sorted(issues, key=lambda issue: issue.id)),
            tuple(sorted(pages, key=lambda page: (page.issue, page.number, page.view))),
            splits,
        )

    def pages_of(self, issue: str, view: str = STREAM) -> tuple[Page, ...]:
        """The pages of one issue in one view, by page number."""
        return tuple(page for page in self._all_pages_of(issue) if page.view == view)

    def views_of(self, issue: str) -> tuple[str, ...]:
        """The views that an issue has pages in: the stream first, then by name."""
        views = {page.view for page in self._all_pages_of(issue)}
        return tuple(sorted(views, key=lambda view: (view != STREAM, view)))

    def _all_pages_of(self, issue: str) -> tuple[Page, ...]:
        start = bisect_left(self.pages, issue, key=lambda page: page.issue)
        return tuple(takewhile(lambda page: page.issue == issue, islice(self.pages, start, None)))
