"""``banmian calibrate``: the noise of the real pages beside that of the press."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from banmian.press.calibration import Calibration, Spread


def calibrate(
    root: Annotated[Path, typer.Argument(help="A checkout: corpus/ and annotations/.")] = Path(),
    titles: Annotated[bool, typer.Option("--titles", help="A table for each title too.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print every figure as JSON.")] = False,
) -> None:
    """Profile the text layers: false breaks, missed boundaries, measures, order, furniture.

    The press is calibrated where the spread of its issues contains each real page's value.

    Example: banmian calibrate --titles

    Exit codes: 0 calibrated, 1 a real value lies outside the press's spread, or the data has a
    fault, 2 usage.
    """
    from banmian.commands.reporting import FAULTS, faults_as_exit
    from banmian.press.calibration import calibration
    from banmian.release import Release
    from banmian.tagset import Split

    with faults_as_exit(root):
        found = calibration(Release(root).issues(), lambda issue: issue.split is Split.REAL)
    if as_json:
        typer.echo(json.dumps(asdict(found) | {"misses": found.misses()}, ensure_ascii=False))
    else:
        _print(found, titles)
    raise typer.Exit(FAULTS if found.misses() else 0)


def _print(found: Calibration, titles: bool) -> None:
    from banmian.press.calibration import NAMES

    typer.echo("| figure | real | press: least | median | most | contains |")
    typer.echo("|---|--:|--:|--:|--:|:-:|")
    for name in NAMES:
        values = [getattr(one, name) for one in found.real.values()]
        spread = found.overall[name]
        inside = "no" if name in found.misses() else "yes"
        real = ", ".join("–" if value is None else f"{value:.3f}" for value in values)
        typer.echo(f"| {name} | {real} | {_cells(spread)} | {inside} |")
    for title, spreads in found.by_title.items() if titles else ():
        typer.echo(f"\n{title}\n\n| figure | least | median | most |\n|---|--:|--:|--:|")
        for name in NAMES:
            typer.echo(f"| {name} | {_cells(spreads[name])} |")


def _cells(spread: Spread | None) -> str:
    if spread is None:
        return "– | – | –"
    return f"{spread.least:.3f} | {spread.middle:.3f} | {spread.most:.3f}"
