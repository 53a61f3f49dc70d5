"""Model folders: written whole, checked before they are read."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from banmian.errors import UsageError
from banmian_bench.examples import DataSet
from banmian_bench.protocol import MissingDependency
from banmian_bench.training import Say, Training, trainer
from banmian_bench.training.models import CARD, find_card, require_model, train_model


@pytest.fixture
def made(tmp_path: Path, data: DataSet) -> Path:
    """A folder of models with one in it."""

    def write(data: DataSet, into: Path, say: Say) -> Training:
        (into / "weights").write_text("1 2 3")
        return Training(7, {"pages": 2})

    train_model("toy", write, data, tmp_path / "models")
    return tmp_path / "models"


def test_a_model_is_found_with_its_card(made: Path, data: DataSet) -> None:
    model = require_model("toy", made)
    assert model.path("weights").read_text() == "1 2 3"
    assert (model.card.seed, model.card.sizes) == (7, {"pages": 2})
    assert model.card.data_digest == data.digest("train")


def test_nothing_else_is_left_in_the_folder(made: Path) -> None:
    assert [path.name for path in made.iterdir()] == ["toy"]


def test_a_missing_model_says_how_to_train_it(tmp_path: Path) -> None:
    with pytest.raises(MissingDependency, match="run `banmian-bench train crf-lines`"):
        require_model("crf-lines", tmp_path)


@pytest.mark.parametrize("harm", [Path.unlink, lambda path: path.write_text("1 2 4")])
def test_a_damaged_file_is_refused(made: Path, harm: Callable[[Path], object]) -> None:
    harm(made / "toy" / "weights")
    with pytest.raises(MissingDependency, match="weights is not the file that was trained"):
        require_model("toy", made)


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"name": "toy", "more": 1}'])
def test_a_card_that_cannot_be_read_is_refused(made: Path, text: str) -> None:
    (made / "toy" / CARD).write_text(text)
    with pytest.raises(MissingDependency, match=r"cannot be read.*--force"):
        require_model("toy", made)


def test_a_model_of_other_data_loads_and_says_so(made: Path) -> None:
    path = made / "toy" / CARD
    card = json.loads(path.read_text())
    path.write_text(json.dumps(card | {"data_digest": "0" * 64}))
    found = require_model("toy", made).card
    assert "trained on other data (00000000)" in found.strangeness("1" * 64)


def test_a_model_of_this_data_says_nothing(made: Path, data: DataSet) -> None:
    card = find_card("toy", made)
    assert card is not None
    assert card.strangeness(data.digest("train")) == ""


def test_training_again_replaces_the_model(made: Path, data: DataSet) -> None:
    def other(data: DataSet, into: Path, say: Say) -> Training:
        (into / "other").write_text("4")
        return Training(8, {})

    train_model("toy", other, data, made)
    assert sorted(path.name for path in (made / "toy").iterdir()) == [CARD, "other"]


def test_a_trainer_that_fails_leaves_the_old_model(made: Path, data: DataSet) -> None:
    def fails(data: DataSet, into: Path, say: Say) -> Training:
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        train_model("toy", fails, data, made)
    assert require_model("toy", made).card.seed == 7


def test_an_unknown_model_is_a_usage_error() -> None:
    with pytest.raises(UsageError, match="choose crf-lines"):
        trainer("none")
