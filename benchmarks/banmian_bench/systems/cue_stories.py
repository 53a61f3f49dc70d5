"""Lines with cues gathered into stories (runs of prose) and the heads that stand between them.

Where a story begins is told by bylines, datelines and heads; whether a head between two runs of
prose is a crosshead, by what the two runs share.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from banmian_bench.systems.character_pairs import character_pairs
from banmian_bench.systems.cue_lines import DATELINE, Cue, Line, unclosed

_CROSSHEAD: Final = 16
"""Widest crosshead: it is set within one column."""
_HEAD_LINES: Final = 12
"""Lines of one head at most: a vertical head has a character a line."""
_SAME: Final = 0.05
"""Share of content that two runs of prose of one story have in common, at least."""
_SAME_UNMARKED: Final = 0.1
"""The same where stories open without byline or dateline; unrelated news has .03 to .10."""


def content(lines: Iterable[Line]) -> frozenset[str]:
    """What prose may share with other prose, read across line ends."""
    return character_pairs("".join(line.text for line in lines).replace(" ", ""))


@dataclass(frozen=True, slots=True)
class Block:
    """Lines of one head or caption; ``gap`` stories have begun before it."""

    lines: tuple[Line, ...]
    gap: int

    @property
    def text(self) -> str:
        return "".join(line.text for line in self.lines)

    @property
    def opens_with_dash(self) -> bool:
        """Whether it names the series a motto belongs to, or adds to a headline."""
        return self.text.startswith("——")


@dataclass(slots=True)
class Story:
    """A run of prose and what was found to go with it; ``body`` mixes lines and crossheads."""

    bylines: list[Line]
    body: list[Line | Block] = field(default_factory=list)
    heads: list[Block] = field(default_factory=list)
    captions: list[Block] = field(default_factory=list)
    jumps: list[Line] = field(default_factory=list)

    @property
    def prose(self) -> list[Line]:
        return [part for part in self.body if isinstance(part, Line)]

    @property
    def marked(self) -> bool:
        """Whether a byline or dateline says that a story begins here."""
        return bool(self.bylines) or DATELINE.match(self.prose[0].text) is not None


@dataclass(slots=True)
class Page:
    """The stories of a page in the order of the text, its heads and its captions."""

    stories: list[Story] = field(default_factory=list)
    heads: list[Block] = field(default_factory=list)
    captions: list[Block] = field(default_factory=list)
    _bylines: list[Line] = field(default_factory=list)  # seen, but no story begun since

    @classmethod
    def read(cls, lines: Sequence[tuple[Line, Cue]]) -> Page:
        """Gather the lines; furniture is left out."""
        page = cls()
        before: Cue | None = None
        for line, cue in lines:
            page._take(line, cue, before)
            if cue not in (Cue.FURNITURE, Cue.JUMP):  # both may stand inside a paragraph
                before = cue
        if page.stories:
            page.stories[-1].bylines += page._bylines
        page._join_crossheads()
        return page

    def _take(self, line: Line, cue: Cue, before: Cue | None) -> None:
        match cue:
            case Cue.PROSE:
                if before is not Cue.PROSE or DATELINE.match(line.text):
                    self.stories.append(Story(self._bylines))
                    self._bylines = []
                self.stories[-1].body.append(line)
            case Cue.HEAD:
                if before is Cue.BYLINE:
                    self._close_with_bylines()
                self._add(self.heads, line, joined=before is cue and _runs_on(self.heads, line))
            case Cue.CAPTION:
                self._add(self.captions, line, joined=before is cue)
            case Cue.BYLINE:
                self._bylines.append(line)
            case Cue.JUMP if self.stories:
                self.stories[-1].jumps.append(line)

    def _close_with_bylines(self) -> None:
        """Bylines before a head close the story above, if that has none yet."""
        if self.stories and not self.stories[-1].bylines:
            self.stories[-1].bylines, self._bylines = self._bylines, []

    def _add(self, blocks: list[Block], line: Line, *, joined: bool) -> None:
        lines = (*blocks.pop().lines, line) if joined else (line,)
        blocks.append(Block(lines, len(self.stories)))

    def _join_crossheads(self) -> None:
        marked = sum(story.marked for story in self.stories) * 2 > len(self.stories)
        at = 1
        while at < len(self.stories):
            heads = [head for head in self.heads if head.gap == at]
            if _one_story(self.stories, at, heads, marked=marked):
                story = self.stories.pop(at)
                self.stories[at - 1].body += [*heads, *story.body]
                self.stories[at - 1].jumps += story.jumps
                self.heads = _moved_up((h for h in self.heads if h.gap != at), at)
                self.captions = _moved_up(self.captions, at)
            else:
                at += 1


def _runs_on(heads: Sequence[Block], line: Line) -> bool:
    """Whether ``line`` goes on in the middle of a phrase that the last head began."""
    above = heads[-1]
    if len(above.lines) == _HEAD_LINES:
        return False
    if unclosed(above.lines[-1]):
        return True
    if line.after_blank:
        return False
    in_series = above.opens_with_dash and not above.text.endswith(("）", ")"))
    return line.width <= 4 or in_series


def _one_story(stories: Sequence[Story], at: int, heads: Sequence[Block], *, marked: bool) -> bool:
    """Whether story ``at`` goes on with the one before it, ``heads`` between being crossheads."""
    before, here = stories[at - 1], stories[at]
    if here.marked or len(heads) > 1 or any(h.lines[0].width > _CROSSHEAD for h in heads):
        return False
    if not heads:
        return True
    tokens = content(here.prose)
    shared = _shared(tokens, content(before.prose))
    if marked:
        return shared >= _SAME
    others = (content(story.prose) for story in stories if story is not before)
    nearer = all(_shared(tokens, other) < shared for other in others if other != tokens)
    return shared >= _SAME_UNMARKED and nearer


def _shared(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / max(1, min(len(one), len(other)))


def _moved_up(blocks: Iterable[Block], joined: int) -> list[Block]:
    """The blocks after story ``joined`` became part of the one before it."""
    return [Block(block.lines, block.gap - (block.gap >= joined)) for block in blocks]
