"""A page's geometry as JSON, in the form of the protocol's field ``layout``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import astuple
from typing import Any

from banmian_bench.protocol import Layout, LineBox


def layout_record(layout: Layout) -> dict[str, Any]:
    """The layout as JSON has it; a line is a list, in the order of its fields."""
    return {
        "lines": [list(astuple(line)) for line in layout.lines],
        "width": layout.width,
        "height": layout.height,
    }


def layout_from(record: Mapping[str, Any]) -> Layout:
    """The layout that :func:`layout_record` wrote."""
    lines = tuple(LineBox(*line) for line in record["lines"])
    return Layout(lines, record["width"], record["height"])
