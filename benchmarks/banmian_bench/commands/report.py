"""``banmian-bench report``: records → RESULTS.md, report.html and the README's table."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def report(
    results: Annotated[Path, typer.Argument(exists=True, file_okay=False, help="Records.")],
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="Folder for what is written.")
    ] = None,
    html: Annotated[bool, typer.Option("--html", help="Write report.html too.")] = False,
    data: Annotated[
        Path | None,
        typer.Option(exists=True, file_okay=False, help="Data set, for the errors in report.html."),
    ] = None,
    texts: Annotated[
        int, typer.Option(min=1, help="Texts with errors shown of each system in report.html.")
    ] = 20,
    speed: Annotated[
        Path | None,
        typer.Option(exists=True, dir_okay=False, help="pytest-benchmark's JSON, for a table."),
    ] = None,
    readme: Annotated[
        Path | None, typer.Option(exists=True, help="Renew the results block of this file too.")
    ] = None,
) -> None:
    """Write RESULTS.md from every record below RESULTS, and print where it is.

    With --html, write report.html as well: one page that needs no network, with leaderboards,
    accuracy against speed, slices and, given --data, the texts with most errors.

    With --speed, RESULTS.md ends with the micro-benchmarks of `make speed`.

    Example: banmian-bench report build/results --html --data build/dataset

    Exit codes: 0 written, 2 usage, 3 a record cannot be read.
    """
    from banmian.errors import UsageError
    from banmian_bench.commands.ending import usage_as_exit
    from banmian_bench.reporting import read_results, renew_readme, write_results_page

    with usage_as_exit():
        if data is not None and not html:
            raise UsageError("--data is for the page: add --html")
        records = read_results(results)
        typer.echo(str(write_results_page(output or results, records, speed)))
        if html:
            from banmian_bench.examples import DataSet
            from banmian_bench.html.error_browser import Limits
            from banmian_bench.html.page import write_report_page

            dataset = DataSet.open(data) if data else None
            page = write_report_page(output or results, records, dataset, Limits(texts))
            typer.echo(str(page))
        if readme is not None:
            renew_readme(readme, records)
            typer.echo(str(readme))
