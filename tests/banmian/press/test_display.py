"""Headlines, nameplate lines, vertical heads."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from banmian.press.display import (
    Align,
    DisplayCopy,
    DisplayStyle,
    break_headline,
    set_headline,
    set_line,
)
from tests.banmian.press.invented_type import PROSE, TYPE, ink, may_break, offsets

HEAD = DisplayStyle("hei", 30.0)


def broken(text: str, width: float, max_lines: int = 3) -> list[str]:
    spans = break_headline(DisplayCopy(text, 0), HEAD, TYPE, width, max_lines)
    return [text[a:b] for a, b in spans]


@given(PROSE, st.integers(60, 900), st.sampled_from(list(Align)))
def test_fitted_line_stays_in_its_width(text: str, width: int, align: Align) -> None:
    text = text.strip() or "一"  # an outer blank stands outside the width
    run = set_line(DisplayCopy(text, 3, 5), replace(HEAD, align=align), TYPE, (10, 0), width)
    assert offsets(list(run.glyphs), 3) == list(range(5, 5 + len(text)))
    assert min(ink(g)[0] for g in run.glyphs) >= 10 - 0.01
    assert max(ink(g)[1] for g in run.glyphs) <= 10 + width + 0.01


@given(PROSE, st.integers(100, 900), st.integers(1, 4))
def test_broken_headline_keeps_every_character(text: str, width: int, lines: int) -> None:
    runs = set_headline(DisplayCopy(text, 2), HEAD, TYPE, (0, 500, width), lines)
    assert offsets([g for run in runs for g in run.glyphs], 2) == list(range(len(text)))
    assert len(runs) <= lines
    assert len({run.glyphs[0].size for run in runs}) == 1
    assert all(ink(g)[1] <= width + 0.01 for run in runs for g in run.glyphs)


@given(PROSE, st.integers(100, 900))
def test_headline_is_broken_where_it_may_be(text: str, width: int) -> None:
    spans = break_headline(DisplayCopy(text, 2), HEAD, TYPE, width, 3)
    assert all(may_break(text, end) for _, end in spans[:-1])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("河东大桥明天通车 两岸出行缩短一半", ["河东大桥明天通车 ", "两岸出行缩短一半"]),
        ("老街修好了，老人回来了", ["老街修好了，", "老人回来了"]),
        ("河东“轴承之乡”二十年", ["河东“轴承之乡”", "二十年"]),
    ],
)
def test_headline_breaks_at_a_good_place(text: str, expected: list[str]) -> None:
    assert broken(text, 270) == expected


def test_headline_keeps_a_name_whole() -> None:
    copy = DisplayCopy("大河石桥人民新区", 0, keep=((3, 6),))
    spans = break_headline(copy, HEAD, TYPE, 200, 2)
    assert spans in (((0, 3), (3, 8)), ((0, 6), (6, 8)))


def test_line_that_fits_is_left_as_it_is() -> None:
    run = set_line(DisplayCopy("大河", 0), HEAD, TYPE, (0, 0), 100)
    assert [(g.x, g.advance, g.stretch) for g in run.glyphs] == [(20, 30, 1), (50, 30, 1)]


def test_long_line_is_narrowed_before_it_is_set_smaller() -> None:
    narrowed = set_line(DisplayCopy("大" * 10, 0), HEAD, TYPE, (0, 0), 270).glyphs[0]
    smaller = set_line(DisplayCopy("大" * 10, 0), HEAD, TYPE, (0, 0), 150).glyphs[0]
    assert narrowed.size == 30
    assert narrowed.stretch == pytest.approx(0.9)
    assert smaller.size < 30
    assert smaller.stretch == pytest.approx(0.82)


def test_blank_in_a_headline_is_painted() -> None:
    run = set_line(DisplayCopy("大河 新区", 0), HEAD, TYPE, (0, 0), 300)
    assert "".join(g.char for g in run.glyphs) == "大河 新区"


def test_nameplate_latin_is_spaced_out_to_its_width() -> None:
    style = DisplayStyle("hei", 10.0, Align.JUSTIFY, widest=1.0)
    run = set_line(DisplayCopy("DAHE", 0), style, TYPE, (0, 0), 200)
    assert run.glyphs[0].x == 0
    assert run.glyphs[-1].x + run.glyphs[-1].advance == pytest.approx(200)
    assert run.glyphs[0].stretch == 1


def test_line_that_must_not_be_fitted_sticks_out() -> None:
    style = replace(HEAD, fit=False, align=Align.LEFT)
    run = set_line(DisplayCopy("大" * 10, 0), style, TYPE, (0, 0), 100)
    assert run.glyphs[-1].x == 270
