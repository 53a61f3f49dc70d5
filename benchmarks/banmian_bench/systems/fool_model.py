"""FoolNLTK's networks, taken from its source archive and kept as arrays: nothing of it is run.

The frozen graphs of foolnltk 0.1.7 are read as data, without TensorFlow. The archive is not
fetched for the user: the package has no wheel, and pip runs the ``setup.py`` of a source archive
even to download it. Whoever wants the networks puts the archive into the cache, and
``python -m banmian_bench.systems.fool_model`` (or the first run) converts it.
"""

from __future__ import annotations

import hashlib
import io
import json
import sys
import tarfile
import tempfile
import zipfile
from pathlib import Path
from typing import Final

import numpy as np

from banmian_bench.protocol import MissingDependency
from banmian_bench.systems.fool_network import ARRAYS, CharacterTagger
from banmian_bench.systems.frozen_graph import float_constants
from banmian_bench.systems.pkuseg_model import default_cache

VERSION: Final = "0.1.7"
ARCHIVE: Final = f"foolnltk-{VERSION}.tar.gz"
ARCHIVE_SHA256: Final = "296dac1ca37b647d81ee8c37bb123f2b4cda4aec305893952b39e5686b7416f6"
PROVENANCE: Final = (
    f"network of foolnltk {VERSION}, 3.4 MB, archive sha256 {ARCHIVE_SHA256[:12]}; "
    "training corpus not stated"
)
NETWORKS: Final = ("seg", "ner")

_TABLES: Final = "tables.json"
_REMEDY: Final = (
    f"put {ARCHIVE} of the package index (61 MB, sha256 {ARCHIVE_SHA256[:12]}…) there, then run "
    "`python -m banmian_bench.systems.fool_model`; it is not fetched for you, as pip would run its "
    "setup.py"
)


def require_model(cache: Path) -> Path:
    """The networks' folder in ``cache``; :class:`MissingDependency` where it is not there."""
    folder = cache / f"foolnltk-{VERSION}-{ARCHIVE_SHA256[:12]}"
    if not all((folder / name).is_file() for name in (_TABLES, "seg.npz", "ner.npz")):
        raise MissingDependency(f"FoolNLTK's networks are not in {cache}: {_REMEDY}")
    return folder


def ensure_model(cache: Path) -> Path:
    """The networks' folder in ``cache``, converted from the archive there if it is not yet.

    The folder appears complete or not at all. :class:`MissingDependency` without the archive.
    """
    archive = cache / ARCHIVE
    if not archive.is_file():
        return require_model(cache)
    try:
        return require_model(cache)
    except MissingDependency:
        content = _checked(archive)
    with tempfile.TemporaryDirectory(prefix=".foolnltk-", dir=cache) as scratch:
        made = Path(scratch) / "model"
        convert(content, made)
        try:
            made.rename(cache / f"foolnltk-{VERSION}-{ARCHIVE_SHA256[:12]}")
        except OSError:  # another process was faster: its folder is complete, or nothing works
            return require_model(cache)
    return require_model(cache)


def tagger(folder: Path, network: str) -> CharacterTagger:
    """The network ``seg`` or ``ner`` of a folder of :func:`require_model`."""
    tables = json.loads((folder / _TABLES).read_text(encoding="utf-8"))
    with np.load(folder / f"{network}.npz", allow_pickle=False) as arrays:
        return CharacterTagger(
            {name: arrays[name] for name in ARRAYS}, tables["characters"], tables[network]
        )


def _checked(archive: Path) -> bytes:
    content = archive.read_bytes()
    digest = hashlib.sha256(content).hexdigest()
    if digest != ARCHIVE_SHA256:
        raise MissingDependency(
            f"{archive} has sha256 {digest[:12]}…, not {ARCHIVE_SHA256[:12]}…: delete it; {_REMEDY}"
        )
    return content


def convert(archive: bytes, folder: Path) -> None:
    """Write the networks of a source archive to ``folder``; KeyError where it lacks a part."""
    folder.mkdir()
    with tarfile.open(fileobj=io.BytesIO(archive)) as members:
        with zipfile.ZipFile(io.BytesIO(_member(members, "map.zip"))) as maps:
            tables = json.loads(maps.read("all_map.json"))
        for network in NETWORKS:
            constants = float_constants(_member(members, f"{network}.pb"))
            arrays = {name: constants[name] for name in ARRAYS}
            with (folder / f"{network}.npz").open("wb") as file:
                np.savez(file, allow_pickle=False, **arrays)
    kept = {"characters": tables["char_map"]}
    kept |= {name: _in_order(tables[f"{name}_map"]) for name in NETWORKS}
    (folder / _TABLES).write_text(json.dumps(kept, ensure_ascii=False), encoding="utf-8")


def _member(members: tarfile.TarFile, name: str) -> bytes:
    file = members.extractfile(f"foolnltk-{VERSION}/data/{name}")
    if file is None:
        raise KeyError(name)
    return file.read()


def _in_order(tags: dict[str, str]) -> list[str]:
    return [tags[str(number)] for number in range(len(tags))]


def main() -> None:
    """Convert the archive in the default cache and print the networks' folder."""
    try:
        print(ensure_model(default_cache()))
    except MissingDependency as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
