"""A trained character CRF at work on the sentences of a text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from banmian_bench.character_model.features import features
from banmian_bench.character_model.tags import Labelled, spans_of
from banmian_bench.systems.sentences import sentences
from banmian_bench.systems.text_system import missing

if TYPE_CHECKING:
    import pycrfsuite

FILE: Final = "characters.crf"
"""The model's file in its folder."""


@dataclass(frozen=True, slots=True)
class CharacterTagger:
    """The CRF; ``spans`` are those of its tags, in offsets of the text."""

    crf: pycrfsuite.Tagger

    @classmethod
    def open(cls, folder: Path, system: str) -> CharacterTagger:
        """:class:`MissingDependency` where python-crfsuite is not installed."""
        try:
            import pycrfsuite
        except ImportError:
            raise missing(system, "python-crfsuite") from None
        crf = pycrfsuite.Tagger()
        crf.open(str(folder / FILE))
        return cls(crf)

    def spans(self, text: str) -> Iterator[Labelled]:
        """What the model finds, sentence by sentence."""
        for start, sentence in sentences(text):
            for first, last, label in spans_of(self.crf.tag(features(sentence))):
                yield start + first, start + last, label
