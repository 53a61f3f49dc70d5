"""Stories through line slots."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from banmian.press.setting import CrossheadSetting, DropCap, Setting
from banmian.press.sheet import Glyph
from banmian.press.typesetting import Slot, StoryBlock, StorySet, lines_needed, set_story
from banmian.tagset import Role
from tests.banmian.press.invented_type import PROSE, TYPE, offsets

BODY = Setting("song", 10.0, lead_face="hei", crosshead=CrossheadSetting("hei", 12.0, 2))
BLOCK = st.tuples(st.sampled_from([Role.BODY, Role.BODY, Role.CROSSHEAD, Role.DATELINE]), PROSE)
STORY = st.lists(BLOCK, min_size=1, max_size=5).map(
    lambda made: [StoryBlock(7 + k, text, role) for k, (role, text) in enumerate(made)]
)


def column(lines: int, width: float = 120.0, x: float = 0.0) -> list[Slot]:
    return [Slot(x, 800.0 - 14 * k, width) for k in range(lines)]


def glyphs(done: StorySet) -> list[Glyph]:
    return [glyph for run in done.runs for glyph in run.glyphs]


def printed(runs: Sequence[StorySet]) -> str:
    return "".join(glyph.char for done in runs for glyph in glyphs(done))


@given(STORY)
def test_lines_needed_is_what_setting_takes(story: list[StoryBlock]) -> None:
    needed = lines_needed(story, 120.0, BODY, TYPE)
    done = set_story(story, column(needed + 1), BODY, TYPE)
    assert (done.used, done.rest) == (needed, ())


@given(STORY, st.integers(1, 12), st.booleans())
def test_jump_loses_and_doubles_nothing(story: list[StoryBlock], lines: int, dropped: bool) -> None:
    setting = replace(BODY, drop_cap=DropCap(2, 26.0) if dropped else None)
    first = set_story(story, [*column(lines), *column(lines, 170.0, 200.0)], setting, TYPE)
    second = set_story(first.rest, column(150), replace(setting, drop_cap=None), TYPE)
    every = glyphs(first) + glyphs(second)
    assert second.rest == ()
    for block in story:
        assert offsets(every, block.element) == list(range(len(block.text)))
        assert all(
            block.text[g.source.offset] == g.char
            for g in every
            if g.source.element == block.element
        )


@given(STORY)
def test_no_line_leaves_its_slot(story: list[StoryBlock]) -> None:
    done = set_story(story, column(150), BODY, TYPE)
    tops = {round(slot.y_top - 8.8, 6) for slot in column(150)}
    for run in done.runs:
        assert run.glyphs[0].size != 10.0 or round(run.glyphs[0].y, 6) in tops
        assert all(g.x >= -6.01 for g in run.glyphs)


def test_story_runs_on_where_the_jump_began() -> None:
    story = [StoryBlock(0, "大河" * 30), StoryBlock(1, "新区")]
    first = set_story(story, column(2), BODY, TYPE)
    assert first.rest == (StoryBlock(0, "大河" * 30, start=22), StoryBlock(1, "新区"))
    second = set_story(first.rest, column(9), BODY, TYPE)
    assert second.runs[0].glyphs[0].x == 0.0
    assert printed([first, second]) == "大河" * 30 + "新区"


def test_dateline_runs_in_before_a_gap_of_one_em() -> None:
    story = [StoryBlock(0, "本报讯", Role.DATELINE), StoryBlock(1, "大河新区")]
    (run,) = set_story(story, column(3), BODY, TYPE).runs
    assert [g.face for g in run.glyphs[:4]] == ["hei", "hei", "hei", "song"]
    assert run.glyphs[3].x - run.glyphs[2].x == pytest.approx(20.0)
    assert [g.source.element for g in run.glyphs[2:4]] == [0, 1]


def test_crosshead_keeps_the_line_after_it() -> None:
    story = [StoryBlock(0, "大河"), StoryBlock(1, "新区", Role.CROSSHEAD), StoryBlock(2, "石桥")]
    done = set_story(story, [*column(3), *column(9, x=200.0)], BODY, TYPE)
    assert [run.glyphs[0].x for run in done.runs] == [20.0, 248.0, 220.0]
    assert done.used == 6


def test_drop_cap_narrows_the_lines_beside_it() -> None:
    setting = replace(BODY, drop_cap=DropCap(2, 24.0, gap=6.0))
    done = set_story([StoryBlock(0, "大" * 40)], column(9), setting, TYPE)
    assert [(run.glyphs[0].x, len(run.glyphs)) for run in done.runs] == [
        (0.0, 1), (30.0, 9), (30.0, 9), (0.0, 12), (0.0, 9)
    ]  # fmt: skip


def test_frames_of_different_widths_are_threaded() -> None:
    done = set_story([StoryBlock(0, "大" * 40)], [*column(1), *column(5, 240.0)], BODY, TYPE)
    assert [len(run.glyphs) for run in done.runs] == [10, 24, 6]
