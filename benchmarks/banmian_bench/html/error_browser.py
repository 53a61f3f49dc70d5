"""Per system, the texts with most errors, gold beside prediction; as many as the page can hold.

Conventions
    A text's errors are those of the leaderboard's first rate, from the sums beside the record:
    nothing is scored again. Texts are taken in turns, the worst of every system first, then the
    second worst, until :class:`Limits` are met, so that no system uses up the page.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from markupsafe import Markup

from banmian.errors import DataFault, UsageError
from banmian.metrics.forms import FORMS, FloatArray
from banmian_bench.examples import DataSet
from banmian_bench.explain import Explanation, Said, explanation
from banmian_bench.explaining import Labels, marked
from banmian_bench.label_maps import Tier
from banmian_bench.predictions import Findings, accept, read_predictions
from banmian_bench.protocol import Reply, Request, Task
from banmian_bench.report_entries import Entry, grouped, key_of
from banmian_bench.report_tables import COLUMNS, row_of
from banmian_bench.score import Example, examples_of

Render = Callable[[Explanation], Markup]
SHOWN = frozenset({Task.ARTICLES, Task.ENTITIES, Task.WORDS})


@dataclass(frozen=True, slots=True)
class Limits:
    """What the error browser may hold: texts a system, and bytes of HTML in all."""

    texts: int = 20
    size: int = 2_000_000


@dataclass(slots=True)
class SystemErrors:
    """What is shown of a system: ``n_wrong`` of ``n_texts`` have errors, ``shown`` are some.

    ``note`` says why nothing is shown, where that is so; ``full`` that the page had no more room.
    """

    entry: Entry
    n_texts: int = 0
    n_wrong: int = 0
    note: str = ""
    full: bool = False
    shown: list[Markup] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class ErrorBrowser:
    """The errors of each entry, by its place; ``limits`` as they were applied."""

    limits: Limits
    by_place: Mapping[str, SystemErrors]


def error_browser(
    entries: Iterable[Entry], dataset: DataSet, render: Render, limits: Limits
) -> ErrorBrowser:
    """Explain the worst texts of every entry; an entry that cannot be explained gets a note."""
    queues: list[tuple[SystemErrors, Iterator[Explanation]]] = []
    by_place: dict[str, SystemErrors] = {}
    for (_, task), group in grouped(entries).items():
        split, viewed = group[0].split, dataset.in_view(group[0].view)
        worst = {entry.place: worst_texts(entry) for entry in group}
        wanted = {id for ids in worst.values() for id in ids[: limits.texts]}
        notes = {entry.place: obstacle(entry, dataset) for entry in group}
        readable = any(not note for note in notes.values())
        examples = _examples(viewed, split, task, wanted) if readable else {}
        for entry in group:
            ids, note = worst[entry.place], notes[entry.place]
            n_texts = int(entry.result.dataset["n_texts"])
            errors = SystemErrors(entry, n_texts, len(ids), note)
            by_place[entry.place] = errors
            if ids and not note:
                chosen = {id: examples[id] for id in ids[: limits.texts]}
                queues.append((errors, _explained(entry, chosen)))
    _fill(queues, render, limits.size)
    return ErrorBrowser(limits, by_place)


def worst_texts(entry: Entry) -> list[str]:
    """Ids of the texts with errors in the leading rate, most errors first, then by id."""
    row = row_of(entry.result, COLUMNS[entry.task][0])
    if entry.tally is None or not row or key_of(row) not in entry.tally.blocks:
        return []
    key = key_of(row)
    numbers, sums = entry.tally.by_unit(key)
    units = list(entry.tally.numbers)
    errors = _errors(key.form, sums)
    found = [
        (-wrong, units[number].id)
        for number, wrong in zip(numbers.tolist(), errors.tolist(), strict=True)
        if wrong > 0
    ]
    return [id for _, id in sorted(found)]


def _errors(form: str, sums: FloatArray) -> FloatArray:
    """(n,) how much each text takes from the rate: spurious, missed, and what matches lack."""
    place = {name: sums[:, column] for column, name in enumerate(FORMS[form].components)}
    if "iou" in place:
        return place["fp"] + place["fn"] + place["tp"] - place["iou"]
    if "fp" in place:
        return place["fp"] + place["fn"]
    return place["count"] - place["sum"]


def obstacle(entry: Entry, dataset: DataSet) -> str:
    """Why the entry's texts cannot be shown; empty where they can."""
    if entry.task not in SHOWN:
        return f"of the task {entry.task}, the parts are shown under their own tasks"
    if entry.tally is None:
        return "no sums by text beside the record"
    if entry.split not in dataset.splits():
        return "the data set given has no such split"
    if dataset.digest(entry.split) != entry.result.dataset["digest"]:
        return "the data set given is not the one that was scored"
    path = predictions_path(entry)
    if not path.is_file():
        return f"no predictions file {path.name} beside the record"
    if hashlib.sha256(path.read_bytes()).hexdigest() != entry.result.predictions["sha256"]:
        return f"{path.name} is not the file that was scored"
    return _other_labels(entry) if entry.task is Task.ENTITIES else ""


def _other_labels(entry: Entry) -> str:
    try:
        labels = _labels(entry)
    except (UsageError, DataFault) as error:
        return str(error)
    if labels.own.signature != entry.result.signature.knobs["labels"]:
        return f"the label map {labels.own.name} is not the one that was scored with"
    return ""


def predictions_path(entry: Entry) -> Path:
    """Where ``run`` puts the predictions of a record."""
    return entry.path.with_name(Path(str(entry.result.predictions["file"])).name)


def _labels(entry: Entry) -> Labels:
    return Labels.named(entry.result.system.get("labels"), Tier.HEADLINE)


def _examples(
    dataset: DataSet, split: str, task: Task, wanted: set[str]
) -> dict[str, tuple[Request, Example]]:
    found = examples_of(dataset, split, task)
    return {request.id: (request, example) for request, example in found if request.id in wanted}


def _explained(
    entry: Entry, chosen: Mapping[str, tuple[Request, Example]]
) -> Iterator[Explanation]:
    """The explanations of the chosen texts, in their order; the file is read once."""
    replies: dict[str, list[Reply]] = {id: [] for id in chosen}
    for reply in read_predictions(predictions_path(entry)):
        if reply.id in replies:
            replies[reply.id].append(reply)
    labels = _labels(entry)
    for id, (request, example) in chosen.items():
        said = _said(request, replies[id])
        marks = marked(request.task, example, said.accepted, labels)
        yield explanation(request, entry.name, said, marks)


def _said(request: Request, replies: Sequence[Reply]) -> Said:
    findings = Findings()
    accepted = accept(request, replies, findings)
    problems = (f"{n} × {why}: {findings.first[why]}" for why, n in findings.counts.items())
    return Said(accepted, tuple(problems))


def _fill(
    queues: Iterable[tuple[SystemErrors, Iterator[Explanation]]], render: Render, room: int
) -> None:
    """Render in turns while there is room; a text that does not fit is its system's last."""
    waiting = list(queues)
    while waiting:
        still: list[tuple[SystemErrors, Iterator[Explanation]]] = []
        for errors, explanations in waiting:
            explained = next(explanations, None)
            if explained is None:
                continue
            text = render(explained)
            size = len(text.encode())
            if size > room:
                errors.full = True
                continue
            room -= size
            errors.shown.append(text)
            still.append((errors, explanations))
        waiting = still
