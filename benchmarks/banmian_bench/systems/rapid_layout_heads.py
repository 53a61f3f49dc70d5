"""Heads by a layout detector that looks at the picture of a page, items by the rule for heads.

The detector (PP layout, trained on CDLA: Chinese journals, not newspapers) types its boxes as
title, text, figure and so on. A line whose middle lies in a title is a head; how lines become
items is that of :mod:`.xy_cut_heads`. Its other boxes tell paragraphs, which are no items.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from io import BytesIO
from typing import TYPE_CHECKING, Final, NamedTuple

from banmian_bench.protocol import (
    Layout,
    LineBox,
    PredictedItem,
    Request,
    SystemInfo,
    Task,
)
from banmian_bench.systems.page_lines import BOXLESS, printed_lines
from banmian_bench.systems.text_system import TextSystem, installed_version, missing
from banmian_bench.systems.xy_cut_heads import headed_items

if TYPE_CHECKING:
    from rapid_layout import RapidLayout

TITLE: Final = "title"
CONFIDENCE: Final = 0.05
"""Of a title, at least. Chosen on dev."""


class TitleBox(NamedTuple):
    """A title on a page, in points."""

    x0: float
    y0: float
    x1: float
    y1: float

    def holds(self, line: LineBox) -> bool:
        """Whether the middle of the line lies in it."""
        x, y = (line.x0 + line.x1) / 2, (line.y0 + line.y1) / 2
        return self.x0 <= x <= self.x1 and self.y0 <= y <= self.y1


class RapidLayoutHeads(TextSystem):
    """Items that begin with the titles that rapid-layout finds."""

    tasks = frozenset({Task.ARTICLES})
    reads_pictures = True

    def __init__(self) -> None:
        self._model: RapidLayout | None = None

    def info(self) -> SystemInfo:
        return SystemInfo(
            "rapid-layout-heads",
            installed_version("rapid-layout"),
            self.tasks,
            licence="Apache-2.0",
            model="PP layout CDLA (PaddleOCR, Apache-2.0), 7 MB ONNX file in the package",
            note=f"titles from the picture, then the rule of xy-cut-heads; {BOXLESS}",
        )

    def load(self) -> None:
        try:
            from rapid_layout import RapidLayout
        except ImportError:
            raise missing("rapid-layout-heads", "rapid-layout onnxruntime") from None
        logging.getLogger("rapid_layout").setLevel(logging.WARNING)
        self._model = RapidLayout(conf_thresh=CONFIDENCE)

    def close(self) -> None:
        self._model = None

    def items(self, request: Request) -> tuple[PredictedItem, ...]:
        if self._model is None:
            raise RuntimeError("rapid-layout-heads: call load() first")
        lines = printed_lines(request)
        if request.layout is None or request.picture is None or not lines:
            return headed_items(request, (), ())
        titles = list(_titles(self._model, request.picture, request.layout))
        heads = [line for line in lines if any(title.holds(line) for title in titles)]
        return headed_items(request, lines, heads)


def _titles(model: RapidLayout, picture: bytes, layout: Layout) -> Iterable[TitleBox]:
    import numpy as np
    from PIL import Image

    pixels = np.asarray(Image.open(BytesIO(picture)).convert("RGB"))
    across, down = layout.width / pixels.shape[1], layout.height / pixels.shape[0]
    found = model(pixels[:, :, ::-1])  # it expects blue first, as OpenCV reads files
    for (x0, y0, x1, y1), name in zip(found.boxes, found.class_names, strict=True):
        if name == TITLE:
            yield TitleBox(x0 * across, y0 * down, x1 * across, y1 * down)
