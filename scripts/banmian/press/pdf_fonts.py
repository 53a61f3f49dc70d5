"""The fonts of a PDF: a program of the glyphs in use, codes, widths, and what they stand for.

Extractors take line heights from the font descriptor and gaps between words from the width of
the blank; both are the house's habits, not the font's.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable

from banmian.press.coding import FontCodes
from banmian.press.fonts import BLANK, SOURCES, Face
from banmian.press.pdf_objects import Objects
from banmian.press.sheet import TextHabits
from banmian.press.truetype import program

CMAP_HEAD = (
    "/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n"
    "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
    "/CMapName /Adobe-Identity-UCS def /CMapType 2 def\n"
    "1 begincodespacerange <0000> <FFFF> endcodespacerange\n"
)
CMAP_TAIL = "endcmap CMapName currentdict /CMap defineresource pop end end\n"
CMAP_BLOCK = 100  # entries in a block, at most: a limit of the format
SYMBOLIC = 4


def glyph_width(face: Face, glyph: int, habits: TextHabits) -> int:
    """The width that the PDF declares for ``glyph``, in thousandths of an em."""
    return habits.space if glyph == face.glyph(BLANK) else face.advances[glyph]


class FontObjects:
    """Writes font objects; all fonts of one face share its program, which holds what they use."""

    def __init__(self, objects: Objects, habits: TextHabits, fonts: Iterable[FontCodes]) -> None:
        self._objects = objects
        self._habits = habits
        used: dict[str, set[int]] = {}
        for font in fonts:
            used.setdefault(font.face.name, {0}).update(glyph for glyph, _ in font.entries)
        self._glyphs = {name: sorted(glyphs) for name, glyphs in used.items()}
        self._descriptors: dict[str, bytes] = {}
        self._references: dict[int, bytes] = {}

    def reference(self, font: FontCodes) -> bytes:
        """A reference to the font object of ``font``, written when first asked for."""
        if id(font) not in self._references:
            self._references[id(font)] = self._font(font)
        return self._references[id(font)]

    def _font(self, font: FontCodes) -> bytes:
        return self._objects.add(
            {
                "Type": "/Font",
                "Subtype": "/Type0",
                "BaseFont": f"/{_base_font(font.face)}",
                "Encoding": "/Identity-H",
                "DescendantFonts": b"[" + self._descendant(font) + b"]",
                "ToUnicode": self._objects.add_stream(_to_unicode(font)),
            }
        )

    def _descendant(self, font: FontCodes) -> bytes:
        face = font.face
        order = {glyph: place for place, glyph in enumerate(self._glyphs[face.name])}
        places = (order[glyph] for glyph, _ in font.entries)
        mapping = struct.pack(f">{len(font.entries) + 1}H", 0, *places)
        widths = " ".join(str(glyph_width(face, g, self._habits)) for g, _ in font.entries)
        return self._objects.add(
            {
                "Type": "/Font",
                "Subtype": "/CIDFontType2",
                "BaseFont": f"/{_base_font(face)}",
                "CIDSystemInfo": "<< /Registry (Adobe) /Ordering (Identity) /Supplement 0 >>",
                "FontDescriptor": self._descriptor(face),
                "DW": 1000,
                "W": f"[1 [{widths}]]",
                "CIDToGIDMap": self._objects.add_stream(mapping),
            }
        )

    def _descriptor(self, face: Face) -> bytes:
        if face.name not in self._descriptors:
            self._descriptors[face.name] = self._new_descriptor(face)
        return self._descriptors[face.name]

    def _new_descriptor(self, face: Face) -> bytes:
        habits = self._habits
        glyphs = self._glyphs[face.name]
        widths = {glyph: glyph_width(face, glyph, habits) for glyph in glyphs}
        data = program(face, glyphs, widths)
        left, _, right, _ = face.box
        return self._objects.add(
            {
                "Type": "/FontDescriptor",
                "FontName": f"/{_base_font(face)}",
                "Flags": SYMBOLIC,
                "FontBBox": f"[{left} {habits.box_bottom} {right} {habits.box_top}]",
                "ItalicAngle": 0,
                "Ascent": habits.ascent,
                "Descent": habits.descent,
                "CapHeight": habits.cap_height,
                "StemV": 80,
                "FontFile2": self._objects.add_stream(data, {"Length1": len(data)}),
            }
        )


def font_name(face_name: str) -> str:
    """What content streams call the font of the face: the same on all pages."""
    return f"F{list(SOURCES).index(face_name) + 1}"


def _base_font(face: Face) -> str:
    """The face's name with the tag of a subset, which must be six capitals."""
    letters = "".join(char for char in face.name.upper() if char.isalpha())
    return f"{letters[:3]}{letters[-3:]}+{face.postscript_name}"


def _to_unicode(font: FontCodes) -> bytes:
    lines = [
        f"<{code:04X}> <{char.encode('utf-16-be').hex().upper()}>\n"
        for code, (_, char) in enumerate(font.entries, 1)
    ]
    blocks = [lines[start : start + CMAP_BLOCK] for start in range(0, len(lines), CMAP_BLOCK)]
    listed = "".join(f"{len(b)} beginbfchar\n{''.join(b)}endbfchar\n" for b in blocks)
    return (CMAP_HEAD + listed + CMAP_TAIL).encode("ascii")
