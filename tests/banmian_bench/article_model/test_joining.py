"""Joining by a network, and what it is told."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np

from banmian_bench.article_model.blocks import Block, Language, blocks
from banmian_bench.article_model.joining import Groups, joined
from banmian_bench.article_model.network import Network, fitted
from banmian_bench.article_model.pieces import Box, pieces
from banmian_bench.article_model.roles import Tagged

TEXT = "渡船开了\n渡船到岸\n果园丰收"
LANGUAGE = Language.of(["渡船开了渡船到岸", "果园丰收果园"])


def page() -> list[Block]:
    made = [Tagged(piece, "body", "S", 1.0) for piece in pieces(TEXT, [])]
    return blocks(made)


def constant(width: int, odds: float) -> Network:
    """Gives every pair the same log odds."""
    ones = np.ones(width)
    return Network(ones, ones, np.zeros((width, 1)), np.zeros(1), np.zeros(1), odds)


def width() -> int:
    return len(Groups(page(), LANGUAGE, geometry=False).features(0, np.array([1]))[0])


def test_likely_pairs_are_joined_to_one_group() -> None:
    assert joined(Groups(page(), LANGUAGE, geometry=False), constant(width(), 5.0)) == [[0, 1, 2]]


def test_unlikely_pairs_stay_apart() -> None:
    made = joined(Groups(page(), LANGUAGE, geometry=False), constant(width(), -5.0))
    assert made == [[0], [1], [2]]


def test_an_empty_page_has_no_groups() -> None:
    assert joined(Groups([], LANGUAGE, geometry=False), constant(width(), 5.0)) == []


def test_shared_words_tell_two_blocks_from_a_third() -> None:
    near, far = Groups(page(), LANGUAGE, geometry=False).features(0, np.array([1, 2]))
    assert (near != far).any()


def test_the_features_of_a_pair_do_not_depend_on_which_is_asked() -> None:
    groups = Groups(page(), LANGUAGE, geometry=False)
    one, other = groups.features(0, np.array([2])), groups.features(2, np.array([0]))
    np.testing.assert_allclose(one, other)


def boxed(each: Tagged) -> Tagged:
    """As it is, in a column of lines."""
    top = 20.0 * each.piece.line
    return replace(each, piece=replace(each.piece, box=Box(0, top, 40, top + 10, 10)))


def test_boxes_add_features() -> None:
    placed = [Block(block.number, tuple(map(boxed, block.pieces))) for block in page()]
    found = Groups(placed, LANGUAGE, geometry=True).features(0, np.array([1, 2]))
    assert found.shape[1] > width()
    assert np.isfinite(found).all()


def test_a_network_learns_what_one_number_says_and_is_read_as_written(tmp_path: Path) -> None:
    features = np.linspace(-1, 1, 400, dtype=np.float32).reshape(-1, 1)
    network = fitted(features, (features[:, 0] > 0).astype(np.float64), seed=1, epochs=30)
    network.write(tmp_path / "n.json")
    odds = Network.read(tmp_path / "n.json").logits(np.array([[-0.8], [0.8]]))
    assert odds[0] < 0 < odds[1]
