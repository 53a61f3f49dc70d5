"""The blocks of Poppler's pdftotext, read from PDFs that the user has: every block is an item.

Poppler is GPL: it is run as the program that is on the machine, or not at all. The corpus keeps
no PDFs; ``banmian press --pdf FOLDER`` makes them again, and the variable ``BANMIAN_PDFS`` says
where they are. A line of the page belongs to the block of Poppler's line that it lies on.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from banmian_bench.protocol import LineBox, MissingDependency, Request, SystemInfo
from banmian_bench.systems.line_blocks import LineBlocks
from banmian_bench.systems.page_lines import BOXLESS, Lines

FOLDER: Final = "BANMIAN_PDFS"
"""The variable that names the folder of ``ISSUE.pdf``."""
PATIENCE_S: Final = 30.0

_PAGE_ID: Final = re.compile(r"(.+)-p(\d+)")
_MARK: Final = re.compile(
    r'<(block|line) xMin="([-\d.]+)" yMin="([-\d.]+)" xMax="([-\d.]+)" yMax="([-\d.]+)">'
)


@dataclass(frozen=True, slots=True)
class PopplerLine:
    """A line of Poppler's: the number of its block, and its box in points."""

    block: int
    x0: float
    y0: float
    x1: float
    y1: float

    def apart(self, line: LineBox) -> tuple[float, float]:
        """How far ``line`` is from it: beside it first, then the middles, from top to bottom."""
        beside = max(0.0, line.x0 - self.x1, self.x0 - line.x1)
        return beside, abs(line.y0 + line.y1 - self.y0 - self.y1)


def poppler_lines(xml: str) -> Iterator[PopplerLine]:
    """The lines in what ``pdftotext -bbox-layout`` says of one page."""
    block = 0
    for mark in _MARK.finditer(xml):
        if mark[1] == "block":
            block += 1
        else:
            yield PopplerLine(block, *map(float, mark.groups()[1:]))


class PopplerBlocks(LineBlocks):
    """Blocks of ``pdftotext -bbox-layout``."""

    def info(self) -> SystemInfo:
        return SystemInfo(
            "poppler-blocks",
            "of this machine",
            self.tasks,
            licence="GPL-2.0-or-later",
            note=f"runs the pdftotext that is installed, on the PDFs in {FOLDER}; {BOXLESS}",
        )

    def load(self) -> None:
        if shutil.which("pdftotext") is None:
            raise MissingDependency(
                "poppler-blocks cannot run here: there is no pdftotext (Debian: poppler-utils)"
            )
        if FOLDER not in os.environ or not Path(os.environ[FOLDER]).is_dir():
            raise MissingDependency(
                "poppler-blocks cannot run here: it needs the PDFs, "
                f"`banmian press --pdf FOLDER`, and {FOLDER}=FOLDER"
            )

    def blocks(self, request: Request, lines: Lines) -> Iterable[Sequence[LineBox]]:
        theirs = list(poppler_lines(_read(request.id)))
        if not theirs:
            return [lines]
        found: dict[int, list[LineBox]] = {}
        for line in lines:
            nearest = min(theirs, key=lambda their: their.apart(line))
            found.setdefault(nearest.block, []).append(line)
        return [found[block] for block in sorted(found)]


def _read(page_id: str) -> str:
    """What pdftotext says of a page; FileNotFoundError where the PDF of its issue is not there."""
    match = _PAGE_ID.fullmatch(page_id)
    issue, page = (match[1], match[2]) if match else (page_id, "1")
    path = Path(os.environ[FOLDER]) / f"{Path(issue).name}.pdf"
    if not path.is_file():
        raise FileNotFoundError(f"{FOLDER} holds no {path.name}")
    command = ["pdftotext", "-bbox-layout", "-f", page, "-l", page, str(path), "-"]
    done = subprocess.run(command, capture_output=True, timeout=PATIENCE_S, check=True)
    return done.stdout.decode("utf-8", "replace")
