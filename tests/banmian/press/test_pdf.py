"""The PDF of a set issue: its text, its places, its twin."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
from pdfminer.converter import PDFPageAggregator
from pdfminer.layout import LTChar
from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
from pdfminer.pdfpage import PDFPage

from banmian.errors import DataFault
from banmian.press.fonts import FontBook
from banmian.press.pdf import pdf_bytes
from banmian.press.sheet import Glyph, Outline, Picture, Rule, Run, SetIssue, Tint
from tests.banmian.press.painted_pages import copied, issue_of, line, open_fonts

TEXT = "大河新区今天（6月16日）有 GDP 增长3.5%，"
ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="module")
def fonts() -> FontBook:
    return open_fonts()


@pytest.fixture(scope="module")
def issue(fonts: FontBook) -> SetIssue:
    lines = (line(fonts, TEXT), line(fonts, "黑体标题", face="hei-bold", y=340.0))
    return issue_of(lines, (line(fonts, "楷体署名▢", face="kai"),))


def read(data: bytes) -> list[list[LTChar]]:
    """The characters of each page as pdfminer reads them, in painting order."""
    resources = PDFResourceManager()
    device = PDFPageAggregator(resources)
    interpreter = PDFPageInterpreter(resources, device)
    pages = []
    for page in PDFPage.get_pages(io.BytesIO(data)):
        interpreter.process_page(page)
        pages.append([mark for mark in device.get_result() if isinstance(mark, LTChar)])
    return pages


def page_text(data: bytes, page: int = 0) -> str:
    with pypdfium2.PdfDocument(data) as document:
        text: str = document[page].get_textpage().get_text_range()
    return text


def glyphs_of(issue: SetIssue) -> list[list[Glyph]]:
    return [list(sheet.glyphs()) for sheet in issue.sheets]


def test_pdfminer_reads_what_was_painted(fonts: FontBook, issue: SetIssue) -> None:
    read_back = [[char.get_text() for char in page] for page in read(pdf_bytes(issue, fonts).data)]
    assert read_back == [[glyph.char for glyph in page] for page in glyphs_of(issue)]


def test_pdfium_reads_what_was_painted(fonts: FontBook, issue: SetIssue) -> None:
    assert page_text(pdf_bytes(issue, fonts).data).split("\r\n") == [TEXT, "黑体标题"]


def test_glyphs_stand_where_they_were_set(fonts: FontBook, issue: SetIssue) -> None:
    placed = [
        (char.matrix[4] - glyph.x, char.matrix[5] - glyph.y, char.width - glyph.advance)
        for page, painted in zip(read(pdf_bytes(issue, fonts).data), glyphs_of(issue), strict=True)
        for char, glyph in zip(page, painted, strict=True)
    ]
    assert max(abs(error) for errors in placed for error in errors) < 0.02


def test_stretched_glyphs_stand_where_they_were_set(fonts: FontBook) -> None:
    run = line(fonts, "长体标题")
    narrow = Run(tuple(replace(glyph, stretch=0.8) for glyph in run.glyphs))
    (page,) = read(pdf_bytes(issue_of((narrow,)), fonts).data)
    places = [char.matrix[4] for char in page]
    assert places == pytest.approx([glyph.x for glyph in narrow.glyphs], abs=0.02)


def test_a_twin_is_the_page_once_its_codes_are_read(fonts: FontBook, issue: SetIssue) -> None:
    twin = pdf_bytes(issue, fonts, twin=True)
    for number, painted in enumerate(glyphs_of(issue)):
        codes = twin.codes[number + 1]
        translated = [
            painted[codes[char]].char if char in codes else char
            for char in page_text(twin.data, number)
        ]
        assert "".join(translated) == page_text(pdf_bytes(issue, fonts).data, number)


def test_a_twin_names_every_glyph_but_blanks(fonts: FontBook, issue: SetIssue) -> None:
    twin = pdf_bytes(issue, fonts, twin=True)
    named = {(page, index) for page, codes in twin.codes.items() for index in codes.values()}
    assert named == {
        (page, index)
        for page, painted in enumerate(glyphs_of(issue), 1)
        for index, glyph in enumerate(painted)
        if glyph.char != " "
    }


def test_twin_and_page_look_the_same(fonts: FontBook, issue: SetIssue) -> None:
    def pictures(data: bytes) -> list[bytes]:
        with pypdfium2.PdfDocument(data) as document:
            return [page.render().to_pil().tobytes() for page in document]

    page = pictures(pdf_bytes(issue, fonts).data)
    assert pictures(pdf_bytes(issue, fonts, twin=True).data) == page


def test_a_copy_shares_its_characters_code(fonts: FontBook) -> None:
    day = line(fonts, "17")
    twin = pdf_bytes(issue_of((day, copied(day))), fonts, twin=True)
    (page,) = read(twin.data)
    assert [twin.codes[1][char.get_text()] for char in page] == [0, 1, 0, 1]


def test_outlines_are_no_text(fonts: FontBook) -> None:
    page = (Outline(line(fonts, "报头").glyphs), line(fonts, "正文", y=100.0))
    (painted,) = read(pdf_bytes(issue_of(page), fonts).data)
    assert [char.get_text() for char in painted] == ["正", "文"]


def test_outlines_are_painted(fonts: FontBook) -> None:
    text = line(fonts, "报头")
    outlined = Outline(text.glyphs)
    assert darkness(fonts, issue_of((outlined,))) == pytest.approx(
        darkness(fonts, issue_of((text,))), rel=0.05
    )


def test_a_stroke_thickens(fonts: FontBook) -> None:
    text = line(fonts, "标题")
    thick = replace(text, stroke=0.6)
    assert darkness(fonts, issue_of((thick,))) > 1.2 * darkness(fonts, issue_of((text,)))


def test_upright_marks_take_another_form_and_stay_the_same_text(fonts: FontBook) -> None:
    level = line(fonts, "，（")
    upright = Run(tuple(replace(glyph, upright=True) for glyph in level.glyphs))
    (page,) = read(pdf_bytes(issue_of((level, upright)), fonts).data)
    assert [char.get_text() for char in page] == ["，", "（"] * 2
    assert first_page(fonts, upright) != first_page(fonts, level)


def test_rules_tints_and_pictures_are_painted(fonts: FontBook) -> None:
    marks = (
        Rule(20, 20, 380, 20, dashed=True),
        Tint(20, 40, 100, 50, fill=(0.9, 0.9, 0.8), frame=(1.0, 0.0, 0.0)),
        Picture(200, 200, 150, 100, seed=3),
    )
    for mark in marks:
        assert darkness(fonts, issue_of((mark,))) > 0


def test_a_picture_painted_twice_is_stored_once(fonts: FontBook) -> None:
    picture = Picture(200, 200, 150, 100, seed=3)
    data = pdf_bytes(issue_of((picture,), (replace(picture, x=20),)), fonts).data
    assert len(re.findall(rb"/DCTDecode", data)) == 1


def test_a_missing_glyph_is_named(fonts: FontBook) -> None:
    glyph = line(fonts, "a").glyphs[0]
    with pytest.raises(DataFault, match="U\\+1F600") as fault:
        pdf_bytes(issue_of((Run((replace(glyph, char="\U0001f600"),)),)), fonts)
    assert fault.value.id == "glyph-missing"


@pytest.mark.parametrize("twin", [False, True])
def test_other_processes_give_the_same_bytes(fonts: FontBook, twin: bool) -> None:
    program = (
        "import hashlib; from banmian.press.pdf import pdf_bytes\n"
        "from banmian.press.sheet import Picture\n"
        "from tests.banmian.press.painted_pages import *\n"
        "fonts = open_fonts()\n"
        f"page = (line(fonts, {TEXT!r}), line(fonts, '楷', face='kai'), Picture(9, 9, 99, 99, 5))\n"
        f"print(hashlib.sha256(pdf_bytes(issue_of(page), fonts, twin={twin}).data).hexdigest())\n"
    )

    def digest(seed: str) -> str:
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        return subprocess.check_output(
            [sys.executable, "-c", program], env=environment, cwd=ROOT, text=True
        )

    assert digest("1") == digest("2")


def first_page(fonts: FontBook, run: Run) -> bytes:
    """What a page with this line looks like."""
    with pypdfium2.PdfDocument(pdf_bytes(issue_of((run,)), fonts).data) as document:
        pixels: bytes = document[0].render(scale=2).to_pil().tobytes()
    return pixels


def darkness(fonts: FontBook, issue: SetIssue) -> int:
    """How much the first page is darker than blank paper."""
    with pypdfium2.PdfDocument(pdf_bytes(issue, fonts).data) as document:
        return sum(255 - level for level in document[0].render(scale=2).to_pil().tobytes())
