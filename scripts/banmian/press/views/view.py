"""What an extractor gives for a page, each code point traced to the painted glyph it is.

Two liberties are taken with what an extractor gives, so that every view holds the same print:
a painted blank or hyphen that it dropped is put back at its place (an inserted blank that stands
there becomes it), and of a character painted twice the copy that was kept counts as the text.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from banmian.errors import DataFault
from banmian.press.sheet import Glyph, Print, Sheet

Cell = tuple[str, int | None]
"""A code point of a view and the index of its glyph; None where the extractor inserted it."""


DROPPED = frozenset("-\u00ad\u2010\u2011")
"""What extractors drop at a line end, besides blanks."""


@dataclass(frozen=True, slots=True)
class View:
    """A page's text; ``glyphs`` holds, for each code point, its index in ``Sheet.glyphs()``.

    The index is None where the extractor inserted a line feed or a blank.
    """

    name: str
    text: str
    glyphs: tuple[int | None, ...]

    def __post_init__(self) -> None:
        if len(self.text) != len(self.glyphs):
            raise DataFault(
                "view-length",
                f"view {self.name}: {len(self.text)} code points, {len(self.glyphs)} glyphs",
                "give an index or None for each code point",
            )

    @classmethod
    def of(cls, name: str, cells: Iterable[Cell]) -> View:
        """The view that ``cells`` spell."""
        cells = list(cells)
        return cls(name, "".join(char for char, _ in cells), tuple(glyph for _, glyph in cells))


def settled(name: str, cells: Sequence[Cell], sheet: Sheet) -> View:
    """The view of ``cells``, kept copies counted as text, dropped blanks and hyphens put back."""
    glyphs = list(sheet.glyphs())
    return View.of(name, _with_dropped(_with_texts(cells, glyphs), glyphs))


def _with_texts(cells: Sequence[Cell], glyphs: Sequence[Glyph]) -> list[Cell]:
    """Where the text of an overprint was dropped, its first kept copy becomes the text."""
    kept = {glyph for _, glyph in cells}
    dropped = {
        (glyph.source.element, glyph.source.offset): index
        for index, glyph in enumerate(glyphs)
        if glyph.source.printed is Print.TEXT and index not in kept
    }
    if not dropped:
        return list(cells)
    found: list[Cell] = []
    for char, index in cells:
        if index is not None and glyphs[index].source.printed is Print.COPY:
            source = glyphs[index].source
            index = dropped.pop((source.element, source.offset), index)
        found.append((char, index))
    return found


def _with_dropped(cells: list[Cell], glyphs: Sequence[Glyph]) -> list[Cell]:
    places = {
        _place(glyphs[index]): at
        for at, (_, index) in enumerate(cells)
        if index is not None and glyphs[index].source.printed is Print.TEXT
    }
    dropped = sorted(
        (*_place(glyph), index)
        for index, glyph in enumerate(glyphs)
        if glyph.source.printed is Print.TEXT
        and (glyph.char.isspace() or glyph.char in DROPPED)
        and _place(glyph) not in places
    )
    if not dropped:
        return cells
    before: dict[int, list[Cell]] = {}
    after: dict[int, list[Cell]] = {}
    for element, offset, index in dropped:
        back = (char_at := places.get((element, offset - 1))) is not None
        near = char_at if char_at is not None else _next_place(places, element, offset)
        if near is None:
            continue  # nothing of the element is on the page: ``accounted`` says so
        cell = glyphs[index].char, index
        free = _inserted_blank(cells, near, 1 if back else -1) if cell[0].isspace() else None
        if free is not None:
            cells[free] = cell
        else:
            (after if back else before).setdefault(near, []).append(cell)
        places[element, offset] = free if free is not None else near
    return [
        cell
        for at, own in enumerate(cells)
        for cell in (*before.get(at, ()), own, *after.get(at, ()))
    ]


def _place(glyph: Glyph) -> tuple[int, int]:
    return glyph.source.element, glyph.source.offset


def _next_place(places: dict[tuple[int, int], int], element: int, offset: int) -> int | None:
    following = [at for at in places if at[0] == element and at[1] > offset]
    return places[min(following)] if following else None


def _inserted_blank(cells: Sequence[Cell], near: int, step: int) -> int | None:
    """The inserted blank next to ``near``, on its line, if there is one."""
    at = near + step
    if 0 <= at < len(cells) and cells[at] == (" ", None):
        return at
    return None


def accounted(sheet: Sheet, view: View) -> None:
    """Raise :class:`DataFault` unless ``view`` holds exactly the print of ``sheet``.

    Each glyph that prints text must be there once, copies and hyphens at most once; each code
    point must be its glyph's character, and what is inserted must be white space.
    """
    glyphs = list(sheet.glyphs())
    seen: set[int] = set()
    for at, (char, index) in enumerate(zip(view.text, view.glyphs, strict=True)):
        if index is None:
            if not char.isspace():
                raise _fault("view-inserted", sheet, view, f"{char!r} at {at} is painted nowhere")
            continue
        if index in seen or not 0 <= index < len(glyphs):
            raise _fault("view-glyph", sheet, view, f"glyph {index} at {at} is unknown or twice")
        if glyphs[index].char != char:
            raise _fault(
                "view-character", sheet, view, f"{char!r} at {at} is {glyphs[index].char!r}"
            )
        seen.add(index)
    for index, glyph in enumerate(glyphs):
        if index not in seen and glyph.source.printed is Print.TEXT:
            raise _fault(
                "view-missing", sheet, view, f"{glyph.char!r}, glyph {index}, is not there"
            )


def _fault(id: str, sheet: Sheet, view: View, what: str) -> DataFault:
    return DataFault(
        id,
        f"page {sheet.number}, view {view.name}: {what}",
        "the view was not made from this sheet, or its extractor reads the page wrongly",
    )
