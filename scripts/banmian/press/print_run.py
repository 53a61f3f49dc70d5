"""The print run: every issue's copy through the press, several at a time, written as it comes.

A run that was interrupted goes on where it stopped: an issue whose copy, house, marks and fonts are
those of its row in ``corpus/press.tsv`` is not set again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from banmian.corpus import ISSUE_COLUMNS, PAGE_COLUMNS, read_table
from banmian.errors import DataFault, DataFaults, UsageError
from banmian.layers import GUIDELINE_VERSION, LayerName
from banmian.manuscripts import Copy, copy_paths, read_copy
from banmian.press.copy_marks import marks_of
from banmian.press.fonts import FontBook
from banmian.press.houses import read_house
from banmian.press.pressing import Pressed, base, digest, extra_rows, issue_row, page_rows, press
from banmian.records import beside, written_beside

EXTRA_COLUMNS = ("issue", "page", "kind", "path", "sha256")
PRESS_COLUMNS = (
    "issue",
    "house",
    "seed",
    "manuscript",
    "manuscript_sha256",
    "made_from",
    "fonts",
    "pdf_sha256",
)

Progress = Callable[[int, int, str], None]
Rows = dict[str, list[dict[str, str]]]


@dataclass(frozen=True, slots=True)
class Job:
    """One issue to press: the release it belongs to, its copy, where PDFs go (if anywhere)."""

    root: Path
    copy: Path
    pdfs: Path | None
    made_from: str


def print_run(
    root: Path,
    *,
    jobs: int = 1,
    pdfs: Path | None = None,
    only: str = "",
    progress: Progress = lambda done, total, issue: None,
) -> int:
    """Press every issue of ``corpus/manuscripts`` whose id starts with ``only``; how many were set.

    Tables are renewed at the end, and whenever the run ends early. :class:`DataFaults` at the end
    names every issue that could not be set; the others are done.
    """
    copies = [
        p for p in copy_paths(root / "corpus" / "manuscripts") if issue_of(p).startswith(only)
    ]
    if not copies:
        raise UsageError(f"no manuscript of {root / 'corpus' / 'manuscripts'} starts with {only!r}")
    fonts = FontBook.open(jobs=jobs).digest
    made = press_rows(root)
    todo = []
    for path in copies:
        key = made_from(root, path, fonts)
        if pdfs is not None or made.get(issue_of(path), {}).get("made_from") != key:
            todo.append(Job(root, path, pdfs, key))
    done: list[Rows] = []
    faults: list[DataFault] = []
    try:
        for count, (job, result) in enumerate(_worked(todo, jobs), start=1):
            if isinstance(result, dict):
                done.append(result)
            else:
                faults += result
            progress(count, len(todo), issue_of(job.copy))
    finally:
        write_tables(root, done)
    if faults:
        raise DataFaults(faults)
    return len(todo)


def _worked(todo: Sequence[Job], jobs: int) -> Iterator[tuple[Job, Rows | list[DataFault]]]:
    if jobs <= 1 or len(todo) < 2:
        yield from ((job, _tried(job)) for job in todo)
        return
    with ProcessPoolExecutor(jobs) as pool:
        yield from zip(todo, pool.map(_tried, todo), strict=True)


def _tried(job: Job) -> Rows | list[DataFault]:
    try:
        return work(job)
    except (DataFault, DataFaults) as error:
        issue = issue_of(job.copy)
        return [DataFault(f.id, f"{issue}: {f.message}", f.remedy) for f in error.faults]


def issue_of(path: Path) -> str:
    """The id of the issue whose copy is in ``path``."""
    return f"{path.parent.name}-{path.stem}"


def made_from(root: Path, copy: Path, fonts: str) -> str:
    """A digest of all that an issue is made from, this package's press included."""
    parts = [fonts, _own_code()]
    marks = sorted((root / "annotations" / "copy").glob(f"*/*/{copy.parent.name}/{copy.name}"))
    guidelines = sorted((root / "annotations" / "guidelines").glob("*.md"))
    house = root / "corpus" / "houses" / f"{copy.parent.name}.toml"
    for path in (copy, house, *marks, *guidelines):
        parts.append(digest(path.read_bytes()) if path.is_file() else "")
    return hashlib.sha256("".join(parts).encode("ascii")).hexdigest()[:16]


@lru_cache(maxsize=1)
def _own_code() -> str:
    """A digest of the press itself: another press may set other pages."""
    files = sorted(Path(__file__).parent.rglob("*.py"))
    return digest(b"".join(path.read_bytes() for path in files))


