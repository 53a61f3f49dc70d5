"""jieba in Python: words by dictionary and HMM, its name tags, and the same words in spaCy."""

from __future__ import annotations

import logging
import tempfile
from collections.abc import Sequence
from typing import Any, Final

from banmian_bench.protocol import SystemInfo
from banmian_bench.systems.text_system import installed_version, missing
from banmian_bench.systems.word_system import POS_PROXY, TagSystem, WordSystem, loaded

_MODEL: Final = "dictionary and HMM in the package"
_INSTALL: Final = "jieba==0.42.1"


class Jieba(WordSystem):
    """jieba's default dictionary with its HMM for unknown words."""

    def __init__(self) -> None:
        self._tokenizer: Any = None

    def info(self) -> SystemInfo:
        return SystemInfo(
            name="jieba",
            version=installed_version("jieba"),
            tasks=self.tasks,
            licence="MIT",
            model=_MODEL,
        )

    def load(self) -> None:
        self._tokenizer = _tokenizer("jieba")

    def close(self) -> None:
        self._tokenizer = None

    def cut(self, sentence: str) -> Sequence[str]:
        words: list[str] = loaded(self._tokenizer, "jieba").lcut(sentence)
        return words


class JiebaTags(TagSystem):
    """Words that ``jieba.posseg`` tags as names."""

    labels = "ictclas"

    def __init__(self) -> None:
        self._tagger: Any = None

    def info(self) -> SystemInfo:
        return SystemInfo(
            name="jieba-pos",
            version=installed_version("jieba"),
            tasks=self.tasks,
            licence="MIT",
            model=_MODEL,
            labels=self.labels,
            note=POS_PROXY,
        )

    def load(self) -> None:
        tokenizer = _tokenizer("jieba-pos")
        from jieba.posseg import POSTokenizer

        self._tagger = POSTokenizer(tokenizer)

    def close(self) -> None:
        self._tagger = None

    def tag(self, sentence: str) -> Sequence[tuple[str, str]]:
        return [(pair.word, pair.flag) for pair in loaded(self._tagger, "jieba-pos").cut(sentence)]


class SpacyJieba(WordSystem):
    """``spacy.blank("zh")`` with the segmenter ``jieba``; no other component."""

    def __init__(self) -> None:
        self._nlp: Any = None

    def info(self) -> SystemInfo:
        return SystemInfo(
            name="spacy-jieba",
            version=installed_version("spacy"),
            tasks=self.tasks,
            licence="MIT",
            model=f"jieba {installed_version('jieba')} (MIT): {_MODEL}",
            note="spaCy's own default for Chinese, one word a character, is the floor `characters`",
        )

    def load(self) -> None:
        try:
            import jieba
            import spacy
        except ImportError:
            raise missing("spacy-jieba", f"spacy {_INSTALL}") from None
        _initialise(jieba.dt)  # spaCy uses this one
        self._nlp = spacy.blank("zh", config={"nlp": {"tokenizer": {"segmenter": "jieba"}}})

    def close(self) -> None:
        self._nlp = None

    def cut(self, sentence: str) -> Sequence[str]:
        return [token.text for token in loaded(self._nlp, "spacy-jieba")(sentence)]


def _tokenizer(system: str) -> Any:  # noqa: ANN401  # jieba has no type information
    try:
        import jieba
    except ImportError:
        raise missing(system, _INSTALL) from None
    tokenizer = jieba.Tokenizer()
    _initialise(tokenizer)
    return tokenizer


def _initialise(tokenizer: Any) -> None:  # noqa: ANN401
    """Read the dictionary, and not what another run left in the folder for temporary files."""
    logging.getLogger("jieba").setLevel(logging.WARNING)
    with tempfile.TemporaryDirectory(prefix="banmian-jieba-") as folder:
        tokenizer.tmp_dir = folder
        tokenizer.initialize()
