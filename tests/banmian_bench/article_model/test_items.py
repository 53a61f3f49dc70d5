"""Groups of blocks in reading order, on pages made by hand."""

from __future__ import annotations

from dataclasses import replace

from banmian.tagset import Role
from banmian_bench.article_model.blocks import Block, blocks
from banmian_bench.article_model.items import reading_order, spans
from banmian_bench.article_model.pieces import Box, pieces
from banmian_bench.article_model.roles import FURNITURE, Tagged

TEXT = "正文一行\n正文二行。\n大标题\n（王五）"
ROLES = [(Role.BODY, "S"), (Role.BODY, "I"), (Role.HEADLINE, "S"), (Role.BYLINE, "S")]


def page(roles: list[tuple[Role, str]] = ROLES, text: str = TEXT) -> list[Tagged]:
    made = zip(pieces(text, []), roles, strict=True)
    return [Tagged(piece, str(role), step, float(step == "S")) for piece, (role, step) in made]


def test_a_headline_after_the_body_is_read_first_and_a_closing_byline_last() -> None:
    order = [each.role for each in reading_order(blocks(page()))]
    assert order == [Role.HEADLINE, Role.BODY, Role.BODY, Role.BYLINE]


def test_a_paragraph_is_one_span() -> None:
    made = list(spans(reading_order(blocks(page())), TEXT))
    assert [TEXT[span.start : span.end] for span in made] == [
        "大标题",
        "正文一行\n正文二行。",
        "（王五）",
    ]


def test_a_paragraph_is_parted_where_other_text_stands_inside() -> None:
    first, second, *_ = page()
    far = replace(second, piece=replace(second.piece, start=11, end=14))
    assert len(list(spans([first, far], TEXT))) == 2


def test_furniture_is_in_no_block() -> None:
    tagged = page()
    tagged[2] = replace(tagged[2], role=FURNITURE)
    assert [block.role for block in blocks(tagged)] == [Role.BODY, Role.BYLINE]


def test_an_unsure_start_begins_a_block() -> None:
    tagged = page()
    tagged[1] = replace(tagged[1], starts=0.5)
    assert [len(block.pieces) for block in blocks(tagged)[:2]] == [1, 1]


def test_with_boxes_the_left_column_is_read_first() -> None:
    right, left, *_ = page()
    boxed = [
        Block(0, (replace(right, piece=replace(right.piece, box=Box(60, 0, 100, 9, 9))),)),
        Block(1, (replace(left, piece=replace(left.piece, box=Box(0, 0, 40, 9, 9))),)),
    ]
    assert [each.piece.text for each in reading_order(boxed)] == ["正文二行。", "正文一行"]
