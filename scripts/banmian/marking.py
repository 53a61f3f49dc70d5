"""Marking sheets: what annotators write, read into layers and written for them to fill in.

Annotators do not count offsets. An articles sheet names lines and quotes pieces of them (grammar:
annotations/guidelines/articles.md §8); an entities sheet wraps mentions in ``⟦…|LABEL⟧``; a words
sheet puts ``|`` between words. In the last two the text must stay as it was, which is checked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from banmian.corpus import sha256_text
from banmian.errors import DataFault
from banmian.layers import Entity, ItemEntities, ItemWords
from banmian.spans import Segmentation, Span
from banmian.tagset import EntityLabel, named

OPEN, CLOSE, BAR, ESCAPE = "⟦", "⟧", "|", "\\"
MARK = re.compile(r"\\(?P<escaped>[⟦⟧|\\])|(?P<open>⟦)|\|(?P<label>[A-Z_]+)⟧|(?P<stray>[⟦⟧\\])")

PIECE = re.compile(r"\s+|(?:\\.|[^\s\\|])+")
"""A run of blanks, or of what stands between bars and blanks; a backslash takes what follows."""


def items_of(sheet: str) -> Iterator[tuple[int, str, str]]:
    """Line, item id and marked text of each ``# <item id>`` section of a sheet."""
    lines = list(enumerate(sheet.split("\n"), start=1))
    start, id, body = 0, "", list[str]()
    for number, line in [*lines, (len(lines) + 1, "# ")]:
        if not line.startswith("# "):
            body.append(line)
            continue
        if id:
            yield start, id, "\n".join(body).strip("\n")
        start, id, body = number + 1, line[2:].strip(), []


def escaped(text: str) -> str:
    """``text`` with the characters that a sheet uses as marks preceded by a backslash."""
    return re.sub(r"([⟦⟧|\\])", r"\\\1", text)


def blank_sheet(texts: Mapping[str, str]) -> str:
    """The sheet of an entities or words pass before anything is marked."""
    return "".join(f"# {id}\n{escaped(text)}\n\n" for id, text in texts.items())


def entities_from_sheet(sheet: str, texts: Mapping[str, str]) -> tuple[ItemEntities, ...]:
    """The mentions marked in ``sheet``; refuses a section whose text is not the item's."""
    found = []
    for line, id, marked in items_of(sheet):
        text, entities = unmarked(marked, line)
        _refuse_changed(id, text, texts, line)
        found.append(ItemEntities(id, sha256_text(text), tuple(entities)))
    _refuse_missing(texts, [item.item for item in found])
    return tuple(found)


def unmarked(marked: str, line: int) -> tuple[str, list[Entity]]:
    """The text without its marks, and the mentions marked in it; ``line`` is for findings."""
    text: list[str] = []
    entities: list[Entity] = []
    start: int | None = None
    at = length = 0
    for mark in MARK.finditer(marked):
        text.append(marked[at : mark.start()])
        length += mark.start() - at
        at = mark.end()
        here = line + marked.count("\n", 0, mark.start())
        if mark["escaped"]:
            text.append(mark["escaped"])
            length += 1
        elif mark["open"] and start is None:
            start = length
        elif mark["label"] and start is not None:
            label = named(EntityLabel, mark["label"], "label-unknown")
            entities.append(Entity(Span(start, length), label))
            start = None
        else:
            raise _sheet_fault(here, f"{mark[0]!r} does not pair", "write ⟦mention|LABEL⟧, flat")
    if start is not None:
        raise _sheet_fault(line, "a ⟦ is never closed", "write ⟦mention|LABEL⟧")
    text.append(marked[at:])
    return "".join(text), entities


def words_from_sheet(sheet: str, texts: Mapping[str, str]) -> tuple[ItemWords, ...]:
    """The words of ``sheet``; refuses a section whose text is not the item's."""
    found = []
    for line, id, marked in items_of(sheet):
        pieces = [re.sub(r"\\(.)", r"\1", piece) for piece in PIECE.findall(marked)]
        _refuse_changed(id, "".join(pieces), texts, line)
        words = Segmentation.from_pieces(texts[id], pieces).words
        found.append(ItemWords(id, sha256_text(texts[id]), words))
    _refuse_missing(texts, [item.item for item in found])
    return tuple(found)


def entities_to_sheet(items: tuple[ItemEntities, ...], texts: Mapping[str, str]) -> str:
    """The sheet that :func:`entities_from_sheet` reads back as ``items``."""
    sections = []
    for item in items:
        text, at, parts = texts[item.item], 0, list[str]()
        for entity in item.entities:
            parts.append(escaped(text[at : entity.span.start]))
            parts.append(f"{OPEN}{escaped(entity.span.of(text))}{BAR}{entity.label}{CLOSE}")
            at = entity.span.end
        sections.append(f"# {item.item}\n{''.join(parts)}{escaped(text[at:])}\n\n")
    return "".join(sections)


def words_to_sheet(items: tuple[ItemWords, ...], texts: Mapping[str, str]) -> str:
    """The sheet that :func:`words_from_sheet` reads back as ``items``."""
    sections = []
    for item in items:
        text, at, parts = texts[item.item], 0, list[str]()
        for word in item.words:
            parts.append(text[at : word.start] or (BAR if at else ""))
            parts.append(escaped(word.of(text)))
            at = word.end
        sections.append(f"# {item.item}\n{''.join(parts)}{text[at:]}\n\n")
    return "".join(sections)


def _refuse_changed(id: str, text: str, texts: Mapping[str, str], line: int) -> None:
    if id not in texts:
        raise _sheet_fault(line, f"{id} is no item of this issue", f"one of {', '.join(texts)}")
    if text == texts[id]:
        return
    same = next((i for i, (a, b) in enumerate(zip(text, texts[id], strict=False)) if a != b), 0)
    raise _sheet_fault(
        line + text.count("\n", 0, same),
        f"{id}: after {text[max(0, same - 10) : same]!r} the sheet has "
        f"{text[same : same + 10]!r}, the item {texts[id][same : same + 10]!r}",
        "mark the text, do not change it",
    )


def _refuse_missing(texts: Mapping[str, str], given: list[str]) -> None:
    twice = sorted({id for id in given if given.count(id) > 1})
    missing = [id for id in texts if id not in given]
    if twice or missing:
        raise DataFault(
            "sheet-items",
            f"missing: {', '.join(missing) or 'none'}; given twice: {', '.join(twice) or 'none'}",
            "one section an item, each item once",
        )


def _sheet_fault(line: int, what: str, remedy: str) -> DataFault:
    return DataFault("sheet-syntax", f"line {line}: {what}", remedy)
