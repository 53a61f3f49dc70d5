"""Page furniture: the masthead of the front page, the head of every other page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from random import Random

from banmian.press.blocks import FALLBACK, Desk
from banmian.press.display import Align, DisplayStyle, set_line
from banmian.press.grid import Group, Part
from banmian.press.sheet import BLACK, Colour, Mark, Outline, Print, Rule, Run
from banmian.tagset import FurnitureKind

WEEKDAYS = "一二三四五六日"
INNER_ROWS = 2
"""rows of the grid that the head of an inner page takes"""


@dataclass(frozen=True, slots=True)
class Dateline:
    """What the furniture of one issue says of it."""

    day: date
    pages: int
    editors: tuple[str, ...]

    @classmethod
    def drawn(cls, desk: Desk, day: date, pages: int, rng: Random) -> Dateline:
        """The issue of ``day``, its editors drawn from the house's staff."""
        wording = desk.house.wording
        names = []
        for _ in range(pages):
            chief, editor, reader = rng.sample(wording.staff, 3)
            names.append(wording.editors.format(chief=chief, editor=editor, reader=reader))
        return cls(day, pages, tuple(names))


class Masthead:
    """Paints furniture; ``faces`` are the house's."""

    def __init__(self, desk: Desk, dateline: Dateline) -> None:
        self._desk = desk
        self._line = dateline
        self._small = desk.house.type.size * 0.92

    def front(self) -> list[Group]:
        """The front page's masthead, in the rows that the format gives it."""
        desk, wording, form = self._desk, self._desk.house.wording, self._desk.house.format
        accent = desk.house.manner.accent
        top = form.height - form.margin
        height = (form.masthead - 2) * form.pitch
        left, width = form.margin, form.width - 2 * form.margin
        groups = [self._nameplate(left, top, (width * 0.52, height))]
        x = left + width * 0.54
        groups += self._date(x, top, width * 0.14, height)
        x, room = left + width * 0.70, width * 0.30
        day = self._line.day
        number = f"总第{wording.number(day)}期 今日{self._line.pages}版"
        kinds = FurnitureKind
        rows: list[tuple[FurnitureKind, list[str]]] = [
            (kinds.REGISTRATION, list(wording.registration)),
            (kinds.HOTLINE, [wording.hotline_label, *wording.hotlines]),
            (kinds.LABEL, list(wording.labels)),
            (kinds.ISSUE_NUMBER, [number]),
            (kinds.REGISTRATION, [wording.web]),
        ]
        y = top
        step = height / (sum(len(texts) for _, texts in rows) + 0.5)
        for kind, texts in rows:
            for element in self._elements(kind, texts):
                groups.append(self._text(element, (x, y - step), room, "hei", Align.LEFT))
                y -= step
        organ = self._elements(kinds.ORGAN, [wording.organ])[0]
        foot = top - height - 0.3 * form.pitch
        half = width / 2
        groups.append(self._text(organ, (left, foot), half, "hei-medium", Align.LEFT))
        if wording.slogan:
            slogan = self._elements(kinds.SLOGAN, [wording.slogan])[0]
            groups.append(self._text(slogan, (left + half, foot), half, "kai", Align.RIGHT))
        rules = tuple(
            Rule(left, foot - offset, left + width, foot - offset, weight, accent)
            for offset, weight in ((5.0, 2.0), (8.0, 0.5))
        )
        groups.append(Group(Part.GROUND, rules))
        editors = self._elements(kinds.EDITORS, [self._line.editors[0]])[0]
        y = foot - 8.0 - form.pitch * 0.9
        groups.append(self._text(editors, (left, y), width, "kai", Align.RIGHT))
        return groups

    def inner(self, page: int) -> list[Group]:
        """The head of page ``page`` (from 2)."""
        desk, wording, form = self._desk, self._desk.house.wording, self._desk.house.format
        left, width = form.margin, form.width - 2 * form.margin
        y = form.height - form.margin - form.pitch * 0.85
        third = width / 3
        kinds = FurnitureKind
        day = self._line.day
        section = wording.sections[page % len(wording.sections)]
        stamp = f"{day.year}年{day.month}月{day.day}日 星期{WEEKDAYS[day.weekday()]}"
        lines = (
            (kinds.FOLIO, wording.folio.format(page=page), left, third * 0.3, "hei-bold"),
            (kinds.SECTION, section, left + third * 0.35, third * 0.6, "song-bold"),
            (kinds.DATE, stamp, left + third, third * 0.6, "hei"),
            (kinds.EDITORS, self._line.editors[page - 1], left + third * 1.65, third, "kai"),
            (kinds.NAMEPLATE, wording.title, left + third * 2.68, third * 0.32, "kai-bold"),
        )
        groups = []
        for kind, text, x, room, face in lines:
            element = self._elements(kind, [text])[0]
            align = Align.RIGHT if kind is kinds.NAMEPLATE else Align.LEFT
            groups.append(self._text(element, (x, y), room, face, align))
        rule = Rule(left, y - 5.0, left + width, y - 5.0, 0.9, desk.house.manner.accent)
        return [*groups, Group(Part.GROUND, (rule,))]

    def _elements(self, kind: FurnitureKind, texts: Sequence[str]) -> list[int]:
        return self._desk.cast.furniture(kind, *texts)

    def _text(
        self, element: int, at: tuple[float, float], width: float, face: str, align: Align
    ) -> Group:
        run = self._run(element, at, width, DisplayStyle(face, self._small, align))
        return Group(Part.FURNITURE, (run,))

    def _run(self, element: int, at: tuple[float, float], width: float, style: DisplayStyle) -> Run:
        style = replace(style, fallback=FALLBACK)
        return set_line(self._desk.copy(element), style, self._desk.metrics, at, width)

    def _nameplate(self, x: float, top: float, room: tuple[float, float]) -> Group:
        house, (width, height) = self._desk.house, room
        accent: Colour = house.manner.accent
        title, english = self._elements(
            FurnitureKind.NAMEPLATE, [house.wording.title, house.wording.english]
        )
        size = min(height * 0.78, width / len(house.wording.title) * 0.98)
        style = DisplayStyle(house.type.display, size, Align.JUSTIFY, colour=accent)
        name = self._run(title, (x, top - 0.86 * size), width, style)
        small = DisplayStyle("hei-bold", self._small, letter_em=0.5, colour=accent)
        latin = self._run(english, (x, top - 0.86 * size - 2.0 * self._small), width, small)
        hidden = house.painting.outlined_nameplate
        mark: Mark = Outline(name.glyphs, name.colour) if hidden else name
        return Group(Part.FURNITURE, (mark, latin))

    def _date(self, x: float, top: float, width: float, height: float) -> list[Group]:
        """Month, day, weekday; the day is large, and painted late and twice in some houses."""
        house, day = self._desk.house, self._line.day
        month, number, weekday = self._elements(
            FurnitureKind.DATE,
            [f"{day.year}年{day.month}月", f"{day.day}", f"星期{WEEKDAYS[day.weekday()]}"],
        )
        size = min(height * 0.42, 34.0)
        large = DisplayStyle("hei-black", size, colour=house.manner.accent)
        run = self._run(number, (x, top - 1.4 * self._small - size), width, large)
        text = DisplayStyle("hei", self._small, colour=BLACK)
        groups = [
            Group(Part.FURNITURE, (self._run(month, (x, top - self._small), width, text),)),
            Group(
                Part.FURNITURE,
                (self._run(weekday, (x, top - height + 0.4 * self._small), width, text),),
            ),
        ]
        if not house.painting.overprinted_day:
            return [groups[0], Group(Part.FURNITURE, (run,)), groups[1]]
        copies = tuple(replace(g, source=replace(g.source, printed=Print.COPY)) for g in run.glyphs)
        twice = (run, Run(copies, run.colour, stroke=0.8))
        return [*groups, Group(Part.LATE, twice)]
