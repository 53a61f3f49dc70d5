"""Articles by a trained model that reads the text alone: CRFs over lines, learned links."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from banmian import __version__
from banmian_bench.article_model.segmenter import Segmenter
from banmian_bench.protocol import PredictedItem, Request, SystemInfo, Task
from banmian_bench.systems.text_system import OWN_LICENCE, TextSystem
from banmian_bench.training.models import digest_here, find_card, require_model

NAME: Final = "crf-lines"


class CrfLines(TextSystem):
    """Items, roles and kinds of a page from its text; boxes are not looked at."""

    tasks = frozenset({Task.ARTICLES})

    def __init__(self, models: Path | None = None) -> None:
        self._models = models
        self._segmenter: Segmenter | None = None

    def info(self) -> SystemInfo:
        return trained_info(NAME, self._models, "text only")

    def load(self) -> None:
        folder = require_model(NAME, self._models).folder
        self._segmenter = Segmenter.read(folder, geometry=False)

    def close(self) -> None:
        self._segmenter = None

    def items(self, request: Request) -> tuple[PredictedItem, ...]:
        if self._segmenter is None:
            raise RuntimeError(f"{NAME} is not loaded")
        return self._segmenter.items(request.text)


def trained_info(name: str, models: Path | None, reads: str) -> SystemInfo:
    """What a record says of a trained baseline for articles, whether its model is there or not."""
    card = find_card(name, models)
    strange = card.strangeness(digest_here()) if card is not None else ""
    return SystemInfo(
        name,
        __version__,
        frozenset({Task.ARTICLES}),
        licence=OWN_LICENCE,
        model=card.provenance if card is not None else "not trained",
        note="; ".join(part for part in (reads, strange) if part),
    )
