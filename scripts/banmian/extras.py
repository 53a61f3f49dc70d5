"""What a page has beside its texts: where their lines stand, and a picture of it.

``corpus/extras.tsv`` lists the files; a corpus without it has none. Lengths are points from the
page's upper left corner.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path, PurePosixPath

from banmian.corpus import decoded, page_number, pinned_bytes, read_table, refuse_unpinned
from banmian.errors import DataFault, DataFaults
from banmian.parsing import HEADER_LINE
from banmian.records import Record, decode_line, decode_lines, only_fields
from banmian.records import field as field_of
from banmian.tagset import named

EXTRA_COLUMNS = ("issue", "page", "kind", "path", "sha256")
TABLE = "extras.tsv"
NUMBERS_OF_A_LINE = 7


class ExtraKind(StrEnum):
    """What a file beside a page's texts is."""

    LINES = "lines"
    PICTURE = "picture"


@dataclass(frozen=True, slots=True)
class Extra:
    """One file of a page; ``path`` is relative to the corpus folder."""

    issue: str
    page: int
    kind: ExtraKind
    path: PurePosixPath
    sha256: str

    def __post_init__(self) -> None:
        refuse_unpinned(self.path, self.sha256)

    @property
    def id(self) -> str:
        """``<issue>-p01 <kind>``: a page has one file of a kind."""
        return f"{self.issue}-p{self.page:02d} {self.kind}"

    def data(self, corpus: Path) -> bytes:
        """The file's bytes; :class:`DataFault` if it is missing or has another sha256."""
        return pinned_bytes(corpus, self.path, self.sha256)


def extra_from_row(row: dict[str, str]) -> Extra:
    """An :class:`Extra`; refuses unknown kinds, unsafe paths and missing checksums."""
    return Extra(
        issue=row["issue"],
        page=page_number(row),
        kind=named(ExtraKind, row["kind"], "kind-unknown"),
        path=PurePosixPath(row["path"]),
        sha256=row["sha256"],
    )


@dataclass(frozen=True, slots=True)
class LineBox:
    """Code points [start, end) of a view's text and the box they fill, (x0, y0) its upper left.

    ``size`` is the size of the largest type in it.
    """

    start: int
    end: int
    x0: float
    y0: float
    x1: float
    y1: float
    size: float

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise _fault("lines-offsets", f"[{self.start}, {self.end}) is empty or negative")
        if not (self.x0 < self.x1 and self.y0 < self.y1 and self.size > 0):
            raise _fault("lines-box", f"the box of [{self.start}, {self.end}) has no area or size")


@dataclass(frozen=True, slots=True)
class Geometry:
    """The size of a page, and the boxes of its lines by view."""

    width: float
    height: float
    lines: Mapping[str, tuple[LineBox, ...]]


@dataclass(slots=True)
class ParsedGeometry:
    """What could be read of a lines file: size, views (each with its line), faults."""

    size: tuple[float, float] | None = None
    views: dict[str, tuple[int, tuple[LineBox, ...]]] = field(default_factory=dict)
    faults: list[tuple[int, DataFault]] = field(default_factory=list)

    def geometry(self) -> Geometry:
        """The geometry; raises :class:`DataFaults` with every fault of the file."""
        if self.faults or self.size is None:
            raise DataFaults(fault for _, fault in self.faults)
        return Geometry(*self.size, {view: boxes for view, (_, boxes) in self.views.items()})


def parse_geometry(text: str) -> ParsedGeometry:
    """Read a lines file to the end: the page's size on line 1, then a view a line."""
    found = ParsedGeometry()
    for number, line in decode_lines(text):
        try:
            record = decode_line(line)
            if number == HEADER_LINE:
                found.size = _size(record)
                continue
            view = _view(record, found)
            found.views[view] = number, tuple(_boxes(record))
        except (DataFault, DataFaults) as error:
            found.faults += [(number, fault) for fault in error.faults]
    if found.size is None and not any(line == HEADER_LINE for line, _ in found.faults):
        found.faults.append((HEADER_LINE, _fault("header-missing", "no page size on line 1")))
    return found


def read_geometry(extra: Extra, corpus: Path) -> Geometry:
    """The geometry of a page; raises :class:`DataFault` or :class:`DataFaults`."""
    return parse_geometry(decoded(extra.data(corpus), str(extra.path))).geometry()


def _size(record: Record) -> tuple[float, float]:
    only_fields(record, ("page",))
    page: Record = field_of(record, "page", dict)
    only_fields(page, ("width", "height"))
    width, height = (_number(page.get(name)) for name in ("width", "height"))
    if not (width > 0 and height > 0):
        raise _fault("lines-box", f"the page is {width} by {height}")
    return width, height


def _view(record: Record, found: ParsedGeometry) -> str:
    only_fields(record, ("view", "lines"))
    view = field_of(record, "view", str)
    if view in found.views:
        raise DataFault("id-duplicate", f"an earlier line is about {view} too", "keep one")
    return view


def _boxes(record: Record) -> Iterator[LineBox]:
    after = 0
    for line in field_of(record, "lines", list):
        if not isinstance(line, list) or len(line) != NUMBERS_OF_A_LINE:
            raise DataFault(
                "field-type", f"a line is {line!r}", "write [start, end, x0, y0, x1, y1, size]"
            )
        start, end, *numbers = line
        if type(start) is not int or type(end) is not int:
            raise DataFault("field-type", f"offsets are {start!r}, {end!r}", "write whole numbers")
        box = LineBox(start, end, *map(_number, numbers))
        if box.start < after:
            raise _fault("lines-offsets", f"[{start}, {end}) starts before the line above ends")
        after = box.end
        yield box


def _number(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise DataFault("field-type", f"{value!r} is no number", "write points")
    return float(value)


def _fault(id: str, message: str) -> DataFault:
    return DataFault(id, message, "set the page again")


@dataclass(frozen=True, slots=True)
class Extras:
    """The table, read once; the files are read when asked for."""

    corpus: Path
    by_id: Mapping[str, Extra]

    @classmethod
    def read(cls, corpus: Path) -> Extras:
        """Read the table below ``corpus``; without one there are no extras.

        Raises :class:`DataFault` or :class:`DataFaults` at the first faulty row.
        """
        if not (corpus / TABLE).is_file():
            return cls(corpus, {})
        found: dict[str, Extra] = {}
        for _, row in read_table(corpus / TABLE, EXTRA_COLUMNS):
            extra = extra_from_row(row)
            if extra.id in found:
                raise DataFault("id-duplicate", f"{extra.id} is listed twice", "keep one row")
            found[extra.id] = extra
        return cls(corpus, found)

    def of(self, issue: str, page: int, kind: ExtraKind) -> Extra | None:
        """The file of that kind that a page has; None where it has none."""
        return self.by_id.get(f"{issue}-p{page:02d} {kind}")

    def geometry(self, issue: str, page: int) -> Geometry | None:
        """Size and boxes of a page; None where it has no geometry."""
        extra = self.of(issue, page, ExtraKind.LINES)
        return None if extra is None else read_geometry(extra, self.corpus)
