"""Variety is measured on hand-made copy with known repetitions."""

from __future__ import annotations

from datetime import date

from banmian.manuscripts import Copy, parse_copy
from banmian.press.variety import (
    Repetition,
    faults,
    growth,
    inconsistencies,
    repetitions,
    variety,
)
from banmian.tagset import Split

SHARED = "一二三四五六七八九十百千万"


def copy_of(issue: str, *bodies: str) -> Copy:
    text = "".join(
        f"=== {n:02d}\nform: news\nbeat: sport\nheadline: 题{n}\n\n{body}\n\n"
        for n, body in enumerate(bodies, start=1)
    )
    manuscripts, found = parse_copy(text.rstrip("\n") + "\n", issue)
    assert not found
    return Copy(issue[:2], date(2030, 1, 1), tuple(manuscripts))


def test_a_shared_13_gram_is_counted_once_for_the_pair() -> None:
    copy = copy_of("aa-2030-01-01", f"甲乙丙{SHARED}丁", f"天地{SHARED}玄黄", "别的话")

    assert repetitions(copy.manuscripts) == [
        Repetition("aa-2030-01-01-01", "aa-2030-01-01-02", 1, SHARED)
    ]


def test_a_pair_that_shares_too_much_is_a_fault() -> None:
    body = "".join(chr(0x4E00 + n) for n in range(80))
    copy = copy_of("aa-2030-01-01", f"甲{body}", f"乙{body}")
    shared = repetitions(copy.manuscripts)

    ids = [fault.id for fault in faults(variety([copy], {}), shared)]

    assert "manuscript-repeats" in ids


def test_names_of_test_in_train_are_a_share() -> None:
    test = copy_of("aa-2030-01-01", "⟦张三丰|PERSON⟧和⟦李四光|PERSON⟧")
    train = copy_of("bb-2030-01-01", "⟦张三丰|PERSON⟧来了")
    found = variety([test, train], {test.issue: Split.TEST, train.issue: Split.TRAIN})

    assert found.names_shared["PERSON"] == 0.5


def test_growth_counts_types_by_characters() -> None:
    assert list(growth(["一" * 20_000, "一二" * 10_000])) == [(20_000, 1), (40_000, 2)]


def test_a_name_marked_here_and_not_there_is_listed() -> None:
    copy = copy_of("aa-2030-01-01", "⟦柳坪村|GPE⟧的茶", "柳坪村的水", "⟦柳坪村|LOC⟧")
    (found,) = inconsistencies(copy.manuscripts)

    assert found.text == "柳坪村"
    assert found.marked == {"GPE": 1, "LOC": 1}
    assert found.unmarked == ("aa-2030-01-01-02",)
