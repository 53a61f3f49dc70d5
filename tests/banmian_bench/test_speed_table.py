"""The table of our micro-benchmarks from pytest-benchmark's JSON."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from banmian.errors import UsageError
from banmian_bench.speed_table import speed_table


def written(folder: Path, **seconds: list[float]) -> Path:
    benchmarks = [
        {
            "fullname": f"benchmarks/speed/x.py::{name}",
            "params": None,
            "extra_info": {},
            "options": {"timer": "process_time"},
            "stats": {"data": data},
        }
        for name, data in seconds.items()
    ]
    info = {"machine": "x", "python_version": "3.11.9", "cpu": {"brand_raw": "A CPU"}}
    path = folder / "speed.json"
    path.write_text(json.dumps({"benchmarks": benchmarks, "machine_info": info}), encoding="utf-8")
    return path


def test_times_stand_against_the_reference_of_the_same_run(tmp_path: Path) -> None:
    table = speed_table(written(tmp_path, test_reference=[0.02, 0.01], test_score=[0.05, 0.03]))
    assert "| test_score | 2 | 30.00 | 3.00 | CPU |" in table


def test_without_the_reference_there_is_no_ratio(tmp_path: Path) -> None:
    assert "| test_score | 1 | 30.00 | – | CPU |" in speed_table(
        written(tmp_path, test_score=[0.03])
    )


def test_another_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "speed.json"
    path.write_text("{}", encoding="utf-8")
    with pytest.raises(UsageError, match="not of pytest-benchmark"):
        speed_table(path)
