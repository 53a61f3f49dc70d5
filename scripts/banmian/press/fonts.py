"""The twelve faces of the press: 宋, 黑 and 楷 in their weights, and what is known of each.

All are under the SIL Open Font Licence 1.1 (Noto CJK, LXGW WenKai): their glyphs may be embedded
in the PDFs. Lengths are thousandths of an em. The source fonts are converted once into a cache.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

from banmian.errors import DataFault, UsageError
from banmian.press.characters import characters

BLANK = " "
CACHE_VERSION = 2
FONT_FOLDERS = "BANMIAN_FONTS"
PACKAGES = "fonts-noto-cjk, fonts-noto-cjk-extra, fonts-lxgw-wenkai"


@dataclass(frozen=True, slots=True)
class FaceSource:
    """The file a face comes from, and the family to take where the file is a collection."""

    file: str
    family: str

    @property
    def name(self) -> str:
        """A PostScript name for the face."""
        return self.file.partition(".")[0]


def _noto(style: str, weight: str) -> FaceSource:
    return FaceSource(f"Noto{style}CJK-{weight}.ttc", f"Noto {style} CJK SC")


def _wenkai(weight: str) -> FaceSource:
    return FaceSource(f"LXGWWenKai-{weight}.ttf", "LXGW WenKai")


SOURCES: dict[str, FaceSource] = {
    "song": _noto("Serif", "Regular"),
    "song-medium": _noto("Serif", "Medium"),
    "song-bold": _noto("Serif", "Bold"),
    "song-black": _noto("Serif", "Black"),
    "hei": _noto("Sans", "Regular"),
    "hei-medium": _noto("Sans", "Medium"),
    "hei-bold": _noto("Sans", "Bold"),
    "hei-black": _noto("Sans", "Black"),
    "hei-light": _noto("Sans", "Light"),
    "kai": _wenkai("Regular"),
    "kai-bold": _wenkai("Bold"),
    "kai-light": _wenkai("Light"),
}


@dataclass(frozen=True)
class Face:
    """One face. Glyph 0 is the blank box that stands for what the face lacks.

    ``box`` holds all its glyphs (left, bottom, right, top); ``starts[g]`` to ``starts[g + 1]`` is
    glyph ``g`` in the outline file; ``most_points`` and ``most_contours`` are those of a glyph.
    """

    name: str
    postscript_name: str
    box: tuple[int, int, int, int]
    ascent: int
    descent: int
    most_points: int
    most_contours: int
    glyphs: dict[str, int]
    upright_glyphs: dict[str, int]
    advances: tuple[int, ...]
    starts: tuple[int, ...]
    outline_file: Path

    def has(self, char: str) -> bool:
        """Whether the face can print ``char``."""
        return char in self.glyphs

    def glyph(self, char: str, upright: bool = False) -> int:
        """The glyph of ``char``, in the form for vertical setting where ``upright``.

        Raises :class:`DataFault` ``glyph-missing`` where the face lacks it.
        """
        if upright and char in self.upright_glyphs:
            return self.upright_glyphs[char]
        try:
            return self.glyphs[char]
        except KeyError:
            message = f"the face {self.name} lacks {char!r} (U+{ord(char):04X})"
            raise DataFault("glyph-missing", message, "change the copy or the face") from None

    def advance(self, char: str) -> int:
        """The width of ``char``; :class:`DataFault` ``glyph-missing`` where the face lacks it.

        For the blank, what a PDF declares is the house's habit (``TextHabits.space``) instead.
        """
        return self.advances[self.glyph(char)]

    def outline(self, glyph: int) -> bytes:
        """The glyph as an entry of a TrueType ``glyf`` table; empty for a blank."""
        return self._outlines[self.starts[glyph] : self.starts[glyph + 1]]

    @cached_property
    def _outlines(self) -> bytes:
        return self.outline_file.read_bytes()


@dataclass(frozen=True)
class FontBook:
    """The faces by name. ``digest`` names the source fonts and the characters taken from them."""

    folder: Path
    digest: str

    @classmethod
    def open(cls, cache: Path | None = None, jobs: int = 2) -> FontBook:
        """The faces prepared in ``cache`` (default: the user's), preparing them if need be.

        Preparing takes ``jobs`` processes about a minute. Raises :class:`UsageError` where a
        source font is not installed.
        """
        sources = {name: _found(source) for name, source in SOURCES.items()}
        root = cache or _user_cache()
        digest = _digest(root, sources)
        folder = root / digest[:16]
        if not folder.is_dir():
            from banmian.press.fontprep import prepare

            prepare(sources, folder, jobs)
        return cls(folder, digest)

    def face(self, name: str) -> Face:
        """The face called ``name``; :class:`UsageError` where there is none."""
        if name not in SOURCES:
            raise UsageError(f"no face is called {name!r}; choose one of: {', '.join(SOURCES)}")
        return _face(self.folder, name)

    def names(self) -> tuple[str, ...]:
        """The names of all faces."""
        return tuple(SOURCES)

    def metrics(self, space: int) -> FontMetrics:
        """What the setter asks of fonts, in a house whose blank is ``space`` wide."""
        return FontMetrics(self, space)


@dataclass(frozen=True, slots=True)
class FontMetrics:
    """The widths a PDF of the house declares: a :class:`banmian.press.setting.Metrics`."""

    book: FontBook
    space: int

    def advance(self, face: str, char: str) -> int:
        """The width of ``char``; :class:`DataFault` ``glyph-missing`` where the face lacks it."""
        return self.space if char == BLANK else self.book.face(face).advance(char)

    def has(self, face: str, char: str) -> bool:
        """Whether ``face`` has a glyph for ``char``."""
        return self.book.face(face).has(char)


@lru_cache(maxsize=64)
def _face(folder: Path, name: str) -> Face:
    record = json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))
    chars: str = record["characters"]
    return Face(
        name=name,
        postscript_name=SOURCES[name].name,
        box=tuple(record["box"]),
        ascent=record["ascent"],
        descent=record["descent"],
        most_points=record["most_points"],
        most_contours=record["most_contours"],
        glyphs={char: glyph for glyph, char in enumerate(chars, 1)},
        upright_glyphs=record["upright"],
        advances=tuple(record["advances"]),
        starts=tuple(record["starts"]),
        outline_file=folder / f"{name}.glyf",
    )


def _user_cache() -> Path:
    base = os.environ.get("XDG_CACHE_HOME")
    return (Path(base) if base else Path.home() / ".cache") / "banmian" / "fonts"


def _found(source: FaceSource) -> Path:
    for folder in _font_folders():
        direct = folder / source.file
        if direct.is_file():
            return direct
        for path in sorted(folder.rglob(source.file)):
            return path
    raise UsageError(
        f"the font {source.file} is not installed: install it (Debian: {PACKAGES}) "
        f"or name its folder in {FONT_FOLDERS}"
    )


def _font_folders() -> Iterator[Path]:
    named = [part for part in os.environ.get(FONT_FOLDERS, "").split(os.pathsep) if part]
    yield from map(Path, named)
    yield Path("/usr/share/fonts")
    yield Path.home() / ".fonts"
    yield Path.home() / ".local" / "share" / "fonts"


def _digest(root: Path, sources: dict[str, Path]) -> str:
    """What the prepared faces depend on: the source files, the characters, the conversion."""
    sums = _checksums(root, sorted(set(sources.values())))
    parts = [f"{name} {sums[path]}" for name, path in sources.items()]
    parts += [str(CACHE_VERSION), "".join(characters())]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def _checksums(root: Path, paths: list[Path]) -> dict[Path, str]:
    """SHA-256 of each file; remembered under ``root``, for the files are large."""
    memory = root / "checksums.json"
    known: dict[str, str] = {}
    if memory.is_file():
        known = json.loads(memory.read_text(encoding="utf-8"))
    keys = {path: _identity(path) for path in paths}
    sums = {path: known.get(key) or _checksum(path) for path, key in keys.items()}
    if any(key not in known for key in keys.values()):
        root.mkdir(parents=True, exist_ok=True)
        entries = {keys[path]: value for path, value in sums.items()}
        aside = root / f"checksums.{os.getpid()}"
        aside.write_text(json.dumps(entries, indent=1, sort_keys=True), encoding="utf-8")
        aside.replace(memory)
    return sums


def _identity(path: Path) -> str:
    state = path.stat()
    return f"{path} {state.st_size} {state.st_mtime_ns}"


def _checksum(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