@lru_cache(maxsize=1)
def _book() -> FontBook:
    return FontBook.open()


def pressed(job: Job) -> tuple[Copy, Pressed]:
    """The issue of a job, in memory."""
    copy = read_copy(job.copy)
    house = read_house(job.root / "corpus" / "houses" / f"{copy.title}.toml")
    marks = marks_of(job.root, copy)
    return copy, press(copy, house, _book(), marks, guideline_versions(job.root))


def work(job: Job) -> Rows:
    """Press one issue, write its files, give the rows that tables say of it."""
    copy, made = pressed(job)
    house = read_house(job.root / "corpus" / "houses" / f"{copy.title}.toml")
    for path, data in made.files.items():
        with beside(job.root / path) as partial:
            partial.write_bytes(data)
    for old in sorted((job.root / "corpus" / base(copy)).iterdir()):
        if old.relative_to(job.root).as_posix() not in made.files:
            old.unlink()
    if job.pdfs is not None:
        with beside(job.pdfs / f"{made.issue}.pdf") as partial:
            partial.write_bytes(made.pdf)
    source = job.copy.relative_to(job.root / "corpus")
    provenance = {
        "issue": made.issue,
        "house": house.code,
        "seed": "0",
        "manuscript": source.as_posix(),
        "manuscript_sha256": digest(job.copy.read_bytes()),
        "made_from": job.made_from,
        "fonts": _book().digest[:16],
        "pdf_sha256": digest(made.pdf),
    }
    return {
        "issues": [issue_row(made, copy, house)],
        "pages": page_rows(made, copy),
        "extras": extra_rows(made),
        "press": [provenance],
    }


def guideline_versions(root: Path) -> dict[LayerName, str]:
    """Layer → the version that its guideline states."""
    versions = {}
    for layer in LayerName:
        path = root / "annotations" / "guidelines" / f"{layer}.md"
        match = GUIDELINE_VERSION.search(path.read_text("utf-8"))
        if match is None:
            raise DataFault("guideline-missing", f"{path.name} states no version", "state one")
        versions[layer] = match[1]
    return versions


TABLES = {
    "issues": (ISSUE_COLUMNS, ("issue",)),
    "pages": (PAGE_COLUMNS, ("issue", "page", "view")),
    "extras": (EXTRA_COLUMNS, ("issue", "page", "kind")),
    "press": (PRESS_COLUMNS, ("issue",)),
}


def write_tables(root: Path, done: Sequence[Rows]) -> None:
    """Replace the rows of the issues in ``done``; drop those whose copy is gone; keep the rest."""
    there = {issue_of(path) for path in copy_paths(root / "corpus" / "manuscripts")}
    gone = press_rows(root).keys() - there
    renewed = gone | {row["issue"] for rows in done for row in rows["issues"]}
    for name, (columns, key) in TABLES.items():
        path = root / "corpus" / f"{name}.tsv"
        kept = [row for _, row in read_table(path, columns)] if path.is_file() else []
        rows = [row for row in kept if row["issue"] not in renewed]
        rows += [row for one in done for row in one[name]]
        rows.sort(key=lambda row: [row[column] for column in key])
        lines = ["\t".join(columns), *("\t".join(row[c] for c in columns) for row in rows)]
        written_beside(path, "\n".join(lines) + "\n")


def press_rows(root: Path) -> dict[str, Mapping[str, str]]:
    """Issue → its row of ``corpus/press.tsv``."""
    path = root / "corpus" / "press.tsv"
    if not path.is_file():
        return {}
    return {row["issue"]: row for _, row in read_table(path, PRESS_COLUMNS)}


def differences(root: Path, *, only: str = "") -> Iterator[tuple[str, list[str]]]:
    """Each pressed issue and the files of it that pressing again does not give to the byte.

    ``pdf`` stands for the PDF, of which only the checksum is kept. Nothing is written.
    """
    for issue, row in sorted(press_rows(root).items()):
        if not issue.startswith(only):
            continue
        path = root / "corpus" / row["manuscript"]
        _, made = pressed(Job(root, path, None, row["made_from"]))
        wrong = [
            name
            for name, data in made.files.items()
            if not (root / name).is_file() or (root / name).read_bytes() != data
        ]
        wrong += ["pdf"] * (digest(made.pdf) != row["pdf_sha256"])
        yield issue, wrong
