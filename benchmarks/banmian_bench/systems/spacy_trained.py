"""Entities by spaCy pipelines that were trained on the train split, from our own folder only."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Final

from banmian import __version__
from banmian_bench.protocol import PredictedEntity, Request, SystemInfo, Task
from banmian_bench.systems import pkuseg_model
from banmian_bench.systems.sentences import sentences
from banmian_bench.systems.text_system import (
    OWN_LICENCE,
    TextSystem,
    installed_version,
    missing,
)
from banmian_bench.training.models import digest_here, find_card, require_model

if TYPE_CHECKING:
    from spacy.language import Language

PIPELINE: Final = "pipeline"
"""The pipeline's folder in the model's."""


def blank(system: str, segmenter: str) -> Language:
    """A pipeline that cuts words with ``segmenter`` (char or pkuseg) and does nothing else."""
    try:
        import spacy
        import spacy_pkuseg  # noqa: F401  # spaCy asks for it too late to be told apart
    except ImportError:
        raise missing(system, "spacy spacy-pkuseg") from None
    nlp = spacy.blank("zh", config={"nlp": {"tokenizer": {"segmenter": segmenter}}})
    if segmenter == "pkuseg":
        _with_words(nlp)
    return nlp


def _with_words(nlp: Language) -> None:
    model = pkuseg_model.require_model(pkuseg_model.default_cache())
    tokenizer: Any = nlp.tokenizer  # spaCy types it as a function; the Chinese one is more
    tokenizer.initialize(pkuseg_model=str(model))


class SpacyChars(TextSystem):
    """A recogniser over characters."""

    name: ClassVar = "spacy-chars"
    segmenter: ClassVar = "char"
    tasks = frozenset({Task.ENTITIES})

    def __init__(self, models: Path | None = None) -> None:
        self._models = models
        self._nlp: Language | None = None

    def info(self) -> SystemInfo:
        card = find_card(self.name, self._models)
        strange = "" if card is None else card.strangeness(digest_here())
        return SystemInfo(
            self.name,
            __version__,
            self.tasks,
            licence=OWN_LICENCE,
            model="not trained" if card is None else card.provenance,
            note="; ".join(filter(None, (f"in spaCy {installed_version('spacy')}", strange))),
        )

    def load(self) -> None:
        folder = require_model(self.name, self._models).folder / PIPELINE
        try:
            import spacy
        except ImportError:
            raise missing(self.name, "spacy spacy-pkuseg") from None
        self._nlp = spacy.load(folder, exclude=["tokenizer"])
        if self.segmenter == "pkuseg":
            _with_words(self._nlp)

    def close(self) -> None:
        self._nlp = None

    def entities(self, request: Request) -> tuple[PredictedEntity, ...]:
        if self._nlp is None:
            raise RuntimeError(f"{self.name}: call load() first")
        return tuple(
            PredictedEntity(start + span.start_char, start + span.end_char, span.label_)
            for start, sentence in sentences(request.text)
            for span in self._nlp(sentence).ents
        )


class SpacyPkuseg(SpacyChars):
    """A recogniser over pkuseg's words."""

    name = "spacy-pkuseg-ner"
    segmenter = "pkuseg"
