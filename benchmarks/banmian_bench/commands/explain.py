"""``banmian-bench explain``: where one text's prediction differs from the gold."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from banmian_bench.protocol import Task

if TYPE_CHECKING:
    from banmian_bench.explain import Explanation


def explain(
    predictions: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="JSONL file.")],
    id: Annotated[str, typer.Option("--id", help="Which page or item.")],
    data: Annotated[
        Path, typer.Option(exists=True, file_okay=False, help="What `banmian build` wrote.")
    ] = Path("build/dataset"),
    split: Annotated[str, typer.Option(help="Which split was answered.")] = "real",
    view: Annotated[
        str, typer.Option(help="How the pages were extracted: stream, pdfium, poppler or rows.")
    ] = "stream",
    task: Annotated[
        Task | None, typer.Option(help="What the file answers, where it does not say.")
    ] = None,
    labels: Annotated[
        str | None, typer.Option(help="Label map of the entities: a shipped name or a .toml file.")
    ] = None,
    tier: Annotated[str, typer.Option(help="Entity labels: headline or ontonotes.")] = "headline",
    html: Annotated[Path | None, typer.Option(help="Write a page here instead.")] = None,
    every_line: Annotated[
        bool, typer.Option("--all", help="Show lines without a difference too.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Show gold and prediction of one text, line by line, and name every difference.

    For a page: each gold item with its predicted partner and IoU, characters missing, spurious
    and furniture. For an item: entities missed, spurious, of the wrong type or with the wrong
    boundary; words with missed and spurious boundaries.

    Example: banmian-bench explain build/results/real/articles/cue-rules.predictions.jsonl --id …

    Exit codes: 0 shown, 2 usage, 3 the predictions file cannot be read.
    """
    from banmian_bench.commands.ending import usage_as_exit
    from banmian_bench.examples import DataSet
    from banmian_bench.explain import header, task_of
    from banmian_bench.explaining import Labels, explained

    with usage_as_exit():
        said = header(predictions)
        made = explained(
            predictions,
            DataSet.open(data, view),
            (split, task_of(said, task), id),
            Labels.named(labels, tier),
            str(said.get("system", predictions.stem)),
        )
    if html is not None:
        _write(made, html)
    elif as_json:
        import dataclasses
        import json

        typer.echo(json.dumps(dataclasses.asdict(made), ensure_ascii=False))
    else:
        _show(made, every_line=every_line)


def _write(made: Explanation, html: Path) -> None:
    from banmian.records import written_beside
    from banmian_bench.explain_html import page

    written_beside(html, page(made))
    typer.echo(str(html))


def _show(made: Explanation, *, every_line: bool) -> None:
    from rich.console import Console

    from banmian_bench.explain_terminal import lines

    console = Console()
    for line in lines(made, every_line=every_line):
        console.print(line, soft_wrap=True)
