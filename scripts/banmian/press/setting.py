"""How a house sets its body, and what the setter must know of fonts to do so."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from banmian.errors import DataFault

EM_TOP = 0.88
"""how far the top of a CJK em box stands above the baseline, in ems"""


class Metrics(Protocol):
    """What the setter must know of fonts; advances are thousandths of an em."""

    def advance(self, face: str, char: str) -> int:
        """The width of ``char``; asked only where :meth:`has` says yes."""
        ...

    def has(self, face: str, char: str) -> bool:
        """Whether ``face`` has a glyph for ``char``."""
        ...


@dataclass(frozen=True, slots=True)
class DropCap:
    """A first character of ``size`` points over ``lines`` lines; ``gap`` points to its right."""

    lines: int
    size: float
    face: str | None = None
    gap: float = 2.0


@dataclass(frozen=True, slots=True)
class CrossheadSetting:
    """Crossheads: ``lines`` is how many line slots a one-line crosshead takes."""

    face: str
    size: float
    lines: int = 2
    centred: bool = True


@dataclass(frozen=True, slots=True)
class Setting:
    """A house's way of setting body; ``size`` in points, names ending in _em in ems.

    ``face`` gives way to ``fallback`` where it lacks a character; ``lead_face`` is that of a
    dateline. ``gap_em`` stands between Han and Latin. ``split_numbers`` lets a line end between
    a digit and the Han after it; ``hang`` puts ，。、 at a line's end outside the measure.
    """

    face: str
    size: float
    indent_em: float = 2.0
    gap_em: float = 0.25
    split_numbers: bool = False
    squeeze: bool = True
    tracking: float = 0.0
    lead_face: str | None = None
    fallback: str | None = None
    hang: bool = False
    crosshead: CrossheadSetting | None = None
    drop_cap: DropCap | None = None


def resolved(char: str, face: str, fallback: str | None, metrics: Metrics) -> str:
    """The face that prints ``char``: ``face`` or ``fallback``; refuses one that neither has."""
    for name in (face, fallback):
        if name is not None and metrics.has(name, char):
            return name
    raise DataFault(
        "glyph-missing",
        f"neither {face} nor {fallback or 'another face'} has {char!r} (U+{ord(char):04X})",
        "set it in another face, or change the copy",
    )
