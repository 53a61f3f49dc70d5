"""Source fonts → the faces' cache: quadratic outlines of the characters the press sets.

A face becomes ``<name>.glyf`` (its outlines one after another, as in a TrueType font) and
``<name>.json`` (which glyph is which character, widths, extent); units are thousandths of an em.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from fontTools.misc.transform import Scale
from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.pens.transformPen import TransformPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTCollection, TTFont
from fontTools.ttLib.tables._g_l_y_f import Glyph
from fontTools.ttLib.tables.otBase import BaseTable

from banmian.errors import UsageError
from banmian.press.characters import characters
from banmian.press.fonts import SOURCES

EM = 1000
EM_DASH, HORIZONTAL_BAR = 0x2014, 0x2015
TOLERANCE = 0.6  # of an em's thousandth: what the quadratic curves may stray from the cubic ones


def prepare(sources: dict[str, Path], folder: Path, jobs: int) -> None:
    """Write all faces into ``folder``, which appears only when it is complete."""
    aside = folder.with_name(f"{folder.name}.{os.getpid()}")
    aside.mkdir(parents=True, exist_ok=True)
    try:
        with ProcessPoolExecutor(jobs) as pool:
            done = [pool.submit(_prepare_face, *entry, aside) for entry in sources.items()]
            for future in done:
                future.result()
        if not folder.is_dir():
            aside.rename(folder)
    except OSError:
        if not folder.is_dir():  # or else another process was faster, and its faces are ours
            raise
    finally:
        shutil.rmtree(aside, ignore_errors=True)


@dataclass
class _Glyphs:
    """The glyphs taken so far, in the order of their numbers."""

    outlines: list[bytes] = field(default_factory=list)
    advances: list[int] = field(default_factory=list)
    boxes: list[tuple[int, int, int, int]] = field(default_factory=list)
    most_points: int = 0
    most_contours: int = 0

    def add(self, outline: bytes, advance: int, glyph: Glyph) -> int:
        self.outlines.append(outline + bytes(-len(outline) % 4))
        self.advances.append(advance)
        if outline:
            self.boxes.append((glyph.xMin, glyph.yMin, glyph.xMax, glyph.yMax))
            self.most_points = max(self.most_points, len(glyph.coordinates))
            self.most_contours = max(self.most_contours, glyph.numberOfContours)
        return len(self.outlines) - 1

    def box(self) -> tuple[int, int, int, int]:
        left, bottom, right, top = zip(*self.boxes, strict=True)
        return min(left), min(bottom), max(right), max(top)

    def starts(self) -> list[int]:
        starts = [0]
        for outline in self.outlines:
            starts.append(starts[-1] + len(outline))
        return starts


def _prepare_face(name: str, path: Path, folder: Path) -> None:
    font = _opened(path, SOURCES[name].family)
    names = _glyph_names(font)
    chars = "".join(char for char in characters() if ord(char) in names)
    glyphs = _Glyphs()
    converter = _Converter(font)
    converter.take(glyphs, ".notdef")
    for char in chars:
        converter.take(glyphs, names[ord(char)])
    vertical = _vertical_forms(font)
    upright = {
        char: converter.take(glyphs, vertical[names[ord(char)]], advance=glyphs.advances[number])
        for number, char in enumerate(chars, 1)
        if names[ord(char)] in vertical
    }
    record = _record(font, chars, upright, glyphs)
    (folder / f"{name}.glyf").write_bytes(b"".join(glyphs.outlines))
    (folder / f"{name}.json").write_text(json.dumps(record, ensure_ascii=False), encoding="utf-8")


def _record(
    font: TTFont, chars: str, upright: dict[str, int], glyphs: _Glyphs
) -> dict[str, object]:
    scale = EM / font["head"].unitsPerEm
    return {
        "characters": chars,
        "upright": upright,
        "advances": glyphs.advances,
        "starts": glyphs.starts(),
        "box": glyphs.box(),
        "ascent": round(font["hhea"].ascent * scale),
        "descent": round(font["hhea"].descent * scale),
        "most_points": glyphs.most_points,
        "most_contours": glyphs.most_contours,
    }


class _Converter:
    """Draws glyphs of one font as TrueType outlines of the press's em."""

    def __init__(self, font: TTFont) -> None:
        self._scale = EM / font["head"].unitsPerEm
        self._cubic = "CFF " in font
        self._glyph_set = font.getGlyphSet()

    def take(self, glyphs: _Glyphs, name: str, advance: int | None = None) -> int:
        """Add the glyph called ``name``; its number in ``glyphs``."""
        drawn = DecomposingRecordingPen(self._glyph_set)
        self._glyph_set[name].draw(drawn)
        pen = TTGlyphPen(None)
        target = Cu2QuPen(pen, TOLERANCE, reverse_direction=True) if self._cubic else pen
        drawn.replay(target if self._scale == 1 else TransformPen(target, Scale(self._scale)))
        glyph = pen.glyph()
        outline = glyph.compile(None, recalcBBoxes=True) if glyph.numberOfContours else b""
        width = round(self._glyph_set[name].width * self._scale)
        return glyphs.add(outline, width if advance is None else advance, glyph)


def _opened(path: Path, family: str) -> TTFont:
    if path.suffix != ".ttc":
        return TTFont(path, lazy=True)
    for font in TTCollection(path, lazy=True):
        if font["name"].getDebugName(1).startswith(family):
            return font
    raise UsageError(f"{path} holds no font of the family {family}")


def _glyph_names(font: TTFont) -> dict[int, str]:
    """Glyph by code point. Noto's dash is too short for Chinese, and two do not meet: its bar is
    what papers print.
    """
    names: dict[int, str] = dict(font.getBestCmap())
    names[EM_DASH] = names[HORIZONTAL_BAR]
    return names


def _vertical_forms(font: TTFont) -> dict[str, str]:
    """The glyph for vertical setting, by glyph: OpenType feature ``vert``."""
    table = font["GSUB"].table
    lookups = {
        number
        for entry in table.FeatureList.FeatureRecord
        if entry.FeatureTag in ("vert", "vrt2")
        for number in entry.Feature.LookupListIndex
    }
    forms: dict[str, str] = {}
    for number in sorted(lookups):
        for mapping in _mappings(table.LookupList.Lookup[number].SubTable):
            forms.update(mapping)
    return forms


def _mappings(subtables: Iterable[BaseTable]) -> Iterable[dict[str, str]]:
    for subtable in subtables:
        inner = getattr(subtable, "ExtSubTable", subtable)
        if hasattr(inner, "mapping"):
            yield inner.mapping
