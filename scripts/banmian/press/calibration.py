"""The noise of a page's text layer in figures, so that the press can be held against a real page.

All figures are of the stream view and its gold. A press is calibrated where the spread of its
issues contains the real page's value (``design/press.md`` §6, §7).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from itertools import pairwise
from statistics import median

from banmian.articles import Item, PageSpan
from banmian.release import AnnotatedIssue
from banmian.tagset import ArtefactKind, ItemKind, Role

BOUNDARY = re.compile(r"(?<=[\u4e00-\u9fff])(?=[0-9A-Za-z])|(?<=[0-9A-Za-z])(?=[\u4e00-\u9fff])")
SPACED = re.compile(r"(?<=[\u4e00-\u9fff]) (?=[0-9A-Za-z])|(?<=[0-9A-Za-z]) (?=[\u4e00-\u9fff])")
LEAST_BODY = 4
"""lines; shorter bodies have no measure"""


@dataclass(frozen=True, slots=True)
class NoiseProfile:
    """What one issue's stream view does to its text; shares are ratios, None where undefined."""

    false_breaks_per_story: float | None
    """blank lines inside a paragraph, over articles"""
    boundaries_without_blank: float | None
    """of the places where one item gives way to another or to furniture, those without a blank
    line between"""
    spaced_digit_boundaries: float | None
    """of the boundaries of Han and digit or Latin in bodies, those that carry a blank"""
    blank_lines: float | None
    """over all lines"""
    measure: float | None
    """median length of a body line that is not a paragraph's last, in code points"""
    measures_per_story: float | None
    """median, over articles, of the widest measure over the narrowest"""
    headline_after_body: float | None
    """of the articles that have a headline in the text, those where it follows the body"""
    byline_before_headline: float | None
    """of those that have both, those where the byline comes first"""
    headline_missing: float | None
    """of the articles, those without a headline in the text"""
    lines_shared: float | None
    """lines that hold characters of two items, over all lines with text"""
    furniture: float | None
    """characters of furniture, over all that are printed"""
    overprinted: float
    """front pages with an overprinted copy, over all front pages"""


NAMES = tuple(field.name for field in fields(NoiseProfile))


def profile(issue: AnnotatedIssue) -> NoiseProfile:
    """The figures of one issue."""
    articles = [item for item in issue.reading.items if item.kind is ItemKind.ARTICLE]
    owners = _owners(issue)
    lines = [line for text in issue.texts.values() for line in text.split("\n")]
    boundaries, open_boundaries = _boundaries(issue, owners)
    spaced, plain = _digit_boundaries(issue, articles)
    orders = [order for item in articles if (order := _order(item, Role.HEADLINE, Role.BODY))]
    bylines = [o for item in articles if (o := _order(item, Role.BYLINE, Role.HEADLINE))]
    headless = [i for i in articles if all(s.role is not Role.HEADLINE for s in i.spans)]
    measures = [found for item in articles if (found := _measures(issue, item))]
    printed = sum(len(kept) for kept in owners.values())
    furniture = sum(owner.startswith("f:") for kept in owners.values() for owner in kept.values())
    shared, filled = _shared_lines(issue, owners)
    copies = {
        artefact.at.page
        for artefact in issue.reading.artefacts
        if artefact.kind is ArtefactKind.OVERPRINT
    }
    return NoiseProfile(
        false_breaks_per_story=_ratio(
            sum(_false_breaks(issue, i) for i in articles), len(articles)
        ),
        boundaries_without_blank=_ratio(open_boundaries, boundaries),
        spaced_digit_boundaries=_ratio(spaced, spaced + plain),
        blank_lines=_ratio(sum(not line.strip() for line in lines), len(lines)),
        measure=median(m for found in measures for m in found) if measures else None,
        measures_per_story=median(max(f) / min(f) for f in measures) if measures else None,
        headline_after_body=_ratio(sum(o < 0 for o in orders), len(orders)),
        byline_before_headline=_ratio(sum(o > 0 for o in bylines), len(bylines)),
        headline_missing=_ratio(len(headless), len(articles)),
        lines_shared=_ratio(shared, filled),
        furniture=_ratio(furniture, printed),
        overprinted=float(min(issue.texts) in copies),
    )


def _ratio(part: float, whole: float) -> float | None:
    return part / whole if whole else None


def _owners(issue: AnnotatedIssue) -> dict[int, dict[int, str]]:
    """Page → offset → id of the item, or of furniture with ``f:`` before it; blanks left out."""
    owners: dict[int, dict[int, str]] = {page: {} for page in issue.texts}
    claimed: list[tuple[str, PageSpan]] = [
        (item.id, span.at) for item in issue.reading.items for span in item.spans
    ]
    claimed += [(f"f:{unit.id}", at) for unit in issue.reading.furniture for at in unit.spans]
    for owner, at in claimed:
        text = issue.texts[at.page]
        for offset in range(at.span.start, at.span.end):
            if not text[offset].isspace():
                owners[at.page][offset] = owner
    return owners


