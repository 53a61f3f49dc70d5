"""The best sequence of tags under scores of single tags and of neighbours."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float32]


def best_path(scores: Scores, moves: Scores, first: Scores, last: Scores) -> list[int]:
    """The tags of the highest sum, one a row of ``scores`` (positions x tags).

    ``moves[a, b]`` is what it adds that ``b`` follows ``a``; ``first`` and ``last`` are added for
    the tags at the two ends. The lower tag wins a tie; no rows give no tags.
    """
    if not len(scores):
        return []
    total = first + scores[0]
    before = []
    for row in scores[1:]:
        reached = total[:, None] + moves
        before.append(reached.argmax(axis=0))
        total = reached.max(axis=0) + row
    path = [int((total + last).argmax())]
    for back in reversed(before):
        path.append(int(back[path[-1]]))
    return path[::-1]
