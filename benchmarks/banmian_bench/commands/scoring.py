"""The work of ``score``: a predictions file against a split."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from pathlib import Path

import typer

from banmian.errors import UsageError
from banmian_bench.bulk.scoring import is_plain, score_plain
from banmian_bench.commands.ending import Ending
from banmian_bench.evaluation import record_of
from banmian_bench.examples import STREAM, DataSet
from banmian_bench.formats import FormatOptions, OwnData, open_data, read_replies
from banmian_bench.label_maps import LabelMap, Unknown, label_map, read_label_map
from banmian_bench.protocol import Task
from banmian_bench.records import Result, write_result
from banmian_bench.report_tables import plain, tables
from banmian_bench.score import LABELLED, Scored, Scoring, examples_of


@dataclass(frozen=True, slots=True)
class Asked:
    """What ``score`` was asked: which predictions against which data, how to read the files.

    ``reading`` is for the predictions, ``gold_reading`` for a file of a team's own gold.
    """

    predictions: Path
    data: Path
    split: str
    task: Task
    name: str
    labels: str | None
    reading: FormatOptions
    gold_reading: FormatOptions
    view: str = STREAM
    unknown: Unknown = Unknown.ERROR


def score_file(asked: Asked, output: Path | None) -> Result:
    """Score the file; write record and sidecar where ``output`` names a place."""
    scoring, scored = _from_columns(asked) or _text_by_text(asked)
    system: dict[str, object] = {"name": asked.name, "sees_gold": None, "labels": asked.labels}
    result = record_of(scoring, scored, asked.predictions, system, {})
    if output is not None:
        write_result(output, result, scored.tally)
    return result


def _from_columns(asked: Asked) -> tuple[Scoring, Scored] | None:
    """What plain JSON lines of gold and predictions say; None for any other files."""
    files = ((asked.data, asked.gold_reading), (asked.predictions, asked.reading))
    if not all(is_plain(*file) for file in files) or asked.predictions.samefile(asked.data):
        return None
    if asked.unknown is not Unknown.ERROR:
        return None
    mapping = _labels(asked, own=True) if asked.task in LABELLED else None
    return score_plain(asked.data, asked.predictions, asked.task, mapping)


def _text_by_text(asked: Asked) -> tuple[Scoring, Scored]:
    source = open_data(asked.data, options=asked.gold_reading)
    if isinstance(source, DataSet):
        source = source.in_view(asked.view)
        source.refuse_absent(asked.split)
    elif asked.view != STREAM:
        raise UsageError("--view is for a data set: a file of one's own gold has one text each")
    own = isinstance(source, OwnData)
    split = source.splits()[0] if isinstance(source, OwnData) else asked.split
    reading = asked.reading
    if asked.predictions.samefile(asked.data):
        # One column file may hold both: the tags of the second column are gold, of the third said.
        reading = replace(reading, column=reading.column or "3")
    requests = [request for request, _ in examples_of(source, split, asked.task)]
    replies, notes = read_replies(asked.predictions, requests, reading)
    mapping = _labels(asked, own=own) if asked.task in LABELLED else None
    knobs = {**(source.knobs if isinstance(source, OwnData) else {}), **notes.knobs}
    scoring = Scoring(source, split, asked.task, mapping, knobs=knobs)
    return scoring, scoring.score(replies, notes)


def _labels(asked: Asked, *, own: bool) -> LabelMap | None:
    name = asked.labels
    if name is None and own:
        if asked.unknown is not Unknown.ERROR:
            raise UsageError("--unknown-labels says what a map does not have: give --labels too")
        return None
    is_file = name is not None and name.endswith(".toml")
    found = read_label_map(Path(name)) if name is not None and is_file else label_map(name)
    return replace(found, unknown=asked.unknown)


def shown(result: Result, *, as_json: bool) -> Ending:
    """Print rows or a table; say on stderr what was wrong with the predictions."""
    if as_json:
        typer.echo(json.dumps(list(result.rows), ensure_ascii=False))
    else:
        for table in tables([result]):
            typer.echo(plain(table))
    for reason, count in result.predictions["invalid"].items():
        first = result.predictions["first_invalid"][reason]
        typer.echo(f"{reason}: {count} (first: {first})", err=True)
    return Ending.INVALID if result.predictions["invalid"] else Ending.PASS
