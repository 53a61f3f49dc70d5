"""The best path is the one that trying all of them finds."""

from __future__ import annotations

import itertools

import numpy as np

from banmian_bench.systems.viterbi import Scores, best_path


def summed(path: tuple[int, ...], scores: Scores, moves: Scores, ends: Scores) -> float:
    steps = sum(float(moves[a, b]) for a, b in itertools.pairwise(path))
    return (
        steps
        + float(ends[0, path[0]] + ends[1, path[-1]])
        + sum(float(row[tag]) for row, tag in zip(scores, path, strict=True))
    )


def test_it_is_the_best_of_all() -> None:
    numbers = np.random.default_rng(7)
    for _ in range(20):
        scores, moves, ends = (
            numbers.normal(size=shape).astype(np.float32) for shape in ((5, 3), (3, 3), (2, 3))
        )
        best = max(
            itertools.product(range(3), repeat=5), key=lambda p: summed(p, scores, moves, ends)
        )
        assert tuple(best_path(scores, moves, ends[0], ends[1])) == best


def test_no_positions_no_tags() -> None:
    nothing = np.zeros((0, 2), np.float32)
    assert best_path(nothing, np.zeros((2, 2), np.float32), nothing, nothing) == []
