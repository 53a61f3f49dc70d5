"""Articles by a trained model that reads text and line boxes; by ``crf-lines`` without boxes."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from banmian_bench.article_model.segmenter import Segmenter
from banmian_bench.protocol import PredictedItem, Request, SystemInfo, Task
from banmian_bench.systems.crf_lines import CrfLines, trained_info
from banmian_bench.systems.text_system import TextSystem
from banmian_bench.training.models import require_model

NAME: Final = "crf-boxes"


class CrfBoxes(TextSystem):
    """Items, roles and kinds of a page from its text and where its lines stand."""

    tasks = frozenset({Task.ARTICLES})

    def __init__(self, models: Path | None = None) -> None:
        self._models = models
        self._segmenter: Segmenter | None = None
        self._boxless = CrfLines(models)

    def info(self) -> SystemInfo:
        return trained_info(NAME, self._models, "reads line boxes; crf-lines on pages without")

    def load(self) -> None:
        folder = require_model(NAME, self._models).folder
        self._boxless.load()
        self._segmenter = Segmenter.read(folder, geometry=True)

    def close(self) -> None:
        self._segmenter = None
        self._boxless.close()

    def items(self, request: Request) -> tuple[PredictedItem, ...]:
        if request.layout is None:
            return self._boxless.items(request)
        if self._segmenter is None:
            raise RuntimeError(f"{NAME} is not loaded")
        return self._segmenter.items(request.text, request.layout)
