"""The texts that a system is tried with, each for one trap."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import Final

from banmian_bench.protocol import Layout, LineBox, Request, Task

NEWS: Final = (
    "山城小镇修通新桥\n"
    "　　本报讯（记者 李明 通讯员 王芳）6月13日，北京大学的张伟教授在上海说，"
    "新桥让两岸三千人少走了12.5公里路。\n"
    "　　桥长一百二十米，由长江航运公司建造，去年9月开工。\n"
)
"""A short item with names, numbers and a byline: something for every task to find."""

ASTRAL: Final = "\U00020bb7" * 24 + "。\n2022年6月13日，记者李明在北京报道。"
"""So many astral characters come first that any later offset in another unit is out of range."""

_LINE: Final = re.compile(r"[^\n]*\S[^\n]*")

LONG: Final = 100_000
LONG_LINE: Final = 50_000


@dataclass(frozen=True, slots=True)
class Case:
    """Texts sent in one call; ``about`` says what the case is there for."""

    name: str
    about: str
    texts: tuple[str, ...]
    boxed: bool = False

    def suits(self, task: Task) -> bool:
        """Whether it is for ``task``: only pages have boxes."""
        return not self.boxed or task in (Task.ARTICLES, Task.PIPELINE)

    def requests(self, task: Task) -> tuple[Request, ...]:
        """The texts as requests; ids are unique over all cases and tasks."""
        return tuple(
            Request(
                f"{task}/{self.name}/{n}",
                task,
                text,
                sha256(text),
                one_column(text) if self.boxed else None,
            )
            for n, text in enumerate(self.texts)
        )


def one_column(text: str) -> Layout:
    """The lines of ``text`` one below the other, the first as large as a headline."""
    lines: list[LineBox] = []
    for match in _LINE.finditer(text):
        size = 20.0 if not lines else 10.0
        top = 30.0 * len(lines)
        box = (40.0, top, 40.0 + size * len(match.group()), top + size)
        lines.append(LineBox(*match.span(), *box, size))
    return Layout(tuple(lines), 1600.0, 30.0 * len(lines) + 40.0)


def sha256(text: str) -> str:
    """The digest that names a text: of its UTF-8."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def _case(name: str, about: str, *texts: str) -> Case:
    return Case(name, about, texts)


CASES: Final = (
    _case("plain", "an ordinary item", NEWS),
    _case("empty", "no text at all", ""),
    _case("one-character", "the shortest text", "报"),
    _case("white-space", "nothing printed", " \t\n\u3000\r\n\u00a0"),
    _case(
        "full-width-space", "U+3000 is one character", "\u3000\u3000本报讯\u3000今天\u3000晴\u3000"
    ),
    _case("crlf", "CR and LF are two characters", NEWS.replace("\n", "\r\n")),
    _case("astral", "a character beyond U+FFFF is one character", ASTRAL),
    _case(
        "combining",
        "a mark, a joiner and a variation selector are characters of their own",
        "Cafe\u0301 在北京。\U0001f468\u200d\U0001f469\u200d\U0001f467葛\U000e0100城\ufe0f的李明。",
    ),
    _case(
        "line-separators",
        "only LF ends a message",
        "\ufeff第一\u2028第二\u2029第三\u0085第四\u000b第五\u000c第六\u001c记者李明在北京。",
    ),
    _case(
        "escapes",
        "quotes, backslashes and control characters",
        '"引号"、\\反斜线\\n、\\u4e2d、\u0000空\u0001、{"id": "x"}，记者李明在北京。',
    ),
    Case("boxes", "a page whose line boxes are known", (NEWS,), boxed=True),
    _case("repeated", "one text under two ids", NEWS, NEWS),
    _case("batch", "several texts in one call", *(f"第{n}，{NEWS}" for n in "一二三四五六七八")),
    _case("long-text", f"{LONG:,} characters", (NEWS * (LONG // len(NEWS) + 1))[:LONG]),
    _case(
        "long-line", f"{LONG_LINE:,} characters without a break", "山城新桥通车" * (LONG_LINE // 6)
    ),
    _case("again", "the first text once more", NEWS),
)
"""In the order in which they are tried."""
