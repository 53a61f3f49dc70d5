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
from banmian_bench.evaluation import Filed, Progress, evaluate
from banmian_bench.examples import DataSet
from banmian_bench.label_maps import label_map
from banmian_bench.plugins.options import ChildOptions
from banmian_bench.protocol import MissingDependency, System, Task
from banmian_bench.records import Result
from banmian_bench.report_tables import plain, tables
from banmian_bench.run import Stopwatch, load, tasks_of
from banmian_bench.score import LABELLED, Scoring
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

    @classmethod
    def open(
        cls, dataset: DataSet, split: str, output: Path, *, timeout_s: float = 60.0
    ) -> Session:
        """Refuses a split that the data set has not, or not in its view."""
        dataset.refuse_absent(split)
        options = ChildOptions(item_timeout_s=timeout_s, hidden=(dataset.folder.resolve(),))
        return cls(dataset, split, output, Console(stderr=True), options)

    def run(self, specs: Sequence[str], wanted: Sequence[Task], *, embedded: bool) -> list[Result]:
        """Run every system; one that misses a package is skipped with a word if embedded."""
        if not specs and not embedded:
            raise UsageError("name a system, or --embedded: `banmian-bench systems` lists them")
        results: list[Result] = []
        for spec in [*specs, *((*names(), *CASCADES) if embedded else ())]:
            system = create(spec, answers=self._answers(spec), options=self.options)
            try:
                watch = Stopwatch()
                with self._progress(f"{spec}: loading"):
                    prepare(system)
                    load(system, watch)
            except MissingDependency as error:
                if spec in specs:
                    raise UsageError(str(error)) from None
                self.console.print(f"skipped: {error}", highlight=False)
                continue
            try:
                results += self._tasks(spec, system, wanted, watch.load_wall_s)
            finally:
                system.close()
        return results

    def _tasks(
        self, spec: str, system: System, wanted: Sequence[Task], load_s: float
    ) -> Iterator[Result]:
        info = system.info()
        for task in tasks_of(system, wanted):
            labels = label_map(info.labels) if task in LABELLED else None
            scoring = Scoring(self.dataset, self.split, task, labels, info.sees_gold)
            with self._progress(f"{spec}: {task}") as bar:
                watch = Stopwatch(load_wall_s=load_s)
                yield evaluate(system, scoring, self.output, watch, bar)

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
