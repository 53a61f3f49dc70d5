"""A whole edition set with an invented face: nothing lost, nothing twice, nothing outside."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from banmian.manuscripts import Copy, read_copy
from banmian.press.edition import Edition, fitted_edition, in_order, set_edition
from banmian.press.gold import gold_layer
from banmian.press.houses import House, PaintOrder, read_house
from banmian.press.printed import Printed
from banmian.press.projection import Projection
from banmian.press.sheet import Outline, Print
from banmian.press.views import accounted, rows_view, stream_view
from banmian.tagset import ItemKind, Role

from .invented_type import InventedType

DATA = Path(__file__).parents[2] / "data" / "press"


@pytest.fixture(scope="module")
def copy() -> Copy:
    return read_copy(DATA / "manuscripts" / "ttrb" / "2030-05-06.txt")


@pytest.fixture(scope="module")
def house() -> House:
    return read_house(DATA / "houses" / "ttrb.toml")


@pytest.fixture(scope="module")
def edition(copy: Copy, house: House) -> Edition:
    return set_edition(copy, house, InventedType())


def test_every_character_of_the_copy_is_printed_once(edition: Edition) -> None:
    printed = Printed.of(edition.issue)  # refuses what is lacking or painted twice

    assert any(printed.offsets.values())


def test_every_manuscript_is_on_a_page(edition: Edition, copy: Copy) -> None:
    numbers = {piece.id[:2] for piece in edition.issue.pieces}

    assert numbers == {one.id[-2:] for one in copy.manuscripts}


def test_nothing_is_painted_outside_the_page(edition: Edition) -> None:
    for sheet in edition.issue.sheets:
        for glyph in sheet.glyphs():
            assert -0.5 <= glyph.x <= sheet.width
            assert 0 <= glyph.y <= sheet.height


def test_glyphs_do_not_overlap(edition: Edition) -> None:
    for sheet in edition.issue.sheets:
        boxes: list[tuple[float, float, float, float]] = []
        for glyph in sheet.glyphs():
            if glyph.source.printed is not Print.TEXT or glyph.char.isspace():
                continue
            ink = 0.35 * glyph.size
            x, y = glyph.x + glyph.advance / 2, glyph.y + 0.38 * glyph.size
            boxes.append((x, y, ink * min(1.0, glyph.advance / glyph.size), ink))
        boxes.sort()
        for n, (x, y, wide, high) in enumerate(boxes):
            for x2, y2, wide2, high2 in boxes[n + 1 :]:
                if x2 - x > 60:
                    break
                assert x2 - x >= (wide + wide2) * 0.8 or abs(y2 - y) >= (high + high2) * 0.8


@pytest.mark.parametrize("order", PaintOrder)
def test_every_painting_order_is_accounted_for(copy: Copy, house: House, order: PaintOrder) -> None:
    painting = replace(house.painting, order=order)
    issue = set_edition(copy, replace(house, painting=painting), InventedType()).issue
    for sheet in issue.sheets:
        for view in (stream_view(sheet, issue.habits), rows_view(sheet, issue.habits)):
            accounted(sheet, view)


def test_the_house_that_paints_heads_last_has_them_after_the_bodies(
    copy: Copy, house: House
) -> None:
    painting = replace(house.painting, order=PaintOrder.HEADS_LAST)
    manner = replace(house.manner, outlined=0.0)
    issue = set_edition(
        copy, replace(house, painting=painting, manner=manner), InventedType()
    ).issue
    roles = [issue.elements[glyph.source.element].role for glyph in issue.sheets[0].glyphs()]

    first_headline = roles.index(Role.HEADLINE)
    assert Role.BODY not in roles[first_headline:]


def test_an_outlined_head_is_not_in_the_text(copy: Copy, house: House) -> None:
    manner = replace(house.manner, outlined=1.0, vertical=0.0)
    issue = set_edition(copy, replace(house, manner=manner), InventedType()).issue
    outlined = {
        glyph.source.element
        for sheet in issue.sheets
        for mark in sheet.marks
        if isinstance(mark, Outline)
        for glyph in mark.glyphs
    }

    assert any(issue.elements[element].role is Role.HEADLINE for element in outlined)
    assert not any(Printed.of(issue).offsets[element] for element in outlined)


def test_the_same_arguments_set_the_same_sheets(copy: Copy, house: House) -> None:
    first = fitted_edition(copy, house, InventedType())

    assert first == fitted_edition(copy, house, InventedType())
    assert first != fitted_edition(copy, house, InventedType(), seed=1)


def test_marks_of_the_copy_are_found_in_print(edition: Edition, copy: Copy) -> None:
    texts = {
        f"{edition.issue.id}-a{p.id}": Printed.of(edition.issue).article_text(p.id)
        for p in edition.issue.pieces
    }
    found = {
        (entity.span.of(texts[item.item]), entity.label)
        for item in Projection(edition).entities(copy)
        for entity in item.entities
    }
    marked = {
        (entity.span.of(block.text), entity.label)
        for one in copy.manuscripts
        for block in one.blocks
        if block.role is not Role.TEASER
        for entity in block.entities
    }
    hidden = {
        edition.issue.elements[n].text
        for n, o in Printed.of(edition.issue).offsets.items()
        if not o
    }

    assert {m for m in marked - found if not any(m[0] in text for text in hidden)} == set()
    assert found <= marked


def test_bylines_give_authors(edition: Edition) -> None:
    views = {
        sheet.number: stream_view(sheet, edition.issue.habits) for sheet in edition.issue.sheets
    }
    layer = gold_layer(edition.issue, views, "articles-1.1")
    authors = {author.name for item in layer.content.items for author in item.authors}

    assert authors == {"周见山", "何雨禾", "欧阳一诺"}


def test_the_lead_comes_first_and_advertisements_last(copy: Copy) -> None:
    ordered = in_order(copy.manuscripts)

    assert ordered[0].id.endswith("-01")
    assert ordered[-1].form.kind is ItemKind.AD
