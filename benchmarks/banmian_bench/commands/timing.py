"""The work of ``time``: texts of a split, a system's times on them, a table, an exit code."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

import typer
from rich.console import Console
from rich.table import Table

from banmian.errors import UsageError
from banmian_bench.commands.ending import Ending
from banmian_bench.environment import environment
from banmian_bench.examples import DataSet
from banmian_bench.protocol import MissingDependency, Task
from banmian_bench.score import examples_of
from banmian_bench.timing import SystemCrashed, TimingOptions, time_system

SCHEMA = "banmian-bench/time/1"


def timed(
    spec: str, dataset: DataSet, split: str, task: Task, options: TimingOptions
) -> dict[str, Any]:
    """The ``timing`` field for ``spec`` on the texts of a split; a crash ends with code 4."""
    dataset.refuse_absent(split)
    requests = [request for request, _ in examples_of(dataset, split, task)]
    texts, layouts = [each.text for each in requests], [each.layout for each in requests]
    try:
        return time_system(spec, texts, task, options, layouts=layouts)
    except MissingDependency as error:
        raise UsageError(str(error)) from None
    except SystemCrashed as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(Ending.CRASHED) from None


def shown(timing: Mapping[str, Any], *, as_json: bool, strict: bool) -> Ending:
    """Print a table, or JSON that ``--against`` takes; say on stderr what is in doubt."""
    if as_json:
        record = {
            "schema": SCHEMA,
            "system": timing["system"],
            "timing": timing,
            "environment": environment(),
        }
        typer.echo(json.dumps(record, ensure_ascii=False, indent=1))
    else:
        Console().print(_table(timing))
        typer.echo(_stated(timing))
    verdict = timing["verdict"]
    if verdict == "fail":
        return Ending.REGRESSION
    for reason in timing["reasons"] if verdict != "pass" else ():
        typer.echo(f"{verdict or 'warning'}: {reason}", err=True)
    return Ending.INCONCLUSIVE if strict and verdict == "inconclusive" else Ending.PASS


def _table(timing: Mapping[str, Any]) -> Table:
    """A column for the system, one for the baseline if it ran."""
    sides = [timing, *([timing["baseline"]] if timing["baseline"] else [])]
    columns = [dict(_rows(side)) for side in sides]
    table = Table("", *(side["system"]["name"] for side in sides))
    for name in columns[0]:
        table.add_row(name, *(column[name] for column in columns))
    return table


def _rows(side: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    yield "texts, characters", f"{side['texts']:,}, {side['chars']:,}"
    for name, seconds in (("CPU", side["cpu_s"]), ("elapsed", side["wall_s"])):
        figures = (f"{1000 * seconds[p]:.3g}" for p in ("p50", "p90", "p99") if seconds)
        yield f"{name} ms a text (p50, p90, p99)", ", ".join(figures) or "not known"
    speed = side["chars_per_s"]
    yield "characters a second", "not known" if speed is None else f"{speed:,}"
    yield "load s", f"{side['load_s']:.3g}"
    yield "peak memory MB (before loading)", f"{side['peak_rss_mb']} ({side['base_rss_mb']})"
    yield "rounds x passes, warm-up", f"{side['rounds']} x {side['passes']}, {side['warmup']}"
    noise = side["noise_pct"]
    yield "noise of the least time", "too few rounds" if noise is None else f"± {noise} %"


def _stated(timing: Mapping[str, Any]) -> str:
    """The verdict in a sentence."""
    ab = timing["ab"]
    if ab is None:
        why = "wall-clock time only" if timing["clock"] == "wall" else "no baseline"
        return f"reported, not gated: {why}"
    how = "CPU time, rounds interleaved"
    if timing["gate_metric"] != "ab-least-cpu":
        how = "CPU time ÷ the reference's, against a record: only large changes can be told"
    span = ab["interval"]
    within = f" ({span[0]:.3f} to {span[1]:.3f})" if span else ""
    return (
        f"{timing['verdict']}: {ab['ratio']:.3f}{within} times the time of {ab['against']}, "
        f"threshold {ab['threshold']:.2f} ({how})"
    )
