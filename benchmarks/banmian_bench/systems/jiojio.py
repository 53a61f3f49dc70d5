"""jiojio: words and name tags by a linear model. GPL-3: run by who installed it, no extra does."""

from __future__ import annotations

import contextlib
import io
from collections.abc import Sequence
from typing import Any, Final

from banmian_bench.protocol import SystemInfo
from banmian_bench.systems.text_system import installed_version, missing
from banmian_bench.systems.word_system import POS_PROXY, TagSystem, WordSystem, loaded

_INSTALL: Final = "jiojio==1.2.8 (your own decision: it is under the GPL-3)"
_CORPUS: Final = "training corpus not stated in the package"


class Jiojio(WordSystem):
    """The default segmentation model, without rules and user dictionary."""

    def __init__(self) -> None:
        self._segmenter: Any = None

    def info(self) -> SystemInfo:
        return SystemInfo(
            name="jiojio",
            version=installed_version("jiojio"),
            tasks=self.tasks,
            licence="GPL-3.0",
            model=f"80 MB in the package; {_CORPUS}",
        )

    def load(self) -> None:
        self._segmenter = _package("jiojio").CWSPredictText()

    def close(self) -> None:
        self._segmenter = None

    def cut(self, sentence: str) -> Sequence[str]:
        words: list[str] = loaded(self._segmenter, "jiojio").cut(sentence)
        return words


class JiojioTags(TagSystem):
    """Words that the default tagging model tags as names."""

    labels = "ictclas"

    def __init__(self) -> None:
        self._models: Any = None

    def info(self) -> SystemInfo:
        return SystemInfo(
            name="jiojio-pos",
            version=installed_version("jiojio"),
            tasks=self.tasks,
            licence="GPL-3.0",
            model=f"148 MB in the package; {_CORPUS}",
            labels=self.labels,
            note=POS_PROXY,
        )

    def load(self) -> None:
        package = _package("jiojio-pos")
        self._models = (
            package.CWSPredictText(rule_extractor=False),
            package.POSPredictText(pos_rule_types=False),
        )

    def close(self) -> None:
        self._models = None

    def tag(self, sentence: str) -> Sequence[tuple[str, str]]:
        segmenter, tagger = loaded(self._models, "jiojio-pos")
        words, normalised, by_word = segmenter.cut_with_pos(sentence)
        return list(zip(words, tagger.cut(normalised, word_pos_map=by_word), strict=True))


def _package(system: str) -> Any:  # noqa: ANN401  # no type information
    """The module; its ``init`` keeps one model for all callers, so its classes are used."""
    with contextlib.redirect_stdout(io.StringIO()):  # it prints how it was built
        try:
            import jiojio
        except ImportError:
            raise missing(system, _INSTALL) from None
    return jiojio
