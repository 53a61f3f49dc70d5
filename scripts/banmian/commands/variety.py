"""``banmian variety``: how varied the manuscripts are, and how evenly their names are marked."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from banmian.manuscripts import Manuscript
    from banmian.press.variety import Variety


def variety(
    root: Annotated[Path, typer.Argument(help="A checkout: corpus/ and annotations/.")] = Path(),
    names: Annotated[
        bool, typer.Option("--names", help="List names marked in two ways, or here and not there.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print every figure as JSON.")] = False,
) -> None:
    """Measure the manuscripts: shared 13-grams, openings, endings, names, vocabulary growth.

    Example: banmian variety --names

    Exit codes: 0 within the limits, 1 a limit is broken or the copy has a fault, 2 usage.
    """
    from banmian.commands.reporting import FAULTS, faults_as_exit
    from banmian.corpus import SPLIT_COLUMNS, read_table
    from banmian.errors import UsageError
    from banmian.manuscripts import copy_paths, read_copy
    from banmian.press.variety import faults, repetitions, variety
    from banmian.tagset import Split

    with faults_as_exit(root):
        if not (paths := copy_paths(root / "corpus" / "manuscripts")):
            raise UsageError(f"{root} holds no corpus/manuscripts")
        copies = [read_copy(path) for path in paths]
        rows = read_table(root / "corpus" / "splits.tsv", SPLIT_COLUMNS)
        found = variety(copies, {row["issue"]: Split(row["split"]) for _, row in rows})
        manuscripts = [one for copy in copies for one in copy.manuscripts]
        broken = list(faults(found, repetitions(manuscripts)))
    if as_json:
        typer.echo(json.dumps(asdict(found), ensure_ascii=False))
    elif names:
        _print_names(manuscripts)
    else:
        _print(found)
    for fault in broken:
        typer.echo(str(fault), err=True)
    raise typer.Exit(FAULTS if broken else 0)


def _print(found: Variety) -> None:
    typer.echo("| figure | value |\n|---|--:|")
    for name in ("manuscripts", "articles", "characters", "shared_pairs", "worst_pair"):
        typer.echo(f"| {name} | {getattr(found, name):,} |")
    for name in ("repeated_openings", "repeated_endings"):
        typer.echo(f"| {name} | {getattr(found, name):.3f} |")
    for label, share in found.names_shared.items():
        typer.echo(f"| {label} of test that train has too | {share:.3f} |")
    for read, met in found.growth:
        typer.echo(f"| different characters in the first {read:,} | {met:,} |")
    for what, counts in (("form", found.by_form), ("beat", found.by_beat)):
        typer.echo(f"\n| {what} | manuscripts |\n|---|--:|")
        for name, count in counts.items():
            typer.echo(f"| {name} | {count} |")


def _print_names(manuscripts: list[Manuscript]) -> None:
    from banmian.press.variety import inconsistencies

    for surface in inconsistencies(manuscripts):
        labels = ", ".join(f"{label} {count}" for label, count in sorted(surface.marked.items()))
        bare = f"; unmarked in {', '.join(surface.unmarked)}" if surface.unmarked else ""
        typer.echo(f"{surface.text}: {labels}{bare}")
