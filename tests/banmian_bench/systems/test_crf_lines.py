"""The trained segmenters on a slice of the train split: the same bytes twice, valid items."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

import pytest

from banmian_bench.examples import DataSet, PageExample
from banmian_bench.protocol import MissingDependency, Task
from banmian_bench.systems.crf_boxes import CrfBoxes
from banmian_bench.systems.crf_lines import CrfLines
from banmian_bench.training import trainer
from banmian_bench.training.models import train_model

PAGES = 3


@dataclass(frozen=True, slots=True)
class Slice(DataSet):
    """The first pages of a split, in one view."""

    def views(self, split: str) -> set[str]:
        return {self.view}

    def in_view(self, view: str) -> DataSet:
        return self

    def pages(self, split: str) -> Iterator[PageExample]:
        # Not super(): slots make a new class, and its cell is the old one.
        return islice(DataSet.pages(self, split), PAGES)


@pytest.fixture(scope="module")
def few(data: DataSet) -> DataSet:
    return Slice(data.folder, data.card)


@pytest.fixture(scope="module")
def models(few: DataSet, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Both models, trained on a few pages."""
    pytest.importorskip("pycrfsuite", reason="python-crfsuite is not installed")
    folder = tmp_path_factory.mktemp("models")
    for name in ("crf-lines", "crf-boxes"):
        train_model(name, trainer(name), few, folder)
    return folder


def test_training_again_writes_the_same_bytes(few: DataSet, models: Path, tmp_path: Path) -> None:
    again = train_model("crf-boxes", trainer("crf-boxes"), few, tmp_path)
    for file in again.card.files:
        assert again.path(file).read_bytes() == (models / "crf-boxes" / file).read_bytes()


@pytest.mark.parametrize("system", [CrfLines, CrfBoxes])
def test_a_page_it_has_seen_is_read_for_the_most_part(
    system: type[CrfLines] | type[CrfBoxes], few: DataSet, models: Path
) -> None:
    page = next(few.pages("train"))
    made = system(models)
    made.load()
    items = made.items(page.request())
    taken = [at for item in items for span in item.spans for at in range(span.start, span.end)]
    assert len(taken) == len(set(taken))
    assert abs(len(items) - len(page.readings[0].items)) <= 3
    made.close()


def test_without_boxes_the_text_is_read(few: DataSet, models: Path) -> None:
    request = replace(next(few.pages("train")).request(), layout=None)
    boxes, lines = CrfBoxes(models), CrfLines(models)
    boxes.load()
    lines.load()
    assert boxes.items(request) == lines.items(request)


@pytest.mark.parametrize("text", ["", "\n \n", "一"])
def test_next_to_nothing_is_answered(text: str, few: DataSet, models: Path) -> None:
    system = CrfLines(models)
    system.load()
    assert len(system.items(replace(next(few.pages("train")).request(), text=text))) <= 1


def test_info_names_the_data_it_was_trained_on(few: DataSet, models: Path) -> None:
    info = CrfBoxes(models).info()
    assert info.model.startswith(f"trained on {few.version}@{few.digest('train')[:8]}")
    assert "reads line boxes" in info.note


@pytest.mark.parametrize("system", [CrfLines, CrfBoxes])
def test_without_a_model_it_says_how_to_train(
    system: type[CrfLines] | type[CrfBoxes], tmp_path: Path
) -> None:
    made = system(tmp_path)
    assert made.info().model == "not trained"
    assert made.info().tasks == {Task.ARTICLES}
    with pytest.raises(MissingDependency, match="banmian-bench train crf-"):
        made.load()
