"""The console script ``banmian-bench``: composes commands, nothing else."""

from __future__ import annotations

import typer

from banmian_bench.commands import (
    board,
    compare,
    conformance,
    explain,
    gate,
    report,
    run,
    score,
    submission,
    systems,
    time,
    train,
)

app = typer.Typer(
    no_args_is_help=True,
    help="Score and time article segmentation, NER and word segmentation on newspaper pages.",
)
app.command()(run.run)
app.command()(score.score)
app.command()(systems.systems)
app.command()(conformance.conformance)
app.command()(compare.compare)
app.command()(explain.explain)
app.command()(train.train)
app.command()(time.time)
app.command()(gate.gate)
app.command()(report.report)
app.command()(board.board)
app.command()(submission.submission)
