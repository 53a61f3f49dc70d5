"""How varied the manuscripts are: shared 13-grams, openings, endings, names, vocabulary growth.

A synthetic corpus that repeats itself would flatter whoever memorises; the limits below are checked
by ``banmian validate`` and the figures stand in the datasheet.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from banmian.errors import DataFault
from banmian.manuscripts import Copy, Manuscript
from banmian.tagset import EntityLabel, ItemKind, Split

GRAM = 13
OPENING = 8
ENDING = 8
STEP = 20_000
NAMES = (EntityLabel.PERSON, EntityLabel.ORG, EntityLabel.GPE)

MOST_SHARED = 39
"""13-grams that two manuscripts may share: a statute's name, a formula of notices"""
MOST_OPENINGS = 0.02
"""share of the articles that may open with the same characters as another"""
MOST_ENDINGS = 0.02
MOST_PEOPLE = 0.02
"""share of test's people that may be in train too"""


@dataclass(frozen=True, slots=True)
class Variety:
    """The figures over all manuscripts (shares are ratios; growth is types by tokens)."""

    manuscripts: int
    articles: int
    characters: int
    by_form: Mapping[str, int]
    by_beat: Mapping[str, int]
    shared_pairs: int
    """pairs of manuscripts that share a 13-gram"""
    worst_pair: int
    """13-grams that the worst pair shares"""
    repeated_openings: float
    repeated_endings: float
    growth: tuple[tuple[int, int], ...]
    """(characters read, different characters met) every 20,000 characters"""
    names_shared: Mapping[str, float]
    """label → share of the test split's surface forms that train has too"""


@dataclass(frozen=True, slots=True)
class Repetition:
    """Two manuscripts that share 13-grams: how many, and one of them."""

    first: str
    second: str
    count: int
    example: str


def repetitions(manuscripts: Sequence[Manuscript]) -> list[Repetition]:
    """Every pair of manuscripts that shares a 13-gram without a blank, worst first."""
    holders: dict[str, set[int]] = {}
    for number, one in enumerate(manuscripts):
        text = one.text
        for start in range(len(text) - GRAM + 1):
            gram = text[start : start + GRAM]
            if "\n" not in gram:
                holders.setdefault(gram, set()).add(number)
    pairs: Counter[tuple[int, int]] = Counter()
    example: dict[tuple[int, int], str] = {}
    for gram, numbers in holders.items():
        for pair in combinations(sorted(numbers), 2) if len(numbers) > 1 else ():
            pairs[pair] += 1
            example.setdefault(pair, gram)
    ranked = sorted(pairs, key=lambda pair: (-pairs[pair], pair))
    return [
        Repetition(manuscripts[a].id, manuscripts[b].id, pairs[a, b], example[a, b])
        for a, b in ranked
    ]


def variety(copies: Iterable[Copy], splits: Mapping[str, Split]) -> Variety:
    """Measure the manuscripts of ``copies``; ``splits`` by issue id."""
    given = list(copies)
    manuscripts = [one for copy in given for one in copy.manuscripts]
    articles = [one for one in manuscripts if one.form.kind is ItemKind.ARTICLE]
    shared = repetitions(manuscripts)
    return Variety(
        manuscripts=len(manuscripts),
        articles=len(articles),
        characters=sum(len(one.text.replace("\n", "")) for one in manuscripts),
        by_form=_counted(one.form for one in manuscripts),
        by_beat=_counted(one.beat for one in articles),
        shared_pairs=len(shared),
        worst_pair=max((pair.count for pair in shared), default=0),
        repeated_openings=_repeated(text[0][:OPENING] for text in map(_told, articles) if text),
        repeated_endings=_repeated(text[-1][-ENDING:] for text in map(_told, articles) if text),
        growth=tuple(growth(one.text for one in manuscripts)),
        names_shared={label: _names_shared(given, splits, label) for label in NAMES},
    )


def _told(manuscript: Manuscript) -> list[str]:
    """Its paragraphs, without a letter's salutation."""
    return [block.text for block in manuscript.prose if not block.text.endswith("：")]


def _counted(values: Iterable[str]) -> dict[str, int]:
    return dict(sorted(Counter(str(value) for value in values).items()))


def _repeated(strings: Iterable[str]) -> float:
    counts = Counter(strings)
    total = sum(counts.values())
    return sum(count for count in counts.values() if count > 1) / total if total else 0.0


def growth(texts: Iterable[str]) -> Iterator[tuple[int, int]]:
    """How many different characters have been met after every 20,000."""
    met: set[str] = set()
    read = 0
    for text in texts:
        for char in text:
            if char.isspace():
                continue
            met.add(char)
            read += 1
            if read % STEP == 0:
                yield read, len(met)


def _names_shared(copies: Sequence[Copy], splits: Mapping[str, Split], label: EntityLabel) -> float:
    forms: dict[Split, set[str]] = {split: set() for split in Split}
    for copy in copies:
        split = splits.get(copy.issue)
        if split is None:
            continue
        forms[split] |= {
            entity.span.of(block.text)
            for one in copy.manuscripts
            for block in one.blocks
            for entity in block.entities
            if entity.label is label and len(entity.span) > 1
        }
    test = forms[Split.TEST]
    return len(test & forms[Split.TRAIN]) / len(test) if test else 0.0


def faults(found: Variety, shared: Sequence[Repetition]) -> Iterator[DataFault]:
    """What breaks a limit."""
    for pair in shared:
        if pair.count > MOST_SHARED:
            yield DataFault(
                "manuscript-repeats",
                f"{pair.first} and {pair.second} share {pair.count} 13-grams ({pair.example!r})",
                "write one of them anew",
            )
    for what, share, limit in (
        ("openings", found.repeated_openings, MOST_OPENINGS),
        ("endings", found.repeated_endings, MOST_ENDINGS),
        ("people of test in train", found.names_shared[EntityLabel.PERSON], MOST_PEOPLE),
    ):
        if share > limit:
            yield DataFault(
                "manuscript-repeats",
                f"{share:.3f} repeated {what}, at most {limit} are allowed",
                "vary the copy",
            )


@dataclass(frozen=True, slots=True)
class Surface:
    """A surface form of a name, how it is marked (label → times), and where it is not."""

    text: str
    marked: Mapping[str, int]
    unmarked: tuple[str, ...]
    """manuscripts in which it stands unmarked, outside any longer mention"""


def inconsistencies(manuscripts: Sequence[Manuscript], least: int = 2) -> list[Surface]:
    """Surface forms marked in two ways, or marked here and not there; names of ``least`` or more
    characters. Not every one is a mistake: 图书馆 may be a body or a site.
    """
    marked: dict[str, Counter[str]] = {}
    for one in manuscripts:
        for block in one.blocks:
            for entity in block.entities:
                text = entity.span.of(block.text)
                marked.setdefault(text, Counter())[entity.label] += 1
    names = {
        text
        for text, labels in marked.items()
        if len(text) >= least and not any(c.isdigit() for c in text) and set(labels) & set(NAMES)
    }
    found = []
    for text in sorted(names):
        bare = tuple(one.id for one in manuscripts if _stands_bare(one, text))
        if len(marked[text]) > 1 or bare:
            found.append(Surface(text, dict(marked[text]), bare))
    return found


def _stands_bare(manuscript: Manuscript, name: str) -> bool:
    for block in manuscript.blocks:
        start = block.text.find(name)
        while start >= 0:
            end = start + len(name)
            if not any(e.span.start < end and start < e.span.end for e in block.entities):
                return True
            start = block.text.find(name, end)
    return False
