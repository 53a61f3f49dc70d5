"""FoolNLTK: words and entities by its networks, computed with numpy."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from banmian.spans import Segmentation
from banmian_bench.protocol import PredictedEntity, Request, SystemInfo, Task
from banmian_bench.systems import fool_model, tag_schemes
from banmian_bench.systems.pkuseg_model import default_cache
from banmian_bench.systems.sentences import sentences
from banmian_bench.systems.text_system import TextSystem
from banmian_bench.systems.word_system import loaded

if TYPE_CHECKING:
    from banmian_bench.systems.fool_network import CharacterTagger

_NOTE: Final = "same tags as under TensorFlow, checked once on 400 sentences"


class _FoolNetwork(TextSystem):
    """One network of the two."""

    name: str
    network: str
    labels: str | None = None

    def __init__(self) -> None:
        self._tagger: CharacterTagger | None = None

    def info(self) -> SystemInfo:
        return SystemInfo(
            name=self.name,
            version=fool_model.VERSION,
            tasks=self.tasks,
            licence="Apache-2.0 (LICENSE of the repository; the archive has none)",
            model=fool_model.PROVENANCE,
            labels=self.labels,
            note=_NOTE,
        )

    def prepare(self) -> None:
        """Convert the archive in the cache, once; see :func:`.fool_model.ensure_model`."""
        fool_model.ensure_model(default_cache())

    def load(self) -> None:
        folder = fool_model.require_model(default_cache())
        self._tagger = fool_model.tagger(folder, self.network)

    def close(self) -> None:
        self._tagger = None

    def _tagged(self, text: str) -> list[tuple[int, str, Sequence[str]]]:
        """Where each sentence stands, the sentence, and its tags."""
        tagger = loaded(self._tagger, self.name)
        found = list(sentences(text))
        tags = tagger.tags([sentence for _, sentence in found])
        return [(*at, of_one) for at, of_one in zip(found, tags, strict=True)]


class Fool(_FoolNetwork):
    """The segmenter."""

    tasks = frozenset({Task.WORDS})
    name, network = "fool", "seg"

    def words(self, request: Request) -> tuple[tuple[int, int], ...]:
        found = []
        for start, sentence, tags in self._tagged(request.text):
            pieces = [sentence[at:end] for at, end in tag_schemes.words(tags)]
            for word in Segmentation.from_pieces(sentence, pieces).words:
                found.append((start + word.start, start + word.end))
        return tuple(found)


class FoolNer(_FoolNetwork):
    """The recogniser."""

    tasks = frozenset({Task.ENTITIES})
    name, network, labels = "fool-ner", "ner", "fool"

    def entities(self, request: Request) -> tuple[PredictedEntity, ...]:
        return tuple(
            PredictedEntity(start + at, start + end, kind)
            for start, sentence, tags in self._tagged(request.text)
            for at, end, kind in tag_schemes.mentions(tags)
            if sentence[at:end] == sentence[at:end].strip()
        )
