"""Results of others: a folder with their predictions and a form, scored again before it is listed.

``submission.toml`` beside the predictions file is the form (see benchmarks/SUBMISSIONS.md). Numbers
that a submission states count for nothing: the predictions are scored here.
"""

from __future__ import annotations

import hashlib
import re
import shutil
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, Final

from banmian.errors import DataFault, DataFaults
from banmian.records import beside
from banmian_bench.evaluation import Filed, record_of
from banmian_bench.examples import STREAM, DataSet
from banmian_bench.label_maps import LabelMap, label_map, read_label_map
from banmian_bench.predictions import read_predictions
from banmian_bench.protocol import Task
from banmian_bench.records import Result, write_result
from banmian_bench.score import LABELLED, Scored, Scoring

FORM: Final = "submission.toml"
NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9.+-]{0,59}")
OPTIONAL: Final = {"view": STREAM, "labels": "", "url": "", "note": ""}
REMEDY: Final = "see benchmarks/SUBMISSIONS.md"


@dataclass(frozen=True, slots=True)
class Submission:
    """A form as read: which system, on what, where its predictions are and their sha256.

    ``data`` is the version and digest of the data that was answered, as ``run`` prints them;
    ``labels`` is a map of this package or a TOML file beside the form, empty for OntoNotes names.
    """

    folder: Path
    name: str
    version: str
    authors: str
    licence: str
    task: Task
    split: str
    data: str
    predictions: str
    sha256: str
    view: str = STREAM
    labels: str = ""
    url: str = ""
    note: str = ""

    @classmethod
    def read(cls, folder: Path) -> Submission:
        """The form in ``folder``; :class:`DataFaults` with all that is wrong with it."""
        path = folder / FORM
        try:
            table = tomllib.loads(path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            raise _fault("form", f"{folder.name} has no {FORM}") from None
        except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
            raise _fault("form", f"{folder.name}/{FORM}: {error}") from None
        if faults := [*_form_faults(folder, table)]:
            raise DataFaults(faults)
        values = {**OPTIONAL, **table}
        return cls(folder, **{**values, "task": Task(values["task"])})

    @property
    def system(self) -> str:
        """The name on the board: it cannot be that of an entrant."""
        return f"submitted:{self.name}"

    def label_map(self) -> LabelMap | None:
        """The map of its labels, for a task with labels."""
        if self.task not in LABELLED:
            return None
        beside_form = self.labels.endswith(".toml")
        return read_label_map(self.folder / self.labels) if beside_form else label_map(self.labels)

    def score(self, dataset: DataSet) -> tuple[Scoring, Scored]:
        """Score the predictions; :class:`DataFault` if they are for other data than ``dataset``."""
        dataset = dataset.in_view(self.view)
        dataset.refuse_absent(self.split)
        scoring = Scoring(dataset, self.split, self.task, self.label_map())
        data = scoring.signature().knobs["data"]
        if self.data != data:
            raise _fault("data", f"{self.name} answered data {self.data}, here is {data}")
        return scoring, scoring.score(read_predictions(self.folder / self.predictions))

    def enter(self, dataset: DataSet, results: Path) -> Result:
        """Score again, and file record and predictions below ``results`` as a run would."""
        scoring, scored = self.score(dataset)
        filed = Filed(results, scoring.signature().place, self.task, self.system)
        with beside(filed.predictions) as partial:
            shutil.copyfile(self.folder / self.predictions, partial)
        described = {
            "name": self.system,
            "version": self.version,
            "licence": self.licence,
            "model": "",
            "labels": self.labels or None,
            "sees_gold": None,
            "note": "; ".join(filter(None, (f"submitted by {self.authors}", self.note, self.url))),
        }
        result = record_of(scoring, scored, filed.predictions, described, {})
        write_result(filed.record, result, scored.tally)
        return result


def submissions(folder: Path) -> Iterator[Path]:
    """The folders below ``folder`` that hold a form, sorted."""
    yield from sorted(path.parent for path in folder.glob(f"*/{FORM}"))


def _form_faults(folder: Path, table: dict[str, Any]) -> Iterator[DataFault]:
    known = {each.name for each in fields(Submission)} - {"folder"}
    for name in sorted(known - table.keys() - OPTIONAL.keys()):
        yield _fault("form", f"{folder.name}/{FORM} lacks {name}")
    for name in sorted(table.keys() - known):
        yield _fault("form", f"{folder.name}/{FORM} has {name}, which the form does not")
    for name, value in table.items():
        if name in known and not isinstance(value, str):
            yield _fault("form", f"{folder.name}/{FORM}: {name} is no string")
            return
    if "name" in table and not NAME.fullmatch(table["name"]):
        yield _fault("name", f"{table['name']!r} is no name of up to 60 letters, digits, . + -")
    if "task" in table and table["task"] not in set(Task):
        yield _fault("task", f"no task {table['task']!r}: {', '.join(Task)}")
    if "predictions" in table:
        yield from _file_faults(folder, table["predictions"], table.get("sha256", ""))


def _file_faults(folder: Path, name: str, sha256: str) -> Iterator[DataFault]:
    path = folder / name
    if path.name != name or not path.is_file():
        yield _fault("file", f"{folder.name} has no predictions file {name!r} beside the form")
    elif hashlib.sha256(path.read_bytes()).hexdigest() != sha256:
        yield _fault("sha256", f"{folder.name}/{name} has not the sha256 that the form states")


def _fault(id: str, message: str) -> DataFault:
    return DataFault(f"submission-{id}", message, REMEDY)
