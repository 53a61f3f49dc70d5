"""Views that need neither fonts nor a PDF, and what every view must account for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from banmian.errors import DataFault
from banmian.press.sheet import Glyph, Print, Run, Sheet, Source, TextHabits
from banmian.press.views import View, accounted, rows_view, stream_view
from banmian.press.views.measures import glyph_height
from banmian.press.views.pdfium import Origin, pdfium_view
from banmian.press.views.poppler import poppler_view
from tests.banmian.press.invented_pages import invented_issue
from tests.banmian.press.invented_type import TYPE

HABITS = TextHabits()
SEEDS = st.integers(0, 10**6)


def line(text: str, x: float, y: float, element: int = 0, start: int = 0) -> Run:
    """A line of 10 pt text, each character an em wide, but the blank a quarter."""
    glyphs = []
    for offset, char in enumerate(text, start):
        advance = 2.5 if char == " " else 10.0
        glyphs.append(Glyph(char, "song", 10, x, y, advance, Source(element, offset)))
        x += advance
    return Run(tuple(glyphs))


def sheet(*runs: Run) -> Sheet:
    return Sheet(1, 300, 300, runs)


def copied(run: Run, printed: Print) -> Run:
    return Run(tuple(replace(g, source=replace(g.source, printed=printed)) for g in run.glyphs))


def text_of(*runs: Run, habits: TextHabits = HABITS) -> str:
    return stream_view(sheet(*runs), habits).text


@settings(max_examples=40, deadline=None)
@given(SEEDS)
def test_stream_and_rows_account_for_every_glyph(seed: int) -> None:
    issue = invented_issue(seed, TYPE)
    for page in issue.sheets:
        for view in (stream_view(page, issue.habits), rows_view(page, issue.habits)):
            accounted(page, view)


def test_stream_follows_the_painting_order() -> None:
    body, head = line("正文", 10, 100), line("标题", 10, 200)
    assert text_of(body, head) == "\n正文\n\n标题\n\n\n"


def test_stream_keeps_two_stories_on_one_baseline_on_one_line() -> None:
    assert text_of(line("甲乙", 10, 100), line("丙丁", 100, 100)) == "\n甲乙 丙丁\n\n\n"


def test_stream_starts_a_paragraph_at_an_indent_and_ends_it_at_the_next_line() -> None:
    lines = [line("甲乙", 10, 100), line("丙丁", 10, 88), line("戊", 30, 76), line("己", 10, 64)]
    assert text_of(*lines) == "\n甲乙\n丙丁\n\n戊\n己\n\n\n"


def test_stream_takes_an_indent_after_a_paragraph_for_a_hanging_one() -> None:
    lines = [line("甲", 10, 100), line("乙", 30, 88), line("丙", 10, 76)]
    assert text_of(*lines) == "\n甲\n乙\n\n丙\n\n\n"


def test_stream_puts_a_blank_where_a_line_is_stretched_beyond_half_a_blank() -> None:
    near, far = line("乙", 21.2, 100), line("乙", 21.3, 100)
    assert text_of(line("甲", 10, 100), near) == "\n甲乙\n\n\n"
    assert text_of(line("甲", 10, 100), far) == "\n甲 乙\n\n\n"


def test_stream_keeps_overprints() -> None:
    day = line("13", 10, 100)
    assert text_of(day, copied(day, Print.COPY)) == "\n1313\n\n\n"


@pytest.mark.parametrize(
    ("habits", "height"),
    [
        (TextHabits(cap_height=0), 0.65),
        (TextHabits(cap_height=600), 0.6),
        (TextHabits(ascent=500, descent=-100, cap_height=640), 0.3),
    ],
)
def test_the_height_of_a_glyph_is_the_least_that_the_descriptor_gives(
    habits: TextHabits, height: float
) -> None:
    assert glyph_height(habits) == height


def test_rows_read_straight_across_the_columns() -> None:
    left = [line("甲乙", 10, 100), line("丙丁", 10, 88, start=2)]
    right = [line("戊己", 100, 101, element=1), line("庚辛", 100, 89, element=1, start=2)]
    view = rows_view(sheet(*left, *right), HABITS)
    assert view.text == "甲乙 戊己\n丙丁 庚辛"


def test_rows_give_a_painted_blank_its_place() -> None:
    view = rows_view(sheet(line(" 甲 乙", 10, 100)), HABITS)
    assert (view.text, view.glyphs) == (" 甲 乙", (0, 1, 2, 3))


def characters(*glyphs: Glyph) -> Iterator[tuple[str, Origin | None]]:
    return ((glyph.char, (glyph.x, glyph.y)) for glyph in glyphs)


def test_pdfium_s_line_end_hyphen_is_a_hyphen_again() -> None:
    page = sheet(line("A-", 10, 100), line("B", 10, 88, start=2))
    dash = ("\x02", (20.0, 100.0))
    glyphs = list(page.glyphs())
    given = [*characters(glyphs[0]), dash, ("\r", None), ("\n", None), *characters(glyphs[2])]
    assert pdfium_view(page, iter(given)) == View("pdfium", "A-\nB", (0, 1, None, 2))


def test_where_pdfium_keeps_a_copy_it_counts_as_the_text() -> None:
    day = line("1", 10, 100)
    near = Run(tuple(replace(g, x=g.x + 0.5) for g in copied(day, Print.COPY).glyphs))
    view = pdfium_view(sheet(day, near), characters(*near.glyphs))
    assert view.glyphs == (0,)


def test_a_blank_that_was_dropped_becomes_the_inserted_one_at_its_place() -> None:
    page = sheet(line("甲 乙", 10, 100))
    first, _, last = page.glyphs()
    given = [*characters(first), (" ", None), *characters(last)]
    assert pdfium_view(page, iter(given)).glyphs == (0, 1, 2)


def test_a_blank_that_was_dropped_at_a_line_end_is_put_back() -> None:
    page = sheet(line("A ", 10, 100), line("B", 10, 88, start=2))
    first, _, last = page.glyphs()
    given = [*characters(first), ("\n", None), *characters(last)]
    assert pdfium_view(page, iter(given)) == View("pdfium", "A \nB", (0, 1, None, 2))


def test_what_pdfium_gives_and_no_one_painted_is_refused() -> None:
    with pytest.raises(DataFault, match="view-unmatched"):
        pdfium_view(sheet(line("甲", 10, 100)), iter([("乙", (10.0, 100.0))]))


def test_poppler_s_hyphen_is_the_one_between_its_neighbours() -> None:
    page = sheet(line("A-1", 10, 100), line("B-2", 10, 88, element=1))
    codes = {"一": 0, "丁": 2, "丂": 3, "七": 5}
    view = poppler_view(page, "B-2\nA-1", "丂-七\n一-丁", codes)
    assert view.glyphs == (3, 4, 5, None, 0, 1, 2)


def test_poppler_s_blanks_are_those_of_the_text_not_of_the_twin() -> None:
    page = sheet(line("甲乙", 10, 100))
    view = poppler_view(page, "甲 乙\n", "一丁", {"一": 0, "丁": 1})
    assert view == View("poppler", "甲 乙\n", (0, None, 1, None))


@pytest.mark.parametrize("coded", ["一", "丁一", "一丁一"])
def test_a_twin_of_another_print_is_refused(coded: str) -> None:
    page = sheet(line("甲乙", 10, 100))
    with pytest.raises(DataFault, match="twin-differs"):
        poppler_view(page, "甲乙", coded, {"一": 0, "丁": 1})


@pytest.mark.parametrize(
    ("id", "text", "glyphs"),
    [
        ("view-missing", "甲", (0,)),
        ("view-glyph", "甲甲乙", (0, 0, 1)),
        ("view-glyph", "甲乙丙", (0, 1, 2)),
        ("view-character", "甲丙", (0, 1)),
        ("view-inserted", "甲丙乙", (0, None, 1)),
    ],
)
def test_a_view_that_is_not_the_print_is_refused(
    id: str, text: str, glyphs: tuple[int | None, ...]
) -> None:
    with pytest.raises(DataFault, match=id):
        accounted(sheet(line("甲乙", 10, 100)), View("stream", text, glyphs))


def test_a_view_has_a_glyph_or_none_for_each_code_point() -> None:
    with pytest.raises(DataFault, match="view-length"):
        View("stream", "甲乙", (0,))
