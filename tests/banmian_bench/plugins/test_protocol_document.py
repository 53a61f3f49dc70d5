"""The document, its schemas, the examples and the code say the same."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator, ValidationError

import banmian_bench
from banmian.tagset import ItemKind, Role
from banmian_bench.conformance_kit import CASES, sha256
from banmian_bench.layout_records import layout_from
from banmian_bench.plugins.reasons import Reason
from banmian_bench.plugins.wire import BYE, hello_line, hello_of, request_line
from banmian_bench.predictions import header_record, reply_from, reply_record
from banmian_bench.protocol import (
    Layout,
    LineBox,
    PredictedEntity,
    PredictedItem,
    PredictedSpan,
    Reply,
    ReplyStatus,
    Request,
    Task,
)

PACKAGE = Path(banmian_bench.__file__).parent
BENCHMARKS = Path(__file__).resolve().parents[3] / "benchmarks"
DOCUMENT = (BENCHMARKS / "PROTOCOL.md").read_text(encoding="utf-8")
NAMES = ("hello", "request", "reply", "prediction-header")
LAYOUT = Layout(
    (LineBox(0, 1, 1.5, 2.0, 11.5, 12.0, 10.0), LineBox(2, 3, 1.5, 14.0, 11.5, 24.0, 10.0)),
    595.0,
    842.0,
)
EXAMPLES = re.findall(r"<!-- schema: (\S+) -->\n```json\n(.*?)\n```", DOCUMENT)


def schema(name: str) -> Any:  # noqa: ANN401
    path = PACKAGE / "schemas" / f"{name}.schema.json"
    return json.loads(path.read_text(encoding="utf-8"))


def check(name: str, message: object) -> None:
    Draft202012Validator(schema(name)).validate(message)


@pytest.mark.parametrize("name", NAMES)
def test_schemas_are_schemas(name: str) -> None:
    Draft202012Validator.check_schema(schema(name))
    assert name in {used for used, _ in EXAMPLES}


@pytest.mark.parametrize(("name", "example"), EXAMPLES)
def test_the_examples_are_valid_and_understood(name: str, example: str) -> None:
    message = json.loads(example)
    check(name, message)
    if name == "reply":
        assert reply_from(message).id == message["id"]
    if name == "hello" and "name" in message:
        assert hello_of(message).name == message["name"]
    if name == "request":
        assert sha256(message["text"]) == message["text_sha256"]


def test_the_examples_answer_each_other() -> None:
    requests = {m["id"]: m for m in map(json.loads, _examples("request"))}
    replies = {m["id"]: m for m in map(json.loads, _examples("reply"))}
    text = requests["1"]["text"]
    named = [text[e["start"] : e["end"]] for e in replies["1"]["entities"]]
    assert named == ["李明", "\U00020bb7野家"]
    words = [requests["2"]["text"][start:end] for start, end in replies["2"]["words"]]
    assert "".join(words) == requests["2"]["text"]
    spans = replies["3"]["items"][0]["spans"]
    pieces = [requests["3"]["text"][span["start"] : span["end"]] for span in spans]
    assert pieces == ["新桥通车", "本报记者 李明", "昨天，新桥通车。"]
    assert requests.keys() < replies.keys()


def _examples(name: str) -> list[str]:
    return [example for used, example in EXAMPLES if used == name]


@pytest.mark.parametrize("name", ["worker.py", "worker.mjs"])
def test_the_document_shows_the_workers_as_they_are(name: str) -> None:
    pattern = rf"<!-- file: examples/{re.escape(name)} -->\n```\w+\n(.*?)```"
    (shown,) = re.findall(pattern, DOCUMENT, re.DOTALL)
    assert shown == (BENCHMARKS / "examples" / name).read_text(encoding="utf-8")


def test_our_own_messages_are_valid() -> None:
    check("hello", json.loads(hello_line()))
    assert json.loads(BYE) == {"type": "bye"}
    for task in Task:
        for case in CASES:
            for request in case.requests(task):
                line = request_line(request, "1")
                check("request", json.loads(line))
                assert len(line.decode("utf-8").splitlines()) == 1
                assert json.loads(line)["text"] == request.text
                assert ("layout" in json.loads(line)) == case.boxed


def test_a_layout_goes_over_the_wire_and_back() -> None:
    request = Request("p", Task.ARTICLES, "甲\n乙", "0", LAYOUT)
    message = json.loads(request_line(request, "1"))
    check("request", message)
    assert message["layout"] == {
        "lines": [[0, 1, 1.5, 2, 11.5, 12, 10], [2, 3, 1.5, 14, 11.5, 24, 10]],
        "width": 595,
        "height": 842,
    }
    assert layout_from(message["layout"]) == LAYOUT


def test_a_picture_stays_at_home() -> None:
    shown = Request("p", Task.ARTICLES, "甲", "0", picture=b"pixels")
    assert request_line(shown, "1") == request_line(replace(shown, picture=None), "1")


@pytest.mark.parametrize(
    "layout",
    [
        {"lines": [], "width": 1},
        {"lines": [[0, 1, 0, 0, 1, 1]], "width": 1, "height": 1},
        {"lines": [["0", 1, 0, 0, 1, 1, 1]], "width": 1, "height": 1},
    ],
)
def test_what_is_no_layout_is_not_valid(layout: object) -> None:
    message = json.loads(request_line(Request("p", Task.ARTICLES, "甲", "0"), "1"))
    with pytest.raises(ValidationError):
        check("request", message | {"layout": layout})


@pytest.mark.parametrize(
    "reply",
    [
        Reply("a", "0", items=()),
        Reply("a", "0", items=(PredictedItem((PredictedSpan(0, 1, "body"),), "article"),)),
        Reply("a", "0", items=(PredictedItem((PredictedSpan(0, 1),)),)),
        Reply("a", "0", entities=(PredictedEntity(0, 1, "PER"),)),
        Reply("a", "0", words=((0, 1), (1, 2))),
        Reply("a", "0", status=ReplyStatus.ERROR, message="crashed: exit code 1"),
        Reply("a", "0", status=ReplyStatus.TIMEOUT),
    ],
)
def test_lines_of_our_predictions_files_are_valid(reply: Reply) -> None:
    check("reply", json.loads(json.dumps(reply_record(reply))))


def test_the_header_of_our_predictions_files_is_valid() -> None:
    check("prediction-header", header_record(Task.WORDS, "rjieba", "1.0.0", "real"))


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("reply", {"id": "1", "text_sha256": "0"}),
        ("reply", {"id": "1", "words": []}),
        ("reply", {"id": "1", "text_sha256": "0", "words": [[0, 1, 2]]}),
        ("reply", {"id": "1", "text_sha256": "0", "words": [[0, 1.5]]}),
        ("reply", {"id": "1", "text_sha256": "0", "items": [{"spans": []}]}),
        ("hello", {"type": "hello", "protocol": 2, "tasks": ["words"]}),
        ("hello", {"type": "hello", "protocol": 1, "tasks": ["sing"]}),
        ("hello", {"type": "hello", "protocol": 1, "tasks": ["words"], "name": "x"}),
        ("request", {"type": "request", "id": "1", "task": "sing", "text": "", "text_sha256": "0"}),
        ("prediction-header", {"protocol": 1}),
    ],
)
def test_what_is_wrong_is_not_valid(name: str, message: object) -> None:
    with pytest.raises(ValidationError):
        check(name, message)


def test_the_vocabularies_are_those_of_the_code() -> None:
    definitions = schema("reply")["$defs"]
    assert definitions["span"]["properties"]["role"]["enum"] == [*Role, None]
    assert definitions["item"]["properties"]["kind"]["enum"] == [*ItemKind, None]
    assert schema("request")["properties"]["task"]["enum"] == list(Task)
    assert schema("prediction-header")["properties"]["task"]["enum"] == list(Task)
    assert f"one of {', '.join(Role)}" in DOCUMENT
    assert f"one of {', '.join(ItemKind)}" in DOCUMENT


def test_the_document_explains_every_reason_and_no_other() -> None:
    table = DOCUMENT.partition("| reason |")[2].partition("\n\n")[0]
    explained = re.findall(r"`([a-z0-9-]+)`", "".join(re.findall(r"^\|[^|]+\|", table, re.M)))
    assert sorted(explained) == sorted(Reason)


def test_blank_characters_are_those_that_the_document_lists() -> None:
    listed = DOCUMENT.partition("White space is ")[2].partition(".")[0]
    blank: set[int] = set()
    for first, last in re.findall(r"([0-9A-F]{4})(?:–([0-9A-F]{4}))?", listed):
        blank |= set(range(int(first, 16), int(last or first, 16) + 1))
    assert blank == {code for code in range(0x110000) if chr(code).isspace()}


def test_an_unanswered_request_has_no_content() -> None:
    assert request_line(Request("a", Task.WORDS, "", "0"), "5").endswith(b"\n")
