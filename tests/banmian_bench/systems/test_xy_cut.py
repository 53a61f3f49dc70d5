"""XY-cut on pages small enough to cut by eye."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given

from banmian.tagset import Role
from banmian_bench.protocol import PredictedSpan, Request, System
from banmian_bench.systems.line_blocks import PdfminerBoxes
from banmian_bench.systems.xy_cut import XyCut, blocks, reading_order
from banmian_bench.systems.xy_cut_heads import XyCutHeads
from tests.banmian_bench.systems.page_layouts import (
    column,
    found,
    page,
    read,
    refuse_bad_spans,
    requests,
)

TWO_COLUMNS = [*column("甲乙丙", 0, 0), *column("丁戊己", 200, 0)]
NESTED = [
    *column("甲", 0, 0),
    *column("乙丙", 0, 40),
    *column("丁戊", 200, 40),
    *column("己", 200, 100),
]
HEAD = ("头" * 8, 0.0, 0.0, 20.0)
SECOND_HEAD = ("题" * 8, 0.0, 120.0, 20.0)
UNDER_HEADS = [
    *column("甲乙", 0, 32),
    *column("丙丁", 94, 32),
    HEAD,
    *column("戊己", 0, 152),
    *column("庚辛", 94, 152),
    SECOND_HEAD,
]
"""Two items, each in two columns beneath a head that the text layer gives last."""


def test_two_columns_apart_are_two_items() -> None:
    assert read(XyCut(), page(TWO_COLUMNS)) == ["甲乙丙", "丁戊己"]


def test_a_gutter_is_no_strip_between_items() -> None:
    narrow = [*column("甲乙", 0, 0), *column("丁戊", 92, 0)]
    assert read(XyCut(), page(narrow)) == ["甲乙丁戊"]


def test_columns_of_an_item_are_read_one_after_the_other() -> None:
    rows = [("甲" * 8, 0, 0, 10), ("丁" * 8, 92, 0, 10), ("乙" * 8, 0, 14, 10)]
    assert read(XyCut(), page([*rows, ("戊" * 8, 92, 14, 10)])) == ["甲乙丁戊"]


def test_what_lies_across_both_columns_is_cut_off_first() -> None:
    across = ("头" * 30, 0.0, 0.0, 10.0)
    below = [(word, x, y + 40, size) for word, x, y, size in TWO_COLUMNS]
    assert read(XyCut(), page([*below, across])) == ["头", "甲乙丙", "丁戊己"]


def test_cuts_go_on_inside_what_was_cut() -> None:
    assert read(XyCut(), page(NESTED)) == ["甲", "乙丙", "丁戊", "己"]


def test_a_line_that_overlaps_both_columns_keeps_them_together() -> None:
    bridge = ("桥" * 30, 0.0, 14.0, 10.0)
    assert len(read(XyCut(), page([*TWO_COLUMNS, bridge]))) == 1


def test_no_lines_make_no_blocks() -> None:
    assert reading_order((), 10.0) == []
    assert blocks((), 10.0, XyCut()._strips) == []


def test_a_head_takes_the_columns_beneath_it() -> None:
    assert read(XyCutHeads(), page(UNDER_HEADS)) == ["头甲乙丙丁", "题戊己庚辛"]


def test_items_side_by_side_need_a_head_each() -> None:
    first = [("头" * 4, 0.0, 0.0, 20.0), *column("甲乙", 0, 40)]
    second = [("题" * 4, 120.0, 0.0, 20.0), *column("丙丁", 120, 40)]
    assert read(XyCutHeads(), page([*first, *second])) == ["头甲乙", "题丙丁"]
    assert read(XyCutHeads(), page([*first, *column("丙丁", 120, 0)])) == ["头甲乙丙丁"]


def test_the_white_around_a_picture_parts_nothing() -> None:
    assert read(XyCutHeads(), page([HEAD, *column("甲", 0, 40), *column("乙", 0, 400)])) == [
        "头甲乙"
    ]


def test_a_kicker_stays_with_its_headline() -> None:
    kicker = ("引" * 8, 0.0, 0.0, 14.0)
    head = ("头" * 8, 0.0, 20.0, 30.0)
    assert read(XyCutHeads(), page([kicker, head, *column("甲乙丙", 0, 70)])) == ["引头甲乙丙"]


def test_a_crosshead_opens_no_item() -> None:
    crosshead = ("小" * 8, 0.0, 60.0, 10.6)
    lines = [HEAD, *column("甲乙", 0, 30), crosshead, *column("丙丁", 0, 80)]
    assert read(XyCutHeads(), page(lines)) == ["头甲乙小丙丁"]


def test_the_folio_and_a_masthead_with_a_large_date_are_left_out() -> None:
    top = [("2" * 3, 0.0, 0.0, 40.0), *column("版", 0, 45)]
    lower = [(word, x, y + 100, size) for word, x, y, size in UNDER_HEADS]
    assert read(XyCutHeads(), page([*top, *lower])) == ["头甲乙丙丁", "题戊己庚辛"]


def test_the_largest_type_is_the_headline() -> None:
    kicker = ("引" * 8, 0.0, 0.0, 14.0)
    head = ("头" * 8, 0.0, 20.0, 30.0)
    (item,) = found(XyCutHeads(), page([*column("甲乙丙", 0, 70), kicker, head]))
    assert item.spans == (
        PredictedSpan(27, 35, Role.BODY),
        PredictedSpan(36, 44, Role.HEADLINE),
        PredictedSpan(0, 26, Role.BODY),
    )


@pytest.mark.parametrize("system", [XyCut(), XyCutHeads(), PdfminerBoxes()])
@pytest.mark.parametrize("text", ["甲乙\n丙", " \n"])
def test_a_page_without_boxes_is_one_item_or_none(system: System, text: str) -> None:
    bare = replace(page([]), text=text, layout=None)
    items = found(system, bare)
    assert [item.spans for item in items] == [(PredictedSpan(0, 4),)] * bool(text.strip())
    assert "needs line boxes" in system.info().note


@pytest.mark.parametrize("system", [XyCut(), XyCutHeads()])
@given(request=requests)
def test_whatever_the_boxes_spans_are_sound(system: System, request: Request) -> None:
    refuse_bad_spans(found(system, request), request.text)
