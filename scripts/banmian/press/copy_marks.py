"""The marks on an issue's copy: the gold in the manuscripts, and the passes it was made from.

``annotations/copy/entities/{a,b}/<code>/<date>.txt`` is the same copy with the marks of one pass
(a: the writer's own; b: a second, independent one). ``annotations/copy/words/{a,b,gold}/…`` holds
words sheets (``banmian.marking``) of whole manuscripts, for the issues that were segmented.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from banmian.corpus import decoded
from banmian.errors import DataFault
from banmian.manuscripts import Copy, Manuscript, read_copy
from banmian.marking import items_of, words_from_sheet
from banmian.press.pressing import Marks
from banmian.press.projection import BlockWords
from banmian.spans import Span
from banmian.tagset import Role, Status

PASSES = ("a", "b")
ANNOTATORS = {
    "a": "the writer's marks: the language model that wrote the copy",
    "b": "second pass: a fresh session of the language model, plain copy and guideline only",
}
WORD_ANNOTATORS = {
    "a": "word pass a: the session of the language model that built the release, line by line "
    "over a machine's cut (pkuseg, or an earlier pass)",
    "b": "word pass b: fresh sessions of the language model with the guideline only, line by line "
    "over another machine's cut (jieba) or none",
}


def marks_of(root: Path, copy: Copy) -> list[Marks]:
    """The gold marks of an issue's copy, then those of each pass that there is."""
    annotations = root / "annotations"
    place = f"{copy.title}/{copy.day.isoformat()}.txt"
    given = {one: annotations / "copy" / "entities" / one / place for one in PASSES}
    twice = given["b"].is_file()
    cut_twice = all((annotations / "copy" / "words" / one / place).is_file() for one in PASSES)
    gold = Marks(
        folder="",
        copy=copy,
        words=_words(annotations / "copy" / "words" / "gold" / place, copy),
        annotator="adjudicated from passes a and b" if twice else ANNOTATORS["a"],
        status=Status.GOLD if twice else Status.SILVER,
        word_status=Status.GOLD if cut_twice else Status.SILVER,
        word_annotator="adjudicated from passes a and b" if cut_twice else WORD_ANNOTATORS["a"],
    )
    found = [gold]
    for one, path in given.items():
        words = _words(annotations / "copy" / "words" / one / place, copy)
        marked = _same_copy(read_copy(path), copy, path) if twice and path.is_file() else None
        if words or marked:
            by = ANNOTATORS[one]
            found.append(
                Marks(
                    folder=f"passes/{one}/",
                    copy=marked,
                    words=words,
                    annotator=by,
                    status=Status.SILVER,
                    word_status=Status.SILVER,
                    word_annotator=WORD_ANNOTATORS[one],
                )
            )
    return found


def _same_copy(marked: Copy, copy: Copy, path: Path) -> Copy:
    for one, other in zip(marked.manuscripts, copy.manuscripts, strict=False):
        if [b.text for b in one.blocks] != [b.text for b in other.blocks]:
            raise DataFault(
                "text-changed",
                f"{path.name}: {other.id} is not the text of the manuscript",
                "marks are made on the copy as it stands: mark it again",
            )
    if len(marked.manuscripts) != len(copy.manuscripts):
        raise DataFault("text-changed", f"{path.name} lacks manuscripts", "mark the whole copy")
    return marked


def _words(path: Path, copy: Copy) -> BlockWords:
    """The words of every block that the sheet at ``path`` segments; none without a sheet."""
    if not path.is_file():
        return {}
    sheet = decoded(path.read_bytes(), path.name)
    given = {id for _, id, _ in items_of(sheet)}
    chosen = {one.id: one for one in copy.manuscripts if one.id in given}
    items = words_from_sheet(sheet, {id: one.text for id, one in chosen.items()})
    return {key: words for item in items for key, words in _by_block(chosen[item.item], item.words)}


def _by_block(
    manuscript: Manuscript, words: tuple[Span, ...]
) -> Iterator[tuple[tuple[str, int], tuple[Span, ...]]]:
    start = 0
    for number, block in enumerate(manuscript.blocks):
        if block.role is Role.TEASER:
            continue
        end = start + len(block.text)
        own = tuple(w.shifted(-start) for w in words if start <= w.start and w.end <= end)
        yield (manuscript.id, number), own
        start = end + 1
