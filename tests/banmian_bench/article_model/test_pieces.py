"""Lines cut to pieces, and the boxes they get."""

from __future__ import annotations

from banmian_bench.article_model.pieces import pieces
from banmian_bench.protocol import Layout, LineBox


def test_a_line_is_a_piece_and_blank_lines_are_counted() -> None:
    made = pieces("\n标题\n\n\n正 文", [])
    assert [(p.text, p.bare, p.blanks) for p in made] == [("标题", "标题", 1), ("正 文", "正文", 2)]


def test_a_cut_parts_a_line_without_its_blanks() -> None:
    made = pieces("左栏 右栏", [3])
    assert [(p.start, p.end, p.column) for p in made] == [(0, 2, 0.0), (3, 5, 2.0)]


def test_a_cut_at_the_start_of_a_line_makes_nothing_empty() -> None:
    assert [p.text for p in pieces("甲\n乙", [2])] == ["甲", "乙"]


def test_a_piece_gets_the_box_it_shares_most_with() -> None:
    boxes = (LineBox(0, 2, 1, 1, 9, 5, 4), LineBox(2, 5, 1, 9, 9, 13, 8))
    (piece,) = pieces("甲乙丙丁戊", [], Layout(boxes, 100, 100))
    assert piece.box is not None
    assert piece.box.size == 8


def test_a_line_without_a_box_has_none() -> None:
    boxes = (LineBox(0, 1, 1, 1, 9, 5, 4),)
    assert pieces("甲\n乙", [], Layout(boxes, 100, 100))[1].box is None
