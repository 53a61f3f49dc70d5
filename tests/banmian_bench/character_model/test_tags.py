"""Tags and spans: what is written is read again, and any tags mean flat spans."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from banmian_bench.character_model.features import features
from banmian_bench.character_model.tags import Labelled, spans_of, tags_of

TAGS = st.sampled_from(
    ["O", "B-ORG", "I-ORG", "E-ORG", "S-ORG", "B-GPE", "I-GPE", "E-GPE", "S-GPE"]
)


@st.composite
def flat_spans(draw: st.DrawFn) -> tuple[int, list[Labelled]]:
    """A length, and flat spans inside it."""
    sizes = draw(st.lists(st.integers(1, 4), max_size=8))
    labels = draw(st.lists(st.sampled_from(["ORG", "GPE", None]), min_size=8, max_size=8))
    spans, at = [], 0
    for size, label in zip(sizes, labels, strict=False):
        if label is not None:
            spans.append((at, at + size, label))
        at += size
    return at, spans


@given(flat_spans())
def test_spans_come_back_from_their_tags(case: tuple[int, list[Labelled]]) -> None:
    length, spans = case
    assert list(spans_of(tags_of(length, spans))) == spans


@given(st.lists(TAGS, max_size=12))
def test_any_tags_mean_flat_spans_inside(tags: list[str]) -> None:
    spans = list(spans_of(tags))
    assert all(0 <= start < end <= len(tags) for start, end, _ in spans)
    assert all(one[1] <= other[0] for one, other in pairwise(spans))


def test_an_unclosed_mention_ends_where_its_label_does() -> None:
    assert list(spans_of(["B-ORG", "I-ORG", "S-GPE", "I-GPE"])) == [
        (0, 2, "ORG"),
        (2, 3, "GPE"),
        (3, 4, "GPE"),
    ]


@given(st.text(max_size=20))
def test_every_character_has_features(sentence: str) -> None:
    assert len(features(sentence)) == len(sentence)


def test_the_context_is_in_the_features() -> None:
    seen = features("青石桥")[1]
    assert {"0=石", "-1=青", "+1=桥", "l+1=place"} <= set(seen)
