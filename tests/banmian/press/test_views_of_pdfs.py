"""The views of real PDFs: against PDFBox and pdfplumber, and one article text in all four."""

from __future__ import annotations

import io
import random
import shutil
import subprocess
from pathlib import Path

import pytest

from banmian.articles import ArticleText
from banmian.errors import UsageError
from banmian.press.fonts import FontBook
from banmian.press.gold import gold_layer
from banmian.press.pdf import Printing, pdf_bytes
from banmian.press.sheet import SetIssue, TextHabits
from banmian.press.views import NAMES, rows_view, stream_view, views_of
from banmian.press.views.poppler import PACKAGE, PROGRAM, page_texts
from tests.banmian.press.invented_pages import invented_issue

ORACLE = Path(__file__).parent / "oracle" / "TikaText.java"
JARS = [Path("/usr/share/java") / f"{name}.jar" for name in ("pdfbox2", "fontbox2")]
LOGGING = Path("/usr/share/java/commons-logging.jar")
SEEDS = range(4)


class BookType:
    """The widths of a font book's faces."""

    def __init__(self, book: FontBook) -> None:
        self.book = book

    def advance(self, face: str, char: str) -> int:
        return self.book.face(face).advance(char)


@pytest.fixture(scope="module")
def book() -> FontBook:
    try:
        return FontBook.open()
    except UsageError as error:
        pytest.skip(str(error))


def habits(seed: int) -> TextHabits:
    """A house's habits by chance: each decides lines, blanks and paragraphs otherwise."""
    chance = random.Random(seed)
    return TextHabits(
        space=chance.choice((250, 300, 333, 500)),
        ascent=chance.choice((700, 880)),
        descent=chance.choice((-200, -120)),
        cap_height=chance.choice((0, 733, 950)),
        box_top=chance.choice((700, 1050)),
    )


@pytest.fixture(params=SEEDS)
def issue(request: pytest.FixtureRequest, book: FontBook) -> SetIssue:
    return invented_issue(request.param, BookType(book), habits(request.param))


@pytest.fixture
def printing(issue: SetIssue, book: FontBook) -> Printing:
    return pdf_bytes(issue, book)


@pytest.mark.skipif(shutil.which(PROGRAM) is None, reason=f"needs {PACKAGE}")
def test_each_item_has_one_text_in_all_views(
    issue: SetIssue, printing: Printing, book: FontBook
) -> None:
    twin = pdf_bytes(issue, book, twin=True)
    views = views_of(issue, printing.data, twin.data, twin.codes)
    assert set(views) == set(NAMES)
    found = []
    for given in views.values():
        pages = {sheet.number: view for sheet, view in zip(issue.sheets, given, strict=True)}
        content = gold_layer(issue, pages, "articles-1.1").content
        texts = {number: view.text for number, view in pages.items()}
        found.append(
            [ArticleText.read(item, texts, content.artefacts).text for item in content.items]
        )
    assert found == [found[0]] * len(NAMES)


@pytest.mark.skipif(
    shutil.which("java") is None or not all(jar.is_file() for jar in (*JARS, LOGGING)),
    reason="needs Java and PDFBox 2 (Debian: default-jdk-headless, libpdfbox2-java)",
)
def test_the_stream_view_is_what_pdfbox_gives(book: FontBook, tmp_path: Path) -> None:
    issues = [invented_issue(seed, BookType(book), habits(seed)) for seed in range(20)]
    for number, issue in enumerate(issues):
        (tmp_path / f"{number:02d}.pdf").write_bytes(pdf_bytes(issue, book).data)
    jars = ":".join(str(jar) for jar in (*JARS, LOGGING))
    command = ["java", "-cp", jars, str(ORACLE), *map(str, sorted(tmp_path.iterdir()))]
    done = subprocess.run(command, capture_output=True, check=True)
    given = [stream_view(sheet, issue.habits) for issue in issues for sheet in issue.sheets]
    assert [view.text for view in given] == done.stdout.decode("utf-8").split("\f")[:-1]


def test_the_row_view_has_pdfplumber_s_lines_and_order(issue: SetIssue, printing: Printing) -> None:
    """Blanks apart: pdfplumber drops a blank painted at the end of a line, the view keeps it."""
    pdfplumber = pytest.importorskip("pdfplumber")
    with pdfplumber.open(io.BytesIO(printing.data)) as document:
        for sheet, page in zip(issue.sheets, document.pages, strict=True):
            expected = page.extract_text().split("\n")
            lines = rows_view(sheet, issue.habits).text.split("\n")
            assert ["".join(line.split()) for line in lines] == [
                "".join(line.split()) for line in expected
            ]


def test_without_poppler_its_package_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda program: None)
    with pytest.raises(UsageError, match=PACKAGE):
        page_texts(b"")
