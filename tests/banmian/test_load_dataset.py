"""``datasets.load_dataset`` reads the built directory: offline, typed, streamed, never stale."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from banmian.built import BuiltDataset
from banmian.card import front_matter
from banmian.configurations import CONFIGURATIONS, ENTITY_LABEL, NER_TAG, ROLE
from banmian.dataset import build
from banmian.features import encoded
from banmian.tagset import Split
from tests.banmian.conftest import TABLES

if TYPE_CHECKING:
    from tests.banmian.conftest import InventedIssue, WriteRelease

CASES = [(name, split) for name in TABLES for split in (Split.REAL, Split.TRAIN)]


@pytest.fixture(scope="module")
def loaded(built: Path, hub_cache: Path) -> dict[tuple[str, Split], Any]:
    """Every table as ``load_dataset`` gives it, by configuration and split."""
    from datasets import load_dataset

    return {
        (name, split): load_dataset(str(built), name, split=str(split), cache_dir=str(hub_cache))
        for name, split in CASES
    }


Loaded = dict[tuple[str, Split], Any]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_the_rows_are_those_that_were_built(
    built: Path, loaded: Loaded, case: tuple[str, Split]
) -> None:
    configuration, split = case
    features = CONFIGURATIONS[configuration].features
    expected = [
        {name: encoded(feature, row[name]) for name, feature in features.items()}
        for row in BuiltDataset.open(built).rows(configuration, split)
    ]
    assert list(loaded[case]) == expected


@pytest.mark.parametrize("case", CASES, ids=str)
def test_streaming_gives_the_same_rows_and_features(
    built: Path, loaded: Loaded, case: tuple[str, Split]
) -> None:
    from datasets import load_dataset

    streamed = load_dataset(str(built), case[0], split=str(case[1]), streaming=True)
    assert list(streamed) == list(loaded[case])
    assert streamed.features == loaded[case].features


def test_the_configurations_are_named_and_pages_is_the_default(
    built: Path, hub_cache: Path
) -> None:
    from datasets import get_dataset_config_names, get_dataset_split_names, load_dataset

    assert get_dataset_config_names(str(built)) == list(TABLES)
    assert get_dataset_split_names(str(built), "articles") == ["real", "train"]
    default = load_dataset(str(built), cache_dir=str(hub_cache))
    assert default["real"].column_names == list(CONFIGURATIONS["pages"].columns)


def test_label_names_survive(loaded: Loaded) -> None:
    entities = loaded["entities", Split.REAL].features
    articles = loaded["articles", Split.REAL].features
    pages = loaded["pages", Split.REAL].features
    assert entities["ner_tags"].feature.names == list(NER_TAG.names)
    assert articles["entities"].feature["label"].names == list(ENTITY_LABEL.names)
    assert pages["items"].feature["spans"].feature["role"].names == list(ROLE.names)
    assert str(pages["date"].dtype) == "date32"


def test_a_rebuild_with_changed_labels_is_not_hidden_by_the_cache(
    real_issue: InventedIssue, write_release: WriteRelease, tmp_path: Path, hub_cache: Path
) -> None:
    """Two labels change places, so that counts and sizes, which the cache knows, stay equal."""
    from datasets import load_dataset

    def first_label() -> str:
        articles = load_dataset(str(out), "articles", split="real", cache_dir=str(hub_cache))
        label = articles.features["entities"].feature["label"]
        return str(label.int2str(articles[0]["entities"][0]["label"]))

    def build_with(labels: str) -> object:
        first, second = labels.split()
        real_issue.entities = {real_issue.items[0].id: f"松岭镇/{first} 苏禾/{second}"}
        build(write_release(tmp_path / first, real_issue), out)
        return front_matter((out / "README.md").read_text(encoding="utf-8"))["dataset_info"]

    out = tmp_path / "out"
    before = build_with("GPE LOC")
    assert first_label() == "GPE"
    assert build_with("LOC GPE") == before
    assert first_label() == "LOC"


def test_a_wrong_count_in_the_card_is_noticed(
    real_issue: InventedIssue, write_release: WriteRelease, tmp_path: Path, hub_cache: Path
) -> None:
    from datasets import load_dataset
    from datasets.exceptions import DatasetGenerationError, NonMatchingSplitsSizesError

    out = build(write_release(tmp_path / "release", real_issue), tmp_path / "out").path
    card = (out / "README.md").read_text(encoding="utf-8")
    wrong = card.replace("num_examples: 2", "num_examples: 5")
    (out / "README.md").write_text(wrong, encoding="utf-8")
    with pytest.raises((DatasetGenerationError, NonMatchingSplitsSizesError)):
        load_dataset(str(out), "pages", cache_dir=str(hub_cache))
