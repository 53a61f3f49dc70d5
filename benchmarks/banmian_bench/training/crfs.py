"""Training of linear-chain CRFs with python-crfsuite."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from banmian_bench.systems.text_system import missing

Example = tuple[Sequence[Sequence[str]], Sequence[str]]
"""Feature lists of a sequence, and its tags."""


@dataclass(frozen=True, slots=True)
class Penalty:
    """L1 and L2 weights, rarest feature kept, iterations of L-BFGS at most."""

    l1: float = 0.05
    l2: float = 0.05
    rarest: int = 2
    iterations: int = 60


def train_crf(path: Path, examples: Iterable[Example], penalty: Penalty = Penalty()) -> int:
    """Write a CRF trained on ``examples`` to ``path``; how many sequences there were.

    :class:`MissingDependency` where python-crfsuite is not installed. No chance is in it.
    """
    try:
        import pycrfsuite
    except ImportError:
        raise missing(path.parent.name, "python-crfsuite") from None
    trainer = pycrfsuite.Trainer(algorithm="lbfgs", verbose=False)
    trainer.set_params(
        {
            "c1": penalty.l1,
            "c2": penalty.l2,
            "feature.minfreq": penalty.rarest,
            "max_iterations": penalty.iterations,
        }
    )
    count = 0
    for features, tags in examples:
        trainer.append(features, tags)
        count += 1
    trainer.train(str(path))
    return count
