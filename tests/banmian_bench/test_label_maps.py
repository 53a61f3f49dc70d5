"""Label maps: shipped ones agree with the tagset; a faulty one is named with file and label."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from banmian.errors import DataFault, UsageError
from banmian.tagset import EntityLabel
from banmian_bench.label_maps import FOLDER, HEADLINE, Tier, label_map, read_label_map
from tests.banmian_bench.conftest import ROOT


def written(folder: Path, content: str) -> Path:
    path = folder / "mine.toml"
    path.write_text(content, encoding="utf-8")
    return path


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.toml")), ids=lambda path: path.stem)
def test_a_shipped_map_can_be_read(path: Path) -> None:
    shipped = label_map(path.stem)
    assert shipped.expressed(Tier.HEADLINE) <= set(HEADLINE)
    assert shipped.signature == f"{path.stem}:{len(shipped.targets)}@{shipped.sha256[:8]}"


def test_the_gold_map_is_the_tagset() -> None:
    tagset = tomllib.loads((ROOT / "annotations" / "tagset.toml").read_text(encoding="utf-8"))
    gold = label_map(None)
    assert tuple(gold.targets) == tuple(EntityLabel)
    for label in EntityLabel:
        assert gold.project(label, Tier.ONTONOTES) == label
        assert gold.project(label, Tier.HEADLINE) == tagset[label].get("tier")


def test_a_label_is_projected_dropped_or_an_error() -> None:
    lac = label_map("lac")
    assert lac.project("LOC", Tier.HEADLINE) == "PLACE"
    assert lac.project("LOC", Tier.ONTONOTES) is None
    assert lac.project("nz", Tier.HEADLINE) is None
    assert lac.expressed(Tier.ONTONOTES) == {"PERSON", "ORG", "WORK_OF_ART"}
    with pytest.raises(DataFault, match=r"label-unmapped: label 'GPE' .* map 'lac'"):
        lac.project("GPE", Tier.HEADLINE)


def test_an_unknown_map_lists_the_choices() -> None:
    with pytest.raises(
        UsageError, match="choose one of cutword, fool, ictclas, lac, msra, ontonotes, thulac"
    ):
        label_map("nobody")


def test_the_digest_is_of_the_file(tmp_path: Path) -> None:
    table = '[PER]\nheadline = "PERSON"\nontonotes = "PERSON"\n'
    one = read_label_map(written(tmp_path, table))
    other = read_label_map(written(tmp_path, f"# a remark\n{table}"))
    assert one.targets == other.targets
    assert one.sha256 != other.sha256


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("[PER", "mine.toml"),
        ('PER = "PERSON"', r"mine.toml: \[PER\]"),
        ('[PER]\nlabel = "PERSON"', r"\[PER\] .*its keys are"),
        ('[PER]\nheadline = "PER"\nnote = "x"', r"headline = 'PER' .*choose PERSON"),
        ('[PER]\nheadline = "PERSON"', r"\[PER\] has no ontonotes .*note why not"),
    ],
)
def test_a_faulty_map(tmp_path: Path, content: str, said: str) -> None:
    with pytest.raises(DataFault, match=said):
        read_label_map(written(tmp_path, content))
