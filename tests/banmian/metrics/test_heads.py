"""Heads, bylines, and whether titles stay with their bodies."""

import pytest

from banmian.metrics import heads
from banmian.metrics.forms import MEAN
from banmian.metrics.partition import Claim, Partition, Stream
from banmian.tagset import Role
from tests.banmian.metrics.pages import FIRST, GOLD, SECOND, STREAM, bare

BYLINE = "▢ 全媒体记者 何青 通讯员 欧阳木 文/摄"


def association(hypothesis: Partition) -> float:
    return float(MEAN.rates(heads.title_body(GOLD, hypothesis))["mean"])


def test_each_title_with_its_body_is_one() -> None:
    assert association(bare((2, 8), (8, 14))) == 1


def test_titles_given_to_the_neighbour_are_zero_though_every_body_is_right() -> None:
    swapped = Partition.of(STREAM, [[SECOND[0], FIRST[1]], [FIRST[0], SECOND[1]]])
    assert association(swapped) == 0


def test_both_titles_in_one_item_by_hand() -> None:
    # For each item: 2 shared of 2 own and 4 held: F1 = 2·2/(2+4).
    assert association(bare((2, 14))) == pytest.approx(2 / 3)


def test_a_body_that_nobody_claims_is_a_miss_not_an_error() -> None:
    assert association(bare((2, 4))) == 0


def test_role_characters_by_hand() -> None:
    hypothesis = Partition.of(STREAM, [[Claim(2, 5, "headline"), Claim(5, 8, "body")], SECOND])
    assert heads.role_chars(GOLD, hypothesis, Role.HEADLINE).tolist() == [4, 1, 0]
    assert heads.role_blocks(GOLD, hypothesis, Role.HEADLINE).tolist() == [1, 1, 1]


def test_a_system_without_roles_is_not_scored_on_them() -> None:
    assert not heads.role_chars(GOLD, bare((2, 8)), Role.HEADLINE).any()


def lines(claim: Claim) -> tuple[Stream, Partition]:
    stream = Stream.of(BYLINE)
    return stream, Partition.of(stream, [[claim]])


def test_names_are_what_marks_and_role_words_leave() -> None:
    stream, partition = lines(Claim(0, len(BYLINE), "byline"))
    found = [
        "".join(BYLINE[stream.offsets[atom]] for atom in run)
        for run in heads.names(stream, partition)[0]
    ]
    assert found == ["何青", "欧阳木"]


def test_marking_only_the_name_is_as_good_as_the_whole_line_for_that_name() -> None:
    stream, gold = lines(Claim(0, len(BYLINE), "byline"))
    at = BYLINE.index("何青")
    hypothesis = Partition.of(stream, [[Claim(at, at + 2, "byline")]])
    assert heads.byline_names(stream, gold, hypothesis).tolist() == [1, 0, 1]


def test_authors_of_an_unmatched_item_are_spurious() -> None:
    stream, gold = lines(Claim(0, len(BYLINE), "byline"))
    at = BYLINE.index("欧阳木")
    hypothesis = Partition.of(stream, [[Claim(at, at + 3, "byline")]])
    counts = heads.authors(stream, gold, hypothesis, [["何青", "欧阳木"]])
    assert counts.tolist() == [0, 1, 2]


def test_an_inserted_blank_does_not_part_a_name_and_a_printed_one_does() -> None:
    text = "记者 何 青 方木\n高山"
    stream = Stream.of(text, [(4, 5), (9, 10)])  # inserted: in 何青, and the line feed
    byline = Partition.of(stream, [[Claim(0, len(text), "byline")]])
    [found] = heads.names(stream, byline)
    assert ["".join(text[o] for o in stream.offsets[run]) for run in found] == [
        "何青",
        "方木",
        "高山",
    ]


def test_what_is_no_person_in_a_gold_byline_is_neither_right_nor_wrong() -> None:
    text = "读者 何青"
    stream = Stream.of(text)
    byline = Partition.of(stream, [[Claim(0, len(text), "byline")]])
    assert heads.authors(stream, byline, byline, [["何青"]]).tolist() == [1, 0, 0]
    assert heads.authors(stream, byline, byline, [[]]).tolist() == [0, 0, 0]
