"""Which system gave a result: a digest of what it says of itself and of our code that runs it.

Two runs with the same fingerprint over the same signature give the same answers, so the second
need not be made. Only named systems have one: what stands behind ``cmd:`` or ``py:`` can change
without telling us.
"""

from __future__ import annotations

import ast
import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from banmian_bench.protocol import SystemInfo
from banmian_bench.systems.entrants import ENTRANTS

_PACKAGE: Final = "banmian_bench."
_FOLDER: Final = Path(__file__).parent
_PARTS: Final = frozenset({"systems", "article_model", "character_model"})
"""The packages in which systems are made; the rest of ours is the same for all of them."""


def fingerprint(spec: str, info: SystemInfo) -> str | None:
    """16 hex digits; None for a spec that is no entrant, nor a cascade of entrants.

    Counts: name, version, model and labels of ``info``, and the bytes of the modules that the
    system's class needs, as far as they belong to systems alone.
    """
    parts = spec.split("+")
    if not all(part in ENTRANTS for part in parts):
        return None
    digest = hashlib.sha256()
    for said in (spec, info.version, info.model, info.labels or ""):
        digest.update(said.encode() + b"\0")
    modules = ["systems." + ENTRANTS[part].path.partition(":")[0] for part in parts]
    for path in sorted({path for module in modules for path in sources(module)}):
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:16]


def sources(module: str) -> set[Path]:
    """The files of ``module`` of this package and of all that it imports from systems' packages."""
    found: set[Path] = set()
    ahead = [module]
    while ahead:
        name = ahead.pop()
        path = _FOLDER / (name.replace(".", "/") + ".py")
        if name.partition(".")[0] in _PARTS and path.is_file() and path not in found:
            found.add(path)
            ahead += _imported(path)
    return found


def _imported(path: Path) -> Iterator[str]:
    """What a module may import from this package: ``from a import b`` may mean a module b."""
    for node in ast.walk(ast.parse(path.read_bytes())):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(_PACKAGE):
            name = str(node.module).removeprefix(_PACKAGE)
            yield name
            yield from (f"{name}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Import):
            for alias in node.names:
                if alias.name.startswith(_PACKAGE):
                    yield alias.name.removeprefix(_PACKAGE)
