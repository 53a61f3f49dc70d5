"""A story as a block: head, byline, picture with caption, and its body threaded through columns."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from math import ceil
from random import Random

from banmian.manuscripts import Form
from banmian.press.blocks import FALLBACK, Desk
from banmian.press.casting import CastPiece
from banmian.press.display import Align, DisplayStyle, set_line
from banmian.press.grid import Group, Part, Place
from banmian.press.heads import HeadLine, HeadSizes, Upright, head_of, paint_head, upright_head
from banmian.press.houses import House
from banmian.press.kinsoku import hyphen_points
from banmian.press.setting import EM_TOP, CrossheadSetting, DropCap, Setting
from banmian.press.sheet import Mark, Picture, Rule, Tint
from banmian.press.typesetting import Slot, Story, StoryBlock
from banmian.tagset import ItemKind, Role

PADDING = 9.0
LEAST_MEASURE = 9.5
"""ems; no column of a body is narrower"""
WHITE = 1
"""rows of white that a story may take beyond its own"""
LEAST_DEPTH = 4
"""rows; a body over several columns is at least as deep"""
PICTURE_STRETCH = 14
MOST_ROWS = 400


@dataclass(frozen=True, slots=True)
class Manners:
    """What was chosen for one story, by its house's shares."""

    boxed: bool
    vertical: bool
    outlined: bool
    drop_cap: bool
    two_measures: bool
    wide_picture: bool
    face: str
    tracking: float
    seed: int

    @classmethod
    def chosen(cls, house: House, rng: Random, small: bool) -> Manners:
        """Drawn from ``rng``, always as many draws; ``small`` pieces are plain."""
        manner = house.manner
        boxed, vertical, outlined, cap, measures, wide = (
            rng.random() < share
            for share in (
                manner.boxed,
                manner.vertical,
                manner.outlined,
                manner.drop_caps,
                manner.two_measures,
                0.5,
            )
        )
        face, tracking = rng.choice(house.type.headlines), rng.choice((0.0, house.type.tracking))
        return cls(
            boxed and not vertical,
            vertical and not small,
            outlined and not small,
            cap and not small,
            measures and not small and not boxed and not vertical,
            wide,
            face,
            tracking,
            rng.getrandbits(31),
        )


@dataclass(frozen=True, slots=True)
class Plan:
    """How a story stands at one width; heights in rows, lengths in points."""

    head: tuple[HeadLine, ...]
    upright: Upright | None
    head_rows: int
    byline_rows: int
    left: float
    measure: float
    measures: int
    picture_columns: int
    picture_rows: int
    caption_rows: int
    wide_rows: int
    """rows set in half as many columns of double measure, below the others"""
    body_rows: int
    rows: int


