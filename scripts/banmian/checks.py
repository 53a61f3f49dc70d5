"""Every check of a release: the corpus, then the annotations on it. All incidents at once."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path

from banmian.checks_corpus import CorpusTables, check_corpus, read_tables
from banmian.checks_layers import LayerFiles
from banmian.checks_press import check_press
from banmian.corpus import STREAM
from banmian.errors import DataFault, UsageError
from banmian.incidents import Findings, Incident
from banmian.layers import GUIDELINE_VERSION, LayerName
from banmian.release import VIEWS
from banmian.rulings import parse_rulings
from banmian.tagset import EntityLabel, Split


def check(root: Path) -> list[Incident]:
    """Every incident of the release in ``root``, sorted by path and line.

    A finding that only follows from another one is left out. Raises :class:`UsageError` where
    ``root`` holds no corpus.
    """
    if not (root / "corpus").is_dir():
        raise UsageError(f"{root} holds no corpus/: name a checkout of BanMian")
    findings = Findings(root)
    tables = read_tables(root / "corpus", findings)
    check_corpus(tables, findings)
    check_press(tables, findings)
    check_annotations(root / "annotations", tables, findings)
    return sorted(findings.met)


def check_annotations(folder: Path, tables: CorpusTables, findings: Findings) -> None:
    """Check the tag set, the guidelines, the gold layers, the passes and the rulings."""
    _check_tagset(folder / "tagset.toml", findings)
    versions = _guideline_versions(folder, findings)
    gold = LayerFiles(folder, versions, tables, findings)
    views = [
        LayerFiles(path, versions, tables, findings, path.name)
        for path in sorted((folder / VIEWS).glob("*/"))
    ]
    passes = [
        LayerFiles(path, {}, tables, findings) for path in sorted((folder / "passes").glob("*/"))
    ]
    _check_present(gold, tables, findings)
    annotated = set().union(*(files.issues() for files in (gold, *views, *passes)))
    for issue in sorted(annotated):
        texts = gold.check(issue)
        for one in views:
            one.check_view(issue, texts)
        for one in passes:
            one.check_pass(issue, texts)
    for path in sorted((folder / "rulings").glob("*/*.jsonl")):
        _check_rulings(path, tables, findings)


def _check_present(gold: LayerFiles, tables: CorpusTables, findings: Findings) -> None:
    """Each issue has its articles in every view; the real ones have entities and words too."""
    for number, issue in tables.issues.issue_lines():
        real = tables.split_of(issue) is Split.REAL
        needed = {
            f"{layer} layer": gold.path(layer, issue)
            for layer in (LayerName if real else (LayerName.ARTICLES,))
        }
        for view in {page.view for page in tables.pages_of(issue) or ()} - {STREAM}:
            path = gold.folder / VIEWS / view / LayerName.ARTICLES / f"{issue}.jsonl"
            needed[f"articles layer of the view {view}"] = path
        for what, path in needed.items():
            if not path.is_file():
                fault = DataFault(
                    "annotation-missing", f"issue {issue} has no {what}", "annotate it"
                )
                findings.add(tables.issues.path, number, fault)


def _guideline_versions(folder: Path, findings: Findings) -> dict[LayerName, str]:
    """The version that the guideline of each layer states, for the layers that have files."""
    versions = {}
    for layer in LayerName:
        if not any((folder / layer).glob("*.jsonl")):
            continue
        path = folder / "guidelines" / f"{layer}.md"
        text = findings.text(path)
        match = GUIDELINE_VERSION.search(text) if text is not None else None
        if match is not None:
            versions[layer] = match[1]
        elif text is not None:
            fault = DataFault(
                "guideline-missing",
                f"{path.name} states no version",
                f"write 'Version: {layer}-1.0'",
            )
            findings.add(path, 1, fault)
    return versions


def _check_tagset(path: Path, findings: Findings) -> None:
    if (text := findings.text(path)) is not None:
        findings.extend(path, ((1, fault) for fault in _tagset_faults(text)))


def _tagset_faults(text: str) -> Iterator[DataFault]:
    try:
        labels = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        yield DataFault("tagset-invalid", str(error), "write TOML: one table a label")
        return
    for label in sorted(labels.keys() ^ set(EntityLabel)):
        what = "is no entity label" if label in labels else "is not defined"
        yield DataFault("tagset-labels", f"{label} {what}", "define the 18 types, no more")
    for label, table in labels.items():
        definition = table.get("definition") if isinstance(table, dict) else None
        if not (isinstance(definition, str) and definition.strip()):
            yield DataFault("tagset-invalid", f"{label} has no definition", "define it in a line")


def _check_rulings(path: Path, tables: CorpusTables, findings: Findings) -> None:
    text = findings.text(path)
    if text is not None:
        findings.extend(path, parse_rulings(text).faults)
    if not tables.knows(path.stem):
        fault = DataFault(
            "annotation-orphan",
            f"no issue {path.stem} is in corpus/issues.tsv",
            "name the file after its issue",
        )
        findings.add(path, 1, fault)
