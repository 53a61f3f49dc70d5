"""FoolNLTK's network for tags of characters: embedding, BiLSTM, two layers, CRF; in numpy."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeVar

import numpy as np
from numpy.typing import NDArray

from banmian_bench.systems.viterbi import Scores, best_path

BATCH: Final = 6
"""Sentences computed together at most.

So few that BLAS multiplies in one thread: at these sizes, two spend their time waiting for each
other, a hundredfold where something else runs on the machine.
"""

_BLOCK: Final = 12
"""Positions that go through the layers after the LSTM together, for the same reason."""

_UNKNOWN: Final = "<OOV>"
_LSTM: Final = "char_bilstm/bidirectional_rnn/{}/basic_lstm_cell/{}"
_FORGET_BIAS: Final = "char_bilstm/bidirectional_rnn/{0}/{0}/while/{0}/basic_lstm_cell/add/y"

ARRAYS: Final = (
    "Const_1",
    "char_embeding",
    *(_LSTM.format(way, part) for way in ("fw", "bw") for part in ("kernel", "bias")),
    *(_FORGET_BIAS.format(way) for way in ("fw", "bw")),
    *(f"project/{part}" for part in ("hidden/w_tanh", "hidden/b_tanh")),
    *(f"project/{part}" for part in ("output/w_out", "output/b_out")),
    "crf_loss/transitions",
)
"""The arrays of a network, by their names in the graph of FoolNLTK."""


@dataclass(frozen=True, slots=True)
class _Lstm:
    """One direction; the gates stand in the order in, candidate, forget, out."""

    inputs: Scores
    """What each character adds to the gates, biases included: characters x gates."""
    recurrent: Scores

    def __call__(self, numbers: NDArray[np.intp], lengths: Sequence[int]) -> Scores:
        """The states (sentences x positions x units). ``lengths`` must fall."""
        size = len(self.recurrent)
        given = self.inputs[numbers]
        states = np.zeros((*numbers.shape, size), np.float32)
        hidden, cell = (np.zeros((len(numbers), size), np.float32) for _ in range(2))
        active = len(numbers)
        for position in range(numbers.shape[1]):
            while lengths[active - 1] <= position:
                active -= 1
            gates = given[:active, position] + hidden[:active] @ self.recurrent
            enter, candidate, forget, leave = np.split(gates, 4, axis=1)
            cell = _sigmoid(forget) * cell[:active] + _sigmoid(enter) * np.tanh(candidate)
            hidden = _sigmoid(leave) * np.tanh(cell)
            states[:active, position] = hidden
        return states


def _sigmoid(values: Scores) -> Scores:
    result: Scores = (np.tanh(values * np.float32(0.5)) + 1) * np.float32(0.5)
    return result


class CharacterTagger:
    """A network with its tables: sentences in, one tag a character out."""

    def __init__(
        self, arrays: Mapping[str, Scores], characters: Mapping[str, int], tags: Sequence[str]
    ) -> None:
        self._characters = characters
        self._tags = tags
        embedding = np.concatenate([arrays["Const_1"], arrays["char_embeding"]])
        self._forward, self._backward = (_lstm(arrays, way, embedding) for way in ("fw", "bw"))
        self._layers = tuple(arrays[name] for name in ARRAYS[-5:-1])
        self._moves = arrays["crf_loss/transitions"]

    def tags(self, sentences: Sequence[str]) -> list[list[str]]:
        """The tags of each sentence, as many as it has code points; no sentence may be empty."""
        order = sorted(range(len(sentences)), key=lambda index: -len(sentences[index]))
        found: list[list[str]] = [[] for _ in sentences]
        for first in range(0, len(order), BATCH):
            batch = order[first : first + BATCH]
            scored = self._scores([sentences[index] for index in batch])
            for index, scores in zip(batch, scored, strict=True):
                found[index] = self._decoded(scores)
        return found

    def _scores(self, batch: Sequence[str]) -> list[Scores]:
        lengths = [len(sentence) for sentence in batch]
        numbers = np.zeros((len(batch), lengths[0]), np.intp)
        unknown = self._characters[_UNKNOWN]
        for row, sentence in zip(numbers, batch, strict=True):
            row[: len(sentence)] = [self._characters.get(char, unknown) for char in sentence]
        ahead = self._forward(numbers, lengths)
        behind = _turned(self._backward(_turned(numbers, lengths), lengths), lengths)
        states = np.concatenate([ahead, behind], axis=2)
        return [self._out(row[:length]) for row, length in zip(states, lengths, strict=True)]

    def _out(self, states: Scores) -> Scores:
        hidden, hidden_bias, out, out_bias = self._layers
        blocks = (states[at : at + _BLOCK] for at in range(0, len(states), _BLOCK))
        return np.concatenate(
            [np.tanh(block @ hidden + hidden_bias) @ out + out_bias for block in blocks]
        )

    def _decoded(self, scores: Scores) -> list[str]:
        tags = len(self._tags)  # one state more, the start, comes last
        moves = self._moves
        last = np.zeros(tags, np.float32)
        path = best_path(scores, moves[:tags, :tags], moves[tags, :tags], last)
        return [self._tags[tag] for tag in path]


def _lstm(arrays: Mapping[str, Scores], way: str, embedding: Scores) -> _Lstm:
    kernel, bias = (arrays[_LSTM.format(way, part)] for part in ("kernel", "bias"))
    size = kernel.shape[1] // 4
    inputs = embedding @ kernel[:-size] + bias
    inputs[:, 2 * size : 3 * size] += arrays[_FORGET_BIAS.format(way)]
    return _Lstm(inputs, np.ascontiguousarray(kernel[-size:]))


_Rows = TypeVar("_Rows", bound=NDArray[Any])


def _turned(rows: _Rows, lengths: Sequence[int]) -> _Rows:
    """Each sentence back to front, what pads it left at the end."""
    turned = rows.copy()
    for to, row, length in zip(turned, rows, lengths, strict=True):
        to[:length] = row[:length][::-1]
    return turned
