"""One system through one task: predictions to a file, scores and times to a record."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from banmian.errors import DataFault
from banmian_bench.environment import environment
from banmian_bench.examples import DataSet
from banmian_bench.formats.source import OwnData
from banmian_bench.journal import Journal
from banmian_bench.predictions import header_record, read_predictions
from banmian_bench.protocol import Reply, Request, System, Task, reads_pictures
from banmian_bench.records import Result, read_result, row_record, write_result
from banmian_bench.resample import intervals
from banmian_bench.run import Stopwatch, predict
from banmian_bench.score import Scored, Scoring, examples_of

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Filed:
    """Where a run's files are: ``<folder>/<split>/<task>/<system>.json`` and beside it.

    The folder of a view other than the stream is ``<split>.<view>``.
    """

    folder: Path
    split: str
    task: Task
    system: str

    @classmethod
    def of(cls, folder: Path, result: Result) -> Filed:
        """Where a record is kept below ``folder``."""
        return cls(folder, result.signature.place, Task(result.task), result.name)

    @property
    def record(self) -> Path:
        """The result record."""
        name = self.system.replace("/", "_").replace(":", "_")
        return self.folder / self.split / self.task / f"{name}.json"

    @property
    def predictions(self) -> Path:
        """The predictions file."""
        return self.record.with_suffix(".predictions.jsonl")


def kept(scoring: Scoring, folder: Path, system: str, fingerprint: str | None) -> Result | None:
    """The record of an earlier run that would come out the same; None where there is none.

    Same signature and fingerprint, and the predictions file as the record pins it.
    """
    filed = Filed(folder, scoring.signature().place, scoring.task, system)
    if fingerprint is None or not filed.record.is_file() or not filed.predictions.is_file():
        return None
    try:
        result = read_result(filed.record)
    except DataFault:
        return None
    same = (
        result.signature == scoring.signature()
        and result.system.get("fingerprint") == fingerprint
        and result.predictions["sha256"] == _sha256(filed.predictions)
    )
    return result if same else None


def _requests(system: System, scoring: Scoring) -> list[Request]:
    data, split = scoring.dataset, scoring.split
    requests = [request for request, _ in examples_of(data, split, scoring.task)]
    if not reads_pictures(system) or not isinstance(data, DataSet):
        return requests
    pictures = data.pictures(split)
    return [replace(request, picture=pictures.get(request.id)) for request in requests]


def evaluate(
    system: System,
    scoring: Scoring,
    folder: Path,
    watch: Stopwatch,
    progress: Progress,
    *,
    fingerprint: str | None = None,
    resume: bool = False,
) -> Result:
    """Run a loaded system over a split, score what it says, write predictions and record.

    With ``resume``, texts that an interrupted run of the same system has answered are not asked
    again.
    """
    info, signature = system.info(), scoring.signature()
    filed = Filed(folder, signature.place, scoring.task, info.name)
    requests = _requests(system, scoring)
    said_before = {
        "version": info.version,
        "fingerprint": fingerprint,
        "signature": str(signature),
    }
    header = header_record(scoring.task, info.name, str(signature.knobs["data"]), scoring.split)
    journal = Journal(filed.predictions, {**header, **said_before})
    done = journal.answered(requests) if resume else 0

    def counted() -> Iterator[Reply]:
        for number, reply in enumerate(predict(system, requests[done:], watch), start=done + 1):
            progress(number, len(requests))
            yield reply

    journal.write(counted(), after=done)
    scored = scoring.score(read_predictions(filed.predictions))
    description = {
        "name": info.name,
        "version": info.version,
        "licence": info.licence,
        "model": info.model,
        "labels": info.labels,
        "sees_gold": info.sees_gold,
        "note": info.note,
        "fingerprint": fingerprint,
    }
    timing = watch.summary() | ({"resumed_after": done} if done else {})
    result = record_of(scoring, scored, filed.predictions, description, timing)
    write_result(filed.record, result, scored.tally)
    return result


def record_of(
    scoring: Scoring,
    scored: Scored,
    predictions: Path,
    system: Mapping[str, object],
    timing: Mapping[str, object],
) -> Result:
    """The record of a scored predictions file."""
    dataset = scoring.dataset
    bounds = intervals(scored.tally)
    return Result(
        signature=scoring.signature(),
        dataset={
            "name": "own data" if isinstance(dataset, OwnData) else "BanMian",
            "version": dataset.version,
            "split": scoring.split,
            "digest": dataset.digest(scoring.split),
            "n_issues": len(scored.tally.issues()),
            "n_texts": scored.requested,
        },
        system=system,
        predictions={
            "file": predictions.name,
            "sha256": _sha256(predictions),
            "coverage": scored.coverage,
            "n_answered": scored.answered,
            "invalid": dict(sorted(scored.findings.counts.items())),
            "first_invalid": dict(sorted(scored.findings.first.items())),
        },
        rows=tuple(row_record(row, bounds[row.key]) for row in scored.rows),
        timing=timing,
        environment=environment(),
    )


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
