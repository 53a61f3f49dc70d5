"""Records → RESULTS.md, and the block of results in the README."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from banmian.datasheet import refresh
from banmian.errors import UsageError
from banmian.records import written_beside
from banmian_bench.report_entries import Entry
from banmian_bench.report_tables import ABSENT, entry_tables, in_markdown, markdown
from banmian_bench.speed_table import speed_table

README_SPLIT = "test"

INTRODUCTION = """# Results

Made by `banmian-bench report` from the records beside this page; edits are lost. Floors and the
oracle (the gold answering for itself) show what a number is worth. A dash is an undefined rate.
"""


def read_results(folder: Path) -> list[Entry]:
    """Every record below ``folder``, sorted by path; :class:`UsageError` where there is none."""
    paths = sorted(path for path in folder.rglob("*.json") if path.name != "baseline.json")
    if not paths:
        raise UsageError(f"{folder} holds no record: run `banmian-bench run` first")
    return [Entry.read(folder, path) for path in paths]


def results_page(results: Sequence[Entry]) -> str:
    """RESULTS.md: a table a split and task, then how fast each system was in its record's run."""
    parts = [INTRODUCTION, *(markdown(table) for table in entry_tables(results)), _speed(results)]
    return "\n".join(parts)


def _speed(results: Sequence[Entry]) -> str:
    lines = [
        "**Speed in the recorded run** (one pass, in process; compare only within a run)\n",
        "| system | task | split | chars/s | load s | peak MB |",
        "|---|---|---|--:|--:|--:|",
    ]
    for entry in results:
        timing = entry.result.timing
        if timing:
            speed = timing["chars_per_s"]
            lines.append(
                f"| {in_markdown(entry.name)} | {entry.task} | {entry.part} | "
                f"{ABSENT if speed is None else format(speed, ',')} | {timing['load_s']:.2f} | "
                f"{timing['peak_rss_mb']} |"
            )
    return "\n".join(lines) + "\n"


def write_results_page(folder: Path, results: Sequence[Entry], speed: Path | None = None) -> Path:
    """Write RESULTS.md into ``folder``; gives its path. ``speed``: pytest-benchmark's JSON."""
    path = folder / "RESULTS.md"
    ours = "\n" + speed_table(speed) if speed is not None else ""
    written_beside(path, results_page(results) + ours)
    return path


def readme_block(results: Sequence[Entry]) -> str:
    """The tables as they stand in the README: those of the split ``test``, its first view.

    Where there is no such split, all of them.
    """
    shown = [entry for entry in results if entry.part == README_SPLIT] or results
    return "\n".join(markdown(table) for table in entry_tables(shown))


def renew_readme(path: Path, results: Sequence[Entry]) -> None:
    """Put the tables between the README's ``results`` markers."""
    text = path.read_text(encoding="utf-8")
    written_beside(path, refresh(text, {"results": readme_block(results)}))
