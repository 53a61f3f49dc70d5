"""What layout analysis of PDF tools makes of a page: every block of lines is an item; no roles.

None of them claims to find articles: they find paragraphs and columns. That is what a user of
these tools has to start from.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from banmian_bench.protocol import LineBox, PredictedItem, Request, SystemInfo, Task
from banmian_bench.systems.page_lines import BOXLESS, Lines, printed_lines, spans, whole
from banmian_bench.systems.text_system import TextSystem, installed_version, missing

if TYPE_CHECKING:
    from pdfminer.layout import LTTextLineHorizontal


class LineBlocks(TextSystem):
    """What they share; a subclass says which lines make a block."""

    tasks = frozenset({Task.ARTICLES})

    def items(self, request: Request) -> tuple[PredictedItem, ...]:
        lines = printed_lines(request)
        if not lines:
            return tuple(PredictedItem((span,)) for span in whole(request.text))
        return tuple(
            PredictedItem(tuple(spans(block, request.text)))
            for block in self.blocks(request, lines)
            if block
        )

    def blocks(self, request: Request, lines: Lines) -> Iterable[Sequence[LineBox]]:
        """The lines of each block, in reading order; no line in two blocks."""
        raise NotImplementedError


class PdfminerBoxes(LineBlocks):
    """Text boxes of pdfminer.six, of our line boxes: no PDF is read.

    Its own lines may differ from ours: it has the characters of the PDF to make them from.
    """

    def info(self) -> SystemInfo:
        return SystemInfo(
            "pdfminer-boxes",
            installed_version("pdfminer.six"),
            self.tasks,
            licence="MIT",
            note=f"default LAParams, on the line boxes of the data set; {BOXLESS}",
        )

    def load(self) -> None:
        try:
            import pdfminer.layout  # noqa: F401
        except ImportError:
            raise missing("pdfminer-boxes", "pdfminer.six") from None

    def blocks(self, request: Request, lines: Lines) -> Iterable[Sequence[LineBox]]:
        from pdfminer.layout import LAParams, LTLayoutContainer

        if request.layout is None:
            return
        width, height = request.layout.width, request.layout.height
        page = LTLayoutContainer((0, 0, width, height))
        by_id = {}
        for line in lines:
            theirs = _their_line(line, height, request.text)
            by_id[id(theirs)] = theirs, line
        parameters = LAParams()
        boxes = page.group_textlines(parameters, [theirs for theirs, _ in by_id.values()])
        for box in boxes:
            box.analyze(parameters)  # puts the lines in order
            yield [by_id[id(theirs)][1] for theirs in box]


def _their_line(line: LineBox, height: float, text: str) -> LTTextLineHorizontal:
    """A line as pdfminer has it: from the lower left corner, and never without extent."""
    from pdfminer.layout import LTAnno, LTContainer, LTTextLineHorizontal

    theirs = LTTextLineHorizontal(word_margin=0.1)
    least = 0.01
    box = (
        line.x0,
        height - max(line.y1, line.y0 + least),
        max(line.x1, line.x0 + least),
        height - line.y0,
    )
    theirs.set_bbox(box)
    LTContainer.add(theirs, LTAnno(text[line.start : line.end]))
    return theirs
