"""The card's YAML and text, and the Hub's task registry."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from banmian import __version__
from banmian.built import BuiltDataset
from banmian.card import front_matter
from banmian.configurations import CONFIGURATIONS
from banmian.dataset import build
from tests.banmian.conftest import TABLES

if TYPE_CHECKING:
    from tests.banmian.conftest import InventedIssue, WriteRelease


@pytest.fixture(scope="module")
def text(built: Path) -> str:
    return (built / "README.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def metadata(text: str) -> dict[str, Any]:
    return front_matter(text)


def test_it_names_each_file_exactly(built: Path, metadata: dict[str, Any]) -> None:
    paths = [entry["path"] for config in metadata["configs"] for entry in config["data_files"]]
    assert paths == [str(file.path) for file in BuiltDataset.open(built).files]
    assert not any("*" in path for path in paths)


def test_pages_is_the_default_and_comes_first(metadata: dict[str, Any]) -> None:
    assert [config["config_name"] for config in metadata["configs"]] == list(TABLES)
    defaults = [c["config_name"] for c in metadata["configs"] if c.get("default")]
    assert defaults == ["pages"]


def test_it_counts_the_rows_of_each_split(metadata: dict[str, Any]) -> None:
    counts = {
        info["config_name"]: {split["name"]: split["num_examples"] for split in info["splits"]}
        for info in metadata["dataset_info"]
    }
    assert counts == {
        "pages": {"real": 2, "train": 1},
        "articles": {"real": 3, "train": 1},
        "entities": {"real": 5, "train": 2},
        "words": {"real": 4, "train": 2},
    }


def test_it_has_what_the_hub_asks_for(metadata: dict[str, Any]) -> None:
    assert metadata["language"] == ["zh"]
    assert (metadata["license"], metadata["size_categories"]) == ("other", ["n<1K"])
    assert metadata["license_name"]
    assert "token-classification" in metadata["task_categories"]
    assert metadata["version"] == __version__


def test_the_text_explains_every_column_and_the_missing_images(text: str) -> None:
    for table in TABLES:
        for name in CONFIGURATIONS[table].columns:
            assert f"| `{name}` |" in text
    assert "There is no `images` configuration" in text
    assert "| `entities` | 5 | 2 |" in text
    assert "| `real` | 1 | CC0-1.0 |" in text


def test_synthetic_issues_are_called_synthetic(
    text: str, real_issue: InventedIssue, write_release: WriteRelease, tmp_path: Path
) -> None:
    assert "**synthetic**" in text
    assert "- synthetic\n" in text
    made = build(write_release(tmp_path / "release", real_issue), tmp_path / "out")
    of_real = (made.path / "README.md").read_text(encoding="utf-8")
    assert "**synthetic**" not in of_real
    assert "- synthetic\n" not in of_real


def test_a_release_without_real_issues_has_no_note_on_them(
    real_issue: InventedIssue, write_release: WriteRelease, tmp_path: Path
) -> None:
    real_issue.split = type(real_issue.split)("test")
    made = build(write_release(tmp_path / "release", real_issue), tmp_path / "out")
    assert "as they were printed" not in (made.path / "README.md").read_text(encoding="utf-8")
    tasks = yaml.safe_load((made.path / "eval.yaml").read_bytes())["tasks"]
    assert {task["split"] for task in tasks} == {"test"}


def test_the_registry_lists_the_tasks_of_the_evaluated_splits(built: Path) -> None:
    registry = yaml.safe_load((built / "eval.yaml").read_bytes())
    assert registry["evaluation_framework"] == "banmian-bench"
    assert registry["tasks"] == [
        {"id": "articles_real", "config": "pages", "split": "real"},
        {"id": "entities_real", "config": "articles", "split": "real"},
        {"id": "words_real", "config": "articles", "split": "real"},
    ]


@pytest.mark.parametrize("text", ["", "# no head", "---\n- a\n---\n", "x\n---\na: 1\n---\n"])
def test_a_text_without_front_matter_has_none(text: str) -> None:
    assert front_matter(text) == {}
