"""``banmian-bench train``: our own baselines from the train split → model folders."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from banmian_bench.training.models import Model


def train(
    names: Annotated[
        list[str] | None, typer.Argument(help="Models: crf-lines, crf-boxes, …")
    ] = None,
    data: Annotated[
        Path, typer.Option(exists=True, file_okay=False, help="What `banmian build` wrote.")
    ] = Path("build/dataset"),
    models: Annotated[
        Path | None, typer.Option(help="Folder of the models; below $BANMIAN_CACHE else.")
    ] = None,
    every: Annotated[bool, typer.Option("--all", help="All models.")] = False,
    force: Annotated[
        bool, typer.Option("--force", help="Train again what was trained on this data already.")
    ] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print the models' cards as JSON.")
    ] = False,
) -> None:
    """Train baselines of our own on the train split, and on nothing else.

    Each gives <models>/<name>/ with its files and model.json; systems of the same name read them.
    What was trained on the same data by the same version is kept.

    Examples:

      banmian-bench train --all

      banmian-bench train crf-lines --data build/dataset --models /tmp/models

    Exit codes: 0 trained, 2 usage, a package is missing.
    """
    from banmian_bench.commands.ending import usage_as_exit

    # Before numpy is there: on matrices this small threads cost more than they give.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    with usage_as_exit():
        trained = [
            _trained(name, data, models, force=force) for name in _chosen(names or [], every=every)
        ]
    if as_json:
        cards = [json.loads(model.card.written()) for model in trained]
        typer.echo(json.dumps(cards, ensure_ascii=False))
        return
    for model in trained:
        typer.echo(model.folder)


def _chosen(names: list[str], *, every: bool) -> list[str]:
    from banmian.errors import UsageError
    from banmian_bench.training import TRAINERS, trainer

    if every == bool(names):
        raise UsageError(f"name models to train ({', '.join(TRAINERS)}), or --all")
    for name in names:
        trainer(name)
    return list(TRAINERS) if every else list(dict.fromkeys(names))


def _trained(name: str, data: Path, models: Path | None, *, force: bool) -> Model:
    from banmian import __version__
    from banmian_bench.examples import DataSet
    from banmian_bench.protocol import MissingDependency
    from banmian_bench.training import TRAIN_SPLIT, trainer
    from banmian_bench.training.models import default_models, require_model, train_model

    def say(line: str) -> None:
        typer.echo(f"{name}: {line}", err=True)

    found = DataSet.open(data)
    where = models or default_models()
    if not force:
        try:
            model = require_model(name, where)
        except MissingDependency:
            model = None
        wanted = (__version__, found.digest(TRAIN_SPLIT))
        if model is not None and (model.card.benchmark, model.card.data_digest) == wanted:
            say("kept, trained on this data already")
            return model
    model = train_model(name, trainer(name), found, where, say)
    say(f"{model.card.seconds:.1f} s, {model.card.provenance}")
    return model
