"""Agreement of the release's own passes, and of passes that differ in a known way."""

import json
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from banmian.agreeing import Agreement, agreement
from banmian.cli import app
from banmian.errors import UsageError
from banmian.layer_reading import read_entities, read_words
from banmian.layer_writing import write_entities, write_words
from banmian.layers import ItemEntities, ItemWords, Layer
from banmian.release import Release
from banmian.spans import Span

ROOT = Path(__file__).resolve().parents[2]
REAL = "ywsb-2022-06-13"


@pytest.fixture
def copied(tmp_path: Path) -> Release:
    """A copy of the real issue and its layers, whose passes may be changed."""
    (tmp_path / "corpus").mkdir()
    for table in ("issues", "pages", "splits"):
        lines = (ROOT / "corpus" / f"{table}.tsv").read_text("utf-8").splitlines(keepends=True)
        kept = [line for line in lines[1:] if line.startswith(REAL)]
        (tmp_path / "corpus" / f"{table}.tsv").write_text("".join([lines[0], *kept]), "utf-8")
    shutil.copytree(ROOT / "corpus" / "ywsb", tmp_path / "corpus" / "ywsb")
    for path in (ROOT / "annotations").rglob(f"{REAL}.jsonl"):
        to = tmp_path / path.relative_to(ROOT)
        to.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, to)
    return Release(tmp_path)


def found(release: Release, layer: str, measure: str) -> Agreement:
    return next(a for a in agreement(release) if (a.layer, a.measure) == (layer, measure))


def test_a_pass_agrees_with_itself(copied: Release) -> None:
    passes = copied.annotations / "passes"
    shutil.rmtree(passes / "b")
    shutil.copytree(passes / "a", passes / "b")
    for row in agreement(copied):
        assert row.rates["a–b"] in (1.0, None), row


def test_one_entity_left_out_is_one_miss(copied: Release) -> None:
    path = copied.annotations / "passes" / "b" / "entities" / "ywsb-2022-06-13.jsonl"
    layer = read_entities(path)
    first, *rest = layer.content
    fewer = ItemEntities(first.item, first.text_sha256, first.entities[1:])
    path.write_text(write_entities(Layer(layer.header, (fewer, *rest))), encoding="utf-8")
    row = found(copied, "entities", "strict, all types f1")
    assert row.rates["b–gold"] == pytest.approx(2 * (row.n - 1) / (2 * row.n - 1))


def test_two_words_joined_cost_two_of_one_side(copied: Release) -> None:
    path = copied.annotations / "passes" / "b" / "words" / "ywsb-2022-06-13.jsonl"
    path.write_bytes((copied.annotations / "words" / "ywsb-2022-06-13.jsonl").read_bytes())
    layer = read_words(path)
    first, *rest = layer.content
    one, two = first.words[:2]
    joined = (Span(one.start, two.end), *first.words[2:])
    words = ItemWords(first.item, first.text_sha256, joined)
    path.write_text(write_words(Layer(layer.header, (words, *rest))), encoding="utf-8")
    row = found(copied, "words", "words f1")
    right = row.n - 2
    rate = row.rates["b–gold"]
    assert rate is not None
    assert rate == pytest.approx(2 * right / (2 * right + 1 + 2), abs=2e-3)


def test_a_release_without_passes_is_refused(copied: Release) -> None:
    shutil.rmtree(copied.annotations / "passes")
    with pytest.raises(UsageError, match="no passes"):
        agreement(copied)


def test_the_command_prints_json() -> None:
    done = CliRunner().invoke(app, ["agree", str(ROOT), "--json"])
    parts = json.loads(done.stdout)
    assert done.exit_code == 0
    assert {row["layer"] for row in parts["real"]} == {"articles", "entities", "words"}
    assert {row["layer"] for row in parts["synthetic"]} >= {"entities", "words"}
