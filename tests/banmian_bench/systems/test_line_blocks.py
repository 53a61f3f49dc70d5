"""Blocks of PDF tools: recorded words of theirs, and our line boxes in their hands."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings

from banmian_bench.protocol import MissingDependency, Request
from banmian_bench.systems.line_blocks import LineBlocks, PdfminerBoxes
from banmian_bench.systems.poppler_blocks import FOLDER, PopplerBlocks, PopplerLine, poppler_lines
from tests.banmian_bench.systems.page_layouts import column, found, page, read, refuse_bad_spans
from tests.banmian_bench.systems.page_layouts import requests as any_requests

RECORDED = """
  <page width="770.000000" height="1095.000000">
    <flow>
      <block xMin="0.0" yMin="-5.0" xMax="80.0" yMax="32.0">
        <line xMin="0.0" yMin="-5.0" xMax="80.0" yMax="17.0">
          <word xMin="0.0" yMin="-5.0" xMax="80.0" yMax="17.0">甲</word>
        </line>
        <line xMin="0.0" yMin="9.0" xMax="80.0" yMax="32.0">
        </line>
      </block>
      <block xMin="100.0" yMin="-5.0" xMax="180.0" yMax="17.0">
        <line xMin="100.0" yMin="-5.0" xMax="180.0" yMax="17.0">
        </line>
      </block>
"""
LINES = [*column("甲乙", 0, 0), *column("丙", 100, 0)]


def test_lines_of_poppler_know_their_block() -> None:
    assert list(poppler_lines(RECORDED)) == [
        PopplerLine(1, 0, -5, 80, 17),
        PopplerLine(1, 0, 9, 80, 32),
        PopplerLine(2, 100, -5, 180, 17),
    ]


@pytest.fixture
def poppler(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> PopplerBlocks:
    """A pdftotext that says what was recorded."""

    def run(command: list[str], **_: object) -> subprocess.CompletedProcess[bytes]:
        assert command[2:6] == ["-f", "02", "-l", "02"]
        return subprocess.CompletedProcess(command, 0, RECORDED.encode(), b"")

    (tmp_path / "news.pdf").write_bytes(b"%PDF")
    monkeypatch.setenv(FOLDER, str(tmp_path))
    monkeypatch.setattr(shutil, "which", lambda _: "/usr/bin/pdftotext")
    monkeypatch.setattr(subprocess, "run", run)
    system = PopplerBlocks()
    system.load()
    return system


def asked(id: str) -> Request:
    whole = page(LINES)
    return Request(id, whole.task, whole.text, whole.text_sha256, whole.layout)


def test_a_line_is_in_the_block_that_it_lies_on(poppler: PopplerBlocks) -> None:
    assert read(poppler, asked("news-p02")) == ["甲乙", "丙"]


def test_a_page_without_its_pdf_is_an_error(poppler: PopplerBlocks) -> None:
    with pytest.raises(FileNotFoundError, match=r"BANMIAN_PDFS holds no other\.pdf"):
        found(poppler, asked("../other-p02"))


def test_poppler_is_never_installed_but_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda _: None)
    with pytest.raises(MissingDependency, match="there is no pdftotext"):
        PopplerBlocks().load()


@pytest.mark.parametrize("folder", [None, "nowhere"])
def test_the_pdfs_must_be_told(folder: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda _: "/usr/bin/pdftotext")
    monkeypatch.delenv(FOLDER, raising=False)
    if folder is not None:
        monkeypatch.setenv(FOLDER, folder)
    with pytest.raises(MissingDependency, match="banmian press --pdf FOLDER"):
        PopplerBlocks().load()


def test_a_missing_pdfminer_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pdfminer.layout", None)
    with pytest.raises(MissingDependency, match=r"pip install pdfminer\.six"):
        PdfminerBoxes().load()


def test_a_box_of_pdfminer_is_a_run_of_close_lines() -> None:
    pytest.importorskip("pdfminer")
    lines = [*column("乙甲", 0, 0), *column("丙丁", 200, 0), *column("戊", 0, 100)]
    assert sorted(read(PdfminerBoxes(), page(lines))) == ["丙丁", "乙甲", "戊"]


@settings(max_examples=50)
@given(request=any_requests)
def test_whatever_the_boxes_pdfminer_gives_sound_spans(request: Request) -> None:
    pytest.importorskip("pdfminer")
    refuse_bad_spans(found(PdfminerBoxes(), request), request.text)


def test_an_empty_block_makes_no_item() -> None:
    class Odd(LineBlocks):
        def blocks(self, request: Request, lines: Any) -> Any:  # noqa: ANN401
            return [[], lines]

    assert len(found(Odd(), page(LINES))) == 1


def test_a_page_of_which_poppler_says_nothing_is_one_item(
    poppler: PopplerBlocks, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("banmian_bench.systems.poppler_blocks.poppler_lines", lambda _: ())
    assert read(poppler, asked("news-p02")) == ["甲乙丙"]
