"""Our own baselines, trained from the train split: who trains what, and where the models lie.

A trainer is a function ``(data, into, say) -> Training``: it reads ``data``'s split ``train``,
writes its files into the empty folder ``into``, tells ``say`` what takes time, and returns its
seed and what it counted. It draws on nothing but the train split and its seed, so that training
again writes the same bytes. To add one: put it into a module of this package, name it in
``TRAINERS``, and read it in the system with :func:`.models.require_model`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Final, cast

from banmian.errors import UsageError

if TYPE_CHECKING:
    from banmian_bench.examples import DataSet

TRAIN_SPLIT: Final = "train"
"""The only split that a trainer reads."""

Say = Callable[[str], None]
"""Is told, one line at a time, what is being done."""


@dataclass(frozen=True, slots=True)
class Training:
    """What a trainer says of its model: the seed, and sizes by name (pages, lines, features)."""

    seed: int
    sizes: Mapping[str, int]


Trainer = Callable[["DataSet", Path, Say], Training]
"""Data set, folder to write into, who to tell → what was trained."""

TRAINERS: Final[Mapping[str, str]] = {
    "crf-lines": "articles:train_lines",
    "crf-boxes": "articles:train_boxes",
    "crf-chars": "characters:train_entities",
    "crf-words": "characters:train_words",
    "pkuseg-trained": "pkuseg_words:train_words",
    "spacy-chars": "spacy_pipelines:train_chars",
    "spacy-pkuseg-ner": "spacy_pipelines:train_pkuseg",
}
"""Model → trainer, as ``module:function`` below this package. Nothing is imported here."""


def trainer(name: str) -> Trainer:
    """The trainer of the model ``name``; :class:`UsageError` for an unknown one."""
    if name not in TRAINERS:
        raise UsageError(f"no model {name!r} to train: choose {', '.join(TRAINERS)}")
    module, _, function = TRAINERS[name].partition(":")
    return cast(Trainer, getattr(import_module(f"{__name__}.{module}"), function))
