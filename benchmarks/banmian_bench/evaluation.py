"""One system through one task: predictions to a file, scores and times to a record."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from banmian_bench.environment import environment
from banmian_bench.formats.source import OwnData
from banmian_bench.predictions import header_record, read_predictions, write_predictions
from banmian_bench.protocol import Reply, System, Task
from banmian_bench.records import Result, row_record, write_result
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


def evaluate(
    system: System, scoring: Scoring, folder: Path, watch: Stopwatch, progress: Progress
) -> Result:
    """Run a loaded system over a split, score what it says, write predictions and record."""
    info = system.info()
    filed = Filed(folder, scoring.signature().place, scoring.task, info.name)
    requests = [request for request, _ in examples_of(scoring.dataset, scoring.split, scoring.task)]
    header = header_record(
        scoring.task, info.name, str(scoring.signature().knobs["data"]), scoring.split
    )

    def counted() -> Iterator[Reply]:
        for done, reply in enumerate(predict(system, requests, watch), start=1):
            progress(done, len(requests))
            yield reply

    write_predictions(filed.predictions, header, counted())
    scored = scoring.score(read_predictions(filed.predictions))
    description = {
        "name": info.name,
        "version": info.version,
        "licence": info.licence,
        "model": info.model,
        "labels": info.labels,
        "sees_gold": info.sees_gold,
        "note": info.note,
    }
    result = record_of(scoring, scored, filed.predictions, description, watch.summary())
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
            "sha256": hashlib.sha256(predictions.read_bytes()).hexdigest(),
            "coverage": scored.coverage,
            "n_answered": scored.answered,
            "invalid": dict(sorted(scored.findings.counts.items())),
            "first_invalid": dict(sorted(scored.findings.first.items())),
        },
        rows=tuple(row_record(row, bounds[row.key]) for row in scored.rows),
        timing=timing,
        environment=environment(),
    )
