"""Manuscripts are read strictly: every fault with its line, all at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from banmian.errors import DataFault, DataFaults
from banmian.manuscripts import Form, copy_paths, parse_copy, read_copy
from banmian.tagset import EntityLabel, ItemKind, Role

STORY = """=== 01
form: news
beat: farming
headline: ⟦两|CARDINAL⟧亩新茶
byline: 记者 ⟦何雨禾|PERSON⟧

第一段。
## 小标题
第二段 \\| 完。
"""


def ids(text: str) -> list[tuple[int, str]]:
    return [(line, fault.id) for line, fault in parse_copy(text, "x-2030-01-01")[1]]


def test_a_manuscript_keeps_its_blocks_in_order() -> None:
    (story,), faults = parse_copy(STORY, "x-2030-01-01")

    assert not faults
    assert story.id == "x-2030-01-01-01"
    assert [b.role for b in story.blocks] == [
        Role.HEADLINE,
        Role.BYLINE,
        Role.BODY,
        Role.CROSSHEAD,
        Role.BODY,
    ]
    assert story.text == "两亩新茶\n记者 何雨禾\n第一段。\n小标题\n第二段 | 完。"
    assert story.blocks[0].entities[0].label is EntityLabel.CARDINAL


def test_people_of_a_byline_are_its_authors() -> None:
    (story,), _ = parse_copy(STORY, "x-2030-01-01")
    byline = story.block(Role.BYLINE)

    assert byline is not None
    assert [p.span.of(byline.text) for p in byline.people] == ["何雨禾"]


@pytest.mark.parametrize(
    ("spoilt", "line", "id"),
    [
        (STORY.replace("=== 01", "=== 02"), 1, "manuscript-syntax"),
        (STORY.replace("form: news", "form: poem"), 2, "form-unknown"),
        (STORY.replace("beat: farming\n", ""), 1, "beat-unknown"),
        (STORY.replace("|PERSON", "|PERSONS"), 5, "label-unknown"),
        (STORY.replace("|CARDINAL⟧", ""), 4, "sheet-syntax"),
        (STORY.replace("headline:", "title:"), 4, "manuscript-syntax"),
        (STORY.replace("第一段。", "第一段。 "), 7, "manuscript-syntax"),
        (STORY.replace("第一段。", "\n第一段。"), 7, "manuscript-syntax"),
        (STORY.replace("headline: ⟦两|CARDINAL⟧亩新茶\n", ""), 1, "manuscript-incomplete"),
    ],
)
def test_a_fault_names_its_line(spoilt: str, line: int, id: str) -> None:
    assert (line, id) in ids(spoilt)


def test_all_faults_are_reported_at_once() -> None:
    spoilt = STORY.replace("news", "poem").replace("PERSON", "NOBODY")

    assert len(ids(spoilt)) == 2


def test_fields_out_of_order_are_refused() -> None:
    spoilt = STORY.replace("form: news\nbeat: farming\n", "beat: farming\nform: news\n")

    assert ids(spoilt)


def test_a_file_is_named_by_title_and_day(tmp_path: Path) -> None:
    path = tmp_path / "xx" / "2030-01-01.txt"
    path.parent.mkdir()
    path.write_text(STORY, "utf-8")

    copy = read_copy(path)

    assert copy.issue == "xx-2030-01-01"
    assert copy.manuscripts[0].form is Form.NEWS
    assert copy_paths(tmp_path) == [path]


def test_a_file_with_another_name_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "may.txt"
    path.write_text(STORY, "utf-8")

    with pytest.raises(DataFault, match="date-invalid"):
        read_copy(path)


def test_bad_bytes_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "2030-01-01.txt"
    path.write_bytes(STORY.encode("gbk", "ignore"))

    with pytest.raises(DataFaults, match="encoding-invalid"):
        read_copy(path)


def test_a_form_says_its_kind() -> None:
    assert Form.LETTER.kind is ItemKind.ARTICLE
    assert Form.WEATHER.kind is ItemKind.WEATHER
