"""The marks of a sheet as the operators of a PDF's content stream.

A line of text is one ``Tm`` and one ``TJ``, the form that page layout programs write: ``TJ``
carries adjustments wherever a glyph does not start where the one before it ends.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import chain, groupby

from banmian.press.coding import PageCodes
from banmian.press.fonts import FontBook
from banmian.press.pdf_fonts import font_name, glyph_width
from banmian.press.pdf_objects import numbers
from banmian.press.sheet import (
    Colour,
    Glyph,
    Mark,
    Outline,
    Picture,
    Rule,
    Run,
    Sheet,
    TextHabits,
    Tint,
)

Point = tuple[float, float]
LEAST_ADJUSTMENT = 0.02  # thousandths of the size: far below what anyone can see or measure
EM = 1000


class Painter:
    """Paints one sheet; ``pictures`` are what the page's resources call its pictures."""

    def __init__(
        self, book: FontBook, page: PageCodes, habits: TextHabits, pictures: Mapping[Picture, str]
    ) -> None:
        self._book = book
        self._page = page
        self._habits = habits
        self._pictures = pictures
        self._codes = iter(page.codes)

    def stream(self, sheet: Sheet) -> bytes:
        """The content stream, in painting order."""
        return "\n".join(self._mark(mark) for mark in sheet.marks).encode("ascii")

    def _mark(self, mark: Mark) -> str:
        match mark:
            case Run():
                return self._run(mark)
            case Outline():
                return "\n".join(self._curves(glyph, mark.colour) for glyph in mark.glyphs)
            case Rule():
                return _rule(mark)
            case Tint():
                return _tint(mark)
            case Picture():
                place = numbers(mark.width, 0, 0, mark.height, mark.x, mark.y)
                return f"q {place} cm /{self._pictures[mark]} Do Q"

    def _run(self, run: Run) -> str:
        state = _colour(run.colour, "rg")
        if run.stroke:
            state += f" {_colour(run.colour, 'RG')} {numbers(run.stroke)} w 2 Tr"
        lines = "\n".join(self._line(list(line)) for _, line in groupby(run.glyphs, _line_key))
        return f"q {state} BT\n{lines}\nET Q"

    def _line(self, glyphs: list[Glyph]) -> str:
        first = glyphs[0]
        width = first.size * first.stretch
        matrix = numbers(width, 0, 0, first.size, first.x, first.y)
        shown = "".join(self._shown(glyphs, width)).replace("><", "")
        return f"/{font_name(first.face)} 1 Tf {matrix} Tm [{shown}] TJ"

    def _shown(self, glyphs: list[Glyph], width: float) -> Iterator[str]:
        font = self._page.fonts[glyphs[0].face]
        pen = glyphs[0].x
        for glyph in glyphs:
            code = next(self._codes)
            adjustment = round((pen - glyph.x) / width * EM, 2)
            if abs(adjustment) >= LEAST_ADJUSTMENT:
                yield numbers(adjustment)
                pen -= adjustment * width / EM
            yield f"<{code:04X}>"
            pen += glyph_width(font.face, font.entries[code - 1][0], self._habits) * width / EM

    def _curves(self, glyph: Glyph, colour: Colour) -> str:
        face = self._book.face(glyph.face)
        scale = glyph.size / EM
        place = numbers(scale * glyph.stretch, 0, 0, scale, glyph.x, glyph.y)
        path = " ".join(_path(face.outline(face.glyph(glyph.char, glyph.upright))))
        return f"q {_colour(colour, 'rg')} {place} cm {path} f Q" if path else ""


def _line_key(glyph: Glyph) -> tuple[str, float, float, float]:
    return glyph.face, glyph.size, glyph.stretch, glyph.y


def _rule(rule: Rule) -> str:
    dash = "[2 2] 0 d " if rule.dashed else ""
    ends = f"{numbers(rule.x1, rule.y1)} m {numbers(rule.x2, rule.y2)} l"
    return f"q {_colour(rule.colour, 'RG')} {numbers(rule.width)} w {dash}{ends} S Q"


def _tint(tint: Tint) -> str:
    box = f"{numbers(tint.x, tint.y, tint.width, tint.height)} re"
    fill = f"{_colour(tint.fill, 'rg')} " if tint.fill else ""
    frame = f"{_colour(tint.frame, 'RG')} {numbers(tint.line)} w " if tint.frame else ""
    painted = {(True, True): "B", (True, False): "f", (False, True): "S", (False, False): "n"}
    return f"q {fill}{frame}{box} {painted[bool(fill), bool(frame)]} Q"


def _path(outline: bytes) -> Iterator[str]:
    """Path operators for an entry of a ``glyf`` table, its curves made cubic."""
    from fontTools.pens.basePen import BasePen
    from fontTools.ttLib.tables._g_l_y_f import Glyph as Entry

    operators: list[str] = []

    class Pen(BasePen):  # type: ignore[misc]
        def _moveTo(self, point: Point) -> None:  # noqa: N802
            operators.append(f"{numbers(*point)} m")

        def _lineTo(self, point: Point) -> None:  # noqa: N802
            operators.append(f"{numbers(*point)} l")

        def _curveToOne(self, *points: Point) -> None:  # noqa: N802
            operators.append(f"{numbers(*chain.from_iterable(points))} c")

        def _closePath(self) -> None:  # noqa: N802
            operators.append("h")

    if outline:
        entry = Entry(outline)
        entry.expand(None)
        entry.draw(Pen(None), None)
    yield from operators


def _colour(colour: Colour, operator: str) -> str:
    return f"{numbers(*colour)} {operator}"
