"""Photographs the press draws, and pictures of its pages."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from banmian.press.pdf import pdf_bytes
from banmian.press.photographs import SCENES, photograph
from banmian.press.rendering import MOST_BYTES, page_pictures
from tests.banmian.press.painted_pages import issue_of, line, open_fonts


def test_a_photograph_has_the_size_asked_for() -> None:
    with Image.open(io.BytesIO(photograph(3, 61, 47))) as picture:
        assert (picture.format, picture.size) == ("JPEG", (61, 47))


def test_a_seed_gives_one_photograph() -> None:
    assert photograph(8, 90, 60) == photograph(8, 90, 60)


def test_seeds_give_different_photographs() -> None:
    assert len({photograph(seed, 60, 40) for seed in range(12)}) == 12


@pytest.mark.parametrize("size", [(1, 1), (300, 2), (2, 300)])
def test_every_scene_fits_any_size(size: tuple[int, int]) -> None:
    assert all(photograph(seed, *size) for seed in range(4 * len(SCENES)))


def test_each_page_is_a_picture_of_the_width() -> None:
    fonts = open_fonts()
    data = pdf_bytes(issue_of((line(fonts, "一版"),), (line(fonts, "二版"),)), fonts).data
    pictures = page_pictures(data, width=200)
    sizes = [Image.open(io.BytesIO(picture)).size for picture in pictures]
    assert sizes == [(200, 200)] * 2


def test_a_full_page_stays_small_and_the_same() -> None:
    fonts = open_fonts()
    text = "这是一版排得满满当当的正文从左到右从上到下没有一处空白可寻"
    marks = tuple(line(fonts, text, y=12.0 * row) for row in range(33))
    data = pdf_bytes(issue_of(marks), fonts).data
    (picture,) = page_pictures(data)
    assert len(picture) <= MOST_BYTES
    assert page_pictures(data) == [picture]
