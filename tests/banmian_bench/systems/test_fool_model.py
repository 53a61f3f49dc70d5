"""FoolNLTK's networks: graphs read as data, kept as arrays, and computed."""

from __future__ import annotations

import hashlib
import io
import json
import tarfile
import zipfile
from pathlib import Path

import numpy as np
import pytest

from banmian_bench.protocol import MissingDependency
from banmian_bench.systems import fool_model
from banmian_bench.systems.fool_network import ARRAYS, BATCH, CharacterTagger
from banmian_bench.systems.frozen_graph import float_constants
from banmian_bench.systems.viterbi import Scores

UNITS = 2
TAGS = ["B", "M", "E", "S"]
CHARACTERS = {"<PAD>": 0, "<OOV>": 1, "市": 2, "夜": 3}


def network() -> dict[str, Scores]:
    """Numbers of the right shapes, two units wide."""
    numbers = np.random.default_rng(3)
    shapes: dict[str, tuple[int, ...]] = {
        "Const_1": (1, 3),
        "char_embeding": (3, 3),
        "project/hidden/w_tanh": (2 * UNITS, 5),
        "project/hidden/b_tanh": (5,),
        "project/output/w_out": (5, len(TAGS)),
        "project/output/b_out": (len(TAGS),),
        "crf_loss/transitions": (len(TAGS) + 1, len(TAGS) + 1),
    }
    for name in ARRAYS:
        if name.endswith("kernel"):
            shapes[name] = (3 + UNITS, 4 * UNITS)
        elif name.endswith("bias"):
            shapes[name] = (4 * UNITS,)
    return {name: numbers.normal(size=shapes.get(name, ())).astype(np.float32) for name in ARRAYS}


def framed(number: int, content: bytes) -> bytes:
    return bytes([number << 3 | 2]) + varint(len(content)) + content


def varint(value: int) -> bytes:
    low, rest = value & 0x7F, value >> 7
    return bytes([low | 0x80]) + varint(rest) if rest else bytes([low])


def graph(constants: dict[str, Scores]) -> bytes:
    """A GraphDef with ``constants`` and a placeholder."""
    nodes = [framed(1, b"input") + framed(2, b"Placeholder")]
    for name, value in constants.items():
        shape = b"".join(framed(2, b"\x08" + varint(size)) for size in value.shape)
        tensor = b"\x08\x01" + framed(2, shape) + framed(4, value.astype("<f4").tobytes())
        attribute = framed(1, b"value") + framed(2, framed(8, tensor))
        nodes.append(framed(1, name.encode()) + framed(2, b"Const") + framed(5, attribute))
    return b"".join(framed(1, node) for node in nodes)


def archive() -> bytes:
    maps = io.BytesIO()
    numbered = {str(number): tag for number, tag in enumerate(TAGS)}
    tables = {"char_map": CHARACTERS, "seg_map": numbered, "ner_map": numbered}
    with zipfile.ZipFile(maps, "w") as file:
        file.writestr("all_map.json", json.dumps(tables))
    made = io.BytesIO()
    parts = {"map.zip": maps.getvalue(), "seg.pb": graph(network()), "ner.pb": graph(network())}
    with tarfile.open(fileobj=made, mode="w:gz") as tar:
        for name, content in parts.items():
            member = tarfile.TarInfo(f"foolnltk-0.1.7/data/{name}")
            member.size = len(content)
            tar.addfile(member, io.BytesIO(content))
    return made.getvalue()


def stepped(arrays: dict[str, Scores], numbers: list[int], way: str) -> list[Scores]:
    """The states of one LSTM by its textbook equations."""
    kernel, bias, forget_bias = (
        arrays[next(name for name in ARRAYS if f"/{way}/" in name and name.endswith(end))]
        for end in ("kernel", "bias", "add/y")
    )
    table = np.concatenate([arrays["Const_1"], arrays["char_embeding"]])
    hidden = cell = np.zeros(UNITS, np.float32)
    states = []
    for number in numbers:
        gates = np.concatenate([table[number], hidden]) @ kernel + bias
        enter, candidate, forget, leave = np.split(gates, 4)
        kept, let, out = (1 / (1 + np.exp(-gate)) for gate in (forget + forget_bias, enter, leave))
        cell = kept * cell + let * np.tanh(candidate)
        hidden = out * np.tanh(cell)
        states.append(hidden)
    return states


def test_the_scores_are_those_of_the_equations() -> None:
    arrays = network()
    sentence, numbers = "市夜山", [2, 3, 1]
    ahead = stepped(arrays, numbers, "fw")
    behind = stepped(arrays, numbers[::-1], "bw")[::-1]
    states = np.array([np.concatenate(pair) for pair in zip(ahead, behind, strict=True)])
    layers = [arrays[name] for name in ARRAYS[-5:-1]]
    expected = np.tanh(states @ layers[0] + layers[1]) @ layers[2] + layers[3]
    (scores,) = CharacterTagger(arrays, CHARACTERS, TAGS)._scores([sentence])
    assert np.allclose(scores, expected, atol=1e-5)


def test_a_sentence_has_the_same_tags_in_any_company() -> None:
    tagger = CharacterTagger(network(), CHARACTERS, TAGS)
    company = ["市" * (n % 7 + 1) + "夜山" for n in range(2 * BATCH + 1)]
    alone = [tagger.tags([sentence])[0] for sentence in company]
    assert tagger.tags(company) == alone
    assert [len(tags) for tags in alone] == [len(sentence) for sentence in company]


def test_constants_are_read_and_other_nodes_are_not() -> None:
    constants = network()
    found = float_constants(graph(constants))
    assert set(found) == set(constants)
    assert all(np.array_equal(found[name], constants[name]) for name in constants)


@pytest.mark.parametrize("content", [b"\x0a\x05abc", b"\x0a", b"\x0b"])
def test_a_broken_graph_is_refused(content: bytes) -> None:
    with pytest.raises(ValueError, match=r"cut off|not a graph"):
        float_constants(content)


def test_an_archive_in_the_cache_is_converted_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = archive()
    monkeypatch.setattr(fool_model, "ARCHIVE_SHA256", hashlib.sha256(content).hexdigest())
    (tmp_path / fool_model.ARCHIVE).write_bytes(content)
    folder = fool_model.ensure_model(tmp_path)
    (tmp_path / fool_model.ARCHIVE).unlink()
    assert fool_model.ensure_model(tmp_path) == folder
    expected = CharacterTagger(network(), CHARACTERS, TAGS).tags(["市夜"])
    assert fool_model.tagger(folder, "ner").tags(["市夜"]) == expected


def test_another_archive_is_refused(tmp_path: Path) -> None:
    (tmp_path / fool_model.ARCHIVE).write_bytes(b"something else")
    with pytest.raises(MissingDependency, match="sha256"):
        fool_model.ensure_model(tmp_path)


def test_what_is_missing_is_said(tmp_path: Path) -> None:
    with pytest.raises(MissingDependency, match=r"python -m banmian_bench\.systems\.fool_model"):
        fool_model.require_model(tmp_path)
