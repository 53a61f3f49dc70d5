"""What adapters of segmenters and taggers share: sentence by sentence, laid onto the text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Final, TypeVar

from banmian.errors import DataFault
from banmian.spans import Segmentation
from banmian_bench.label_maps import label_map
from banmian_bench.protocol import PredictedEntity, Request, Task
from banmian_bench.systems.sentences import sentences
from banmian_bench.systems.text_system import TextSystem

POS_PROXY: Final = "POS proxy: part-of-speech tags of single words, no entity recogniser"

_Model = TypeVar("_Model")


class WordSystem(TextSystem):
    """A segmenter that takes one sentence at a time; blanks may be missing from what it returns."""

    tasks = frozenset({Task.WORDS})

    def cut(self, sentence: str) -> Sequence[str]:
        """The words of ``sentence``, in order."""
        raise NotImplementedError

    def words(self, request: Request) -> tuple[tuple[int, int], ...]:
        return tuple(
            (start + word.start, start + word.end)
            for start, sentence in sentences(request.text)
            for word in Segmentation.from_pieces(sentence, self.cut(sentence)).words
        )


class TagSystem(TextSystem):
    """A part-of-speech tagger in the place of a recogniser: words with a tag of a name.

    ``labels`` names the label map; a tag that is not in it is no name.
    """

    tasks = frozenset({Task.ENTITIES})
    labels: str

    @cached_property
    def _names(self) -> frozenset[str]:
        return frozenset(label_map(self.labels).targets)

    def tag(self, sentence: str) -> Sequence[tuple[str, str]]:
        """The words of ``sentence`` with their tags, in order."""
        raise NotImplementedError

    def entities(self, request: Request) -> tuple[PredictedEntity, ...]:
        return tuple(
            PredictedEntity(at, end, tag)
            for start, sentence in sentences(request.text)
            for at, end, tag in tagged_spans(start, sentence, self.tag(sentence))
            if tag in self._names
        )


def tagged_spans(
    start: int, sentence: str, tagged: Sequence[tuple[str, str]]
) -> Iterator[tuple[int, int, str]]:
    """Where each tagged word stands, given that the sentence stands at ``start``.

    Blanks around words are left out, and so are blank words. :class:`DataFault` if the words do
    not spell the sentence, blanks apart.
    """
    at = 0
    for word, tag in tagged:
        bare = word.strip()
        if not bare:
            continue
        at = _after_blanks(sentence, at)
        if not sentence.startswith(bare, at):
            raise DataFault(
                "words-tiling",
                f"{bare!r} does not continue {sentence[:20]!r}… at {at}",
                "a tagger must return the characters that it was given",
            )
        yield start + at, start + at + len(bare), tag
        at += len(bare)


def _after_blanks(sentence: str, at: int) -> int:
    while at < len(sentence) and sentence[at].isspace():
        at += 1
    return at


def loaded(model: _Model | None, name: str) -> _Model:
    """``model``; RuntimeError where ``load`` of the system ``name`` was not called."""
    if model is None:
        raise RuntimeError(f"{name}: call load() first")
    return model
