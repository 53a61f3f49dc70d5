"""cutword: words by unigram dictionary; entities by BiLSTM-CRF on torch. Models in the package."""

from __future__ import annotations

import contextlib
import io
import warnings
from collections.abc import Sequence
from typing import Any, Final

from banmian_bench.protocol import PredictedEntity, Request, SystemInfo, Task
from banmian_bench.systems.sentences import sentences
from banmian_bench.systems.text_system import TextSystem, installed_version, missing
from banmian_bench.systems.word_system import WordSystem, loaded

_INSTALL: Final = "cutword==0.1.1"


class Cutword(WordSystem):
    """The default dictionary; the one of long phrases is not loaded."""

    def __init__(self) -> None:
        self._cutter: Any = None

    def info(self) -> SystemInfo:
        return SystemInfo(
            name="cutword",
            version=installed_version("cutword"),
            tasks=self.tasks,
            licence="Apache-2.0",
            model="dictionary in the package, counts up to January 2024",
        )

    def load(self) -> None:
        with contextlib.redirect_stdout(io.StringIO()):  # it prints what it loads
            try:
                from cutword import Cutter
            except ImportError:
                raise missing("cutword", _INSTALL) from None
            self._cutter = Cutter()

    def close(self) -> None:
        self._cutter = None

    def cut(self, sentence: str) -> Sequence[str]:
        words: list[str] = loaded(self._cutter, "cutword").cutword(sentence)
        return words


class CutwordNer(TextSystem):
    """cutword's recogniser with its 17 types, on the CPU."""

    tasks = frozenset({Task.ENTITIES})

    def __init__(self) -> None:
        self._recogniser: Any = None

    def info(self) -> SystemInfo:
        return SystemInfo(
            name="cutword-ner",
            version=installed_version("cutword"),
            tasks=self.tasks,
            licence="Apache-2.0",
            model="BiLSTM-CRF, 6.9 MB in the package; training corpus not stated",
            labels="cutword",
            note=f"torch {installed_version('torch')}, CPU; "
            "no traditional characters without opencc",
        )

    def load(self) -> None:
        with contextlib.redirect_stdout(io.StringIO()):
            try:
                from cutword import NER  # absent, not an error, where torch is
            except ImportError:
                raise missing("cutword-ner", f"{_INSTALL} torch") from None
            self._recogniser = NER(device="cpu")

    def close(self) -> None:
        self._recogniser = None

    def entities(self, request: Request) -> tuple[PredictedEntity, ...]:
        recogniser = loaded(self._recogniser, "cutword-ner")
        found = []
        for start, sentence in sentences(request.text):
            with warnings.catch_warnings():  # of torch, about how cutword calls it
                warnings.simplefilter("ignore")
                (mentions,) = recogniser.predict(sentence)
            found += [
                PredictedEntity(start + each.begin, start + each.end, each.ner_type_en)
                for each in mentions
                if each.entity == each.entity.strip() == sentence[each.begin : each.end] != ""
            ]
        return tuple(found)
