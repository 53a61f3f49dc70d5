"""Heat maps: which rows belong together, how they are called, how many gold units they have."""

from dataclasses import replace

from banmian_bench.html.slices import heat_maps
from banmian_bench.protocol import Task
from tests.banmian_bench.html.conftest import Press
from tests.banmian_bench.html.test_leaderboard import group


def test_slices_of_articles_come_with_their_total(press: Press) -> None:
    quality, *others = heat_maps(group(press, "train", Task.ARTICLES))
    assert [line.name for line in quality.lines] == [
        "all",
        "contiguous yes",
        "headline before",
        "headline none",
        "kind article",
        "kind brief",
        "noise none",
        "size <60",
        "view stream",
    ]
    assert {line.name: line.units for line in quality.lines}["kind brief"] == 3
    assert quality.rising
    assert {"(role, chars)" in heat.title or "(role, blocks)" in heat.title for heat in others} == {
        True
    }


def test_the_leading_rate_comes_first_and_tiers_stay_apart(press: Press) -> None:
    maps = heat_maps(group(press, "real", Task.ENTITIES))
    assert maps[0].title == "F1 by label (entity, strict, headline)"
    assert [line.name for line in maps[0].lines] == ["all", "PERSON", "PLACE", "TIME"]
    assert all("/" not in line.name for heat in maps for line in heat.lines)


def test_few_gold_units_are_marked(press: Press) -> None:
    maps = heat_maps(group(press, "train", Task.ENTITIES))
    by_name = {line.name: line for line in maps[0].lines}
    assert (by_name["all"].units, by_name["all"].few) == (12, False)
    assert (by_name["TIME"].units, by_name["TIME"].few) == (3, True)


def test_a_system_without_the_row_has_a_dash(press: Press) -> None:
    first, second = group(press, "train", Task.ENTITIES)[:2]
    rows = tuple(row for row in second.result.rows if row["label"] != "headline/TIME")
    lacking = replace(second, result=replace(second.result, rows=rows))
    line = {line.name: line for line in heat_maps([first, lacking])[0].lines}["TIME"]
    assert sorted(cell.text for cell in line.cells) == ["0.000", "–"]


def test_words_have_no_slices(press: Press) -> None:
    assert heat_maps(group(press, "train", Task.WORDS)) == []
