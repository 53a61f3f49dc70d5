"""``banmian validate`` finds each planted fault, and nothing else.

``tests/data/release/`` is a miniature release without a fault. A folder of ``tests/data/invalid/``
is named after the incident it must give (``.variant`` may follow) and laid over a copy: its files
replace those of the release, ``NAME.removed`` takes NAME away. Where more ids cannot be avoided,
the file ``also`` names them; ``base`` names another release to lay it over (``press_issue``: an
issue of the press in four views).
"""

from __future__ import annotations

import ast
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import banmian
from banmian.checks import check
from banmian.errors import UsageError
from banmian.incidents import IDS, Level

DATA = Path(__file__).parents[1] / "data"
CASES = sorted((DATA / "invalid").iterdir())
ISSUE = "slrb-2031-03-09"
ARTICLES = f"annotations/articles/{ISSUE}.jsonl"
ENTITIES = f"annotations/entities/{ISSUE}.jsonl"
WORDS = f"annotations/words/{ISSUE}.jsonl"
RELEASE_IDS = {id for level, ids in IDS.items() if level is not Level.DATASET for id in ids}


@pytest.fixture
def release(tmp_path: Path) -> Path:
    """A copy of the miniature release, to plant faults in."""
    return shutil.copytree(DATA / "release", tmp_path / "release")


@pytest.fixture
def laid_over(tmp_path: Path) -> Callable[[Path], Path]:
    """A copy of a case's release with the case laid over it."""

    def lay(case: Path) -> Path:
        base = case / "base"
        name = base.read_text(encoding="utf-8").strip() if base.is_file() else "release"
        copy = shutil.copytree(DATA / name, tmp_path / "of-case")
        overlay(case, copy)
        return copy

    return lay


def overlay(case: Path, release: Path) -> None:
    for path in case.rglob("*"):
        target = release / path.relative_to(case)
        if path.suffix == ".removed":
            target.with_suffix("").unlink()
        elif path.is_file() and path.relative_to(case).as_posix() not in ("also", "base"):
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, target)


def expected_ids(case: Path) -> set[str]:
    also = case / "also"
    others = also.read_text(encoding="utf-8").split() if also.is_file() else []
    return {case.name.partition(".")[0], *others}


def found_ids(release: Path) -> set[str]:
    return {incident.id for incident in check(release)}


def planted(release: Path, path: str, old: str, new: str) -> None:
    text = (release / path).read_text(encoding="utf-8")
    assert old in text
    (release / path).write_text(text.replace(old, new, 1), encoding="utf-8", newline="\n")


def test_the_miniature_release_is_clean() -> None:
    assert check(DATA / "release") == []


def test_a_folder_without_corpus_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError):
        check(tmp_path)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_planted_fault_gives_its_incident(case: Path, laid_over: Callable[[Path], Path]) -> None:
    assert found_ids(laid_over(case)) == expected_ids(case)


def test_the_invented_press_issue_is_clean() -> None:
    assert check(DATA / "press_issue") == []


@pytest.mark.parametrize(
    ("case", "place"),
    [
        ("annotation-missing", "corpus/issues.tsv:2"),
        ("checksum-wrong", "corpus/pages.tsv:2"),
        ("encoding-invalid", f"{ENTITIES}:2"),
        ("field-unknown.line", f"{ARTICLES}:6"),
        ("file-unlisted", "corpus/slrb/2031-03-09/p02.txt:1"),
        ("id-duplicate.issue", "corpus/issues.tsv:3"),
        ("item-overlap", f"{ARTICLES}:6"),
        ("json-truncated", f"{ARTICLES}:12"),
        ("label-unknown", f"{ENTITIES}:2"),
        ("artefact-text", f"{ARTICLES}:11"),
        ("split-twice", "corpus/splits.tsv:3"),
    ],
)
def test_an_incident_names_its_place(case: str, place: str, release: Path) -> None:
    overlay(DATA / "invalid" / case, release)
    assert [f"{incident.path}:{incident.line}" for incident in check(release)] == [place]


