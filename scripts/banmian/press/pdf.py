"""A set issue as one PDF file, and its twin in which every glyph is a character of its own.

The same issue and fonts always give the same bytes: no dates, no identifiers, no random subset
tags. Lengths in the file are points, as in the sheets.
"""

from __future__ import annotations

from typing import NamedTuple

from banmian.press.coding import (
    FontCodes,
    PageCodes,
    page_codes,
    printed_characters,
    twin_characters,
    twin_map,
)
from banmian.press.fonts import FontBook
from banmian.press.painting import Painter
from banmian.press.pdf_fonts import FontObjects, font_name
from banmian.press.pdf_objects import Objects, numbers
from banmian.press.photographs import photograph
from banmian.press.sheet import Picture, SetIssue, Sheet

PIXELS_PER_POINT = 1.5
MOST_PIXELS = 1200


class Printing(NamedTuple):
    """A PDF. ``codes`` is empty but for a twin: there ``codes[page number][character]`` is the
    index in ``Sheet.glyphs()`` of the glyph that this character of the page's text stands for.
    """

    data: bytes
    codes: dict[int, dict[str, int]]


def pdf_bytes(issue: SetIssue, fonts: FontBook, *, twin: bool = False) -> Printing:
    """All sheets of ``issue`` as one PDF, or its twin: same shapes and places, other characters.

    Raises :class:`DataFault` ``glyph-missing`` where a face lacks a character, ``twin-full``
    where a page has more glyphs than there are characters for a twin.
    """
    pages = _pages(issue, fonts, twin)
    objects = Objects()
    used = [font for _, codes in pages for font in codes.fonts.values()]
    font_objects = FontObjects(objects, issue.habits, used)
    photographs: dict[tuple[int, int, int], bytes] = {}
    for sheet, codes in pages:
        named = _pictures(sheet)
        painter = Painter(fonts, codes, issue.habits, named)
        content = objects.add_stream(painter.stream(sheet))
        fonts_here = {font_name(name): font_objects.reference(f) for name, f in codes.fonts.items()}
        pictures = {name: _photograph(objects, photographs, p) for p, name in named.items()}
        resources = {"Font": objects.nested(fonts_here), "XObject": objects.nested(pictures)}
        objects.add_page(
            {
                "MediaBox": f"[{numbers(0, 0, sheet.width, sheet.height)}]",
                "Contents": content,
                "Resources": objects.nested(resources),
            }
        )
    maps = {sheet.number: twin_map(sheet) for sheet in issue.sheets} if twin else {}
    return Printing(objects.data(), maps)


def _pages(issue: SetIssue, book: FontBook, twin: bool) -> list[tuple[Sheet, PageCodes]]:
    """Each sheet with its codes; the fonts are the issue's, but each page's own in a twin."""
    shared: dict[str, FontCodes] = {}
    pages: list[tuple[Sheet, PageCodes]] = []
    for sheet in issue.sheets:
        characters = twin_characters(sheet) if twin else printed_characters(sheet)
        pages.append((sheet, page_codes(sheet, book, {} if twin else shared, characters)))
    return pages


def _pictures(sheet: Sheet) -> dict[Picture, str]:
    """What the page's content stream calls each of its pictures."""
    pictures = dict.fromkeys(mark for mark in sheet.marks if isinstance(mark, Picture))
    return {picture: f"P{number}" for number, picture in enumerate(pictures, 1)}


def _photograph(
    objects: Objects, known: dict[tuple[int, int, int], bytes], picture: Picture
) -> bytes:
    """A reference to the image of ``picture``; equal images are written once."""
    scale = min(PIXELS_PER_POINT, MOST_PIXELS / max(picture.width, picture.height))
    width, height = (max(1, round(side * scale)) for side in (picture.width, picture.height))
    key = (picture.seed, width, height)
    if key not in known:
        entries = {
            "Type": "/XObject",
            "Subtype": "/Image",
            "Width": width,
            "Height": height,
            "ColorSpace": "/DeviceRGB",
            "BitsPerComponent": 8,
            "Filter": "/DCTDecode",
        }
        known[key] = objects.add_packed(photograph(*key), dict(entries))
    return known[key]
