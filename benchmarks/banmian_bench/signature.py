"""What a score depends on, printable and comparable: no number is quoted without it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

SCORER_VERSION = "1"
"""Raised whenever the same predictions could get another score."""


@dataclass(frozen=True, slots=True)
class Signature:
    """Knob → value, in a fixed order. Two scores are comparable if their signatures are equal."""

    knobs: Mapping[str, str]

    def __str__(self) -> str:
        return "|".join(f"{knob}:{value}" for knob, value in self.knobs.items())

    @property
    def short(self) -> str:
        """The first 8 hex digits of the signature's sha256."""
        return hashlib.sha256(str(self).encode()).hexdigest()[:8]

    @property
    def place(self) -> str:
        """The split, with the view of its pages where that is not the stream: ``test.rows``."""
        view = self.knobs.get("view")
        return self.knobs["split"] + (f".{view}" if view else "")

    def differences(self, other: Signature) -> list[str]:
        """``knob: mine ≠ theirs`` for every knob that differs."""
        knobs = [*self.knobs, *(knob for knob in other.knobs if knob not in self.knobs)]
        return [
            f"{knob}: {self.knobs.get(knob, '–')} ≠ {other.knobs.get(knob, '–')}"
            for knob in knobs
            if self.knobs.get(knob) != other.knobs.get(knob)
        ]

    @classmethod
    def parse(cls, text: str) -> Signature:
        """The signature that prints as ``text``."""
        return cls(dict(part.split(":", 1) for part in text.split("|")))
