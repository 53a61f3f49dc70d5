"""``banmian-bench systems``: what can be run by name."""

from __future__ import annotations

import json
from typing import Annotated

import typer


def systems(
    every: Annotated[
        bool, typer.Option("--all", help="All entrants, also those that need an extra or training.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON instead of a table.")] = False,
) -> None:
    """List the embedded systems: tasks, version, licence, model, what gold they see.

    With --all, every system that has a name: those whose version is "not installed" need the
    extra that is named (pip install '.[EXTRA]'), or what their message says; those "not trained"
    need `banmian-bench train`. benchmarks/ENTRANTS.md tells more of each.

    Examples:

      banmian-bench systems --json

      banmian-bench systems --all

    Exit codes: 0 listed, 2 usage.
    """
    from rich.console import Console
    from rich.table import Table

    from banmian_bench.systems.entrants import ENTRANTS
    from banmian_bench.systems.registry import create, names

    infos = [create(name, answers={}).info() for name in names(entrants=every)]
    if as_json:
        fields = ("name", "version", "licence", "model", "labels", "sees_gold", "note")
        rows = [
            {"tasks": sorted(info.tasks), **{name: getattr(info, name) for name in fields}}
            | {"extra": ENTRANTS[info.name].extra}
            for info in infos
        ]
        typer.echo(json.dumps(rows, ensure_ascii=False))
        return
    table = Table("system", "tasks", "version", "licence", "model or note", "sees gold", "extra")
    for info in infos:
        table.add_row(
            info.name,
            ", ".join(sorted(info.tasks)),
            info.version,
            info.licence,
            info.note or info.model,
            info.sees_gold or "no",
            ENTRANTS[info.name].extra,
        )
    Console().print(table)
