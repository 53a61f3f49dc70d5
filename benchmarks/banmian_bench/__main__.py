"""``python -m banmian_bench``: the console script without its script."""

from banmian_bench.cli import app

app(prog_name="banmian-bench")