def _boundaries(issue: AnnotatedIssue, owners: Mapping[int, Mapping[int, str]]) -> tuple[int, int]:
    """Places where the owner changes from or to an item, and those without a blank line."""
    count = without = 0
    for page, kept in owners.items():
        for (before, one), (after, other) in pairwise(sorted(kept.items())):
            if one == other or (one.startswith("f:") and other.startswith("f:")):
                continue
            count += 1
            without += "\n\n" not in issue.texts[page][before:after].replace(" ", "")
    return count, without


def _body(item: Item) -> Iterator[PageSpan]:
    return (span.at for span in item.spans if span.role is Role.BODY)


def _digit_boundaries(issue: AnnotatedIssue, items: Iterable[Item]) -> tuple[int, int]:
    spaced = plain = 0
    for item in items:
        for at in _body(item):
            text = at.of(issue.texts)
            spaced += len(SPACED.findall(text))
            plain += len(BOUNDARY.findall(text))
    return spaced, plain


def _false_breaks(issue: AnnotatedIssue, item: Item) -> int:
    return sum(_breaks(issue.texts, [span.at for span in p]) for p in item.paragraphs())


def _breaks(texts: Mapping[int, str], places: Sequence[PageSpan]) -> int:
    inside = sum(at.of(texts).strip("\n").count("\n\n") for at in places)
    return inside + sum(
        first.page == second.page
        and first.span.end <= second.span.start
        and texts[first.page][first.span.end : second.span.start].strip() == ""
        and texts[first.page][first.span.end : second.span.start].count("\n") > 1
        for first, second in pairwise(places)
    )


def _order(item: Item, first: Role, second: Role) -> int:
    """1 if ``first`` begins before ``second`` in the text, -1 if after, 0 if one is missing."""
    places = [
        min(((s.at.page, s.at.span.start) for s in item.spans if s.role is role), default=None)
        for role in (first, second)
    ]
    if None in places:
        return 0
    return 1 if places[0] < places[1] else -1  # type: ignore[operator]


def _measures(issue: AnnotatedIssue, item: Item) -> list[int]:
    """The lengths of the body's lines that are not the last of a paragraph."""
    lengths: list[int] = []
    for paragraph in item.paragraphs():
        places = [span.at for span in paragraph if span.role is Role.BODY]
        lines = [line for at in places for line in at.of(issue.texts).split("\n") if line.strip()]
        lengths += [len(line.strip()) for line in lines[1:-1]]
    return lengths if len(lengths) >= LEAST_BODY else []


def _shared_lines(
    issue: AnnotatedIssue, owners: Mapping[int, Mapping[int, str]]
) -> tuple[int, int]:
    shared = filled = 0
    for page, text in issue.texts.items():
        start = 0
        for line in text.split("\n"):
            end = start + len(line)
            here = {owners[page][n] for n in range(start, end) if n in owners[page]}
            filled += bool(here)
            shared += sum(not owner.startswith("f:") for owner in here) > 1
            start = end + 1
    return shared, filled


@dataclass(frozen=True, slots=True)
class Spread:
    """One figure over the issues of a title or of the whole press."""

    least: float
    middle: float
    most: float

    @classmethod
    def of(cls, values: Iterable[float | None]) -> Spread | None:
        """The spread of the values that are defined."""
        kept = sorted(value for value in values if value is not None)
        return cls(kept[0], median(kept), kept[-1]) if kept else None

    def contains(self, value: float) -> bool:
        """Whether ``value`` lies within."""
        return self.least <= value <= self.most


@dataclass(frozen=True, slots=True)
class Calibration:
    """The real pages' profiles and the spreads of the press, overall and by title."""

    real: Mapping[str, NoiseProfile]
    overall: Mapping[str, Spread | None]
    by_title: Mapping[str, Mapping[str, Spread | None]]

    def misses(self) -> list[str]:
        """The figures in which some real page lies outside the spread of the press."""
        return [
            name
            for name in NAMES
            if any(
                (value := getattr(one, name)) is not None
                and not ((spread := self.overall[name]) and spread.contains(value))
                for one in self.real.values()
            )
        ]


def calibration(
    issues: Iterable[AnnotatedIssue], is_real: Callable[[AnnotatedIssue], bool]
) -> Calibration:
    """Profile every issue, one in memory at a time."""
    real: dict[str, NoiseProfile] = {}
    press: dict[str, list[NoiseProfile]] = {}
    for issue in issues:
        if is_real(issue):
            real[issue.issue.id] = profile(issue)
        else:
            press.setdefault(issue.issue.title, []).append(profile(issue))
    every = [one for profiles in press.values() for one in profiles]
    return Calibration(
        real, _spreads(every), {title: _spreads(press[title]) for title in sorted(press)}
    )


def _spreads(profiles: Sequence[NoiseProfile]) -> dict[str, Spread | None]:
    return {name: Spread.of(getattr(one, name) for one in profiles) for name in NAMES}
