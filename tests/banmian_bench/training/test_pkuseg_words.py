"""pkuseg trained by itself: the same bytes twice, offsets kept over blanks."""

from __future__ import annotations

from pathlib import Path

import pytest

from banmian.errors import UsageError
from banmian_bench.protocol import Request, Task
from banmian_bench.systems.pkuseg_trained import PkusegTrained
from banmian_bench.training.models import train_model
from banmian_bench.training.pkuseg_words import train_words
from tests.banmian_bench.training.test_characters import article, few

pytest.importorskip("spacy_pkuseg", reason="spacy-pkuseg is not installed")
ENOUGH = 40
"""Articles without which its optimizer divides by zero."""


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A model of three short articles."""
    folder = tmp_path_factory.mktemp("models")
    train_model("pkuseg-trained", train_words, few(copies=ENOUGH), folder)
    return folder


def test_training_again_writes_the_same_bytes(models: Path, tmp_path: Path) -> None:
    again = train_model("pkuseg-trained", train_words, few(copies=ENOUGH), tmp_path)
    for name in again.card.files:
        assert (models / "pkuseg-trained" / name).read_bytes() == again.path(name).read_bytes()


def test_nothing_pickled_is_written(models: Path) -> None:
    names = {path.name for path in (models / "pkuseg-trained").iterdir()}
    assert names == {"features.msgpack", "weights.npz", "model.json"}


def test_words_keep_their_offsets_over_blanks(models: Path) -> None:
    text = "李明 昨天　到青石镇。"
    system = PkusegTrained(models)
    system.load()
    words = [text[a:b] for a, b in system.words(Request("t", Task.WORDS, text, ""))]
    assert "".join(words) == "李明昨天到青石镇。"
    assert not any(" " in word or "　" in word for word in words)


def test_a_split_without_gold_words_trains_nothing(tmp_path: Path) -> None:
    assert not article(words=False).words
    with pytest.raises(UsageError, match="no gold"):
        train_model("pkuseg-trained", train_words, few(words=False), tmp_path)
