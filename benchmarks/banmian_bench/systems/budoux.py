"""BudouX: phrases for line breaks, in the place of words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from banmian_bench.protocol import SystemInfo
from banmian_bench.systems.text_system import installed_version, missing
from banmian_bench.systems.word_system import WordSystem, loaded


class Budoux(WordSystem):
    """The model of simplified Chinese."""

    def __init__(self) -> None:
        self._parser: Any = None

    def info(self) -> SystemInfo:
        return SystemInfo(
            name="budoux",
            version=installed_version("budoux"),
            tasks=self.tasks,
            licence="Apache-2.0",
            model="zh-hans, 64 KB in the package",
            note="phrases for line breaks, not words: punctuation stays with what precedes it",
        )

    def load(self) -> None:
        try:
            import budoux
        except ImportError:
            raise missing("budoux", "budoux==0.10.1") from None
        self._parser = budoux.load_default_simplified_chinese_parser()

    def close(self) -> None:
        self._parser = None

    def cut(self, sentence: str) -> Sequence[str]:
        phrases: list[str] = loaded(self._parser, "budoux").parse(sentence)
        return phrases
