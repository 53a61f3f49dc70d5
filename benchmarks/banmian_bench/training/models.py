"""Trained models on disk: a folder for each, with ``model.json`` beside its files.

A folder is written under another name and renamed, so it appears complete or not at all. Files
are checked against the sha256 that ``model.json`` gives before a system reads them.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any, Final

from banmian import __version__
from banmian_bench.protocol import MissingDependency
from banmian_bench.systems.pkuseg_model import default_cache
from banmian_bench.training import TRAIN_SPLIT, Say, Trainer

if TYPE_CHECKING:
    from banmian_bench.examples import DataSet

CARD: Final = "model.json"
DEFAULT_DATA: Final = Path("build/dataset")
"""What a model is held against that was trained elsewhere: the data set that is used here."""


@dataclass(frozen=True, slots=True)
class ModelCard:
    """What is known of a trained model; ``files`` maps each of its files to its sha256."""

    name: str
    benchmark: str
    data_version: str
    data_digest: str
    seed: int
    files: Mapping[str, str]
    seconds: float
    sizes: Mapping[str, int]

    @classmethod
    def read(cls, text: str) -> ModelCard:
        """ValueError for anything but what :meth:`written` gives."""
        try:
            record: dict[str, Any] = json.loads(text)
            return cls(**record)
        except TypeError as error:
            raise ValueError(str(error)) from None

    def written(self) -> str:
        """As JSON text."""
        return json.dumps(asdict(self), ensure_ascii=False, indent=2, sort_keys=True) + "\n"

    @property
    def provenance(self) -> str:
        """The data it was trained on, in the form of a record's signature."""
        return f"trained on {self.data_version}@{self.data_digest[:8]}, split {TRAIN_SPLIT}"

    def strangeness(self, digest: str | None) -> str:
        """A note where the train split with ``digest`` (None: unknown) is not what it learned."""
        if digest is None or digest == self.data_digest:
            return ""
        return f"trained on other data ({self.data_digest[:8]}) than here ({digest[:8]})"


@dataclass(frozen=True, slots=True)
class Model:
    """A model folder whose files are as they were written."""

    folder: Path
    card: ModelCard

    def path(self, file: str) -> Path:
        """Where one of its files is."""
        return self.folder / file


def default_models() -> Path:
    """``models`` in the cache that :func:`default_cache` names."""
    return default_cache() / "models"


def find_card(name: str, models: Path | None = None) -> ModelCard | None:
    """The card of the model ``name``; None where there is none that can be read. Cheap."""
    try:
        return ModelCard.read(((models or default_models()) / name / CARD).read_text("utf-8"))
    except (OSError, ValueError):
        return None


def require_model(name: str, models: Path | None = None) -> Model:
    """The model ``name``, its files checked; :class:`MissingDependency` if missing or damaged."""
    folder = (models or default_models()) / name
    remedy = f"run `banmian-bench train {name}`"
    if not folder.is_dir():
        raise MissingDependency(f"{name} has no model in {folder.parent}: {remedy}")
    card = find_card(name, folder.parent)
    if card is None:
        raise MissingDependency(f"{folder / CARD} cannot be read: {remedy} --force")
    for file, expected in card.files.items():
        path = folder / file
        if not path.is_file() or _sha256(path) != expected:
            raise MissingDependency(f"{path} is not the file that was trained: {remedy} --force")
    return Model(folder, card)


def train_model(
    name: str, trainer: Trainer, data: DataSet, models: Path, say: Say = lambda _: None
) -> Model:
    """Train ``name`` and put it into ``models``, in place of the one that may be there."""
    models.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f".{name}-", dir=models) as scratch:
        made = Path(scratch) / name
        made.mkdir()
        start = perf_counter()
        training = trainer(data, made, say)
        card = ModelCard(
            name=name,
            benchmark=__version__,
            data_version=data.version,
            data_digest=data.digest(TRAIN_SPLIT),
            seed=training.seed,
            files=_digests(made),
            seconds=round(perf_counter() - start, 1),
            sizes=dict(training.sizes),
        )
        (made / CARD).write_text(card.written(), encoding="utf-8")
        if (models / name).exists():
            shutil.move(models / name, Path(scratch) / "old")
        made.rename(models / name)
    return Model(models / name, card)


def digest_here(folder: Path = DEFAULT_DATA) -> str | None:
    """The digest of the train split in ``folder``; None where there is no such data set."""
    from banmian.errors import UsageError
    from banmian_bench.examples import DataSet

    try:
        return DataSet.open(folder).digest(TRAIN_SPLIT)
    except (UsageError, OSError, KeyError):
        return None


def _digests(folder: Path) -> dict[str, str]:
    """The sha256 of every file below ``folder``, by its path there."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): _sha256(path) for path in paths}


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
