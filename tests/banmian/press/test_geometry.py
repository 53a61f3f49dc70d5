from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from banmian.press.geometry import LineBox, line_boxes
from banmian.press.sheet import Run, Sheet, TextHabits
from banmian.press.views import rows_view, stream_view
from tests.banmian.press.invented_pages import invented_issue
from tests.banmian.press.invented_type import TYPE
from tests.banmian.press.test_views import line, sheet

HABITS = TextHabits()


def boxes(page: Sheet) -> list[LineBox]:
    return list(line_boxes(page, stream_view(page, HABITS)))


def test_a_line_is_boxed_from_the_top_left() -> None:
    page = sheet(line("甲乙", 10, 100))
    assert boxes(page) == [LineBox(1, 3, 10.0, 191.2, 30.0, 201.2, 10)]


def test_an_inserted_blank_does_not_part_a_box() -> None:
    page = sheet(line("甲", 10, 100), line("乙", 50, 100))
    assert boxes(page) == [LineBox(1, 4, 10.0, 191.2, 60.0, 201.2, 10)]


def test_a_text_line_of_two_baselines_has_two_boxes() -> None:
    page = sheet(line("甲", 10, 100), line("乙", 50, 98))
    assert [(box.start, box.end) for box in boxes(page)] == [(1, 2), (3, 4)]


def test_the_largest_glyph_gives_the_size() -> None:
    small = Run(tuple(replace(glyph, size=8.0) for glyph in line("乙", 20, 100).glyphs))
    [box] = boxes(sheet(line("甲", 10, 100), small))
    assert (box.size, box.y0) == (10, 191.2)


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10**6))
def test_boxes_hold_every_glyph_of_a_view_once_and_no_line_feed(seed: int) -> None:
    issue = invented_issue(seed, TYPE)
    for page in issue.sheets:
        for view in (stream_view(page, issue.habits), rows_view(page, issue.habits)):
            held = [at for box in line_boxes(page, view) for at in range(box.start, box.end)]
            assert len(held) == len(set(held))
            assert {at for at, index in enumerate(view.glyphs) if index is not None} <= set(held)
            assert all(view.text[at] != "\n" for at in held)
