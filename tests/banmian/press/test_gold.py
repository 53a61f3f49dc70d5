from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from banmian.articles import ArticleText, Reading
from banmian.checks_articles import page_faults, reference_faults
from banmian.errors import DataFault
from banmian.layer_reading import parse_articles
from banmian.layer_writing import write_articles
from banmian.layers import ArticlesLayer
from banmian.press.gold import gold_layer, reading
from banmian.press.printed import Printed
from banmian.press.sheet import (
    Element,
    Outline,
    Piece,
    Print,
    Run,
    SetIssue,
    Sheet,
    TextHabits,
)
from banmian.press.views import View, rows_view, stream_view
from banmian.tagset import ArtefactKind, FurnitureKind, ItemKind, LinkKind, Role, Status
from tests.banmian.press.invented_pages import invented_issue
from tests.banmian.press.invented_type import TYPE
from tests.banmian.press.test_views import copied, line

GUIDELINE = "articles-1.1"
HEAD, BODY = Element("标题", "01", Role.HEADLINE, 0), Element("正文也", "01", Role.BODY, 1)


def issue_of(*elements: Element, runs: tuple[Run | Outline, ...]) -> SetIssue:
    items = dict.fromkeys(element.item for element in elements if element.item)
    pieces = tuple(Piece(item, ItemKind.ARTICLE) for item in items)
    return SetIssue("sl", (Sheet(1, 300, 300, runs),), elements, pieces, TextHabits())


def streams(issue: SetIssue) -> dict[int, View]:
    return {sheet.number: stream_view(sheet, issue.habits) for sheet in issue.sheets}


def rows(issue: SetIssue) -> dict[int, View]:
    return {sheet.number: rows_view(sheet, issue.habits) for sheet in issue.sheets}


def pieces_of(issue: SetIssue, item: int = 0) -> list[tuple[str, Role, int]]:
    """The spans of an item as the strings they cover, artefacts included."""
    views = streams(issue)
    spans = reading(issue, views).items[item].spans
    return [(span.at.span.of(views[1].text), span.role, span.paragraph) for span in spans]


def artefacts_of(issue: SetIssue) -> list[tuple[ArtefactKind, str]]:
    views = streams(issue)
    return [
        (artefact.kind, artefact.at.span.of(views[1].text))
        for artefact in reading(issue, views).artefacts
    ]


def faults(layer: ArticlesLayer, texts: dict[int, str]) -> Iterator[DataFault]:
    """What ``banmian validate`` finds wrong with a layer."""
    parsed = parse_articles(write_articles(layer))
    yield from (fault for _, fault in parsed.faults)
    yield from (fault for _, fault in reference_faults(parsed))
    yield from (fault for _, fault in page_faults(parsed, texts))


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10**6))
def test_every_view_gives_one_text_and_passes_the_checks(seed: int) -> None:
    issue = invented_issue(seed, TYPE)
    printed = Printed.of(issue)
    for views in (streams(issue), rows(issue)):
        layer = gold_layer(issue, views, GUIDELINE)
        texts = {number: view.text for number, view in views.items()}
        assert [fault.id for fault in faults(layer, texts)] == []
        for item in layer.content.items:
            text = ArticleText.read(item, texts, layer.content.artefacts).text
            assert text == printed.article_text(item.id.rpartition("-a")[2])


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10**6))
def test_offsets_in_the_article_text_are_those_of_its_characters(seed: int) -> None:
    printed = Printed.of(invented_issue(seed, TYPE))
    for piece in printed.issue.pieces:
        text = printed.article_text(piece.id)
        places = printed.article_offsets(piece.id)
        assert {at: text[at] for at in places.values()} == {
            at: printed.char(one) for one, at in places.items()
        }
        assert len(places) + text.count("\n") == len(text)


def test_a_head_painted_after_its_body_comes_first_in_the_item() -> None:
    issue = issue_of(HEAD, BODY, runs=(line("正文也", 10, 100, 1), line("标题", 10, 200, 0)))
    assert pieces_of(issue) == [("标题", Role.HEADLINE, 0), ("正文也", Role.BODY, 1)]


def test_a_line_break_inside_a_paragraph_is_an_artefact_of_one_span() -> None:
    lines = line("正", 10, 100, 1), line("文也", 10, 40, 1, start=1)
    issue = issue_of(HEAD, BODY, runs=(line("标题", 10, 200, 0), *lines))
    assert pieces_of(issue)[1] == ("正\n\n文也", Role.BODY, 1)
    assert artefacts_of(issue) == [(ArtefactKind.LINE_BREAK, "\n\n")]


def test_an_inserted_blank_is_an_artefact_and_a_painted_one_is_text() -> None:
    element = Element("甲 乙丙", "01", Role.BODY, 0)
    runs = line("甲 乙", 10, 100), line("丙", 50, 100, start=3)
    issue = issue_of(element, runs=runs)
    assert pieces_of(issue) == [("甲 乙 丙", Role.BODY, 0)]
    assert artefacts_of(issue) == [(ArtefactKind.SPACE, " ")]


def test_another_story_on_the_line_parts_a_span() -> None:
    other = Element("旁", "02", Role.BODY, 0)
    runs = line("正", 10, 100, 0), line("旁", 100, 100, 1), line("文也", 150, 100, 0, start=1)
    issue = issue_of(replace(BODY, paragraph=0), other, runs=runs)
    assert pieces_of(issue) == [("正", Role.BODY, 0), ("文也", Role.BODY, 0)]


