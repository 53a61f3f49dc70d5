"""A trained segmenter read from its folder: page text and layout → items."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Final, cast

from banmian_bench.article_model.blocks import Block, Language, blocks
from banmian_bench.article_model.cutting import Tagger, cuts
from banmian_bench.article_model.items import item
from banmian_bench.article_model.joining import Groups, joined
from banmian_bench.article_model.network import Network
from banmian_bench.article_model.pieces import Piece, pieces
from banmian_bench.article_model.roles import Tagged, tagged
from banmian_bench.protocol import Layout, PredictedItem
from banmian_bench.systems.text_system import missing

CUTS: Final = "cuts.crfsuite"
ROLES: Final = "roles.crfsuite"
KINDS: Final = "kinds.crfsuite"
LINKS: Final = "links.json"
LANGUAGE: Final = "language.json"


def open_tagger(path: Path) -> Tagger:
    """A CRF of python-crfsuite; :class:`MissingDependency` where that is not installed."""
    try:
        import pycrfsuite
    except ImportError:
        raise missing(path.parent.name, "python-crfsuite") from None
    tagger = pycrfsuite.Tagger()
    tagger.open(str(path))
    return cast(Tagger, tagger)


@dataclass(frozen=True, slots=True)
class Reader:
    """The first steps: a page's text, cut and tagged. With ``geometry`` it reads line boxes."""

    cuts: Tagger
    roles: Tagger
    geometry: bool

    def cut(self, text: str, layout: Layout | None) -> list[Piece]:
        """The pieces of a page."""
        layout = layout if self.geometry else None
        return pieces(text, cuts(text, self.cuts, layout), layout)

    def tag(self, made: list[Piece], layout: Layout | None) -> list[Tagged]:
        """The pieces with their roles."""
        return tagged(made, self.roles, layout.height if layout and self.geometry else 1.0)

    def blocks(self, text: str, layout: Layout | None) -> list[Block]:
        """The blocks of a page."""
        return blocks(self.tag(self.cut(text, layout), layout))


@dataclass(frozen=True, slots=True)
class Segmenter:
    """All steps of a trained model."""

    reader: Reader
    kinds: Tagger
    links: Network
    language: Language

    @classmethod
    def read(cls, folder: Path, *, geometry: bool) -> Segmenter:
        """Open the files of a model folder, which must be whole."""
        return cls(
            Reader(open_tagger(folder / CUTS), open_tagger(folder / ROLES), geometry),
            open_tagger(folder / KINDS),
            Network.read(folder / LINKS),
            Language(**json.loads((folder / LANGUAGE).read_text(encoding="utf-8"))),
        )

    def items(self, text: str, layout: Layout | None = None) -> tuple[PredictedItem, ...]:
        """The items of a page, in the order in which they begin in the text."""
        found = self.reader.blocks(text, layout)
        groups = Groups(found, self.language, geometry=self.reader.geometry)
        made = [
            item([found[number] for number in group], text, self.kinds)
            for group in joined(groups, self.links)
        ]
        return tuple(sorted(made, key=lambda item: min(span.start for span in item.spans)))
