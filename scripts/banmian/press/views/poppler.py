"""The poppler view: what ``pdftotext`` gives by default, in its own reading order.

``pdftotext`` says nothing of places, so the twin of the PDF is read too: there every character
names its glyph. Both texts must hold the same print; their blanks may differ, the PDF's count.
"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from banmian.errors import DataFault, UsageError
from banmian.press.sheet import Glyph, Sheet
from banmian.press.views.view import DROPPED, Cell, View, settled

NAME = "poppler"
PROGRAM, PACKAGE = "pdftotext", "poppler-utils"

TwinCodes = Mapping[int, Mapping[str, int]]
"""Page number → character of the twin → index of its glyph in ``Sheet.glyphs()``."""


def poppler_views(
    sheets: Sequence[Sheet], pdf: bytes, twin: bytes, codes: TwinCodes
) -> Iterator[View]:
    """The poppler view of each sheet; the PDFs have their pages in the same order.

    Raises :class:`UsageError` where ``pdftotext`` is not installed.
    """
    for sheet, text, coded in zip(sheets, page_texts(pdf), page_texts(twin), strict=True):
        yield poppler_view(sheet, text, coded, codes[sheet.number])


def poppler_view(sheet: Sheet, text: str, coded: str, codes: Mapping[str, int]) -> View:
    """The view of ``text``, whose glyphs ``coded``, the same page of the twin, names."""
    glyphs = list(sheet.glyphs())
    solid = [char for char in coded if not char.isspace()]
    indices = iter(_indices(solid, glyphs, codes))
    cells: list[Cell] = []
    for char in text:
        index = None if char.isspace() else next(indices, None)
        if index is None and not char.isspace():
            raise _differs(sheet, f"ends before {char!r}")
        if index is not None and glyphs[index].char != char:
            raise _differs(sheet, f"has {glyphs[index].char!r} for {char!r}")
        cells.append((char, index))
    if next(indices, None) is not None:
        raise _differs(sheet, "goes on after the text's end")
    return settled(NAME, cells, sheet)


def page_texts(pdf: bytes) -> list[str]:
    """What ``pdftotext`` prints for each page, without the form feed that ends it."""
    if shutil.which(PROGRAM) is None:
        raise UsageError(f"{PROGRAM} is not installed: install {PACKAGE}")
    with TemporaryDirectory() as folder:
        path = Path(folder, "issue.pdf")
        path.write_bytes(pdf)
        command = [PROGRAM, "-enc", "UTF-8", "-eol", "unix", str(path), "-"]
        done = subprocess.run(command, capture_output=True, check=False)
    if done.returncode:
        message = done.stderr.decode("utf-8", "replace").strip()
        raise DataFault("pdf-unreadable", f"{PROGRAM}: {message}", "write the PDF anew")
    return done.stdout.decode("utf-8").split("\f")[:-1]


def _indices(
    solid: Sequence[str], glyphs: Sequence[Glyph], codes: Mapping[str, int]
) -> list[int | None]:
    """The glyph of each character of the twin; hyphens keep their character in it."""
    found = [codes.get(char) for char in solid]
    free = [index for index, glyph in enumerate(glyphs) if glyph.char in DROPPED]
    for at, char in enumerate(solid):
        if found[at] is None and free:
            before = found[at - 1] if at else None
            after = next((index for index in found[at + 1 :] if index is not None), None)
            chosen = min(free, key=lambda index: _distance(glyphs, index, char, before, after))
            free.remove(chosen)
            found[at] = chosen
    return found


def _distance(
    glyphs: Sequence[Glyph], index: int, char: str, before: int | None, after: int | None
) -> tuple[bool, int, int]:
    """How far the hyphen ``index`` is from following ``before`` or else preceding ``after``."""
    glyph = glyphs[index]
    steps = [
        abs(glyph.source.offset - glyphs[other].source.offset - step)
        for other, step in ((before, 1), (after, -1))
        if other is not None and glyphs[other].source.element == glyph.source.element
    ]
    return glyph.char != char, min(steps, default=len(glyphs)), index


def _differs(sheet: Sheet, how: str) -> DataFault:
    return DataFault(
        "twin-differs",
        f"page {sheet.number}: the text of the twin {how}",
        "make the twin from the same issue as the PDF",
    )
