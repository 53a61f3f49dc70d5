"""Vertical heads."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from banmian.press.display import Align, DisplayCopy, DisplayStyle
from banmian.press.vertical import set_vertical
from tests.banmian.press.invented_type import PROSE, TYPE, offsets

HEAD = DisplayStyle("hei", 20.0, Align.LEFT)


@given(PROSE, st.integers(100, 600), st.integers(1, 3))
def test_every_character_stands_in_the_height(text: str, height: int, lines: int) -> None:
    runs = set_vertical(DisplayCopy(text, 4), HEAD, TYPE, (300, 700, height), lines)
    every = [g for run in runs for g in run.glyphs]
    assert offsets(every, 4) == list(range(len(text)))
    for glyph in every:
        # Half a mark is blank: an opening one may begin, a closing one end, beyond the height.
        assert glyph.y + 0.88 * glyph.size <= 700 + 0.5 * glyph.size + 0.01
        assert glyph.y - 0.12 * glyph.size >= 700 - height - 0.75 * glyph.size - 0.01


def test_characters_stand_one_under_the_other() -> None:
    (run,) = set_vertical(DisplayCopy("大河，新", 0), HEAD, TYPE, (300, 700, 400))
    assert [g.x for g in run.glyphs] == [280.0] * 4
    assert [round(700 - 17.6 - g.y, 6) for g in run.glyphs] == [0, 20, 40, 60]
    assert [g.upright for g in run.glyphs] == [False, False, True, False]


def test_two_digits_share_a_cell() -> None:
    (run,) = set_vertical(DisplayCopy("大12家", 0), HEAD, TYPE, (300, 700, 400))
    _, one, two, _ = run.glyphs
    assert one.y == two.y
    assert two.x == pytest.approx(one.x + one.advance)
    assert one.x >= 280
    assert two.x + two.advance <= 300


def test_lines_stand_from_right_to_left() -> None:
    runs = set_vertical(DisplayCopy("大河新区 石桥人民", 0), HEAD, TYPE, (300, 700, 100), 2)
    assert ["".join(g.char for g in run.glyphs) for run in runs] == ["大河新区 ", "石桥人民"]
    assert runs[0].glyphs[0].x > runs[1].glyphs[0].x


def test_line_too_long_for_the_height_is_set_smaller() -> None:
    (run,) = set_vertical(DisplayCopy("大" * 10, 0), HEAD, TYPE, (300, 700, 100))
    assert run.glyphs[0].size < 20
    assert run.glyphs[-1].y - 0.12 * run.glyphs[0].size == pytest.approx(600)
