"""Tags of characters become spans, also where they do not fit together."""

from __future__ import annotations

import pytest

from banmian_bench.systems import tag_schemes


@pytest.mark.parametrize(
    ("tags", "spans"),
    [
        ("B_org M_org E_org O S_org", [(0, 3, "org"), (4, 5, "org")]),
        ("B-PER I-PER O", [(0, 2, "PER")]),
        ("B-PER E-PER B-PER E-PER", [(0, 2, "PER"), (2, 4, "PER")]),
        ("M_org E_org O", []),
        ("B_org M_time E_time", [(0, 1, "org")]),
        ("O B_org", [(1, 2, "org")]),
        ("<PAD> O", []),
    ],
)
def test_mentions(tags: str, spans: list[tuple[int, int, str]]) -> None:
    assert list(tag_schemes.mentions(tags.split())) == spans


@pytest.mark.parametrize(
    ("tags", "spans"),
    [
        ("BMES", [(0, 3), (3, 4)]),
        ("BB", [(0, 1), (1, 2)]),
        ("MEM", [(0, 2), (2, 3)]),
        ("BS", [(0, 1), (1, 2)]),
        ("", []),
    ],
)
def test_each_character_is_in_one_word(tags: str, spans: list[tuple[int, int]]) -> None:
    assert list(tag_schemes.words(tags)) == spans
