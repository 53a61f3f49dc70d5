"""The built data set as examples."""

from pathlib import Path

import pytest

from banmian.errors import UsageError
from banmian_bench.examples import DataSet, PageExample
from banmian_bench.protocol import Task


def test_a_request_holds_the_text_and_nothing_of_the_gold(page: PageExample) -> None:
    request = page.request()
    assert {name for name in dir(request) if not name.startswith("_")} == {
        "id",
        "task",
        "text",
        "text_sha256",
        "layout",
        "picture",
    }


def test_an_alternative_gives_a_second_reading_of_the_same_characters(page: PageExample) -> None:
    def claimed(number: int) -> set[int]:
        reading = page.readings[number]
        spans = [(s.start, s.end) for item in reading.items for s in item.spans]
        return {o for start, end in [*spans, *reading.furniture] for o in range(start, end)}

    printed = {o for o, char in enumerate(page.text) if not char.isspace()}
    assert len(page.readings) == 2
    assert claimed(0) & printed == claimed(1) & printed


def test_entities_and_words_lie_in_the_article_text(data: DataSet) -> None:
    for article in data.articles("real"):
        for entity in article.entities or ():
            assert article.text[entity.start : entity.end].strip()
        assert all(end <= len(article.text) for _, end in article.words or ())


def test_the_map_leads_back_to_the_page(data: DataSet, page: PageExample) -> None:
    for article in data.articles("real"):
        for start, _, at, length in article.pieces:
            assert article.text[start : start + length] == page.text[at : at + length]


def test_a_request_names_its_task(data: DataSet) -> None:
    article = next(data.articles("real"))
    assert article.request(Task.WORDS).task is Task.WORDS


def test_a_folder_without_data_set_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="banmian build"):
        DataSet.open(tmp_path)


def test_an_unknown_split_lists_the_known_ones(data: DataSet) -> None:
    with pytest.raises(UsageError, match="real"):
        list(data.pages("nowhere"))
