"""What the documents say is so: commands, snippets, generated blocks."""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from banmian.agreeing import agreement
from banmian.agreement_table import markdown
from banmian.cli import app as banmian
from banmian.dataset import build
from banmian.datasheet import blocks, names_in, refresh
from banmian.describing import describe
from banmian.release import Release
from banmian_bench.cli import app as bench
from banmian_bench.reporting import read_results, readme_block

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def commands() -> Iterator[tuple[str, typer.Typer, str]]:
    for script, app in (("banmian", banmian), ("banmian-bench", bench)):
        for command in app.registered_commands:
            assert command.callback is not None
            yield script, app, command.name or command.callback.__name__.replace("_", "-")


@pytest.mark.parametrize(("script", "app", "name"), list(commands()))
def test_every_command_explains_itself(script: str, app: typer.Typer, name: str) -> None:
    done = CliRunner().invoke(app, [name, "--help"])
    assert done.exit_code == 0
    assert "Example" in done.stdout
    assert "Exit codes" in done.stdout


@pytest.mark.parametrize(("script", "app", "name"), list(commands()))
def test_every_command_is_in_the_readme(script: str, app: typer.Typer, name: str) -> None:
    assert re.search(rf"`(?:{script} )?{name}`|{script} {name}\b", README), name


def test_the_readme_snippet_loads_the_data_set_it_speaks_of(tmp_path: Path) -> None:
    build(Release(ROOT), tmp_path / "build" / "dataset")
    [snippet] = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    done = subprocess.run(
        [sys.executable, "-c", snippet],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
        env={"PATH": "/usr/bin:/bin", "HOME": str(tmp_path), "HF_HUB_OFFLINE": "1"},
    )
    assert done.returncode == 0, done.stderr
    assert "7 items" in done.stdout


def test_the_results_in_the_readme_are_those_of_the_records() -> None:
    renewed = refresh(README, {"results": readme_block(read_results(ROOT / "benchmarks/results"))})
    assert renewed == README, "run `make results`"


def test_the_datasheet_is_up_to_date() -> None:
    text = (ROOT / "DATASHEET.md").read_text(encoding="utf-8")
    release = Release(ROOT)
    tables = blocks(describe(ROOT)) | {
        "agreement-real": markdown(agreement(release)),
        "agreement-synthetic": markdown(agreement(release, synthetic=True)),
    }
    assert set(names_in(text)) <= set(tables)
    assert refresh(text, tables) == text, "run `make datasheet`"


def test_no_loose_module_is_importable_everywhere() -> None:
    assert not [*(ROOT / "scripts").glob("*.py"), *(ROOT / "benchmarks").glob("*.py")]


def test_the_benchmark_imports_the_package_and_never_the_reverse() -> None:
    for path in (ROOT / "scripts").rglob("*.py"):
        assert "banmian_bench" not in re.findall(
            r"^\s*(?:from|import) (\w+)", path.read_text(encoding="utf-8"), re.MULTILINE
        ), path


def test_help_is_light() -> None:
    code = (
        "import sys, banmian.cli, banmian_bench.cli;"
        "print(sorted({'datasets','spacy','numpy','pyarrow','pandas'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
