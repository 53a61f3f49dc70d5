"""Slices of mentions by what the gold says of them."""

from __future__ import annotations

import pytest

from banmian.metrics.spans import SpanTable
from banmian_bench.entity_slices import GoldSlices
from banmian_bench.examples import ArticleExample

TEXT = "青石桥通车\n李明从青石桥走来"
MENTIONS = [(0, 3, "FAC"), (6, 8, "PERSON"), (9, 12, "FAC")]


@pytest.fixture
def buckets() -> dict[str, list[str]]:
    """By slice, the bucket of each mention; 石 and 桥 of the second bridge stand on two lines."""
    article = ArticleExample(
        id="a",
        issue="i",
        kind="brief",
        text=TEXT,
        text_sha256="",
        entities=(),
        words=None,
        pieces=((0, 1, 0, 5), (6, 1, 6, 5), (11, 1, 12, 3)),
        paragraphs=((0, 5, "headline"), (6, 14, "body")),
    )
    codes = {"FAC": 0, "PERSON": 1}
    table = SpanTable.of([MENTIONS], codes)
    slices = GoldSlices([article], seen={"李明"}).of(table)
    return {name: [each.names[n] for n in each.reference] for name, each in slices}


def test_a_mention_is_seen_if_train_has_its_characters(buckets: dict[str, list[str]]) -> None:
    assert buckets["seen"] == ["no", "yes", "no"]


def test_a_mention_is_broken_if_the_layer_puts_something_inside(
    buckets: dict[str, list[str]],
) -> None:
    assert buckets["broken"] == ["no", "no", "yes"]


def test_a_mention_has_the_role_of_its_paragraph(buckets: dict[str, list[str]]) -> None:
    assert buckets["role"] == ["headline", "body", "body"]


def test_a_mention_has_the_kind_of_its_item(buckets: dict[str, list[str]]) -> None:
    assert buckets["kind"] == ["brief"] * 3


def test_without_a_train_split_nothing_is_said_of_what_was_seen() -> None:
    assert "seen" not in dict(GoldSlices([]).of(SpanTable.of([], {})))
