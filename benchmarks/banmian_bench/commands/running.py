"""The work of ``run``: which systems, one after another, with a progress bar and a table."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
from rich.progress import Progress as Bar

from banmian.errors import UsageError
from banmian_bench.commands.ending import Ending
from banmian_bench.evaluation import Filed, Progress, evaluate, kept
from banmian_bench.examples import DataSet
from banmian_bench.fingerprint import fingerprint
from banmian_bench.label_maps import label_map
from banmian_bench.plugins.options import ChildOptions
from banmian_bench.protocol import MissingDependency, System, SystemInfo, Task
from banmian_bench.records import Result
from banmian_bench.report_tables import plain, tables
from banmian_bench.run import Stopwatch, load, tasks_of
from banmian_bench.score import LABELLED, Scoring, examples_of
from banmian_bench.systems.registry import (
    CASCADES,
    Answers,
    create,
    names,
    prepare,
    sees_gold,
)


@dataclass(frozen=True, slots=True)
class Session:
    """One call of ``run``: a data set, a split, a folder for the results."""

    dataset: DataSet
    split: str
    output: Path
    console: Console
    options: ChildOptions
    resume: bool = False

    @classmethod
    def open(
        cls,
        dataset: DataSet,
        split: str,
        output: Path,
        *,
        timeout_s: float = 60.0,
        resume: bool = False,
    ) -> Session:
        """Refuses a split that the data set has not, or not in its view."""
        dataset.refuse_absent(split)
        options = ChildOptions(item_timeout_s=timeout_s, hidden=(dataset.folder.resolve(),))
        return cls(dataset, split, output, Console(stderr=True), options, resume)

    def run(self, specs: Sequence[str], wanted: Sequence[Task], *, embedded: bool) -> list[Result]:
        """Run every system; one that misses a package is skipped with a word if embedded."""
        if not specs and not embedded:
            raise UsageError("name a system, or --embedded: `banmian-bench systems` lists them")
        results: list[Result] = []
        for spec in [*specs, *((*names(), *CASCADES) if embedded else ())]:
            system = create(spec, answers=self._answers(spec), options=self.options)
            try:
                results += self._run(spec, system, wanted)
            except MissingDependency as error:
                if spec in specs:
                    raise UsageError(str(error)) from None
                self.console.print(f"skipped: {error}", highlight=False)
        return results

    def _run(self, spec: str, system: System, wanted: Sequence[Task]) -> list[Result]:
        if self.resume and ":" not in spec:
            plan = self._plan(spec, system.info(), wanted)
            there = [each for each in plan if isinstance(each, Result)]
            if plan and len(there) == len(plan):
                return there
        watch = Stopwatch()
        with self._progress(f"{spec}: loading"):
            prepare(system)
            load(system, watch)
        try:
            # Only now: a system outside this process says what it is when it has been started.
            return [
                each
                if isinstance(each, Result)
                else self._task(spec, system, each, watch.load_wall_s)
                for each in self._plan(spec, system.info(), wanted)
            ]
        finally:
            system.close()

    def _plan(self, spec: str, info: SystemInfo, wanted: Sequence[Task]) -> list[Result | Scoring]:
        """For each task what is to be scored, or the record that is there already."""
        plan: list[Result | Scoring] = []
        for task in tasks_of(info, wanted):
            labels = label_map(info.labels) if task in LABELLED else None
            scoring = Scoring(self.dataset, self.split, task, labels, info.sees_gold)
            if next(examples_of(self.dataset, self.split, task), None) is None:
                said = f"skipped: {spec}, {task}: the split {self.split} has no gold for it"
                self.console.print(said, highlight=False)
                continue
            known = fingerprint(spec, info) if self.resume else None
            plan.append(kept(scoring, self.output, info.name, known) or scoring)
        return plan

    def _task(self, spec: str, system: System, scoring: Scoring, load_s: float) -> Result:
        with self._progress(f"{spec}: {scoring.task}") as bar:
            return evaluate(
                system,
                scoring,
                self.output,
                Stopwatch(load_wall_s=load_s),
                bar,
                fingerprint=fingerprint(spec, system.info()),
                resume=self.resume,
            )

    def _answers(self, spec: str) -> Answers | None:
        """The split's gold, for an embedded system that declares to see it; None for others."""
        if not sees_gold(spec):
            return None
        pages = {page.id: page for page in self.dataset.pages(self.split)}
        return {**pages, **{item.id: item for item in self.dataset.articles(self.split)}}

    @contextmanager
    def _progress(self, what: str) -> Iterator[Progress]:
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
        with Bar(
            *columns,
            TimeElapsedColumn(),
            console=self.console,
            transient=True,
            disable=not self.console.is_terminal,
        ) as bar:
            row = bar.add_task(what, total=None)

            def show(done: int, total: int) -> None:
                bar.update(row, completed=done, total=total)

            yield show

    def show(self, results: Sequence[Result], *, as_json: bool) -> None:
        """Tables for people, or the records' paths for machines, on stdout."""
        if as_json:
            paths = [str(Filed.of(self.output, result).record) for result in results]
            typer.echo(json.dumps({"records": paths}, ensure_ascii=False))
            return
        for table in tables(results):
            typer.echo(plain(table))

    @staticmethod
    def exit_code(results: Sequence[Result]) -> Ending:
        """Crashed before invalid before done."""
        reasons = {reason for result in results for reason in result.predictions["invalid"]}
        if reasons & {"error", "timeout"}:
            return Ending.CRASHED
        return Ending.INVALID if reasons else Ending.PASS
