"""Entities and words by character CRFs that were trained on the train split."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from banmian import __version__
from banmian_bench.character_model.tagger import CharacterTagger
from banmian_bench.protocol import PredictedEntity, Request, SystemInfo, Task
from banmian_bench.systems.text_system import OWN_LICENCE, TextSystem
from banmian_bench.training.models import digest_here, find_card, require_model

ENTITIES: Final = "crf-chars"
WORDS: Final = "crf-words"


class _Characters(TextSystem):
    name: str

    def __init__(self, models: Path | None = None) -> None:
        self._models = models
        self._tagger: CharacterTagger | None = None

    def info(self) -> SystemInfo:
        card = find_card(self.name, self._models)
        return SystemInfo(
            self.name,
            __version__,
            self.tasks,
            licence=OWN_LICENCE,
            model="not trained" if card is None else card.provenance,
            note="" if card is None else card.strangeness(digest_here()),
        )

    def load(self) -> None:
        folder = require_model(self.name, self._models).folder
        self._tagger = CharacterTagger.open(folder, self.name)

    def close(self) -> None:
        self._tagger = None

    @property
    def tagger(self) -> CharacterTagger:
        """The loaded model; RuntimeError before ``load``."""
        if self._tagger is None:
            raise RuntimeError(f"{self.name}: call load() first")
        return self._tagger


class CrfEntities(_Characters):
    """Mentions in the 18 labels of the gold."""

    name = ENTITIES
    tasks = frozenset({Task.ENTITIES})

    def entities(self, request: Request) -> tuple[PredictedEntity, ...]:
        return tuple(PredictedEntity(*span) for span in self.tagger.spans(request.text))


class CrfWords(_Characters):
    """Words; blanks belong to none."""

    name = WORDS
    tasks = frozenset({Task.WORDS})

    def words(self, request: Request) -> tuple[tuple[int, int], ...]:
        text = request.text
        spans = ((start, end) for start, end, _ in self.tagger.spans(text))
        return tuple(span for span in spans if not text[span[0] : span[1]].isspace())
