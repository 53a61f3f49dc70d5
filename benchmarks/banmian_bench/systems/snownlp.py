"""SnowNLP: words by a character model, and name tags by a trigram tagger."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from banmian_bench.protocol import SystemInfo
from banmian_bench.systems.text_system import installed_version, missing
from banmian_bench.systems.word_system import POS_PROXY, TagSystem, WordSystem, loaded

_MODEL: Final = "in the package, trained on People's Daily of January 1998, which is in it too"


class Snownlp(WordSystem):
    """Runs of other than Chinese characters stay whole; white space is not among the words."""

    def __init__(self) -> None:
        self._segmenter: Any = None

    def info(self) -> SystemInfo:
        return SystemInfo(
            name="snownlp",
            version=installed_version("snownlp"),
            tasks=self.tasks,
            licence="MIT",
            model=_MODEL,
            note="full stops and commas in a row are one word; surname and given name are two",
        )

    def load(self) -> None:
        self._segmenter, _ = _parts("snownlp")

    def close(self) -> None:
        self._segmenter = None

    def cut(self, sentence: str) -> Sequence[str]:
        words: list[str] = loaded(self._segmenter, "snownlp").seg(sentence)
        return words


class SnownlpTags(TagSystem):
    """Words that the tagger takes for names."""

    labels = "ictclas"

    def __init__(self) -> None:
        self._parts: Any = None

    def info(self) -> SystemInfo:
        return SystemInfo(
            name="snownlp-pos",
            version=installed_version("snownlp"),
            tasks=self.tasks,
            licence="MIT",
            model=_MODEL,
            labels=self.labels,
            note=f"{POS_PROXY}; surname and given name are two words, so two mentions",
        )

    def load(self) -> None:
        self._parts = _parts("snownlp-pos")

    def close(self) -> None:
        self._parts = None

    def tag(self, sentence: str) -> Sequence[tuple[str, str]]:
        segmenter, tagger = loaded(self._parts, "snownlp-pos")
        words = segmenter.seg(sentence)
        return list(zip(words, tagger.tag(words), strict=True))


def _parts(system: str) -> tuple[Any, Any]:
    try:
        from snownlp import seg, tag
    except ImportError:
        raise missing(system, "snownlp==0.12.3") from None
    return seg, tag
