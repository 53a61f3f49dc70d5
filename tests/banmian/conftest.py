"""An invented release, small enough to check by eye, and the data set built from it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Protocol

import pytest

from banmian.articles import (
    Alternative,
    Artefact,
    ArticleText,
    Author,
    Furniture,
    Item,
    Link,
    PageSpan,
    Reading,
    RoleSpan,
)
from banmian.corpus import ISSUE_COLUMNS, PAGE_COLUMNS, SPLIT_COLUMNS, sha256_text
from banmian.dataset import build
from banmian.layer_writing import write_articles, write_entities, write_words
from banmian.layers import Entity, Header, ItemEntities, ItemWords, Layer, LayerName
from banmian.release import Release
from banmian.spans import Segmentation, Span
from banmian.tagset import (
    ArtefactKind,
    EntityLabel,
    FurnitureKind,
    ItemKind,
    LinkKind,
    Role,
    Split,
    Status,
)


@dataclass
class InventedIssue:
    """An issue as its page texts; spans are named by the strings that they cover.

    ``entities`` are written ``string/LABEL string/LABEL`` and ``words`` ``word/word``, by item id.
    """

    id: str
    split: Split
    texts: dict[int, str]
    status: Status = Status.GOLD
    items: list[Item] = field(default_factory=list)
    furniture: list[Furniture] = field(default_factory=list)
    artefacts: list[Artefact] = field(default_factory=list)
    alternatives: list[Alternative] = field(default_factory=list)
    entities: dict[str, str] = field(default_factory=dict)
    words: dict[str, str] = field(default_factory=dict)

    def at(self, page: int, piece: str) -> PageSpan:
        """Where ``piece`` stands; the first place if there are several."""
        start = self.texts[page].index(piece)
        return PageSpan(page, Span(start, start + len(piece)))

    def item(self, name: str, kind: ItemKind, *blocks: Sequence[tuple[int, str, Role]]) -> Item:
        """An item from its paragraphs, each a list of pieces (page, string, role)."""
        spans = [
            RoleSpan(self.at(page, piece), role, number)
            for number, pieces in enumerate(blocks)
            for page, piece, role in pieces
        ]
        return Item(f"{self.id}-{name}", kind, tuple(spans))

    def write(self, root: Path) -> None:
        """Append the issue to the tables below ``root`` and write its pages and layers."""
        digests = {number: sha256_text(text) for number, text in self.texts.items()}
        joined = "".join(digests[number] for number in sorted(digests))
        about = (
            "松岭日报",
            self.id[-10:],
            "printed",
            "512",
            len(self.texts),
            "invented",
            "CC0-1.0",
        )
        issue = (self.id, *about, sha256_text(joined))
        pages = [
            (self.id, number, "stream", f"{self.id}/{number}.txt", digests[number])
            for number in self.texts
        ]
        for number, text in self.texts.items():
            path = root / "corpus" / self.id / f"{number}.txt"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text.encode("utf-8"))
        _append(root / "corpus/issues.tsv", ISSUE_COLUMNS, [issue])
        _append(root / "corpus/pages.tsv", PAGE_COLUMNS, pages)
        _append(root / "corpus/splits.tsv", SPLIT_COLUMNS, [(self.id, self.split)])
        self._write_layers(root / "annotations", digests)

    def _write_layers(self, folder: Path, texts: dict[int, str]) -> None:
        reading = Reading(
            tuple(self.items),
            tuple(self.furniture),
            tuple(self.artefacts),
            tuple(self.alternatives),
        )
        written = {
            LayerName.ARTICLES: write_articles(Layer(self._header("articles", texts), reading))
        }
        read = {item.id: ArticleText.read(item, self.texts, self.artefacts) for item in self.items}
        if self.entities:
            entities = tuple(_entities(read[id], named) for id, named in self.entities.items())
            written[LayerName.ENTITIES] = write_entities(
                Layer(self._header("entities", texts), entities)
            )
        if self.words:
            words = tuple(_words(read[id], pieces) for id, pieces in self.words.items())
            written[LayerName.WORDS] = write_words(Layer(self._header("words", texts), words))
        for layer, text in written.items():
            path = folder / layer / f"{self.id}.jsonl"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")

    def _header(self, layer: str, texts: dict[int, str]) -> Header:
        name = LayerName(layer)
        return Header(name, self.id, "stream", self.status, "test", f"{layer}-1.0", texts)


def _append(path: Path, columns: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    head = [] if path.exists() else [columns]
    with path.open("a", encoding="utf-8") as file:
        file.writelines("\t".join(map(str, row)) + "\n" for row in [*head, *rows])


def _entities(text: ArticleText, named: str) -> ItemEntities:
    found: list[Entity] = []
    for name, _, label in (each.partition("/") for each in named.split()):
        start = text.text.index(name, found[-1].span.end if found else 0)
        found.append(Entity(Span(start, start + len(name)), EntityLabel(label)))
    return ItemEntities(text.item_id, sha256_text(text.text), tuple(found))


def _words(text: ArticleText, pieces: str) -> ItemWords:
    segmentation = Segmentation.from_pieces(text.text, pieces.split("/"))
    return ItemWords(text.item_id, sha256_text(text.text), segmentation.words)


TABLES = ("pages", "articles", "entities", "words")
"""The configurations of the invented release: it has no picture."""

FRONT = """松岭日报
2031年3月8日
本报讯 3 月 8 日，松岭
镇夜班公交开通。
松岭镇夜班公交开通
▢ 记者 苏禾
（下转第2版）
县图书馆延时开放
"""
SECOND = """02
松岭茶园 图
（上接第1版）乘客何\U00020bb7说，不愁回家。
"""


def _bus_story(issue: InventedIssue) -> Item:
    """An article over two pages, its headline after the start of its body."""
    item = issue.item(
        "a1",
        ItemKind.ARTICLE,
        [(1, "松岭镇夜班公交开通\n", Role.HEADLINE)],
        [(1, "▢ 记者 苏禾", Role.BYLINE)],
        [(1, "本报讯 ", Role.DATELINE), (1, "3 月 8 日，松岭\n镇夜班公交开通。", Role.BODY)],
        [(1, "（下转第2版）", Role.JUMP)],
        [(2, "（上接第1版）", Role.JUMP)],
        [(2, "乘客何\U00020bb7说，不愁回家。", Role.BODY)],
    )
    author = Author("苏禾", issue.at(1, "苏禾"))
    return replace(item, authors=(author,), links=(Link(LinkKind.JUMP, None),))


def _artefacts(issue: InventedIssue) -> list[Artefact]:
    """The blanks around the date's digits, and the line breaks inside blocks."""
    dated = issue.at(1, "3 月 8 日").span.start
    broken = [issue.at(1, "\n镇夜班").span.start, issue.at(1, "\n▢").span.start]
    return [
        *(_artefact(ArtefactKind.SPACE, dated + at) for at in (1, 3, 5)),
        *(_artefact(ArtefactKind.LINE_BREAK, at) for at in broken),
    ]


