"""``banmian-bench time``: what is printed where, and how it ends."""

from __future__ import annotations

import json
from typing import Any

import pytest
import typer
from typer.testing import CliRunner, Result

from banmian_bench.commands import time, timing
from banmian_bench.examples import DataSet
from banmian_bench.protocol import MissingDependency
from banmian_bench.timing import SystemCrashed

SIDE: dict[str, Any] = {
    "system": {"spec": "toy", "name": "toy", "version": "1"},
    "clock": "process",
    "texts": 2,
    "chars": 1200,
    "cpu_s": {"p50": 0.001, "p90": 0.002, "p99": 0.002, "total": 0.003},
    "wall_s": {"p50": 0.001, "p90": 0.002, "p99": 0.002, "total": 0.003},
    "chars_per_s": 400_000,
    "load_s": 0.5,
    "peak_rss_mb": 80,
    "base_rss_mb": 60,
    "rounds": 18,
    "passes": 9,
    "warmup": 2,
    "noise_pct": 0.9,
}
AB = {"against": "toy", "ratio": 1.5, "interval": [1.4, 1.6], "threshold": 1.1}


def ended(verdict: str | None) -> dict[str, Any]:
    """What ``time_system`` gives, with a verdict."""
    return {
        **SIDE,
        "baseline": SIDE if verdict else None,
        "ab": AB if verdict else None,
        "gate_metric": "ab-least-cpu" if verdict else None,
        "verdict": verdict,
        "reasons": ["because of that"] if verdict else [],
    }


@pytest.fixture
def app() -> typer.Typer:
    """The command among others: alone it would have no name."""
    made = typer.Typer()
    made.command()(time.time)
    made.command("other")(lambda: None)
    return made


def called(
    app: typer.Typer, data: DataSet, monkeypatch: pytest.MonkeyPatch, gives: object, *options: str
) -> Result:
    """The command on the real split, where timing gives (or raises) ``gives``."""

    def time_system(*_: object, **__: object) -> object:
        if isinstance(gives, Exception):
            raise gives
        return gives

    monkeypatch.setattr(timing, "time_system", time_system)
    call = ["time", "toy", "--task", "words", "--data", str(data.folder), *options]
    return CliRunner().invoke(app, call)


@pytest.mark.parametrize(
    ("verdict", "options", "code"),
    [
        (None, [], 0),
        ("pass", ["--strict"], 0),
        ("fail", [], 1),
        ("inconclusive", [], 0),
        ("inconclusive", ["--strict"], 6),
    ],
)
def test_exit_codes_of_verdicts(
    app: typer.Typer,
    data: DataSet,
    monkeypatch: pytest.MonkeyPatch,
    verdict: str | None,
    options: list[str],
    code: int,
) -> None:
    result = called(app, data, monkeypatch, ended(verdict), *options)
    assert result.exit_code == code
    assert ("because of that" in result.stderr) == (verdict == "inconclusive")
    assert f"{verdict or 'reported, not gated'}: " in result.stdout


@pytest.mark.parametrize(
    ("error", "code"), [(SystemCrashed("toy died"), 4), (MissingDependency("install toy"), 2)]
)
def test_exit_codes_of_errors(
    app: typer.Typer,
    data: DataSet,
    monkeypatch: pytest.MonkeyPatch,
    error: Exception,
    code: int,
) -> None:
    result = called(app, data, monkeypatch, error)
    assert result.exit_code == code
    assert str(error) in result.stderr
    assert not result.stdout


def test_json_is_what_against_takes(
    app: typer.Typer, data: DataSet, monkeypatch: pytest.MonkeyPatch
) -> None:
    result = called(app, data, monkeypatch, ended("pass"), "--json")
    printed = json.loads(result.stdout)
    assert printed["system"]["name"] == "toy"
    assert printed["timing"]["verdict"] == "pass"
    assert {"python", "cpu"} <= set(printed["environment"])


def test_unknown_split_is_usage(
    app: typer.Typer, data: DataSet, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert called(app, data, monkeypatch, ended(None), "--split", "none").exit_code == 2
