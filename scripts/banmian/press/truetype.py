"""A TrueType program of a few of a face's glyphs, to be embedded in a PDF."""

from __future__ import annotations

import io
import struct
from collections.abc import Mapping, Sequence
from itertools import accumulate

from banmian.press.fonts import Face

EM = 1000
LONG_OFFSETS = 1


def program(face: Face, glyphs: Sequence[int], widths: Mapping[int, int]) -> bytes:
    """The font file; its glyph ``n`` is the face's ``glyphs[n]``, as wide as ``widths`` says.

    ``glyphs`` starts with 0, the glyph of what is missing.
    """
    from fontTools.ttLib.sfnt import SFNTWriter

    outlines = [face.outline(glyph) for glyph in glyphs]
    starts = [0, *accumulate(len(outline) for outline in outlines)]
    bearings = [struct.unpack(">h", outline[2:4])[0] if outline else 0 for outline in outlines]
    sides = zip((widths[glyph] for glyph in glyphs), bearings, strict=True)
    tables = {
        "glyf": b"".join(outlines) or bytes(4),
        "head": _head(face),
        "hhea": _hhea(face, max(widths.values()), len(glyphs)),
        "hmtx": b"".join(struct.pack(">Hh", width, bearing) for width, bearing in sides),
        "loca": struct.pack(f">{len(starts)}I", *starts),
        "maxp": _maxp(face, len(glyphs)),
    }
    file = io.BytesIO()
    writer = SFNTWriter(file, len(tables), "\x00\x01\x00\x00")
    for tag, data in tables.items():
        writer[tag] = data
    writer.close()
    return file.getvalue()


def _head(face: Face) -> bytes:
    versions = (0x00010000, 0x00010000, 0, 0x5F0F3CF5)  # the writer fills in the checksum
    flags, smallest_size, direction = 0b11, 8, 2
    return struct.pack(
        ">IIIIHHqqhhhhHHhhh",
        *versions,
        flags,
        EM,
        0,
        0,
        *face.box,
        0,
        smallest_size,
        direction,
        LONG_OFFSETS,
        0,
    )


def _hhea(face: Face, widest: int, count: int) -> bytes:
    left, _, right, _ = face.box
    extent = (face.ascent, face.descent, 0, widest, left, 0, right)
    upright_caret = (1, 0, 0)
    return struct.pack(
        ">IhhhHhhhhhhhhhhhH", 0x00010000, *extent, *upright_caret, 0, 0, 0, 0, 0, count
    )


def _maxp(face: Face, count: int) -> bytes:
    outlines = (face.most_points, face.most_contours, 0, 0)
    no_instructions = (1, 0, 0, 0, 0, 0, 0, 0, 0)
    return struct.pack(">I14H", 0x00010000, count, *outlines, *no_instructions)
