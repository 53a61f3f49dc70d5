"""Training issues without end: manuscripts of the train split, dealt anew into train houses.

Only copy of issues that are train is dealt, so that no text of test or dev gets into training.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from random import Random

from banmian.corpus import SPLIT_COLUMNS, read_table
from banmian.errors import UsageError
from banmian.manuscripts import Form, copy_paths, parse_copy
from banmian.press.print_run import issue_of
from banmian.records import written_beside
from banmian.tagset import ItemKind, Split

FIRST_DAY = date(2040, 1, 1)
STORIES = (4, 5, 5, 6, 9)
SMALL = {Form.BRIEF: 2, Form.PHOTO: 1, Form.WEATHER: 1, Form.NOTICE: 1, Form.AD: 2}
SECTION = re.compile(r"^=== \d\d\n", re.MULTILINE)

Drawers = dict[str, list[str]]
"""kind of piece → the manuscripts of it, each as its lines below the head"""


def deal(root: Path, output: Path, issues: int, seed: int) -> None:
    """Prepare ``output`` as a release of ``issues`` new train issues, ready to be pressed.

    Raises :class:`UsageError` where ``output`` exists or ``root`` has no train copy.
    """
    if output.exists():
        raise UsageError(f"{output} exists: name a new directory")
    train = train_copies(root)
    if not train:
        raise UsageError(f"{root} has no copy of issues that splits.tsv calls train")
    drawers = sorted_by_kind(train)
    houses = sorted({path.parent.name for path in train})
    rng = Random(seed)
    rows = []
    for number in range(issues):
        house, day = rng.choice(houses), FIRST_DAY + timedelta(days=number)
        path = output / "corpus" / "manuscripts" / house / f"{day.isoformat()}.txt"
        written_beside(path, dealt(drawers, rng))
        rows.append(f"{issue_of(path)}\t{Split.TRAIN}")
    for folder in ("corpus/houses", "annotations/guidelines"):
        shutil.copytree(root / folder, output / folder)
    shutil.copy(root / "annotations" / "tagset.toml", output / "annotations" / "tagset.toml")
    lines = ["\t".join(SPLIT_COLUMNS), *sorted(rows)]
    written_beside(output / "corpus" / "splits.tsv", "\n".join(lines) + "\n")


def train_copies(root: Path) -> list[Path]:
    """The manuscript files of the issues that are train."""
    rows = read_table(root / "corpus" / "splits.tsv", SPLIT_COLUMNS)
    train = {row["issue"] for _, row in rows if row["split"] == Split.TRAIN}
    copies = copy_paths(root / "corpus" / "manuscripts")
    return [path for path in copies if issue_of(path) in train]


def sorted_by_kind(copies: Sequence[Path]) -> Drawers:
    """Every manuscript of the files, by the kind of piece it is."""
    drawers: Drawers = {}
    for path in copies:
        text = path.read_text("utf-8")
        manuscripts, _ = parse_copy(text, issue_of(path))
        sections = SECTION.split(text.rstrip("\n") + "\n")[1:]
        for one, section in zip(manuscripts, sections, strict=True):
            drawers.setdefault(one.form.kind, []).append(section.rstrip("\n"))
    return drawers


def dealt(drawers: Drawers, rng: Random) -> str:
    """The copy of one issue: stories and small matter, none twice."""
    counts = {ItemKind.ARTICLE: rng.choice(STORIES)}
    counts |= {form.kind: count for form, count in SMALL.items()}
    sections: list[str] = []
    for kind, count in counts.items():
        drawer = drawers.get(kind, [])
        sections += rng.sample(drawer, min(count, len(drawer)))
    return "\n\n".join(f"=== {n:02d}\n{one}" for n, one in enumerate(sections, start=1)) + "\n"
