"""Titles from a picture, by a detector that says what was recorded."""

from __future__ import annotations

import sys
from dataclasses import dataclass, replace
from io import BytesIO
from typing import Any

import pytest

from banmian_bench.protocol import MissingDependency, reads_pictures
from banmian_bench.systems.rapid_layout_heads import RapidLayoutHeads
from banmian_bench.systems.xy_cut import XyCut
from tests.banmian_bench.systems.page_layouts import HEIGHT, WIDTH, column, found, page, read

LINES = [
    ("头" * 8, 0.0, 0.0, 10.0),
    *column("甲乙", 0, 20),
    ("题" * 8, 0.0, 60.0, 10.0),
    *column("丙丁", 0, 80),
]
"""Heads in the type of the text: only the picture tells them."""


@dataclass(frozen=True)
class Seen:
    boxes: list[list[float]]
    class_names: list[str]


def half_size() -> bytes:
    image = pytest.importorskip("PIL.Image", reason="Pillow is not installed")
    file = BytesIO()
    image.new("RGB", (int(WIDTH / 2), int(HEIGHT / 2))).save(file, "PNG")
    return file.getvalue()


def detector(pixels: Any) -> Seen:  # noqa: ANN401
    assert pixels.shape == (HEIGHT / 2, WIDTH / 2, 3)
    return Seen([[0, 0, 60, 6], [0, 29, 60, 36], [0, 10, 60, 30]], ["title", "title", "text"])


@pytest.fixture
def system() -> RapidLayoutHeads:
    made = RapidLayoutHeads()
    made._model = detector
    return made


def test_lines_in_a_title_are_heads(system: RapidLayoutHeads) -> None:
    assert read(system, page(LINES, half_size())) == ["头甲乙", "题丙丁"]


def test_without_a_picture_or_boxes_there_is_one_item(system: RapidLayoutHeads) -> None:
    assert len(found(system, page(LINES))) == 1
    assert len(found(system, replace(page(LINES, b"?"), layout=None))) == 1


def test_it_asks_for_pictures_and_others_do_not(system: RapidLayoutHeads) -> None:
    assert reads_pictures(system)
    assert not reads_pictures(XyCut())


def test_it_must_be_loaded_and_says_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(RuntimeError, match=r"call load\(\) first"):
        found(RapidLayoutHeads(), page(LINES))
    monkeypatch.setitem(sys.modules, "rapid_layout", None)
    with pytest.raises(MissingDependency, match="pip install rapid-layout onnxruntime"):
        RapidLayoutHeads().load()
