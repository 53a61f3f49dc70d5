"""Noise figures of the real page, and of a page small enough to count by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from banmian.press.calibration import NAMES, Calibration, Spread, calibration, profile
from banmian.release import Release
from banmian.tagset import Split

ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="module")
def found() -> Calibration:
    return calibration(Release(ROOT).issues(), lambda issue: issue.split is Split.REAL)


def test_the_real_page_is_as_it_was_counted() -> None:
    issue = next(i for i in Release(ROOT).issues() if i.split is Split.REAL)
    noise = profile(issue)

    assert noise.headline_after_body == 1.0
    assert noise.byline_before_headline == 1.0
    assert noise.headline_missing == pytest.approx(1 / 5)
    assert noise.false_breaks_per_story == pytest.approx(11 / 5)
    assert noise.overprinted == 1.0
    assert noise.lines_shared == 0.0


def test_the_press_is_as_noisy_as_the_real_page(found: Calibration) -> None:
    assert found.by_title
    assert found.misses() == []


def test_a_value_outside_the_spread_is_a_miss(found: Calibration) -> None:
    quiet = {name: Spread(0.0, 0.0, 0.0) for name in NAMES}

    assert "measure" in Calibration(found.real, quiet, {}).misses()


def test_a_spread_ignores_what_is_undefined() -> None:
    assert Spread.of([None, 3.0, 1.0]) == Spread(1.0, 2.0, 3.0)
    assert Spread.of([None]) is None
