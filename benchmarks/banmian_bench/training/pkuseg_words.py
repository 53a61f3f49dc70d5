"""Training of ``pkuseg-trained``: spacy-pkuseg's own training on the words of the train split."""

from __future__ import annotations

import os
import random
import tempfile
from collections.abc import Iterator
from contextlib import redirect_stdout
from pathlib import Path
from typing import Final

from banmian.errors import UsageError
from banmian_bench.examples import ArticleExample, DataSet
from banmian_bench.systems.sentences import sentences
from banmian_bench.systems.text_system import missing
from banmian_bench.training import TRAIN_SPLIT, Say, Training

SEED: Final = 20220613
ROUNDS: Final = 20
"""Passes over the sentences: what spacy-pkuseg trains its own models with."""


def train_words(data: DataSet, into: Path, say: Say) -> Training:
    """Write ``features.msgpack`` and ``weights.npz``.

    :class:`UsageError` where no article of train has gold words, :class:`MissingDependency` where
    spacy-pkuseg is not installed.
    """
    try:
        import numpy as np
        import spacy_pkuseg
    except ImportError:
        raise missing(into.name, "spacy-pkuseg") from None
    lines = [line for article in data.articles(TRAIN_SPLIT) for line in segmented(article)]
    if not lines:
        raise UsageError(f"the split {TRAIN_SPLIT} of {data.folder} has no gold for this model")
    say(f"{len(lines)} sentences")
    random.seed(SEED)
    np.random.seed(SEED)
    with tempfile.TemporaryDirectory() as scratch:
        train, tested = Path(scratch) / "train.txt", Path(scratch) / "tested.txt"
        train.write_text("\n".join(lines) + "\n", encoding="utf-8")
        tested.write_text(lines[0] + "\n", encoding="utf-8")
        with Path(os.devnull).open("w", encoding="utf-8") as silence, redirect_stdout(silence):
            spacy_pkuseg.train(str(train), str(tested), str(into), train_iter=ROUNDS)
    return Training(SEED, {"sentences": len(lines)})


def segmented(article: ArticleExample) -> Iterator[str]:
    """The article's sentences with a blank between two words; none without gold words."""
    words = article.words or ()
    for start, sentence in sentences(article.text) if words else ():
        end = start + len(sentence)
        inside = [article.text[a:b] for a, b in words if start <= a and b <= end]
        if inside:
            yield " ".join(inside)
