"""The faces of the press."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest

from banmian.errors import DataFault, UsageError
from banmian.press import fonts as fonts_module
from banmian.press.characters import characters
from banmian.press.fonts import FontBook
from tests.banmian.press.painted_pages import open_fonts


@pytest.fixture(scope="module")
def fonts() -> FontBook:
    return open_fonts()


def test_every_face_has_gb2312_and_rare_names(fonts: FontBook) -> None:
    han = [char for char in characters() if "\u4e00" <= char <= "\u9fa5"]
    lacking = {(n, c) for n in fonts.names() for c in [*han, "▢"] if not fonts.face(n).has(c)}
    assert lacking == set()


def test_han_is_an_em_wide(fonts: FontBook) -> None:
    assert {fonts.face(name).advance("国") for name in fonts.names()} == {1000}


def test_two_dashes_meet(fonts: FontBook) -> None:
    assert {fonts.face(name).advance("—") for name in fonts.names()} == {1000}


def test_the_blank_is_as_wide_as_the_house_says(fonts: FontBook) -> None:
    assert fonts.metrics(333).advance("hei", " ") == 333


def test_marks_have_upright_forms(fonts: FontBook) -> None:
    for name in fonts.names():
        face = fonts.face(name)
        assert [c for c in "，。（）《》“”—…" if face.glyph(c, True) == face.glyph(c)] == []


def test_a_blank_has_no_outline(fonts: FontBook) -> None:
    face = fonts.face("song")
    assert face.outline(face.glyph(" ")) == b""


def test_a_missing_character_is_named(fonts: FontBook) -> None:
    with pytest.raises(DataFault, match="song lacks"):
        fonts.face("song").glyph("\U0001f600")


def test_an_unknown_face_is_refused(fonts: FontBook) -> None:
    with pytest.raises(UsageError, match="fang"):
        fonts.face("fang")


def test_a_book_goes_to_other_processes(fonts: FontBook) -> None:
    assert pickle.loads(pickle.dumps(fonts)) == fonts


def test_a_missing_font_names_its_package(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(fonts_module, "_font_folders", lambda: iter([tmp_path]))
    with pytest.raises(UsageError, match="fonts-noto-cjk"):
        FontBook.open(tmp_path)