def test_an_overprint_and_a_hyphen_are_artefacts() -> None:
    element = Element("AB", "01", Role.BODY, 0)
    hyphen = copied(line("-", 20, 100), Print.HYPHEN)
    first = line("A", 10, 100)
    runs = first, copied(first, Print.COPY), hyphen, line("B", 10, 88, start=1)
    issue = issue_of(element, runs=runs)
    assert pieces_of(issue) == [("AA-\nB", Role.BODY, 0)]
    assert artefacts_of(issue) == [
        (ArtefactKind.LINE_BREAK, "\n"),
        (ArtefactKind.OVERPRINT, "A"),
        (ArtefactKind.HYPHEN, "-"),
    ]


def test_an_outlined_head_is_absent_and_paragraphs_count_on_without_it() -> None:
    outline = Outline(line("标题", 10, 200, 0).glyphs)
    issue = issue_of(HEAD, BODY, runs=(outline, line("正文也", 10, 100, 1)))
    assert pieces_of(issue) == [("正文也", Role.BODY, 0)]


def test_an_item_of_outlines_only_is_absent_and_links_to_it_lead_nowhere() -> None:
    runs = Outline(line("标题", 10, 200, 0).glyphs), line("导读", 10, 100, 1)
    issue = issue_of(HEAD, Element("导读", "02", Role.TEASER), runs=runs)
    teaser = Piece("02", ItemKind.TEASER, ((LinkKind.TEASER, "01"),))
    issue = replace(issue, pieces=(issue.pieces[0], teaser))
    [item] = reading(issue, streams(issue)).items
    assert (item.id, item.links[0].target) == ("sl-a02", None)


def test_the_outer_blanks_of_a_paragraph_belong_to_nothing() -> None:
    byline = Element(" ▢ 何青 ", "01", Role.BYLINE, 0, authors=((3, 5),))
    issue = issue_of(byline, runs=(line(" ▢ 何青 ", 10, 100),))
    assert pieces_of(issue) == [("▢ 何青", Role.BYLINE, 0)]
    [author] = reading(issue, streams(issue)).items[0].authors
    assert (author.name, author.at.span.start) == ("何青", 4)


def test_a_name_that_another_story_parts_is_refused() -> None:
    byline = Element("何青", "01", Role.BYLINE, 0, authors=((0, 2),))
    other = Element("旁", "02", Role.BODY, 0)
    runs = line("何", 10, 100), line("旁", 20, 100, 1), line("青", 30, 100, start=1)
    issue = issue_of(byline, other, runs=runs)
    with pytest.raises(DataFault, match="author-broken"):
        reading(issue, streams(issue))


def furniture_of(content: Reading, text: str) -> list[tuple[str, FurnitureKind, list[str]]]:
    return [(u.id, u.kind, [at.span.of(text) for at in u.spans]) for u in content.furniture]


def test_the_elements_of_one_unit_are_one_piece_of_furniture() -> None:
    parts = [Element(text, furniture=FurnitureKind.DATE, unit=7) for text in ("3月", "9日")]
    folio = Element("第1版", furniture=FurnitureKind.FOLIO, unit=8)
    runs = line("3月", 10, 200, 0), line("第1版", 10, 150, 2), line("9日", 10, 100, 1)
    issue = issue_of(*parts, folio, runs=runs)
    views = streams(issue)
    assert furniture_of(reading(issue, views), views[1].text) == [
        ("sl-f1", FurnitureKind.DATE, ["3月", "9日"]),
        ("sl-f2", FurnitureKind.FOLIO, ["第1版"]),
    ]


def test_the_header_says_whose_work_the_layer_is() -> None:
    issue = issue_of(replace(BODY, paragraph=0), runs=(line("正文也", 10, 100),))
    header = gold_layer(issue, rows(issue), GUIDELINE).header
    assert (header.view, header.status, header.annotator) == (
        "rows",
        Status.BY_CONSTRUCTION,
        "press",
    )
    assert (header.issue, header.guideline, list(header.texts)) == ("sl", GUIDELINE, [1])


def test_pages_in_two_views_are_refused() -> None:
    issue = issue_of(replace(BODY, paragraph=0), runs=(line("正文也", 10, 100),))
    second = replace(issue.sheets[0], number=2, marks=())
    issue = replace(issue, sheets=(*issue.sheets, second))
    with pytest.raises(DataFault, match="view-mixed"):
        gold_layer(issue, {1: streams(issue)[1], 2: rows(issue)[2]}, GUIDELINE)


@pytest.mark.parametrize(
    ("id", "text"), [("element-unpainted", "正文"), ("element-repeated", "正文也")]
)
def test_a_character_is_painted_as_text_once(id: str, text: str) -> None:
    again = line("正", 100, 50)
    runs = (line(text, 10, 100), again) if id == "element-repeated" else (line(text, 10, 100),)
    with pytest.raises(DataFault, match=id):
        Printed.of(issue_of(replace(BODY, paragraph=0), runs=runs))


def test_a_view_that_spells_another_text_is_refused() -> None:
    issue = issue_of(replace(BODY, paragraph=0), runs=(line("正文也", 10, 100),))
    swapped = {1: View("stream", "文正也", (0, 1, 2))}
    with pytest.raises(DataFault, match="article-text"):
        gold_layer(issue, swapped, GUIDELINE)
