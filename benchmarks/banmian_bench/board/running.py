"""Running the board's cells: each in a process of its own, so that none harms another.

A system that crashes, or lacks a package, costs its own cells; peak memory is that of one system.
What an earlier board has of the same system and data is kept (``run --resume``).
"""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from banmian_bench.board.cells import Cell
from banmian_bench.commands.ending import Ending


class Outcome(StrEnum):
    """How a cell ended."""

    DONE = "done"
    SKIPPED = "skipped"
    """A package or a model is not there."""
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Ran:
    """A cell, how it ended, in how many seconds, and what it said if not well."""

    cell: Cell
    outcome: Outcome
    seconds: float
    said: str = ""

    @property
    def line(self) -> str:
        """For people, on stderr."""
        said = f": {self.said}" if self.said else ""
        return f"{self.outcome} {self.cell.title} ({self.seconds:.0f} s){said}"


def run_cells(cells: Iterable[Cell], data: Path, output: Path) -> Iterator[Ran]:
    """One after another: two at a time would spoil each other's times."""
    lacking: dict[str, str] = {}
    for cell in cells:
        if cell.spec in lacking:
            yield Ran(cell, Outcome.SKIPPED, 0.0, lacking[cell.spec])
            continue
        start = time.perf_counter()
        code, said = _run(cell, data, output)
        seconds = time.perf_counter() - start
        if code == Ending.USAGE:
            lacking[cell.spec] = said
            yield Ran(cell, Outcome.SKIPPED, seconds, said)
        elif code == Ending.PASS:
            yield Ran(cell, Outcome.DONE, seconds)
        elif code in (Ending.INVALID, Ending.CRASHED) and _scored(cell, output):
            yield Ran(cell, Outcome.DONE, seconds, said)
        else:
            yield Ran(cell, Outcome.FAILED, seconds, said or f"exit code {code}")


def _run(cell: Cell, data: Path, output: Path) -> tuple[int, str]:
    options = ["--data", str(data), "--output", str(output), "--resume", "--json"]
    command = [sys.executable, "-m", "banmian_bench", "run", *cell.arguments(), *options]
    done = subprocess.run(command, capture_output=True, text=True, errors="replace", check=False)
    lines = [line.strip() for line in done.stderr.splitlines() if line.strip()]
    return done.returncode, lines[-1] if lines else ""


def _scored(cell: Cell, output: Path) -> bool:
    """Whether there are records of any task of the cell: what it said was kept."""
    place = cell.split if cell.view == "stream" else f"{cell.split}.{cell.view}"
    return any((output / place / task).is_dir() for task in cell.tasks)
