"""What a CRF sees of each character of a sentence: its neighbours, their kinds, a few short lists.

The templates are the usual ones for Chinese characters (Low, Ng and Guo 2005, for words): single
characters and pairs in a window of two on either side, and the kinds of the three in the middle.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from functools import cache
from typing import Final

EDGE: Final = "◊"
"""Stands for what lies beyond the sentence."""

_SURNAMES: Final = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡林郭何高罗郑梁谢宋唐许邓韩冯曹彭曾肖田董潘袁蔡蒋余于杜叶程"
    "魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫段雷龙黎史陶贺毛郝顾"
    "龚邵万覃武钱戴严莫孔向常汤康易乔赖文"
)
_LISTS: Final[Mapping[str, frozenset[str]]] = {
    "surname": _SURNAMES,
    "place": frozenset("省市县区乡镇村州旗港湾岛山江河湖海溪路街道巷桥站"),
    "body": frozenset("部局厅处科室院所会委办队社厂馆园校店司团行"),
    "time": frozenset("年月日号时点分秒周季旬早晚夜晨午今明昨"),
    "number": frozenset("〇零一二三四五六七八九十百千万亿两几半数"),
    "measure": frozenset("个名位条家项次元米吨斤克亩度岁天届批件只台辆座间户"),
    "around": frozenset("近约超逾余多来左右上下第首每"),
}


@cache
def kind(char: str) -> str:
    """``digit``, ``latin``, ``mark``, ``quote``, ``blank`` or ``han``; the edge is its own."""
    if char == EDGE:
        return "edge"
    if char.isdigit():
        return "digit"
    if char in "“”‘’《》「」":
        return "quote"
    category = unicodedata.category(char)[0]
    if category in "PS":
        return "mark"
    if category in "ZC":
        return "blank"
    return "latin" if char.isascii() else "han"


@cache
def lists(char: str) -> str:
    """The names of the lists that ``char`` is in, joined; empty for none."""
    return "+".join(name for name, chars in _LISTS.items() if char in chars)


def features(sentence: str) -> list[list[str]]:
    """One list of features a character, in order."""
    text = EDGE * 2 + sentence + EDGE * 2
    return [_of(text, at) for at in range(2, len(text) - 2)]


def _of(text: str, at: int) -> list[str]:
    left2, left, here, right, right2 = (text[at + step] for step in (-2, -1, 0, 1, 2))
    kinds = f"{kind(left)},{kind(here)},{kind(right)}"
    found = [
        "b",
        f"0={here}",
        f"-1={left}",
        f"-2={left2}",
        f"+1={right}",
        f"+2={right2}",
        f"-1,0={left}{here}",
        f"0,+1={here}{right}",
        f"-2,-1={left2}{left}",
        f"+1,+2={right}{right2}",
        f"-1,+1={left}{right}",
        f"-1,0,+1={left}{here}{right}",
        f"k={kinds}",
        f"k2={kind(left2)},{kinds},{kind(right2)}",
    ]
    for name, char in (("l0", here), ("l-1", left), ("l+1", right), ("l+2", right2)):
        if said := lists(char):
            found.append(f"{name}={said}")
    return found
