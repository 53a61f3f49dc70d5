"""spaCy pipelines: trained by the committed configuration (fewer steps), read from our folder."""

from __future__ import annotations

import pytest

from banmian_bench.protocol import MissingDependency, Request, Task
from banmian_bench.systems.spacy_trained import PIPELINE, SpacyChars, blank
from banmian_bench.training import spacy_pipelines
from banmian_bench.training.models import Model, train_model
from tests.banmian_bench.training.test_characters import TEXT, few

pytest.importorskip("spacy", reason="spaCy is not installed")
pytest.importorskip("spacy_pkuseg", reason="spacy-pkuseg is not installed")


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Model:
    """Two steps on three short articles: it has learned nothing, and can be read."""
    folder = tmp_path_factory.mktemp("spacy")
    short = folder / "short.cfg"
    text = spacy_pipelines.CONFIG.read_text(encoding="utf-8")
    for line, less in (("max_steps = 1200", "max_steps = 2"), ("frequency = 400", "frequency = 1")):
        assert line in text
        text = text.replace(line, less)
    short.write_text(text, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(spacy_pipelines, "CONFIG", short)
        return train_model("spacy-chars", spacy_pipelines.train_chars, few(), folder / "models")


def test_a_trained_pipeline_answers_from_its_folder(model: Model) -> None:
    system = SpacyChars(model.folder.parent)
    system.load()
    [reply] = system.predict([Request("t", Task.ENTITIES, TEXT, "")])
    assert all(0 <= e.start < e.end <= len(TEXT) for e in reply.entities or ())


def test_every_file_of_the_pipeline_is_pinned(model: Model) -> None:
    files = {p.relative_to(model.folder).as_posix() for p in model.folder.rglob("*") if p.is_file()}
    assert set(model.card.files) == files - {"model.json"}
    assert f"{PIPELINE}/config.cfg" in files


def test_a_changed_file_is_refused(model: Model) -> None:
    path = model.path(f"{PIPELINE}/config.cfg")
    whole = path.read_bytes()
    path.write_bytes(whole + b"\n")
    with pytest.raises(MissingDependency, match="not the file that was trained"):
        SpacyChars(model.folder.parent).load()
    path.write_bytes(whole)


def test_mentions_that_are_not_whole_tokens_are_left_out() -> None:
    nlp = blank("t", "char")
    [article] = list(few().articles("train"))[:1]
    docs = list(spacy_pipelines.docs_of(nlp, article))
    assert [ent.text for ent in docs[0].ents] == ["李明", "青石镇"]
