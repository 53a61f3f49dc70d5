"""FoolNLTK's networks, taken from its source archive and kept as arrays: nothing of it is run.

The archive of foolnltk 0.1.7 is fetched from the package index and its frozen graphs are read as
data, without TensorFlow. ``python -m banmian_bench.systems.fool_model`` does it by hand.
"""

from __future__ import annotations

import hashlib
import io
import json
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from collections.abc import Callable
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
_REMEDY: Final = "run `python -m banmian_bench.systems.fool_model` (61 MB from the package index)"


def require_model(cache: Path) -> Path:
    """The networks' folder in ``cache``; :class:`MissingDependency` where it is not there."""
    folder = cache / f"foolnltk-{VERSION}-{ARCHIVE_SHA256[:12]}"
    if not all((folder / name).is_file() for name in (_TABLES, "seg.npz", "ner.npz")):
        raise MissingDependency(f"FoolNLTK's networks are not in {cache}: {_REMEDY}")
    return folder


def ensure_model(cache: Path, *, say: Callable[[str], None] = lambda _: None) -> Path:
    """The networks' folder in ``cache``, fetched and converted there if it is not yet.

    An archive that lies in ``cache`` already is used instead of the package index. The folder
    appears complete or not at all; ``say`` is told what takes time.
    """
    try:
        return require_model(cache)
    except MissingDependency:
        cache.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".foolnltk-", dir=cache) as scratch:
        archive = cache / ARCHIVE
        if not archive.is_file():
            say("FoolNLTK's networks: fetching 61 MB from the package index")
            archive = _fetched(Path(scratch))
        made = Path(scratch) / "model"
        convert(_checked(archive), made)
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


def _fetched(into: Path) -> Path:
    """The archive from pip, which holds it against the digest before it looks into it."""
    wanted = into / "wanted.txt"
    wanted.write_text(f"foolnltk=={VERSION} --hash=sha256:{ARCHIVE_SHA256}\n", encoding="utf-8")
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-input", "--no-deps"]
    command += ["--require-hashes", "--dest", str(into), "--requirement", str(wanted)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        reason = (done.stderr.strip().splitlines() or ["no message"])[-1]
        raise MissingDependency(
            f"FoolNLTK's archive could not be fetched with pip: {reason}. With pip and a package "
            f"index at hand, {_REMEDY}; or put {ARCHIVE} into the cache"
        )
    return into / ARCHIVE


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
    """Fetch the networks into the default cache and print their folder."""
    print(ensure_model(default_cache(), say=lambda line: print(line, file=sys.stderr)))


if __name__ == "__main__":
    main()
