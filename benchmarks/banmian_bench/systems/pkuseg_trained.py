"""Words by pkuseg, trained on the train split by spacy-pkuseg itself."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from banmian import __version__
from banmian_bench.protocol import Request, SystemInfo, Task
from banmian_bench.systems.sentences import sentences, words
from banmian_bench.systems.text_system import (
    OWN_LICENCE,
    TextSystem,
    installed_version,
    missing,
)
from banmian_bench.training.models import digest_here, find_card, require_model

NAME: Final = "pkuseg-trained"


class PkusegTrained(TextSystem):
    """spacy-pkuseg with our model; its own dictionary of words is left out."""

    tasks = frozenset({Task.WORDS})

    def __init__(self, models: Path | None = None) -> None:
        self._models = models
        self._segmenter: Any = None

    def info(self) -> SystemInfo:
        card = find_card(NAME, self._models)
        strange = "" if card is None else card.strangeness(digest_here())
        by = f"by spacy-pkuseg {installed_version('spacy-pkuseg')}"
        return SystemInfo(
            NAME,
            __version__,
            self.tasks,
            licence=OWN_LICENCE,
            model="not trained" if card is None else card.provenance,
            note="; ".join(filter(None, (by, strange))),
        )

    def load(self) -> None:
        folder = require_model(NAME, self._models).folder
        try:
            import spacy_pkuseg
        except ImportError:
            raise missing(NAME, "spacy-pkuseg") from None
        self._segmenter = spacy_pkuseg.pkuseg(str(folder), user_dict=None)

    def close(self) -> None:
        self._segmenter = None

    def words(self, request: Request) -> tuple[tuple[int, int], ...]:
        if self._segmenter is None:
            raise RuntimeError(f"{NAME}: call load() first")
        return tuple(
            word
            for start, sentence in sentences(request.text)
            for at, part in _unbroken(sentence)
            for word in words(start + at, part, self._segmenter.cut(part))
        )


def _unbroken(sentence: str) -> list[tuple[int, str]]:
    """The parts of a sentence between blanks: pkuseg drops blanks, and offsets must not move."""
    parts, at = [], 0
    for part in sentence.split():
        at = sentence.index(part, at)
        parts.append((at, part))
        at += len(part)
    return parts
