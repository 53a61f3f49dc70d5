"""Replies: what is accepted, what is counted and left out, and the file between run and score."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from banmian.errors import DataFault
from banmian_bench.predictions import (
    Findings,
    accept,
    header_record,
    read_predictions,
    reply_from,
    reply_record,
    write_predictions,
)
from banmian_bench.protocol import (
    PredictedEntity,
    PredictedItem,
    PredictedSpan,
    Reply,
    ReplyStatus,
    Request,
    Task,
)

TEXT = "市妇联 今日开会"


def request(task: Task) -> Request:
    return Request("t1", task, TEXT, "sha")


def accepted_entities(*entities: PredictedEntity) -> tuple[list[tuple[int, int]], Findings]:
    findings = Findings()
    reply = Reply("t1", "sha", entities=entities)
    accepted = accept(request(Task.ENTITIES), [reply], findings)
    return [(entity.start, entity.end) for entity in accepted.entities], findings


def test_a_good_reply_is_taken_whole() -> None:
    spans, findings = accepted_entities(PredictedEntity(0, 3, "ORG"), PredictedEntity(4, 6, "DATE"))
    assert spans == [(0, 3), (4, 6)]
    assert not findings.counts


@pytest.mark.parametrize(
    ("entity", "reason"),
    [
        (PredictedEntity(2, 2, "ORG"), "span-empty"),
        (PredictedEntity(5, 4, "ORG"), "span-empty"),
        (PredictedEntity(-1, 2, "ORG"), "offset-range"),
        (PredictedEntity(6, 9, "ORG"), "offset-range"),
        (PredictedEntity(3, 4, "ORG"), "span-blank"),
        (PredictedEntity(0, 2.0, "ORG"), "offset-no-integer"),  # type: ignore[arg-type]
        (PredictedEntity(True, 2, "ORG"), "offset-no-integer"),
    ],
)
def test_a_bad_span_is_counted_by_reason_and_left_out(entity: PredictedEntity, reason: str) -> None:
    spans, findings = accepted_entities(entity)
    assert not spans
    assert findings.counts == {reason: 1}
    assert "t1" in findings.first[reason]


def test_duplicates_and_overlaps_are_counted_not_repaired() -> None:
    spans, findings = accepted_entities(
        PredictedEntity(0, 3, "ORG"),
        PredictedEntity(0, 3, "ORG"),
        PredictedEntity(2, 5, "ORG"),
    )
    assert spans == [(0, 3)]
    assert findings.counts == {"duplicate": 1, "overlap": 1}


@pytest.mark.parametrize(
    ("replies", "reason"),
    [
        ([], "missing"),
        ([Reply("t1", "sha", words=())] * 2, "answered-twice"),
        ([Reply("t1", "other", words=())], "other-text"),
        ([Reply("t1", "sha")], "task-not-answered"),
        ([Reply("t1", "sha", status=ReplyStatus.ERROR, message="boom")], "error"),
        ([Reply("t1", "sha", status=ReplyStatus.TIMEOUT)], "timeout"),
    ],
)
def test_a_request_without_usable_reply_is_unanswered(replies: list[Reply], reason: str) -> None:
    findings = Findings()
    accepted = accept(request(Task.WORDS), replies, findings)
    assert not accepted.answered
    assert findings.counts == {reason: 1}


def test_an_unknown_role_costs_the_role_not_the_span() -> None:
    findings = Findings()
    items = (PredictedItem((PredictedSpan(0, 3, "title"),)),)
    accepted = accept(request(Task.ARTICLES), [Reply("t1", "sha", items=items)], findings)
    assert accepted.items[0].spans[0] == PredictedSpan(0, 3)
    assert findings.counts == {"role-unknown": 1}


spans = st.builds(PredictedSpan, st.integers(), st.integers(), st.none() | st.just("body"))
replies = st.builds(
    Reply,
    id=st.text(),
    text_sha256=st.text(),
    items=st.none()
    | st.lists(st.builds(PredictedItem, st.lists(spans).map(tuple), st.none())).map(tuple),
    entities=st.none()
    | st.lists(st.builds(PredictedEntity, st.integers(), st.integers(), st.text())).map(tuple),
    words=st.none() | st.lists(st.tuples(st.integers(), st.integers())).map(tuple),
    status=st.sampled_from(ReplyStatus),
    message=st.text(),
)


@given(replies)
def test_reading_what_was_written_is_the_reply(reply: Reply) -> None:
    assert reply_from(reply_record(reply)) == reply


def test_a_file_is_read_back_and_leaves_no_litter(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "p.jsonl"
    told = [Reply("t1", "sha", words=((0, 3),)), Reply("t2", "sha", status=ReplyStatus.ERROR)]
    write_predictions(path, header_record(Task.WORDS, "s", "d", "real"), told)
    assert list(read_predictions(path)) == told
    assert [each.name for each in path.parent.iterdir()] == ["p.jsonl"]


def test_a_file_that_cannot_be_finished_leaves_the_old_one_and_no_litter(tmp_path: Path) -> None:
    path = tmp_path / "p.jsonl"
    path.write_text("old", encoding="utf-8")

    def broken() -> Iterator[Reply]:
        yield Reply("t1", "sha", words=())
        raise RuntimeError("the machine stopped")

    with pytest.raises(RuntimeError):
        write_predictions(path, header_record(Task.WORDS, "s", "d", "real"), broken())
    assert path.read_text(encoding="utf-8") == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_of_bare_replies_needs_no_header(tmp_path: Path) -> None:
    path = tmp_path / "p.jsonl"
    path.write_text('{"id":"t1","text_sha256":"s","words":[[0,1]]}\n', encoding="utf-8")
    assert [reply.id for reply in read_predictions(path)] == ["t1"]


@pytest.mark.parametrize(
    ("line", "id"),
    [
        ('{"id":"t1","wor', "json-truncated"),
        ('{"id":"t1","entities":[{"start":1}]}', "reply-form"),
        ('{"id":"t1","words":[[1]]}', "reply-form"),
        ('{"id":"t1","status":"fine"}', "reply-form"),
        ('{"id":"t1","items":[{"spans":[{"start":0,"end":1,"role":["body"]}]}]}', "reply-form"),
        ('{"id":"t1","items":[{"spans":[],"kind":7}]}', "reply-form"),
        ('{"id":"t1","words":[[NaN,2]]}', "json-invalid"),
    ],
)
def test_a_bad_line_is_named(tmp_path: Path, line: str, id: str) -> None:
    path = tmp_path / "p.jsonl"
    path.write_text('{"protocol":1}\n' + line + "\n", encoding="utf-8")
    with pytest.raises(DataFault, match=r"p\.jsonl:2:") as caught:
        list(read_predictions(path))
    assert caught.value.id == id


def test_on_a_page_entities_may_overlap_but_not_be_given_twice() -> None:
    request = Request("p", Task.PIPELINE, "甲乙丙丁", "sha")
    whole, inner = PredictedEntity(0, 4, "ORG"), PredictedEntity(1, 2, "LOC")
    findings = Findings()
    reply = Reply("p", "sha", items=(), entities=(whole, inner, inner))
    assert accept(request, [reply], findings).entities == (whole, inner)
    assert findings.counts == {"duplicate": 1}
