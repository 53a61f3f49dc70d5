"""``banmian-bench score``: a predictions file → a record and a table."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from banmian_bench.formats.options import Repair, TagEncoding
from banmian_bench.label_maps import Unknown
from banmian_bench.protocol import Task


def score(
    predictions: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="The file.")],
    task: Annotated[Task, typer.Option(help="What the file answers.")],
    data: Annotated[
        Path, typer.Option(exists=True, help="What `banmian build` wrote, or a file of own gold.")
    ] = Path("build/dataset"),
    split: Annotated[str, typer.Option(help="Which split was answered.")] = "real",
    view: Annotated[
        str, typer.Option(help="How the pages were extracted: stream, pdfium, poppler or rows.")
    ] = "stream",
    name: Annotated[str, typer.Option(help="The system's name, for the record.")] = "unnamed",
    labels: Annotated[
        str | None, typer.Option(help="Label map of the entities: a shipped name or a .toml file.")
    ] = None,
    unknown_labels: Annotated[
        Unknown, typer.Option(help="What becomes of labels that the map does not have.")
    ] = Unknown.ERROR,
    format: Annotated[
        str | None, typer.Option(help="Format of the predictions, if not by extension.")
    ] = None,
    encoding: Annotated[TagEncoding | None, typer.Option(help="How tags spell mentions.")] = None,
    repair: Annotated[Repair | None, typer.Option(help="What becomes of illegal tags.")] = None,
    column: Annotated[str | None, typer.Option(help="Column of the predicted tags.")] = None,
    data_format: Annotated[str | None, typer.Option(help="Format of own gold.")] = None,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="Write the record here (.json).")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the rows as JSON.")] = False,
) -> None:
    """Score a predictions file; no system is run. Formats: benchmarks/FORMATS.md.

    Text ids are those of the data; offsets are code points of exactly its texts. Own gold never
    leaves this machine, and is scored under its own labels unless --labels maps the predictions.

    Examples:

      banmian-bench score mine.jsonl --task articles --split real --name mine -o mine.json

      banmian-bench score out.conll --data gold.conll --task entities --encoding bio --repair none

    Exit codes: 0 scored, 2 usage, 3 some predictions were invalid or missing (still scored).
    """
    from banmian_bench.commands.ending import usage_as_exit
    from banmian_bench.commands.scoring import Asked, score_file, shown
    from banmian_bench.formats.options import FormatOptions

    with usage_as_exit():
        reading = FormatOptions(format, encoding, repair, column)
        gold_reading = FormatOptions(data_format, encoding, repair)
        given = (predictions, data, split, task, name, labels, reading, gold_reading, view)
        asked = Asked(*given, unknown_labels)
        result = score_file(asked, output)
        ending = shown(result, as_json=as_json)
    raise typer.Exit(ending)
