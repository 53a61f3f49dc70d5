"""The role of each piece: features of the piece, of its neighbours and of the page.

A tag is a role (or furniture) and how the piece goes on from the one before it in the text: ``S``
it does not, ``B`` it begins a paragraph of the same item, ``I`` it continues one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from typing import Final

from banmian_bench.article_model.cutting import Tagger
from banmian_bench.article_model.pieces import Piece

FURNITURE: Final = "furniture"
STARTS, PARAGRAPH, CONTINUES = "S", "B", "I"

_CUES: Final = {
    "mark": re.compile(r"^[▢■◎□●◆]"),
    "reporter": re.compile(r"记者|通讯员|评论员"),
    "photo": re.compile(r"摄[）)]?$|供图|摄影"),
    "dateline": re.compile(r"^据?本报讯|^新华社|^中新社|[日]电$"),
    "caption": re.compile(r"图为|[上下左右]图|图[①-⑨]"),
    "jump": re.compile(r"[转接]第?\d+版"),
    "pages": re.compile(r"\d版"),
    "folio": re.compile(r"CN\d|邮发|刊号|第\d+期|今日\d+版"),
    "hotline": re.compile(r"热线|电话|传真|邮箱|扫码|www\.|https?:"),
    "editors": re.compile(r"编辑|责编|校对|版式|美编|主编|总编"),
    "organ": re.compile(r"主管|主办|出版|日报社|报社"),
    "date": re.compile(r"^\d{4}年\d+月|^星期|^农历"),
    "notice": re.compile(r"启事|通知|公告|更正|通告|公示"),
    "ad": re.compile(r"广告|招租|招聘|遗失|拍卖|转让|优惠|咨询|公益"),
    "weather": re.compile(r"天气|气温|阵雨|多云|℃|看天|雷雨"),
    "column": re.compile(r"·|专栏|走基层|系列"),
    "phone": re.compile(r"\d{3,4}-\d{6,8}"),
    "latin": re.compile(r"^[A-Za-z .]+$"),
    "number": re.compile(r"^\d+$"),
    "name": re.compile(r"^[▢■◎□●◆]?[\u4e00-\u9fff]{2,4}$"),
    "dash": re.compile(r"^——"),
    "bracket": re.compile(r"^[（(].*[）)]$"),
}
_FINISHED: Final = re.compile(r"[。！？…][”’」』）)》]*$")
_PAIRS: Final = ("“”", "‘’", "《》", "（）", "「」")


@dataclass(frozen=True, slots=True)
class Tagged:
    """A piece with its role (or ``furniture``), how it goes on, and how sure it is to start."""

    piece: Piece
    role: str
    step: str
    starts: float


def finished(text: str) -> bool:
    """Whether a sentence ends with ``text``."""
    return _FINISHED.search(text) is not None


def unclosed(text: str) -> bool:
    """Whether a quotation, title or bracket goes on after ``text``."""
    return any(text.count(a) > text.count(b) for a, b in _PAIRS)


def unopened(text: str) -> bool:
    """Whether a quotation, title or bracket that ends in ``text`` was opened before it."""
    return any(text.count(a) < text.count(b) for a, b in _PAIRS)


def _bucket(value: float, *bounds: float) -> str:
    return str(sum(value >= bound for bound in bounds))


def _own(piece: Piece, usual: float, size: float) -> list[str]:
    text = piece.bare
    features = [f"cue:{name}" for name, cue in _CUES.items() if cue.search(text)]
    digits = sum(map(str.isdigit, text))
    stops = sum(text.count(mark) for mark in "，。；")
    end = text[-1]
    features += [
        f"w:{_bucket(piece.width, 2, 3, 5, 7, 9, 11, 13, 15, 18, 22, 28, 40)}",
        f"rel:{_bucket(piece.width - usual, -8, -5, -3, -1.6, -0.6, 0.6, 1.6, 3, 6, 10)}",
        f"first:{text[0]}",
        f"last:{end}",
        f"last2:{text[-2:]}",
        f"first2:{text[:2]}",
        f"stops:{min(stops, 3)}",
        f"digits:{_bucket(digits / len(text), 0.01, 0.2, 0.5, 0.8)}",
        f"spaced:{piece.spaced}",
        f"fin:{finished(text)}",
        f"open:{unclosed(text)}",
        f"close:{unopened(text)}",
        f"gap:{' ' in piece.text.strip()}",
    ]
    features += [
        f"bi:{text[n : n + 2]}" for n in range(min(len(text) - 1, 12)) if not text[n].isdigit()
    ]
    if piece.box is not None:
        ratio = piece.box.size / size
        larger = _bucket(ratio, 0.9, 0.95, 0.985, 1.015, 1.04, 1.08, 1.2, 1.35, 1.6, 2, 2.6, 4)
        features += [
            f"size:{larger}",
            f"tall:{piece.box.y1 - piece.box.y0 > 1.5 * piece.box.size}",
            f"set:{_bucket((piece.box.x1 - piece.box.x0) / size, 3, 6, 9, 12, 15, 20, 30, 45, 60)}",
        ]
    return features


def _between(before: Piece | None, here: Piece, size: float) -> list[str]:
    if before is None:
        return ["begin"]
    fin = finished(before.bare)
    features = [
        f"blank:{min(here.blanks, 2)}",
        f"joined:{before.line == here.line}",
        f"dw:{_bucket(here.width - before.width, -8, -3, -1.6, -0.6, 0.6, 1.6, 3, 8)}",
        f"pf:{fin}{min(here.blanks, 1)}",
        f"po:{unclosed(before.bare)}{unopened(here.bare)}",
        f"pe:{before.bare[-1]}",
        f"pef:{before.bare[-1]}{here.bare[0]}",
    ]
    one, two = before.box, here.box
    if one is not None and two is not None:
        dy = (two.y0 - one.y0) / max(one.size, two.size)
        dx = (two.x0 - one.x0) / size
        same = abs(one.size - two.size) < 0.15
        column = two.x0 < one.x1 and one.x0 < two.x1
        place = (
            f"{_bucket(dy, -3, -0.2, 0.2, 1.2, 1.7, 2.2, 3, 6)}"
            f"{_bucket(dx, -12, -3, -2.5, -1.5, -0.3, 0.3, 1.5, 2.5, 3, 12)}"
        )
        features += [
            f"dy:{_bucket(dy, -30, -10, -3, -0.2, 0.2, 1.2, 1.35, 1.5, 1.7, 2, 2.5, 3, 4, 6, 10)}",
            f"dx:{_bucket(dx, -30, -12, -3, -2.5, -1.5, -0.3, 0.3, 1.5, 2.5, 3, 12, 30)}",
            f"same:{same}{column}",
            f"pl:{place}{same}",
            f"plf:{place}{fin}",
        ]
    return features


def _page(
    pieces: Sequence[Piece], number: int, usual: float, size: float, height: float
) -> list[str]:
    piece = pieces[number]
    features = [f"at:{_bucket(number / len(pieces), 0.02, 0.1, 0.25, 0.75, 0.9, 0.98)}"]
    if piece.box is not None:
        features += [
            f"y:{_bucket(piece.box.y0 / height, 0.03, 0.07, 0.12, 0.17, 0.22, 0.8, 0.9, 0.95)}",
            f"under:{_under(pieces, number, size)}",
        ]
    near = [each.width for each in pieces[max(0, number - 4) : number + 5]]
    features.append(f"near:{_bucket(piece.width - median(near), -5, -2, -0.6, 0.6, 2, 5)}")
    return features


def _under(pieces: Sequence[Piece], number: int, size: float) -> str:
    """The type size of what stands right below against the piece's own, and how far down."""
    box = pieces[number].box
    if box is None:
        return ""
    best, nearest = "", 8.0
    for each in pieces[max(0, number - 60) : number + 60]:
        other = each.box
        if other is None or other.y0 < box.y1 - 1 or other.x0 > box.x1 or other.x1 < box.x0:
            continue
        gap = (other.y0 - box.y1) / size
        if gap < nearest:
            nearest = gap
            best = (
                f"{_bucket(other.size / box.size, 0.5, 0.9, 0.98, 1.02, 1.2, 2)}"
                f"{_bucket(gap, 0.3, 0.8, 1.5, 3)}"
            )
    return best


