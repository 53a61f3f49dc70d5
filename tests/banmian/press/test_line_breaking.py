"""Lines of a paragraph: nothing lost, nothing outside the measure, nothing forbidden."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from banmian.errors import DataFault
from banmian.press.kinsoku import NO_START, hyphen_points
from banmian.press.line_breaking import Cell, Copy, Line, break_lines, place, prepare
from banmian.press.setting import Setting
from banmian.press.sheet import Print, Source
from tests.banmian.press.invented_type import BROKEN_TYPE, PROSE, TYPE, may_break

BODY = Setting("song", 10.0)


def prepared(text: str, setting: Setting = BODY, hyphens: frozenset[int] = frozenset()) -> Copy:
    cells = [Cell(c, setting.face, Source(0, k)) for k, c in enumerate(text)]
    return prepare(cells, setting, TYPE, hyphens=hyphens)


def lines(text: str, ems: float, setting: Setting = BODY) -> list[Line]:
    copy = prepared(text, setting)
    return [place(copy, cut) for cut in break_lines(copy, lambda _: ems * setting.size)]


def texts(text: str, ems: float, setting: Setting = BODY) -> list[str]:
    return [text[line.start : line.end] for line in lines(text, ems, setting)]


def unit_width(text: str, at: int) -> int:
    """The width of what kinsoku keeps together around ``at``."""
    stops = [0, *(k for k in range(1, len(text)) if may_break(text, k)), len(text)]
    start = max(k for k in stops if k <= at)
    return sum(TYPE.advance("song", c) for c in text[start : min(k for k in stops if k > at)])


FLUSH = Setting("song", 10.0, indent_em=0)


@given(PROSE, st.lists(st.integers(40, 260), min_size=1, max_size=6))
def test_every_character_stands_in_one_line(text: str, widths: list[int]) -> None:
    copy = prepared(text)
    cuts = list(break_lines(copy, lambda n: widths[n % len(widths)]))
    assert [k for cut in cuts for k in range(cut.start, cut.end)] == list(range(len(text)))


@given(PROSE, st.integers(5, 24))
def test_line_fits_and_is_broken_where_it_may_be(text: str, ems: int) -> None:
    assume(text[0] not in NO_START)  # no paragraph of a paper starts so
    for line in lines(text, ems):
        first, last = line.cells[0], line.cells[-1]
        blank = {"，": 5.0, " ": 2.5}.get(last.cell.char, 0.0)
        if line.copy.tail(line.end):
            blank = 5.0
        lead = 5.0 if line.copy.lead(line.start) else 0.0
        stops = [k for k in range(line.start + 1, line.end) if may_break(text, k)]
        if line.end < len(text) and not may_break(text, line.end):
            hyphenated = text[line.end - 1] == "-"
            assert not stops or hyphenated or unit_width(text, line.end) > ems * 1000 - 1000
        elif stops or line.end == line.start + 1:
            assert last.x + last.advance - blank <= ems * 10 + 0.01
        assert first.x + lead >= -0.01


@given(PROSE, st.integers(8, 24))
def test_glyphs_of_a_line_do_not_overlap(text: str, ems: int) -> None:
    for line in lines(text, ems):
        for a, b in pairwise(line.cells):
            assert b.x - a.x >= a.advance / 2 - 0.01


@pytest.mark.parametrize(
    ("text", "ems", "expected"),
    [
        ("大河大河大，河大河", 5, ["大河大河", "大，河大河"]),
        ("大河大河“大河”大", 5, ["大河大河", "“大河”大"]),
        ("大河大河大——河大河", 6, ["大河大河", "大——河大河"]),
        ("大河大河大3.5%河大", 6, ["大河大河大", "3.5%河大"]),
        ("大河大河12家大河", 5, ["大河大河", "12家大河"]),
    ],
)
def test_break_goes_where_a_compositor_puts_it(text: str, ems: int, expected: list[str]) -> None:
    assert texts(text, ems, FLUSH) == expected


def test_house_may_split_a_number_from_its_unit() -> None:
    splitting = Setting("song", 10.0, indent_em=0, split_numbers=True)
    assert texts("大河大河12家大河", 5, splitting)[0] == "大河大河12"


def test_mark_at_line_end_sheds_its_blank_to_be_pushed_in() -> None:
    assert texts("大河大河，大河“大”，大河大河", 8, FLUSH)[0][-1] != "“"
    line = lines("大河大（河）大，大河大河", 7, FLUSH)[0]
    assert line.cells[-1].x + line.cells[-1].advance <= 75.01


def test_justified_lines_end_at_the_measure() -> None:
    first, second = lines("大河2026年大河GDP大河大河大河大河", 8)[:2]
    for line in (first, second):
        last = line.cells[-1]
        assert last.x + last.advance == pytest.approx(80)


def test_slack_goes_to_the_gap_between_han_and_latin_first() -> None:
    line = lines("大河GDP大河大河大河", 6.5, FLUSH)[0]
    x = {cell.cell.char: cell for cell in line.cells}
    assert x["G"].x - 20 > 2.5
    assert [c.x for c in line.cells[:2]] == [0.0, 10.0]


def test_word_is_hyphenated_only_at_the_points_given() -> None:
    text = "大河大BearingCloud大河"
    copy = prepared(text, FLUSH, frozenset({10}))
    cuts = list(break_lines(copy, lambda _: 75.0))
    first = place(copy, cuts[0])
    hyphen = first.cells[-1]
    assert text[: cuts[0].end] == "大河大Bearing"
    assert (hyphen.cell.char, hyphen.cell.source) == ("-", Source(0, 9, Print.HYPHEN))
    assert hyphen.x + hyphen.advance == pytest.approx(75.0)


def test_word_longer_than_the_measure_is_divided() -> None:
    assert "".join(texts("www.example.org/a/b/c", 5, FLUSH)) == "www.example.org/a/b/c"
    assert len(texts("www.example.org/a/b/c", 5, FLUSH)) > 2


def test_hanging_mark_stands_outside_the_measure() -> None:
    hanging = Setting("song", 10.0, indent_em=0, hang=True)
    line = lines("大河大河大，河大河", 5, hanging)[0]
    assert [line.cells[-1].cell.char, line.cells[-1].x] == ["，", 50.0]


def test_measure_may_change_in_mid_paragraph() -> None:
    copy = prepared("大" * 30, FLUSH)
    cuts = list(break_lines(copy, lambda n: 50.0 if n < 2 else 120.0))
    assert [cut.end - cut.start for cut in cuts] == [5, 5, 12, 8]


def test_character_that_no_face_has_is_refused() -> None:
    with pytest.raises(DataFault, match="glyph-missing"):
        prepared("▢", Setting(BROKEN_TYPE, 10.0))


def test_fallback_prints_what_the_face_lacks() -> None:
    copy = prepared("▢大", Setting(BROKEN_TYPE, 10.0, fallback="hei"))
    assert [cell.face for cell in copy.cells] == ["hei", BROKEN_TYPE]


def test_overlong_word_is_divided_rather_than_leave_a_short_line() -> None:
    assert len(texts("大河www.example.org/a/b/c/d/e/f", 9, FLUSH)[0]) > 8


def test_hyphen_points_stand_between_consonants() -> None:
    text = "大河Manchester, winter, GDP, machine"
    points = hyphen_points(text)
    assert [text[:p].rsplit(maxsplit=1)[-1] for p in points] == ["大河Manches", "win"]
