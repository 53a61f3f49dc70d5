"""Training of ``crf-lines`` and ``crf-boxes`` on the pages of the train split, in every view."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

import numpy as np

from banmian_bench.article_model import segmenter
from banmian_bench.article_model.blocks import Language, blocks
from banmian_bench.article_model.cutting import BEGINS, INSIDE, line_sequences
from banmian_bench.article_model.items import kind_features, reading_order
from banmian_bench.article_model.joining import Groups
from banmian_bench.article_model.network import Network, fitted
from banmian_bench.article_model.pieces import pieces
from banmian_bench.article_model.roles import Tagged, sequence
from banmian_bench.article_model.segmenter import Reader, open_tagger
from banmian_bench.examples import DataSet, PageExample
from banmian_bench.protocol import Layout
from banmian_bench.training import TRAIN_SPLIT, Say, Training
from banmian_bench.training.crfs import Example, Penalty, train_crf
from banmian_bench.training.gold_pieces import Character, characters, gold_cuts, gold_pieces
from banmian_bench.training.joins import Pairs, Walk, gold_items

SEED: Final = 20220613
VIEWS: Final = ("stream", "pdfium", "poppler", "rows")
LINK_VIEWS: Final = ("stream", "pdfium", "poppler")
"""The views whose pages are walked. Rows, cut to hundreds of pieces, would outnumber the others:
with them PQ on dev falls by .04 in the stream."""
LARGEST: Final = 120
"""Blocks of a page that is walked, at most."""
ROUNDS: Final = 2
"""Times the train pages are walked, each time with the network of the time before."""
CUT_PENALTY: Final = Penalty(iterations=60)
ROLE_PENALTY: Final = Penalty(rarest=3, iterations=60)
KIND_PENALTY: Final = Penalty(l1=0.0, l2=0.1, rarest=1, iterations=100)


@dataclass(frozen=True, slots=True)
class GoldPage:
    """A page with the gold of each of its characters; ``layout`` only where it may be seen."""

    page: PageExample
    gold: tuple[Character | None, ...]
    layout: Layout | None

    @property
    def height(self) -> float:
        return self.layout.height if self.layout is not None else 1.0


def train_lines(data: DataSet, into: Path, say: Say) -> Training:
    """Train what reads the text alone."""
    return _train(data, into, say, geometry=False)


def train_boxes(data: DataSet, into: Path, say: Say) -> Training:
    """Train what reads text and line boxes."""
    return _train(data, into, say, geometry=True)


def gold_pages(data: DataSet, *, geometry: bool) -> Iterator[GoldPage]:
    """The train pages in each view that the data set has."""
    for view in VIEWS:
        if view in data.views(TRAIN_SPLIT):
            for page in data.in_view(view).pages(TRAIN_SPLIT):
                yield GoldPage(page, tuple(characters(page)), page.layout if geometry else None)


def _train(data: DataSet, into: Path, say: Say, *, geometry: bool) -> Training:
    pages = list(gold_pages(data, geometry=geometry))
    say(f"{len(pages)} pages")
    lines = train_crf(into / segmenter.CUTS, _cut_examples(pages), CUT_PENALTY)
    say("lines are cut")
    train_crf(into / segmenter.ROLES, _role_examples(pages), ROLE_PENALTY)
    say("pieces have roles")
    train_crf(into / segmenter.KINDS, _kind_examples(pages), KIND_PENALTY)
    language = Language.of(list(_item_texts(pages)))
    record = json.dumps(asdict(language), ensure_ascii=False, separators=(",", ":"))
    (into / segmenter.LANGUAGE).write_text(record, encoding="utf-8")
    reader = Reader(
        open_tagger(into / segmenter.CUTS), open_tagger(into / segmenter.ROLES), geometry
    )
    pairs, network = _links(pages, reader, language, say)
    network.write(into / segmenter.LINKS)
    sizes = {"pages": len(pages), "lines": lines, "pairs": pairs}
    return Training(SEED, sizes)


def _cut_examples(pages: Sequence[GoldPage]) -> Iterator[Example]:
    for each in pages:
        begins = set(gold_cuts(each.page, each.gold))
        for offsets, features in line_sequences(each.page.text, each.layout):
            if len(offsets) > 1:
                yield (
                    features,
                    [INSIDE, *(BEGINS if at in begins else INSIDE for at in offsets[1:])],
                )


def _role_examples(pages: Sequence[GoldPage]) -> Iterator[Example]:
    for each in pages:
        made = pieces(each.page.text, gold_cuts(each.page, each.gold), each.layout)
        gold = gold_pieces(made, each.gold)
        yield sequence(made, each.height), [piece.tag for piece in gold]


def _kind_examples(pages: Sequence[GoldPage]) -> Iterator[Example]:
    for each in pages:
        made = pieces(each.page.text, gold_cuts(each.page, each.gold), each.layout)
        gold = gold_pieces(made, each.gold)
        known = [
            Tagged(piece, truth.role, truth.step, float(truth.step == "S"))
            for piece, truth in zip(made, gold, strict=True)
        ]
        found = blocks(known)
        of_item = gold_items(found, gold)
        for number, item in enumerate(each.page.readings[0].items):
            mine = [block for block, own in zip(found, of_item, strict=True) if own == number]
            if mine:
                yield [kind_features(reading_order(mine))], [item.kind]


def _item_texts(pages: Sequence[GoldPage]) -> Iterator[str]:
    """The text of each item, from one view."""
    for each in pages:
        if each.page.view == VIEWS[0]:
            for item in each.page.readings[0].items:
                joined = "".join(each.page.text[span.start : span.end] for span in item.spans)
                yield "".join(joined.split())


def _links(
    pages: Sequence[GoldPage], reader: Reader, language: Language, say: Say
) -> tuple[int, Network]:
    """Pairs seen, and the network trained on them."""
    read = []
    for each in (page for page in pages if page.page.view in LINK_VIEWS):
        cut = reader.cut(each.page.text, each.layout)
        found = blocks(reader.tag(cut, each.layout))
        if 0 < len(found) <= LARGEST:
            read.append((found, gold_items(found, gold_pieces(cut, each.gold))))
    random = np.random.default_rng(SEED)
    pairs, network = Pairs(), None
    for number in range(ROUNDS):
        for found, gold in read:
            groups = Groups(found, language, geometry=reader.geometry)
            Walk(groups, gold, network, random).run(pairs)
        network = fitted(*pairs.arrays(), seed=SEED)
        say(f"links, round {number + 1}: {len(pairs)} pairs")
    if network is None:
        raise ValueError("no rounds")
    return len(pairs), network