def test_faults_in_many_files_are_all_reported_at_once(release: Path) -> None:
    cases = [
        *("checksum-missing.header", "digest-wrong", "entity-outside", "field-unknown"),
        *("file-unlisted", "guideline-missing.version", "label-unknown", "split-unknown"),
        *("tagset-labels", "annotation-orphan", "field-type.ruling"),
    ]
    for case in (DATA / "invalid" / name for name in cases if name != "label-unknown"):
        overlay(case, release)
    planted(release, ENTITIES, '"GPE"', '"CITY"')
    planted(release, WORDS, "[0,3],", "")
    expected = {name.partition(".")[0] for name in cases} | {"words-tiling"}
    # The record of a label that is unknown is given up, with the entity outside of it.
    assert found_ids(release) == expected - {"entity-outside"}


def test_faults_of_one_record_are_all_reported_at_once(release: Path) -> None:
    planted(release, ARTICLES, '"kind":"article"', '"kind":"story","colour":"red"')
    planted(release, ARTICLES, '"role":"headline"', '"role":"title"')
    planted(release, ARTICLES, '"role":"byline"', '"role":"author"')
    planted(release, ARTICLES, '"name":"苏禾"', '"name":null')
    found = [incident.id for incident in check(release)]
    assert found == ["field-type", "field-unknown", "kind-unknown", "role-unknown", "role-unknown"]


def test_a_given_up_item_does_not_hide_unclaimed_text(release: Path) -> None:
    planted(release, ARTICLES, '"kind":"teaser"', '"kind":"story"')
    planted(release, ARTICLES, '"start":25,"end":29', '"start":25,"end":28')
    assert found_ids(release) == {"kind-unknown", "text-unclaimed"}


def test_each_run_of_unclaimed_text_is_one_incident(release: Path) -> None:
    planted(release, ARTICLES, '"start":0,"end":7', '"start":2,"end":5')
    messages = [incident.message for incident in check(release)]
    assert messages == [
        "'主办' on page 1 line 1 [5, 7) belongs to nothing",
        "'松岭' on page 1 line 1 [0, 2) belongs to nothing",
    ]


def test_a_pass_may_lie_on_its_own_articles(release: Path) -> None:
    """A pass whose articles differ is checked on those, not on the gold ones."""
    planted(release, ARTICLES, '{"page":1,"start":60,"end":61},', "")
    found = check(release)
    assert {(incident.id, incident.path) for incident in found} == {
        ("text-changed", ENTITIES),
        ("text-changed", WORDS),
    }


def test_every_incident_id_has_a_case() -> None:
    assert {case.name.partition(".")[0] for case in CASES} == RELEASE_IDS


def test_every_id_that_the_checks_write_is_listed() -> None:
    assert set(ids_written()) <= RELEASE_IDS


def test_every_listed_id_is_written_somewhere() -> None:
    assert set(strings_written()) >= RELEASE_IDS


def modules_of_the_checks() -> list[Path]:
    """The source files that ``banmian.checks`` imports, directly or not.

    The parsers of the press's own sources are left out: their faults are told under other ids.
    """
    folder = Path(banmian.__file__).parent
    found, todo = set[str](), ["checks"]
    while todo:
        name = todo.pop()
        if name not in found and name != "manuscripts" and not name.startswith("press"):
            found.add(name)
            todo += imported_modules(ast.parse((folder / f"{name}.py").read_text("utf-8")))
    return [folder / f"{name}.py" for name in sorted(found)]


def imported_modules(tree: ast.AST) -> list[str]:
    names = [node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    return [name.removeprefix("banmian.") for name in names if name and name.startswith("banmian.")]


def ids_written() -> Iterator[str]:
    """Ids in calls of ``DataFault`` (first argument) and ``named`` (last argument)."""
    for path in modules_of_the_checks():
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.args:
                if node.func.id == "DataFault":
                    yield from constants(node.args[0])
                elif node.func.id in ("named", "_named"):
                    yield from constants(node.args[-1])


def strings_written() -> Iterator[str]:
    for path in modules_of_the_checks():
        if path.stem != "incidents":
            yield from constants(ast.parse(path.read_text("utf-8")))


def constants(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value
