"""Wapic: words by a linear-chain CRF in C++. The model is a package of its own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from banmian_bench.protocol import SystemInfo
from banmian_bench.systems.text_system import installed_version, missing
from banmian_bench.systems.word_system import WordSystem, loaded


class Wapic(WordSystem):
    """The default model; white space is not among its words."""

    def __init__(self) -> None:
        self._segmenter: Any = None

    def info(self) -> SystemInfo:
        return SystemInfo(
            name="wapic",
            version=installed_version("wapic"),
            tasks=self.tasks,
            licence="MIT",
            model=f"wapic-cws-model {installed_version('wapic-cws-model')} (MIT), 52 MB; "
            "training corpus not stated in the package",
        )

    def load(self) -> None:
        try:
            import wapic
            import wapic_model  # noqa: F401  # the default model, which wapic asks for too late
        except ImportError:
            raise missing("wapic", "wapic==0.1.0") from None
        self._segmenter = wapic.Segmenter()

    def close(self) -> None:
        self._segmenter = None

    def cut(self, sentence: str) -> Sequence[str]:
        words: list[str] = loaded(self._segmenter, "wapic").segment(sentence)
        return words
