"""The micro-benchmarks of our own code as a table: times against the frozen reference of the run.

Seconds are of one machine at one hour; the ratio to ``test_reference``, timed in the same run, is
what may be quoted.
"""

from __future__ import annotations

from pathlib import Path

from banmian.errors import UsageError
from banmian_bench.gating.benchmark_files import Benchmark, NoTimes, benchmark_file, read_json
from banmian_bench.report_tables import ABSENT, in_markdown

REFERENCE = "test_reference"


def speed_table(path: Path) -> str:
    """A Markdown section from pytest-benchmark's JSON; :class:`UsageError` where it is none."""
    try:
        run = benchmark_file(read_json(path), path.name)
    except NoTimes as error:
        raise UsageError(str(error)) from None
    reference = run.named(REFERENCE)
    unit = min(reference.seconds) if reference is not None and reference.seconds else None
    rows = [_row(each, unit) for _, each in sorted(run.benchmarks.items()) if each.seconds]
    return "\n".join(
        [
            f"**Speed of our own code** (least time of the rounds; {in_markdown(run.machine)})\n",
            "| benchmark | rounds | ms | ÷ reference | timer |",
            "|---|--:|--:|--:|---|",
            *rows,
            "",
        ]
    )


def _row(benchmark: Benchmark, unit: float | None) -> str:
    least = min(benchmark.seconds)
    ratio = ABSENT if not unit else f"{least / unit:.2f}"
    name = in_markdown(benchmark.name.rpartition("::")[2])
    timer = "CPU" if benchmark.by_cpu else "elapsed"
    return f"| {name} | {len(benchmark.seconds)} | {1000 * least:.2f} | {ratio} | {timer} |"
