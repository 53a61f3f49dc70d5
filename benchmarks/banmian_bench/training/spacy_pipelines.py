"""Training of ``spacy-chars`` and ``spacy-pkuseg-ner`` by ``spacy train`` and a committed config.

The tokens are characters, or the words of pkuseg's default model; the recogniser is spaCy's own.
A fixed number of steps on the train split: the dev split is not looked at.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from banmian_bench.examples import ArticleExample, DataSet
from banmian_bench.systems import pkuseg_model
from banmian_bench.systems.sentences import sentences
from banmian_bench.systems.spacy_trained import PIPELINE, blank
from banmian_bench.training import TRAIN_SPLIT, Say, Training

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

CONFIG: Final = Path(__file__).with_name("spacy_ner.cfg")
SEED: Final = 20220613
"""That of the config."""
HELD: Final = 50
"""Sentences that spaCy prints a score of while it trains; they are trained on all the same."""


def train_chars(data: DataSet, into: Path, say: Say) -> Training:
    """Tokens are characters."""
    return _train(data, into, say, segmenter="char")


def train_pkuseg(data: DataSet, into: Path, say: Say) -> Training:
    """Tokens are pkuseg's words; a mention that ends inside one cannot be learned."""
    pkuseg_model.ensure_model(pkuseg_model.default_cache())
    return _train(data, into, say, segmenter="pkuseg")


def _train(data: DataSet, into: Path, say: Say, *, segmenter: str) -> Training:
    from spacy.tokens import DocBin

    nlp = blank(into.name, segmenter)
    docs = [doc for article in data.articles(TRAIN_SPLIT) for doc in docs_of(nlp, article)]
    mentions = sum(len(doc.ents) for doc in docs)
    say(f"{len(docs)} sentences, {mentions} mentions that are whole tokens")
    with tempfile.TemporaryDirectory() as scratch:
        train, held = Path(scratch) / "train.spacy", Path(scratch) / "held.spacy"
        DocBin(docs=docs).to_disk(train)
        DocBin(docs=docs[:HELD]).to_disk(held)
        _spacy_train(Path(scratch) / "out", train, held, segmenter)
        shutil.move(Path(scratch) / "out" / "model-last", into / PIPELINE)
    # The words come from pkuseg's own files, which are 170 MB and in the cache already.
    shutil.rmtree(into / PIPELINE / "tokenizer", ignore_errors=True)
    (into / PIPELINE / "tokenizer").unlink(missing_ok=True)
    return Training(SEED, {"sentences": len(docs), "mentions": mentions})


def docs_of(nlp: Language, article: ArticleExample) -> Iterator[Doc]:
    """The article's sentences, each mention that is whole tokens set."""
    for start, sentence in sentences(article.text):
        doc = nlp.make_doc(sentence)
        end = start + len(sentence)
        spans = [
            doc.char_span(entity.start - start, entity.end - start, label=entity.label)
            for entity in article.entities or ()
            if start <= entity.start and entity.end <= end
        ]
        doc.ents = [span for span in spans if span is not None]
        yield doc


def _spacy_train(output: Path, train: Path, held: Path, segmenter: str) -> None:
    import os
    from contextlib import redirect_stdout

    from spacy.cli.train import train as spacy_train

    overrides: dict[str, Any] = {
        "paths.train": str(train),
        "paths.dev": str(held),
        "nlp.tokenizer.segmenter": segmenter,
    }
    if segmenter == "pkuseg":
        model = pkuseg_model.require_model(pkuseg_model.default_cache())
        overrides["initialize.tokenizer.pkuseg_model"] = str(model)
    with Path(os.devnull).open("w", encoding="utf-8") as silence, redirect_stdout(silence):
        spacy_train(CONFIG, output, overrides=overrides)
