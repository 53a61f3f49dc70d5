"""The command itself; what it trains is tested beside it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from typer.testing import CliRunner

from banmian_bench.cli import app
from banmian_bench.examples import DataSet


def test_help_imports_nothing_heavy() -> None:
    code = (
        "import sys\nfrom typer.testing import CliRunner\nfrom banmian_bench.cli import app\n"
        "assert CliRunner().invoke(app, ['train', '--help']).exit_code == 0\n"
        "print(*sorted({'numpy', 'pyarrow', 'pycrfsuite'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""


def test_no_name_is_a_usage_error(data: DataSet) -> None:
    done = CliRunner().invoke(app, ["train", "--data", str(data.folder)])
    assert done.exit_code == 2


def test_an_unknown_name_is_a_usage_error(data: DataSet, tmp_path: Path) -> None:
    done = CliRunner().invoke(
        app, ["train", "none", "--data", str(data.folder), "--models", str(tmp_path)]
    )
    assert done.exit_code == 2
    assert not list(tmp_path.iterdir())
