"""``banmian-bench submission``: check a submission, and say what it would score."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def submission(
    folder: Annotated[
        Path, typer.Argument(exists=True, file_okay=False, help="With submission.toml in it.")
    ],
    data: Annotated[
        Path, typer.Option(exists=True, file_okay=False, help="What `banmian build` wrote.")
    ] = Path("build/dataset"),
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="Keep the record below this folder.")
    ] = None,
) -> None:
    """Check a submission's form, checksum and replies, score them again, and print the table.

    The board does the same before it lists anything; what the form must hold is told in
    benchmarks/SUBMISSIONS.md.

    Example: banmian-bench submission benchmarks/submissions/my-parser

    Exit codes: 0 fit to be listed, 2 usage, 3 the form or the file is wrong, or some replies are
    missing or invalid.
    """
    import tempfile

    from banmian_bench.board.submissions import Submission
    from banmian_bench.commands.ending import usage_as_exit
    from banmian_bench.commands.scoring import shown
    from banmian_bench.examples import DataSet

    with usage_as_exit(), tempfile.TemporaryDirectory() as scratch:
        given = Submission.read(folder)
        result = given.enter(DataSet.open(data), output or Path(scratch))
        ending = shown(result, as_json=False)
    raise typer.Exit(ending)