def _artefact(kind: ArtefactKind, at: int) -> Artefact:
    return Artefact(kind, PageSpan(1, Span(at, at + 1)))


def two_page_issue() -> InventedIssue:
    """A real-style issue: a story over both pages, a teaser with two readings, a picture."""
    issue = InventedIssue("slrb-2031-03-08", Split.REAL, {1: FRONT, 2: SECOND})
    bus = _bus_story(issue)
    teaser = issue.item("a2", ItemKind.TEASER, [(1, "县图书馆延时开放", Role.TEASER)])
    photo = issue.item("a3", ItemKind.PHOTO, [(2, "松岭茶园 图", Role.CAPTION)])
    issue.items = [bus, teaser, photo]
    issue.furniture = [
        Furniture(f"{issue.id}-f1", FurnitureKind.NAMEPLATE, (issue.at(1, "松岭日报"),)),
        Furniture(f"{issue.id}-f2", FurnitureKind.DATE, (issue.at(1, "2031年3月8日"),)),
        Furniture(f"{issue.id}-f3", FurnitureKind.FOLIO, (issue.at(2, "02"),)),
    ]
    issue.artefacts = _artefacts(issue)
    section = Furniture(f"{issue.id}-f4", FurnitureKind.SECTION, (teaser.spans[0].at,))
    issue.alternatives = [
        Alternative(f"{issue.id}-alt1", "may be a section label", (teaser.id,), (), (section,))
    ]
    named = "松岭镇/GPE 苏禾/PERSON 3月8日/DATE 松岭镇/GPE 何\U00020bb7/PERSON"
    issue.entities = {bus.id: named, photo.id: "松岭茶园/FAC"}
    issue.words = {
        bus.id: "松岭镇/夜班/公交/开通/▢/记者/苏禾/本报讯/3月/8日/，/松岭镇/夜班/公交/开通/。/"
        "乘客/何\U00020bb7/说/，/不愁/回家/。"
    }
    return issue


def press_issue() -> InventedIssue:
    """A press-style issue: one brief, headline first, annotated by construction."""
    text = "青坞乡春茶开采\n青坞乡茶园今日开采。\n"
    issue = InventedIssue("qwwb-2031-03-09", Split.TRAIN, {1: text}, Status.BY_CONSTRUCTION)
    brief = issue.item(
        "a1",
        ItemKind.BRIEF,
        [(1, "青坞乡春茶开采", Role.HEADLINE)],
        [(1, "青坞乡茶园今日开采。", Role.BODY)],
    )
    issue.items = [brief]
    issue.entities = {brief.id: "青坞乡/GPE 青坞乡/GPE 今日/DATE"}
    issue.words = {brief.id: "青坞乡/春茶/开采/青坞乡/茶园/今日/开采/。"}
    return issue


class WriteRelease(Protocol):
    """Writes issues, or the two invented ones, as a release below ``root``."""

    def __call__(self, root: Path, *issues: InventedIssue) -> Release: ...


def written_release(root: Path, *issues: InventedIssue) -> Release:
    """A release below ``root`` that holds ``issues``, or the two invented ones."""
    for issue in issues or (two_page_issue(), press_issue()):
        issue.write(root)
    return Release(root)


@pytest.fixture
def write_release() -> WriteRelease:
    """:func:`written_release`, for tests that need a release of their own."""
    return written_release


@pytest.fixture
def real_issue() -> InventedIssue:
    """A fresh copy of the real-style issue, to change before it is written."""
    return two_page_issue()


@pytest.fixture(scope="session")
def release(tmp_path_factory: pytest.TempPathFactory) -> Release:
    """The invented release: one real-style issue, one press-style issue. Never written to."""
    return written_release(tmp_path_factory.mktemp("release"))


@pytest.fixture(scope="session")
def built(release: Release, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data set built from :func:`release`. Never written to: copy it to change it."""
    return build(release, tmp_path_factory.mktemp("built") / "invented").path


@pytest.fixture(scope="session")
def hub_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A cache folder of our own for ``datasets``, which is told to stay offline."""
    cache = tmp_path_factory.mktemp("hub")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HF_HOME", str(cache))
        patch.setenv("HF_HUB_OFFLINE", "1")
        yield cache
