"""Build the data set: the corpus and its annotations → a directory that ``load_dataset`` reads.

The same release gives the same bytes. The directory appears whole or not at all, and replaces only
a directory that this module wrote.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Protocol

from banmian import card, croissant
from banmian.article_rows import item_rows
from banmian.built import owned_paths
from banmian.configurations import CONFIGURATIONS
from banmian.errors import UsageError
from banmian.page_rows import image_rows, page_rows
from banmian.parquet_files import DataFile, RowWriter
from banmian.release import AnnotatedIssue, Release
from banmian.tagset import Split


class Progress(Protocol):
    """Told after each issue how many of how many are done."""

    def __call__(self, done: int, total: int, issue: str) -> None: ...


def silent(done: int, total: int, issue: str) -> None:
    """Report no progress."""


@dataclass(frozen=True, slots=True)
class Build:
    """What was written where."""

    path: Path
    files: tuple[DataFile, ...]

    def rows(self) -> Mapping[str, Mapping[str, int]]:
        """Number of rows by configuration and split."""
        found: dict[str, dict[str, int]] = {}
        for file in self.files:
            found.setdefault(file.configuration, {})[str(file.split)] = file.rows
        return found


def build(release: Release, out: Path, *, progress: Progress = silent) -> Build:
    """Write the data set of ``release`` to ``out`` and say what it holds.

    Raises :class:`UsageError` where there is no corpus or ``out`` holds foreign files, and
    :class:`DataFault` or :class:`DataFaults` for invalid data; ``out`` is then as it was.
    """
    corpus = release.corpus()
    if not corpus.issues:
        raise UsageError(f"{release.root} lists no issue: there is nothing to build")
    out = Path(os.path.realpath(out))
    _refuse_foreign(out)
    out.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix=f".{out.name}-", dir=out.parent) as stage:
        fresh = Path(stage) / "new"
        fresh.mkdir()
        files = _write_files(release, fresh, len(corpus.issues), progress)
        for name, text in {
            card.FILE_NAME: card.card(corpus, files),
            card.EVAL_FILE_NAME: card.eval_registry(files),
            croissant.FILE_NAME: croissant.croissant(corpus, files),
        }.items():
            (fresh / name).write_bytes(text.encode("utf-8"))
        _put_in_place(fresh, out, Path(stage) / "old")
    return Build(out, files)


def _refuse_foreign(out: Path) -> None:
    """Refuse to replace anything but an empty directory or a data set of ours, all of it."""
    if not out.exists():
        return
    if not out.is_dir():
        raise UsageError(f"{out} is a file: name a directory")
    owned = owned_paths(out)
    for path in sorted(out.rglob("*")):
        kept = path.is_symlink() or not path.is_dir()
        if kept and path.relative_to(out).as_posix() not in owned:
            raise UsageError(f"{path} is no file of a data set: name another directory")


def _put_in_place(fresh: Path, out: Path, old: Path) -> None:
    _refuse_foreign(out)  # again: a build takes long enough for a file to be added
    if not out.exists():
        fresh.rename(out)
        return
    out.rename(old)
    try:
        fresh.rename(out)
    except BaseException:
        old.rename(out)
        raise


def _write_files(
    release: Release, folder: Path, total: int, progress: Progress
) -> tuple[DataFile, ...]:
    """Write the rows of every issue; one issue is in memory at a time."""
    writers: dict[tuple[str, Split], RowWriter] = {}
    with ExitStack() as open_writers:
        for done, views in enumerate(release.issues_in_views(), start=1):
            issue = views[0]
            for configuration, rows in rows_of(views).items():
                key = (configuration, issue.split)
                if rows and key not in writers:
                    writers[key] = open_writers.enter_context(RowWriter(folder, *key))
                if rows:
                    writers[key].write(rows)
            progress(done, total, issue.issue.id)
    order = [(name, split) for name in CONFIGURATIONS for split in Split]
    written = (writers[key].file for key in order if key in writers)
    return tuple(file for file in written if file is not None)


def rows_of(views: Sequence[AnnotatedIssue]) -> dict[str, list[dict[str, object]]]:
    """All rows of an issue by configuration, labels as names.

    Pages are those of each view, items and pictures those of the first, the stream.
    """
    found: dict[str, list[dict[str, object]]] = {name: [] for name in CONFIGURATIONS}
    for issue in views:
        found["pages"] += page_rows(issue)
    for rows in item_rows(views[0]):
        for configuration, of_item in rows.items():
            found[configuration] += of_item
    found["images"] += image_rows(views[0])
    return found
