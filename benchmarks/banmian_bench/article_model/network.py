"""A network with one hidden layer: pair features → probability that the pair is one item."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Network:
    """Weights of a rectified hidden layer and of a logistic output, on standardised features."""

    mean: Floats
    scale: Floats
    hidden: Floats
    hidden_bias: Floats
    output: Floats
    output_bias: float

    def logits(self, features: Floats) -> Floats:
        """(n, k) features → (n,) log odds."""
        inner = (features - self.mean) / self.scale @ self.hidden + self.hidden_bias
        odds: Floats = np.maximum(inner, 0.0) @ self.output + self.output_bias
        return odds

    def write(self, path: Path) -> None:
        """As JSON; what is read back gives the same probabilities to four digits."""
        record = {
            "mean": _rounded(self.mean),
            "scale": _rounded(self.scale),
            "hidden": _rounded(self.hidden),
            "hidden_bias": _rounded(self.hidden_bias),
            "output": _rounded(self.output),
            "output_bias": round(float(self.output_bias), 5),
        }
        path.write_text(json.dumps(record, separators=(",", ":")) + "\n", encoding="utf-8")

    @classmethod
    def read(cls, path: Path) -> Network:
        """What :meth:`write` wrote; ValueError or KeyError for anything else."""
        record: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        names = ("mean", "scale", "hidden", "hidden_bias", "output")
        mean, scale, hidden, bias, output = (np.array(record[name], float) for name in names)
        return cls(mean, scale, hidden, bias, output, float(record["output_bias"]))


def _rounded(values: Floats) -> Any:  # noqa: ANN401 - nested lists of JSON
    return np.round(values, 5).tolist()


def fitted(
    features: NDArray[np.float32],
    labels: Floats,
    *,
    seed: int,
    hidden: int = 40,
    epochs: int = 5,
    decay: float = 1e-4,
) -> Network:
    """Trained by Adam on the log loss, the same for the same numbers and seed."""
    random = np.random.default_rng(seed)
    mean, scale = features.mean(axis=0, dtype=np.float64), features.std(axis=0, dtype=np.float64)
    scale = np.where(scale < 1e-6, 1.0, scale)
    inputs = (features - mean.astype(np.float32)) / scale.astype(np.float32)
    target = labels.astype(np.float32)
    width = features.shape[1]
    weights = [
        random.normal(0, np.sqrt(2 / width), (width, hidden)).astype(np.float32),
        np.zeros(hidden, dtype=np.float32),
        random.normal(0, np.sqrt(1 / hidden), hidden).astype(np.float32),
        np.zeros(1, dtype=np.float32),
    ]
    first = [np.zeros_like(weight) for weight in weights]
    second = [np.zeros_like(weight) for weight in weights]
    batch, step = 256, 0
    total = epochs * ((len(inputs) + batch - 1) // batch)
    for _ in range(epochs):
        order = random.permutation(len(inputs))
        for start in range(0, len(order), batch):
            chosen = order[start : start + batch]
            step += 1
            rate = 3e-3 * (1 - step / (total + 1))
            gradients = _gradients(inputs[chosen], target[chosen], weights)
            for n, gradient in enumerate(gradients):
                gradient = gradient + decay * weights[n] if n in (0, 2) else gradient
                first[n] += 0.1 * (gradient - first[n])
                second[n] += 0.001 * (gradient * gradient - second[n])
                unbiased = first[n] / (1 - 0.9**step)
                spread = np.sqrt(second[n] / (1 - 0.999**step)) + 1e-8
                weights[n] = (weights[n] - rate * unbiased / spread).astype(np.float32)
    w1, b1, w2, b2 = (weight.astype(np.float64) for weight in weights)
    return Network(mean, scale, w1, b1, w2, float(b2[0]))


def _gradients(
    inputs: NDArray[np.float32], target: NDArray[np.float32], weights: list[NDArray[np.float32]]
) -> list[NDArray[np.float32]]:
    w1, b1, w2, b2 = weights
    inner = inputs @ w1 + b1
    shown = np.maximum(inner, 0)
    odds = shown @ w2 + b2[0]
    error = (1 / (1 + np.exp(-np.clip(odds, -30, 30))) - target) / len(target)
    back = np.outer(error, w2) * (inner > 0)
    return [inputs.T @ back, back.sum(axis=0), shown.T @ error, np.array([error.sum()], np.float32)]
