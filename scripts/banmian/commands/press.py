"""``banmian press``: manuscripts and house styles → synthetic issues with exact gold."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer


def press(
    root: Annotated[Path, typer.Argument(help="A checkout: corpus/ and annotations/.")] = Path(),
    only: Annotated[
        str, typer.Option("--only", help="Press issues whose id starts so (ywrb, ywrb-2024-03-05).")
    ] = "",
    jobs: Annotated[int, typer.Option("-j", "--jobs", min=1, help="Processes.")] = 1,
    pdf: Annotated[
        Path | None, typer.Option("--pdf", help="Keep the PDFs in this directory.")
    ] = None,
    check: Annotated[
        bool, typer.Option("--check", help="Press again, compare to the byte, write nothing.")
    ] = False,
    training: Annotated[
        int, typer.Option("--training", min=0, help="Deal train copy into so many new issues.")
    ] = 0,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="With --training: the new release.")
    ] = None,
    seed: Annotated[int, typer.Option("--seed", help="With --training: which deal.")] = 0,
    as_json: Annotated[bool, typer.Option("--json", help="Print what was done as JSON.")] = False,
) -> None:
    """Set corpus/manuscripts into pages: texts in four views, gold, geometry, pictures.

    Needs the OFL fonts (Debian: fonts-noto-cjk, fonts-noto-cjk-extra, fonts-lxgw-wenkai), pdftotext
    (poppler-utils) and the extra: pip install 'banmian[press]'. A run that was interrupted goes on
    where it stopped; issues that are up to date are left alone.

    Example: banmian press --jobs 2 --pdf build/pdf
    Example: banmian press --training 200 --output build/training

    Exit codes: 0 done, 1 the copy has a fault or --check found a difference, 2 usage.
    """
    from banmian.commands.build import progress_bar
    from banmian.commands.reporting import FAULTS, faults_as_exit
    from banmian.errors import UsageError
    from banmian.press.print_run import differences, print_run
    from banmian.press.remix import deal

    with faults_as_exit(root):
        if check:
            wrong = dict(differences(root, only=only))
            report = {issue: files for issue, files in wrong.items() if files}
            if as_json:
                typer.echo(json.dumps({"checked": len(wrong), "differing": report}))
            else:
                typer.echo(f"{len(wrong)} issues pressed again, {len(report)} differ")
                for issue, files in report.items():
                    typer.echo(f"  {issue}: {', '.join(files)}")
            raise typer.Exit(FAULTS if report else 0)
        if bool(training) != (output is not None):
            raise UsageError("--training and --output go together")
        if output is not None:
            deal(root, output, training, seed)
            root = output
        with progress_bar() as progress:
            done = print_run(root, jobs=jobs, pdfs=pdf, only=only, progress=progress)
    typer.echo(json.dumps({"pressed": done}) if as_json else f"{done} issues pressed")
