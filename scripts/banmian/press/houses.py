"""House styles: how each invented paper looks, words its furniture and writes its text layer.

One TOML file a title, ``corpus/houses/<code>.toml``; every key is named here and none is optional,
so that a house is described whole. Lengths are points, shares are ratios from 0 to 1.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

from banmian.errors import DataFault, DataFaults
from banmian.press.sheet import TextHabits


class PaintOrder(StrEnum):
    """In which order a page's parts are painted, which is the order of its stream view."""

    BODY_FIRST = "body-first"
    """story by story: byline, body, caption, then the head (as the real page)"""
    HEAD_FIRST = "head-first"
    """story by story, as it is read"""
    HEADS_LAST = "heads-last"
    """all bodies of the page, then all heads"""
    COLUMNS_APART = "columns-apart"
    """the columns of neighbouring stories in turn, then their heads"""
    CAPTIONS_FIRST = "captions-first"
    """all captions, then story by story: body, head, byline"""


@dataclass(frozen=True, slots=True)
class Wording:
    """What the paper calls itself and prints round its pages."""

    title: str
    english: str
    organ: str
    registration: tuple[str, ...]
    hotline_label: str
    hotlines: tuple[str, ...]
    web: str
    slogan: str
    labels: tuple[str, ...]
    editors: str
    """with the places {chief}, {editor} and {reader}"""
    staff: tuple[str, ...]
    folio: str
    """with the place {page}"""
    sections: tuple[str, ...]
    weather: str
    teasers: str
    jump_to: str
    jump_from: str
    byline: str
    """with the place {names}"""
    first_number: int
    first_day: str
    """issue ``first_number`` appeared on this day; the paper is a daily"""

    def number(self, day: date) -> int:
        """The running number of the issue of ``day``."""
        return self.first_number + (day - date.fromisoformat(self.first_day)).days


@dataclass(frozen=True, slots=True)
class Format:
    """The page and its grid."""

    width: float
    height: float
    margin: float
    columns: int
    gutter: float
    pitch: float
    masthead: int
    """rows of the grid that the masthead of the front page takes"""


@dataclass(frozen=True, slots=True)
class Typeface:
    """Faces and sizes."""

    body: str
    size: float
    lead: str
    kicker: str
    headlines: tuple[str, ...]
    deck: str
    byline: str
    caption: str
    crosshead: str
    display: str
    largest: float
    smallest: float
    gap_em: float
    split_numbers: bool
    hang: bool
    tracking: float
    crosshead_lines: int
    crosshead_centred: bool


@dataclass(frozen=True, slots=True)
class Manner:
    """Habits of make-up; shares are of the stories that could take the manner."""

    vertical: float
    boxed: float
    outlined: float
    two_measures: float
    drop_caps: float
    head_align: str
    byline_align: str
    byline_blank: bool
    """a painted blank before the byline, as on the real page"""
    column_rules: bool
    accent: tuple[float, float, float]
    tint: tuple[float, float, float]
    picture: float
    """height of a picture over its width"""


@dataclass(frozen=True, slots=True)
class Painting:
    """How the page is painted, which nobody sees and every extractor follows."""

    order: PaintOrder
    furniture_last: bool
    overprinted_day: bool
    outlined_nameplate: bool
    overprinted_heads: bool


@dataclass(frozen=True, slots=True)
class House:
    """One paper's style, whole; ``code`` is the first part of its issues' ids."""

    code: str
    wording: Wording
    format: Format
    type: Typeface
    manner: Manner
    painting: Painting
    habits: TextHabits


Section = TypeVar("Section")


def read_house(path: Path) -> House:
    """The house of ``path``; :class:`DataFaults` names every key that is wrong."""
    try:
        table = tomllib.loads(path.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise DataFault("house-invalid", f"{path.name}: {error}", "write TOML in UTF-8") from None
    faults: list[DataFault] = []
    sections: dict[str, Any] = {}
    for name, kind in get_type_hints(House).items():
        if name != "code":
            sections[name] = _section(kind, table.pop(name, {}), f"{path.name}: {name}", faults)
    faults += [_fault(path.name, f"{key} is no section", "delete it") for key in table]
    if faults:
        raise DataFaults(faults)
    return House(code=path.stem, **sections)


def read_houses(folder: Path) -> dict[str, House]:
    """Code → house, of every ``*.toml`` in ``folder`` (``corpus/houses``)."""
    return {path.stem: read_house(path) for path in sorted(folder.glob("*.toml"))}


def _fault(where: str, what: str, remedy: str) -> DataFault:
    return DataFault("house-invalid", f"{where}: {what}", remedy)


def _section(
    kind: type[Section], table: Mapping[str, object], where: str, faults: list[DataFault]
) -> Section | None:
    hints = get_type_hints(kind)
    names = [field.name for field in fields(kind)]  # type: ignore[arg-type]
    before = len(faults)
    faults += [
        _fault(where, f"{key} is unknown", f"one of {names}") for key in table.keys() - names
    ]
    values: dict[str, object] = {}
    for name in names:
        if name not in table:
            faults.append(_fault(where, f"{name} is missing", "state it"))
            continue
        try:
            values[name] = _value(hints[name], table[name])
        except (TypeError, ValueError):
            faults.append(_fault(where, f"{name} is {table[name]!r}", f"write a {hints[name]}"))
    return None if len(faults) > before else kind(**values)


def _value(hint: object, value: object) -> object:
    if hint is float and isinstance(value, int | float) and not isinstance(value, bool):
        return float(value)
    if hint in (int, str, bool) and type(value) is hint:
        return value
    if isinstance(hint, type) and issubclass(hint, StrEnum) and isinstance(value, str):
        return hint(value)
    if isinstance(value, list) and get_origin(hint) is tuple:
        return tuple(_value(get_args(hint)[0], one) for one in value)
    raise TypeError(hint)
