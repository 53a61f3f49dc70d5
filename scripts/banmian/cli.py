"""The console script ``banmian``: composes commands, nothing else."""

from __future__ import annotations

from typing import Annotated

import typer

from banmian import __version__
from banmian.commands import (
    agree,
    build,
    calibrate,
    describe,
    export,
    ingest,
    press,
    validate,
    variety,
)

app = typer.Typer(
    no_args_is_help=True,
    help="BanMian: Chinese newspaper issues and their gold, from corpus to data set.",
)
app.command()(validate.validate)
app.command()(build.build)
app.command()(describe.describe)
app.command()(agree.agree)
app.command()(ingest.ingest)
app.command()(export.export)
app.command()(press.press)
app.command()(calibrate.calibrate)
app.command()(variety.variety)


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"banmian {__version__}")
        raise typer.Exit


@app.callback()
def banmian(
    version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_print_version, is_eager=True, help="Print the version and exit."
        ),
    ] = False,
) -> None:
    """Keep ``--version`` beside the commands; its callback does the work."""
