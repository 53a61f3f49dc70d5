"""The work of ``board``: run the cells, enter submissions, write the pages."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import typer
from rich.console import Console

from banmian.records import written_beside
from banmian_bench.board.ablations import ablations_page
from banmian_bench.board.cells import SPLITS, VIEWS, cascades, cells
from banmian_bench.board.running import Outcome, Ran, run_cells
from banmian_bench.board.submissions import Submission, submissions
from banmian_bench.commands.ending import Ending
from banmian_bench.entity_slices import TRAIN
from banmian_bench.examples import DataSet
from banmian_bench.reporting import read_results, write_results_page
from banmian_bench.systems.entrants import ENTRANTS
from banmian_bench.systems.registry import refuse_unknown


@dataclass(slots=True)
class Board:
    """One call of ``board``; ``ran`` fills as the cells end."""

    dataset: DataSet
    output: Path
    ran: list[Ran] = field(default_factory=list)
    written: list[Path] = field(default_factory=list)

    @classmethod
    def open(cls, data: Path, output: Path) -> Board:
        """Refuses a folder that holds no data set."""
        return cls(DataSet.open(data), output)

    def run(self, systems: Sequence[str], splits: Sequence[str]) -> None:
        """Run what is asked for, all entrants and cascades where nothing is."""
        for spec in systems:
            refuse_unknown(spec)
        wanted = list(systems) or [*ENTRANTS, *cascades()]
        chosen = list(splits) or [split for split in SPLITS if split in self.dataset.splits()]
        there = {(split, view) for split in chosen for view in self.dataset.views(split)}
        planned = list(cells(wanted, chosen, there & {(s, v) for s in chosen for v in VIEWS}))
        console = Console(stderr=True)
        for number, ran in enumerate(run_cells(planned, self.dataset.folder, self.output), 1):
            self.ran.append(ran)
            console.print(f"[{number}/{len(planned)}] {ran.line}", highlight=False, markup=False)

    def enter(self, folder: Path | None) -> None:
        """Score every submission below ``folder`` again and enter it."""
        for each in submissions(folder) if folder else ():
            Submission.read(each).enter(self.dataset, self.output)

    def report(self, *, html: bool) -> None:
        """RESULTS.md, ABLATIONS.md, and report.html where it is wanted."""
        entries = read_results(self.output)
        there = TRAIN in self.dataset.splits()
        pages = self.dataset.pages(TRAIN) if there else ()
        titles = {page.issue.partition("-")[0] for page in pages}
        self.written.append(write_results_page(self.output, entries))
        page = self.output / "ABLATIONS.md"
        written_beside(page, ablations_page(entries, titles))
        self.written.append(page)
        if html:
            from banmian_bench.html.page import write_report_page

            self.written.append(write_report_page(self.output, entries, self.dataset))

    def show(self, *, as_json: bool) -> None:
        """The files written, or as JSON how each cell ended as well."""
        if not as_json:
            for path in self.written:
                typer.echo(str(path))
            return
        runs = [
            {"system": r.cell.spec, "split": r.cell.split, "view": r.cell.view}
            | {"outcome": r.outcome, "seconds": round(r.seconds, 1), "said": r.said}
            for r in self.ran
        ]
        typer.echo(json.dumps({"runs": runs, "written": [str(path) for path in self.written]}))

    @property
    def ending(self) -> Ending:
        """Whether some system that could run failed."""
        failed = any(ran.outcome is Outcome.FAILED for ran in self.ran)
        return Ending.CRASHED if failed else Ending.PASS
