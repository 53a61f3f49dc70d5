"""THULAC: words, and its name tags. Its licence is unclear, so no extra installs it."""

from __future__ import annotations

import contextlib
import io
from collections.abc import Sequence
from typing import Any, Final

from banmian_bench.protocol import SystemInfo
from banmian_bench.systems.text_system import installed_version, missing
from banmian_bench.systems.word_system import POS_PROXY, TagSystem, WordSystem, loaded

_LICENCE: Final = "unclear: the repository says MIT, its older text research only; package: none"
_INSTALL: Final = "thulac==0.2.2 (your own decision: its licence is unclear)"
_CORPUS: Final = "trained on People's Daily, by its own account"


class Thulac(WordSystem):
    """Segmentation only, the smaller of its two models."""

    def __init__(self) -> None:
        self._model: Any = None

    def info(self) -> SystemInfo:
        return SystemInfo(
            name="thulac",
            version=installed_version("thulac"),
            tasks=self.tasks,
            licence=_LICENCE,
            model=f"100 MB in the package; {_CORPUS}",
        )

    def load(self) -> None:
        self._model = _model("thulac", seg_only=True)

    def close(self) -> None:
        self._model = None

    def cut(self, sentence: str) -> Sequence[str]:
        return [word for word, _ in loaded(self._model, "thulac").cut(sentence)]


class ThulacTags(TagSystem):
    """Words that the joint model tags as names."""

    labels = "thulac"

    def __init__(self) -> None:
        self._model: Any = None

    def info(self) -> SystemInfo:
        return SystemInfo(
            name="thulac-pos",
            version=installed_version("thulac"),
            tasks=self.tasks,
            licence=_LICENCE,
            model=f"390 MB in the package; {_CORPUS}",
            labels=self.labels,
            note=POS_PROXY,
        )

    def load(self) -> None:
        self._model = _model("thulac-pos", seg_only=False)

    def close(self) -> None:
        self._model = None

    def tag(self, sentence: str) -> Sequence[tuple[str, str]]:
        return [(word, tag) for word, tag in loaded(self._model, "thulac-pos").cut(sentence)]


def _model(system: str, *, seg_only: bool) -> Any:  # noqa: ANN401  # no type information
    try:
        from thulac import thulac
    except ImportError:
        raise missing(system, _INSTALL) from None
    with contextlib.redirect_stdout(io.StringIO()):  # it prints that it is loaded
        return thulac(seg_only=seg_only)
