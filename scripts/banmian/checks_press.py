"""Checks of what the press adds to ``corpus/``: geometry, pictures, provenance, its own sources."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from banmian.checks_corpus import CorpusTables
from banmian.corpus import encoding_faults, pinned_bytes
from banmian.errors import DataFault, DataFaults
from banmian.extras import Extra, ExtraKind, LineBox, parse_geometry
from banmian.incidents import Findings
from banmian.parsing import HEADER_LINE
from banmian.provenance import Provenance
from banmian.tagset import Split

if TYPE_CHECKING:
    from banmian.manuscripts import Copy

PICTURES = ((b"RIFF", 0), (b"WEBP", 8))
"""What stands where in a WebP file."""
AGAIN = "set the page again"


def check_press(tables: CorpusTables, findings: Findings) -> None:
    """Check the optional tables line by line, the files they list, and the press's sources."""
    for line in tables.extras.lines:
        if line.read is not None:
            _check_extra(line.number, line.read, tables, findings)
    manuscripts: set[str] = set()
    for row in tables.press.lines:
        if row.read is not None:
            for fault in _provenance_faults(row.read, tables, manuscripts):
                findings.add(tables.press.path, row.number, fault)
    for line_of in tables.issues.lines:
        _check_stated(line_of.number, line_of.issue, tables, findings)
    _check_manuscripts(tables, findings)
    _check_houses(tables.corpus / "houses", findings)


def _check_extra(number: int, extra: Extra, tables: CorpusTables, findings: Findings) -> None:
    pages = tables.pages_of(extra.issue)
    if pages is not None and extra.page not in {page.number for page in pages}:
        fault = DataFault(
            "page-unknown", f"{extra.issue} has no page {extra.page}", "correct the page number"
        )
        findings.add(tables.extras.path, number, fault)
        return
    data = findings.tried(tables.extras.path, number, extra.data, tables.corpus)
    if data is None:
        return
    path = tables.corpus / extra.path
    if extra.kind is ExtraKind.PICTURE:
        if not all(data.startswith(mark, at) for mark, at in PICTURES):
            findings.add(path, 1, DataFault("picture-invalid", "this is no WebP file", AGAIN))
    elif faults := list(encoding_faults(data, path.name)):
        findings.extend(path, faults)
    else:
        findings.extend(path, _geometry_faults(data.decode("utf-8"), extra, tables))


def _geometry_faults(
    text: str, extra: Extra, tables: CorpusTables
) -> Iterator[tuple[int, DataFault]]:
    found = parse_geometry(text)
    yield from found.faults
    texts = _texts(extra, tables)
    if texts is None:
        return
    for view, (line, boxes) in found.views.items():
        if view not in texts:
            message = f"page {extra.page} of {extra.issue} has no view {view!r}"
            yield line, DataFault("lines-view", message, f"name one of: {', '.join(sorted(texts))}")
        else:
            faults = _box_faults(boxes, texts[view], found.size)
            yield from ((line, fault) for fault in faults)
    if (missing := sorted(texts.keys() - found.views.keys())) and not found.faults:
        message = f"no lines of the view {', '.join(missing)}"
        yield HEADER_LINE, DataFault("lines-view", message, AGAIN)


def _texts(extra: Extra, tables: CorpusTables) -> dict[str, str] | None:
    """View → text of the page; None where the checks of the pages have something to say."""
    pages = [page for page in tables.pages_of(extra.issue) or () if page.number == extra.page]
    try:
        return {page.view: page.text(tables.corpus) for page in pages} or None
    except (DataFault, DataFaults):
        return None


def _box_faults(
    boxes: tuple[LineBox, ...], text: str, size: tuple[float, float] | None
) -> Iterator[DataFault]:
    for box in boxes:
        where = f"[{box.start}, {box.end})"
        if box.end > len(text):
            message = f"{where} ends past the text of {len(text)} code points"
            yield DataFault("lines-offsets", message, AGAIN)
        elif "\n" in text[box.start : box.end]:
            yield DataFault("lines-offsets", f"{where} goes over a line feed", AGAIN)
        if size and not (box.x0 < size[0] and box.y0 < size[1] and box.x1 > 0 and box.y1 > 0):
            yield DataFault("lines-box", f"the box of {where} lies outside the page", AGAIN)


def _provenance_faults(
    stated: Provenance, tables: CorpusTables, manuscripts: set[str]
) -> Iterator[DataFault]:
    if str(stated.manuscript) in manuscripts:
        message = f"an earlier line is about {stated.manuscript} too"
        yield DataFault("manuscript-twice", message, "a manuscript is set into one issue only")
    manuscripts.add(str(stated.manuscript))
    if not (tables.corpus / "houses" / f"{stated.house}.toml").is_file():
        message = f"no houses/{stated.house}.toml is there"
        yield DataFault("house-unknown", message, "name a house by its code")
    try:
        pinned_bytes(tables.corpus, stated.manuscript, stated.manuscript_sha256)
    except DataFault as fault:
        yield fault


def _check_stated(number: int, issue: str, tables: CorpusTables, findings: Findings) -> None:
    """Each issue of the press, and no real one, has its provenance."""
    split = tables.split_of(issue)
    if split is None or not tables.press.readable:
        return
    if (split is Split.REAL) == (issue in tables.press.issues()):
        what = "is real and has" if split is Split.REAL else "is synthetic and lacks"
        fault = DataFault(
            "provenance", f"issue {issue} {what} a line in press.tsv", "correct split or press.tsv"
        )
        findings.add(tables.issues.path, number, fault)


def _check_manuscripts(tables: CorpusTables, findings: Findings) -> None:
    """Each file parses; if all do, together they keep within the limits of variety."""
    from banmian.manuscripts import copy_paths, parse_copy, read_copy

    paths = copy_paths(tables.corpus / "manuscripts")
    whole = True
    for path in paths:
        text = findings.text(path)
        faults = [] if text is None else parse_copy(text, f"{path.parent.name}-{path.stem}")[1]
        findings.extend(path, ((n, _own("manuscript-invalid", f)) for n, f in faults))
        whole = whole and text is not None and not faults
    if paths and whole:
        _check_variety([read_copy(path) for path in paths], tables, findings)


def _check_variety(copies: Sequence[Copy], tables: CorpusTables, findings: Findings) -> None:
    from banmian.press.variety import faults, repetitions, variety

    splits = {copy.issue: tables.split_of(copy.issue) for copy in copies}
    known = {issue: split for issue, split in splits.items() if split is not None}
    shared = repetitions([one for copy in copies for one in copy.manuscripts])
    for fault in faults(variety(copies, known), shared):
        told = DataFault("manuscript-repeats", fault.message, fault.remedy)
        findings.add(tables.corpus / "manuscripts" / "README.md", 1, told)


def _check_houses(folder: Path, findings: Findings) -> None:
    from banmian.press.houses import read_house

    for path in sorted(folder.glob("*.toml")):
        try:
            read_house(path)
        except (DataFault, DataFaults) as error:
            faults = ((1, _own("house-invalid", fault)) for fault in error.faults)
            findings.extend(path, faults)


def _own(id: str, fault: DataFault) -> DataFault:
    """A fault of one of the press's parsers, as one of ours."""
    return DataFault(id, f"{fault.id}: {fault.message}", fault.remedy)
