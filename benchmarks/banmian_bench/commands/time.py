"""``banmian-bench time``: how fast a system is, and whether it became slower."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from banmian_bench.protocol import Task


def time(
    spec: Annotated[
        str, typer.Argument(help="A name of `banmian-bench systems`, or py:package.module:object.")
    ],
    task: Annotated[Task, typer.Option(help="What it is asked.")],
    against: Annotated[
        str | None,
        typer.Option(
            help="The baseline: a system, run side by side; or what an earlier --json printed "
            "(or a result record so timed), where the baseline cannot run."
        ),
    ] = None,
    data: Annotated[
        Path, typer.Option(exists=True, file_okay=False, help="What `banmian build` wrote.")
    ] = Path("build/dataset"),
    split: Annotated[str, typer.Option(help="Whose texts.")] = "real",
    view: Annotated[
        str, typer.Option(help="How the pages were extracted: stream, pdfium, poppler or rows.")
    ] = "stream",
    threshold: Annotated[
        float,
        typer.Option(min=1.0, help="Slower by more fails. Against a record: 1.25 at least."),
    ] = 1.10,
    precision: Annotated[
        float, typer.Option(min=0.001, help="Measure until the interval is within ± this share.")
    ] = 0.02,
    max_time: Annotated[
        float, typer.Option(min=0.1, help="Seconds of measuring at most; twice to confirm a fail.")
    ] = 60.0,
    texts: Annotated[
        int, typer.Option(min=1, help="Texts at most, evenly spaced over the split.")
    ] = 200,
    strict: Annotated[
        bool, typer.Option("--strict", help="An inconclusive verdict ends with code 6.")
    ] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print JSON; it can be the baseline of a later call.")
    ] = False,
) -> None:
    """Time a system by CPU time, each in a process of its own: benchmarks/TIMING.md tells how.

    Examples:

      banmian-bench time rjieba --task words --against characters

      banmian-bench time cue-rules --task articles --json > baseline.json

      banmian-bench time cue-rules --task articles --against baseline.json

    Exit codes: 0 not slower, or nothing to compare, or inconclusive (said on stderr); 1 slower
    than the threshold; 2 usage; 4 the system crashed; 6 inconclusive under --strict.
    """
    from banmian_bench.commands.ending import usage_as_exit
    from banmian_bench.commands.timing import shown, timed
    from banmian_bench.examples import DataSet
    from banmian_bench.timing import TimingOptions

    options = TimingOptions(against, threshold, precision, max_time, texts)
    with usage_as_exit():
        timing = timed(spec, DataSet.open(data, view), split, task, options)
        ending = shown(timing, as_json=as_json, strict=strict)
    raise typer.Exit(ending)