def usual_width(pieces: Sequence[Piece]) -> float:
    """The width of a line of the page's body: that in which most characters are set."""
    widths = Counter(round(piece.width) for piece in pieces for _ in piece.bare[:40])
    return float(widths.most_common(1)[0][0]) if widths else 1.0


def usual_size(pieces: Sequence[Piece]) -> float:
    """The type size of the body, as :func:`usual_width`; 10 where no box is known."""
    sizes = Counter(piece.box.size for piece in pieces if piece.box for _ in piece.bare)
    return sizes.most_common(1)[0][0] if sizes else 10.0


def sequence(pieces: Sequence[Piece], height: float = 1.0) -> list[list[str]]:
    """The features of each piece: its own, its neighbours', its place."""
    if not pieces:
        return []
    usual, size = usual_width(pieces), usual_size(pieces)
    own = [_own(piece, usual, size) for piece in pieces]
    step = [_between(pieces[n - 1] if n else None, piece, size) for n, piece in enumerate(pieces)]
    brief = [[f for f in each if not f.startswith("bi:")] for each in own]
    made: list[list[str]] = []
    for n in range(len(pieces)):
        features = [*own[n], *step[n], *_page(pieces, n, usual, size, height)]
        for offset, tag in ((-2, "<<"), (-1, "<"), (1, ">"), (2, ">>")):
            if 0 <= n + offset < len(pieces):
                features += [tag + feature for feature in brief[n + offset]]
            else:
                features.append(tag + "none")
        if n + 1 < len(pieces):
            features += [">" + feature for feature in step[n + 1]]
        made.append(features)
    return made


def tagged(pieces: Sequence[Piece], tagger: Tagger, height: float = 1.0) -> list[Tagged]:
    """The pieces with the roles that ``tagger`` gives them."""
    if not pieces:
        return []
    tags = tagger.tag(sequence(pieces, height))
    known = frozenset(tagger.labels())
    found = []
    for n, (piece, tag) in enumerate(zip(pieces, tags, strict=True)):
        role, _, step = tag.rpartition("-")
        inside = sum(
            tagger.marginal(other, n)
            for other in (f"{role}-{PARAGRAPH}", f"{role}-{CONTINUES}")
            if other in known
        )
        found.append(Tagged(piece, role, step, 1.0 if step == STARTS else 1.0 - inside))
    return found