class StoryLayout:
    """One story (or brief, picture story, notice, forecast) as a block."""

    def __init__(self, desk: Desk, piece: CastPiece, manners: Manners, sizes: HeadSizes) -> None:
        self._desk = desk
        self._piece = piece
        self._manners = manners
        self._sizes = sizes
        elements = desk.cast.elements
        blocks = [
            StoryBlock(
                at,
                elements[at].text,
                elements[at].role or Role.BODY,
                hyphens=hyphen_points(elements[at].text),
            )
            for at in piece.story
        ]
        self._story = Story(blocks, self._setting(manners.drop_cap), desk.metrics)
        caption = piece.parts.get(Role.CAPTION)
        self._caption = (
            None
            if caption is None
            else Story([StoryBlock(caption, elements[caption].text)], self._small(), desk.metrics)
        )
        self._plans: dict[int, Plan | None] = {}

    def rows(self, columns: int) -> int | None:
        """The rows it needs at a width, None where it cannot be that wide."""
        plan = self._plan(columns)
        return plan.rows if plan else None

    def stretch(self, columns: int) -> int:
        """Rows beyond its own that it can fill: a picture over all columns grows."""
        plan = self._plan(columns)
        if plan is None or plan.picture_columns < plan.measures:
            return WHITE
        return PICTURE_STRETCH if plan.picture_rows else WHITE

    def paint(self, place: Place) -> list[Group]:
        """Its marks in a place of at least its rows."""
        plan = self._plan(place.columns)
        assert plan is not None, "a block is placed only at a width it gave rows for"
        spare = place.rows - plan.rows
        grows = plan.picture_rows > 0 and plan.picture_columns == plan.measures
        taller = min(spare, PICTURE_STRETCH) if grows else 0
        white = min(WHITE, spare - taller)
        return list(self._groups(plan, place, taller, white))

    def _setting(self, drop_cap: bool) -> Setting:
        face = self._desk.house.type
        small = self._piece.manuscript.form in (Form.NOTICE, Form.WEATHER)
        size = face.size * (0.94 if small else 1.0)
        cap = DropCap(2, self._desk.house.format.pitch * 1.9, face.lead) if drop_cap else None
        return Setting(
            face=face.caption if small else face.body,
            size=size,
            gap_em=face.gap_em,
            split_numbers=face.split_numbers,
            tracking=self._manners.tracking,
            lead_face=face.lead,
            fallback=FALLBACK,
            hang=face.hang,
            crosshead=CrossheadSetting(
                face.crosshead, size * 1.06, face.crosshead_lines, face.crosshead_centred
            ),
            drop_cap=cap,
        )

    def _small(self) -> Setting:
        face = self._desk.house.type
        return Setting(
            face.caption, face.size * 0.93, 0.0, face.gap_em, face.split_numbers, fallback=FALLBACK
        )

    def _plan(self, columns: int) -> Plan | None:
        if columns not in self._plans:
            self._plans[columns] = self._made(columns)
        return self._plans[columns]

    def _made(self, columns: int) -> Plan | None:
        desk, piece, size = self._desk, self._piece, self._desk.house.type.size
        inset = PADDING if self._manners.boxed else 0.0
        inner = desk.grid.width(columns) - 2 * inset
        upright = None
        if self._manners.vertical and columns > 1:
            upright = upright_head(desk, piece, self._manners.face, self._sizes.largest)
        left = inset + (upright.width if upright else 0.0)
        room = inner - (upright.width if upright else 0.0)
        gutter = desk.grid.format.gutter
        measures = max(1, min(columns, int((room + gutter) / (LEAST_MEASURE * size + gutter))))
        measure = (room - (measures - 1) * gutter) / measures
        if measure < LEAST_MEASURE * size * 0.98:
            return None
        head = head_of(desk, piece, room if upright else inner, self._sizes, self._manners.face)
        if upright:
            head = tuple(x for x in head if x.role in (Role.BANNER, Role.DECK))
        pitch = desk.grid.format.pitch
        head_rows = ceil(sum(line.height for line in head) / pitch - 0.3)
        picture = self._picture(measures, measure)
        body = self._body(measures, measure, picture)
        if body is None:
            return None
        if upright:
            body = (body[0], max(body[1], ceil(upright.least_height / pitch)))
        byline_rows = int(Role.BYLINE in piece.parts)
        jump_rows = int(Role.JUMP in piece.parts)
        frame = 2 if self._manners.boxed else 1
        rows = head_rows + byline_rows + jump_rows + body[1] + frame
        return Plan(
            head, upright, head_rows, byline_rows, left, measure, measures, *picture, *body, rows
        )

    def _picture(self, measures: int, measure: float) -> tuple[int, int, int]:
        """The picture's columns and rows and those of its caption."""
        if self._caption is None:
            return 0, 0, 0
        whole = (
            measures == 1 or self._manners.wide_picture or self._piece.piece.kind is ItemKind.PHOTO
        )
        columns = measures if whole else max(1, measures // 2)
        width = self._span(columns, measure)
        ratio = self._desk.house.manner.picture * (0.55 if columns > 2 else 1.0) * self._desk.tight
        rows = max(5, round(width * ratio / self._desk.grid.format.pitch))
        return columns, rows, self._caption.lines(width)

    def _span(self, columns: int, measure: float) -> float:
        return columns * measure + (columns - 1) * self._desk.grid.format.gutter

    def _body(
        self, measures: int, measure: float, picture: tuple[int, int, int]
    ) -> tuple[int, int] | None:
        """Rows in double measure, and all rows, that the body takes below the byline."""
        taken = picture[1] + picture[2]
        if not self._piece.story:
            return 0, taken
        lines = self._story.lines(measure)
        if measures > 1 and lines < LEAST_DEPTH * measures:
            return None
        rows = max(taken, ceil((lines + picture[0] * taken) / measures))
        if self._manners.two_measures and measures % 2 == 0 and not taken and lines > 8 * measures:
            narrow = ceil(rows * 0.5)
            for wide in range(1, rows + 4):
                if not self._story.set(
                    self._slots(measures, measure, picture, (wide, narrow + wide))
                ).rest:
                    return wide, narrow + wide
        for height in range(rows, min(rows + 30, MOST_ROWS)):
            if not self._story.set(self._slots(measures, measure, picture, (0, height))).rest:
                return 0, height
        return None

    def _slots(
        self,
        measures: int,
        measure: float,
        picture: tuple[int, int, int],
        heights: tuple[int, int],
        at: tuple[float, float] = (0.0, 0.0),
    ) -> list[Slot]:
        """The line slots of a body whose upper left corner is ``at``, column by column."""
        (x, top), (wide, rows) = at, heights
        pitch, gutter = self._desk.grid.format.pitch, self._desk.grid.format.gutter
        slots = []
        for column in range(measures):
            first = picture[1] + picture[2] if column >= measures - picture[0] else 0
            left = x + column * (measure + gutter)
            slots += [Slot(left, top - row * pitch, measure) for row in range(first, rows - wide)]
        double = 2 * measure + gutter
        for column in range(measures // 2 if wide else 0):
            left = x + column * (double + gutter)
            slots += [Slot(left, top - row * pitch, double) for row in range(rows - wide, rows)]
        return slots

    def _groups(self, plan: Plan, place: Place, taller: int, white: int) -> Iterator[Group]:
        desk, grid = self._desk, self._desk.grid
        x, row = grid.x(place.column), float(place.row)
        if self._manners.boxed:
            yield self._frame(place)
            row += 0.6
        inner = x + plan.left
        if plan.upright:
            rows = plan.rows + taller - 1
            height = rows * grid.format.pitch
            at = (x, grid.y(row), height)
            yield from plan.upright.paint(desk, at, self._manners.outlined)
        room = self._span(plan.measures, plan.measure)
        top = grid.y(row + white / 2)
        yield from paint_head(desk, plan.head, (inner, top, room), self._manners.outlined)
        row += plan.head_rows + white
        if Role.BYLINE in self._piece.parts:
            yield self._line(Role.BYLINE, inner, room, row)
        row += plan.byline_rows
        if continued := self._continued:
            yield self._line(Role.JUMP, inner, room, row)
            row += 1
        picture = (plan.picture_columns, plan.picture_rows + taller, plan.caption_rows)
        yield from self._pictured(plan, picture, inner, row)
        rows = plan.body_rows + taller
        corner = (inner, grid.y(row))
        slots = self._slots(plan.measures, plan.measure, picture, (plan.wide_rows, rows), corner)
        yield from self._columns(slots)
        if Role.JUMP in self._piece.parts and not continued:
            yield self._line(Role.JUMP, inner, room, row + rows)
        if desk.house.manner.column_rules and not plan.wide_rows:
            yield from self._rules(plan, picture, corner, rows)

    def _columns(self, slots: list[Slot]) -> Iterator[Group]:
        if not self._piece.story:
            return
        done = self._story.set(slots)
        if done.rest:
            raise RuntimeError(f"{self._piece.piece.id} overflows its frames")
        for column, (_, runs) in enumerate(
            groupby(done.runs, key=lambda run: self._column_of(run.glyphs[0].x, slots))
        ):
            yield Group(Part.BODY, tuple(runs), column)

    @staticmethod
    def _column_of(x: float, slots: list[Slot]) -> float:
        return max((slot.x for slot in slots if slot.x <= x + 0.01), default=0.0)

    @property
    def _continued(self) -> bool:
        """Whether this is the second half of a story: its jump line stands before the body."""
        jump = self._piece.parts.get(Role.JUMP)
        return jump is not None and jump < min(self._piece.story)

    def _line(self, role: Role, x: float, width: float, row: float) -> Group:
        desk, face = self._desk, self._desk.house.type
        jump = role is Role.JUMP
        align = Align.RIGHT if jump else Align(desk.house.manner.byline_align)
        style = DisplayStyle(face.byline, face.size * 0.96, align, fallback=FALLBACK)
        copy = desk.copy(self._piece.parts[role])
        middle = desk.grid.y(row) - desk.grid.format.pitch * 0.5
        at = (x, middle - style.size * (EM_TOP - 0.5))
        part = Part.JUMP if jump else Part.BYLINE
        return Group(part, (set_line(copy, style, desk.metrics, at, width),))

    def _pictured(
        self, plan: Plan, picture: tuple[int, int, int], x: float, row: float
    ) -> Iterator[Group]:
        if self._caption is None:
            return
        grid = self._desk.grid
        pitch = grid.format.pitch
        left = x + (plan.measures - picture[0]) * (plan.measure + grid.format.gutter)
        width = self._span(picture[0], plan.measure)
        height = picture[1] * pitch - 0.35 * pitch
        foot = grid.y(row) - height
        yield Group(Part.GROUND, (Picture(left, foot, width, height, self._manners.seed),))
        top = grid.y(row + picture[1])
        slots = [Slot(left, top - n * pitch, width) for n in range(picture[2])]
        yield Group(Part.CAPTION, self._caption.set(slots).runs)

    def _frame(self, place: Place) -> Group:
        grid, manner = self._desk.grid, self._desk.house.manner
        height = (place.rows - 0.8) * grid.format.pitch
        foot = grid.y(place.row) - height
        x, width = grid.x(place.column), grid.width(place.columns)
        tint = Tint(x, foot, width, height, manner.tint, manner.accent, 0.8)
        return Group(Part.GROUND, (tint,))

    def _rules(
        self, plan: Plan, picture: tuple[int, int, int], at: tuple[float, float], rows: int
    ) -> Iterator[Group]:
        pitch, gutter = self._desk.grid.format.pitch, self._desk.grid.format.gutter
        marks: list[Mark] = []
        for column in range(1, plan.measures):
            x = at[0] + column * (plan.measure + gutter) - gutter / 2
            first = picture[1] + picture[2] if column > plan.measures - picture[0] else 0
            if rows > first:
                top, foot = at[1] - first * pitch, at[1] - rows * pitch + pitch * 0.2
                marks.append(Rule(x, top, x, foot, 0.3))
        yield Group(Part.GROUND, tuple(marks))
