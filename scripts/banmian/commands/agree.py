"""``banmian agree``: how well the annotation passes agree, layer by layer."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer


def agree(
    root: Annotated[Path, typer.Argument(help="A checkout with annotations/passes/.")] = Path(),
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON instead of a table.")] = False,
    datasheet: Annotated[
        Path | None,
        typer.Option(exists=True, dir_okay=False, help="Rewrite this file's agreement blocks."),
    ] = None,
) -> None:
    """Compare the passes a and b with each other and with the gold, by the benchmark's metrics.

    Example: banmian agree --datasheet DATASHEET.md

    Exit codes: 0 printed, 1 the data has a fault, 2 usage (no passes).
    """
    from banmian.agreeing import agreement
    from banmian.agreement_table import markdown, records
    from banmian.commands.reporting import faults_as_exit
    from banmian.datasheet import refresh
    from banmian.records import written_beside
    from banmian.release import Release

    with faults_as_exit(root):
        parts = {
            part: agreement(Release(root), synthetic=part == "synthetic")
            for part in ("real", "synthetic")
        }
        if datasheet is not None:
            blocks = {f"agreement-{part}": markdown(found) for part, found in parts.items()}
            text = datasheet.read_text(encoding="utf-8")
            written_beside(datasheet, refresh(text, blocks))
    if as_json:
        by_part = {part: records(found) for part, found in parts.items()}
        typer.echo(json.dumps(by_part, ensure_ascii=False))
        return
    for part, found in parts.items():
        if found:
            typer.echo(f"{part}\n\n{markdown(found)}\n")
