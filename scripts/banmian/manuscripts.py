"""Manuscripts: the copy that the press sets, one file an issue (corpus/manuscripts/README.md).

A manuscript is a sequence of blocks: one a field or paragraph, each a role, its text and the
entities marked in it. The text of a manuscript is its blocks joined by line feeds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path

from banmian.corpus import encoding_faults
from banmian.errors import DataFault, DataFaults
from banmian.layers import Entity
from banmian.marking import unmarked
from banmian.tagset import EntityLabel, ItemKind, Role, named

HEAD = re.compile(r"=== (\d\d)")
CROSSHEAD = "## "


class Form(StrEnum):
    """What kind of piece a manuscript is; the first eight are set as articles."""

    NEWS = "news"
    FEATURE = "feature"
    INTERVIEW = "interview"
    ROUNDUP = "roundup"
    COLUMN = "column"
    LETTER = "letter"
    OBITUARY = "obituary"
    CORRECTION = "correction"
    BRIEF = "brief"
    PHOTO = "photo"
    NOTICE = "notice"
    AD = "ad"
    WEATHER = "weather"

    @property
    def kind(self) -> ItemKind:
        """The kind of item that the printed piece is."""
        return ItemKind(self.value) if self.value in set(ItemKind) else ItemKind.ARTICLE


class Beat(StrEnum):
    """The desk that a manuscript comes from."""

    GOVERNMENT = "government"
    ECONOMY = "economy"
    TRANSPORT = "transport"
    FARMING = "farming"
    SCHOOLS = "schools"
    HEALTH = "health"
    COURTS = "courts"
    SCIENCE = "science"
    CULTURE = "culture"
    SPORT = "sport"
    COMMUNITY = "community"
    COMMENTARY = "commentary"
    SUPPLEMENT = "supplement"


FIELD_ROLES = {
    "banner": Role.BANNER,
    "kicker": Role.KICKER,
    "headline": Role.HEADLINE,
    "deck": Role.DECK,
    "byline": Role.BYLINE,
    "dateline": Role.DATELINE,
    "picture": Role.CAPTION,
    "teaser": Role.TEASER,
}
FIELDS = ("form", "beat", *FIELD_ROLES)


@dataclass(frozen=True, slots=True)
class Block:
    """One field or paragraph of a manuscript: its role, its text, the entities in the text."""

    role: Role
    text: str
    entities: tuple[Entity, ...]

    @property
    def people(self) -> tuple[Entity, ...]:
        """The PERSON mentions: of a byline, its authors."""
        return tuple(e for e in self.entities if e.label is EntityLabel.PERSON)


@dataclass(frozen=True, slots=True)
class Manuscript:
    """One piece of copy; ``blocks`` stand in the order of the file, ``line`` is its first line."""

    id: str
    form: Form
    beat: Beat
    blocks: tuple[Block, ...]
    line: int

    def __post_init__(self) -> None:
        if faults := list(self._missing()):
            raise DataFaults(faults)

    def _missing(self) -> Iterator[DataFault]:
        has = {block.role for block in self.blocks}
        prose = bool(has & {Role.BODY, Role.CROSSHEAD})
        needs = {
            "a headline": Role.HEADLINE in has
            or self.form in (Form.BRIEF, Form.AD, Form.PHOTO, Form.NOTICE),
            "a picture": Role.CAPTION in has or self.form is not Form.PHOTO,
            "a paragraph": prose
            or self.form is Form.PHOTO
            or (self.form is Form.AD and Role.HEADLINE in has),
        }
        for what, there in needs.items():
            if not there:
                yield DataFault(
                    "manuscript-incomplete", f"{self.id} ({self.form}) lacks {what}", "write it"
                )

    def block(self, role: Role) -> Block | None:
        """The only block of ``role``, of those that a manuscript has at most once."""
        return next((block for block in self.blocks if block.role is role), None)

    @property
    def prose(self) -> tuple[Block, ...]:
        """Paragraphs and crossheads, in order."""
        return tuple(b for b in self.blocks if b.role in (Role.BODY, Role.CROSSHEAD))

    @property
    def text(self) -> str:
        """Every block but the teaser, one a line."""
        return "\n".join(b.text for b in self.blocks if b.role is not Role.TEASER)


@dataclass(frozen=True, slots=True)
class Copy:
    """The copy of one issue: ``title`` is the paper's code, as in the issue's id."""

    title: str
    day: date
    manuscripts: tuple[Manuscript, ...]

    @property
    def issue(self) -> str:
        """The id of the issue that the copy is for."""
        return f"{self.title}-{self.day.isoformat()}"


def copy_paths(folder: Path) -> list[Path]:
    """The manuscript files below ``folder`` (``corpus/manuscripts``), sorted."""
    return sorted(folder.glob("*/*.txt"))


def read_copy(path: Path) -> Copy:
    """The copy in ``path`` (``<title>/<yyyy-mm-dd>.txt``); :class:`DataFaults` with every fault."""
    data = path.read_bytes()
    faults = [fault for _, fault in encoding_faults(data, path.name)]
    if faults:
        raise DataFaults(faults)
    try:
        day = date.fromisoformat(path.stem)
    except ValueError:
        raise DataFault(
            "date-invalid", f"{path.name} is not named by a date", "<yyyy-mm-dd>.txt"
        ) from None
    title = path.parent.name
    manuscripts, found = parse_copy(data.decode("utf-8"), f"{title}-{day.isoformat()}")
    if found:
        where = f"{title}/{path.name}"
        raise DataFaults(
            DataFault(f.id, f"{where}:{line}: {f.message}", f.remedy) for line, f in found
        )
    return Copy(title, day, tuple(manuscripts))


Faults = list[tuple[int, DataFault]]
Lines = Sequence[tuple[int, str]]


def parse_copy(text: str, issue: str) -> tuple[list[Manuscript], Faults]:
    """The manuscripts that ``text`` holds, and every fault with its line."""
    lines = list(enumerate(text.removesuffix("\n").split("\n"), start=1))
    starts = [at for at, (_, line) in enumerate(lines) if line.startswith("===")]
    manuscripts: list[Manuscript] = []
    faults: Faults = []
    if not starts or starts[0] != 0:
        faults.append((1, _fault("the file does not start with a manuscript", "write === 01")))
    for count, (start, end) in enumerate(zip(starts, [*starts[1:], len(lines)], strict=True), 1):
        number, head = lines[start]
        if head != f"=== {count:02d}":
            faults.append((number, _fault(f"{head!r} is not next", f"write === {count:02d}")))
        body = lines[start + 1 : end]
        if end < len(lines) and body and not body[-1][1]:
            body = body[:-1]
        if manuscript := _manuscript(f"{issue}-{count:02d}", number, body, faults):
            manuscripts.append(manuscript)
    return manuscripts, sorted(faults, key=lambda fault: fault[0])


def _fault(what: str, remedy: str) -> DataFault:
    return DataFault("manuscript-syntax", what, remedy)


def _manuscript(id: str, line: int, lines: Lines, faults: Faults) -> Manuscript | None:
    before = len(faults)
    gap = next((at for at, (_, text) in enumerate(lines) if not text), len(lines))
    fields = _fields(lines[:gap], faults)
    blocks = [
        block
        for name, (number, value) in fields.items()
        if name in FIELD_ROLES and (block := _block(FIELD_ROLES[name], value, number, faults))
    ]
    for number, text in lines[gap + 1 :]:
        role = Role.CROSSHEAD if text.startswith(CROSSHEAD) else Role.BODY
        if block := _block(role, text.removeprefix(CROSSHEAD), number, faults):
            blocks.append(block)
    plain = {}
    for name, vocabulary in (("form", Form), ("beat", Beat)):
        number, value = fields.get(name, (line, ""))
        try:
            plain[name] = named(vocabulary, value, f"{name}-unknown")
        except DataFault as fault:
            faults.append((number, fault))
    if len(faults) > before:
        return None
    try:
        return Manuscript(id, Form(plain["form"]), Beat(plain["beat"]), tuple(blocks), line)
    except DataFaults as found:
        faults += [(line, fault) for fault in found.faults]
        return None


def _fields(lines: Lines, faults: Faults) -> dict[str, tuple[int, str]]:
    """Field → line and value; names must be known, in order, each once."""
    found: dict[str, tuple[int, str]] = {}
    for number, line in lines:
        name, colon, value = line.partition(": ")
        if not colon or name not in FIELDS or not value.strip():
            remedy = f"write <field>: <text>; fields: {', '.join(FIELDS)}"
            faults.append((number, _fault(f"{line[:30]!r} is no field", remedy)))
        elif found and FIELDS.index(name) <= max(FIELDS.index(given) for given in found):
            faults.append((number, _fault(f"field {name} is out of order or repeated", "sort it")))
        else:
            found[name] = number, value
    return found


def _block(role: Role, marked: str, line: int, faults: Faults) -> Block | None:
    try:
        text, entities = unmarked(marked, line)
    except DataFault as fault:
        faults.append((line, fault))
        return None
    if not text or text != text.strip() or any(c.isspace() and c not in " \u3000" for c in text):
        faults.append((line, _fault("blank line, or a blank at an end of it", "strip the line")))
        return None
    return Block(role, text, tuple(entities))
