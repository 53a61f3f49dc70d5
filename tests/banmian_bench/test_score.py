"""Scoring on the real page: the ceiling, the floors in order, and what a bad reply costs."""

import json
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest
from typer.testing import CliRunner

from banmian.errors import DataFault
from banmian_bench.cli import app
from banmian_bench.examples import ArticleExample, DataSet, PageExample
from banmian_bench.label_maps import label_map
from banmian_bench.predictions import header_record, read_predictions, write_predictions
from banmian_bench.protocol import PredictedEntity, Reply, ReplyStatus, Request, Task
from banmian_bench.run import Stopwatch, predict
from banmian_bench.score import Scored, Scoring, examples_of
from banmian_bench.systems.registry import create

Answers = dict[str, PageExample | ArticleExample]


def requests(data: DataSet, task: Task) -> list[Request]:
    return [request for request, _ in examples_of(data, "real", task)]


def scored(data: DataSet, task: Task, name: str, answers: Answers | None = None) -> Scored:
    system = create(name, answers=answers)
    system.load()
    replies = predict(system, requests(data, task), Stopwatch())
    return Scoring(data, "real", task, label_map(system.info().labels)).score(replies)


def rate(found: Scored, metric: str, match: str, rate: str, label: str = "") -> float | None:
    for row in found.rows:
        if (row.key.metric, row.key.match, row.key.label, row.key.slice) == (
            metric,
            match,
            label,
            "",
        ):
            return row.rates[rate]
    raise AssertionError(f"no row {metric} {match} {label}")


@pytest.mark.parametrize("task", Task)
def test_the_oracle_is_exactly_perfect_in_every_rate(
    data: DataSet, task: Task, answers: Answers
) -> None:
    found = scored(data, task, "oracle", answers)
    assert found.coverage == 1
    for row in found.rows:
        best = 1.0 if row.form.higher_is_better else 0.0
        assert row.headline in (best, None), row.key


def test_only_what_cannot_occur_is_undefined_for_the_oracle(
    data: DataSet, answers: Answers
) -> None:
    undefined = {
        (row.key.metric, row.key.slice)
        for task in Task
        for row in scored(data, task, "oracle", answers).rows
        if row.headline is None
    }
    assert undefined <= {("entity_recall", "length=1")}


def test_the_article_floors_stand_in_the_order_of_the_design(
    data: DataSet, answers: Answers
) -> None:
    names = ("all-in-one", "each-line", "blank-line-blocks", "headline-starts", "byline-starts")
    quality = [
        rate(scored(data, Task.ARTICLES, name, answers), "article_pq", "iou>.5", "pq")
        for name in (*names, "oracle")
    ]
    assert quality == sorted(quality, key=lambda each: each or 0.0)
    assert quality[0] == 0
    assert len(set(quality)) == len(quality)


def test_starting_at_headlines_never_joins_a_title_to_its_body(
    data: DataSet, answers: Answers
) -> None:
    found = scored(data, Task.ARTICLES, "headline-starts", answers)
    assert rate(found, "title_body", "gold-roles", "mean") == 0


def test_an_unanswered_text_counts_as_empty(data: DataSet) -> None:
    found = Scoring(data, "real", Task.ENTITIES).score([])
    assert found.coverage == 0
    assert found.findings.counts["missing"] == found.requested
    assert rate(found, "entity", "strict", "recall", "headline") == 0
    assert rate(found, "entity", "strict", "precision", "headline") is None


def test_a_reply_to_a_text_nobody_sent_is_counted(data: DataSet) -> None:
    found = Scoring(data, "real", Task.WORDS).score([Reply("ghost", "sha", words=())])
    assert found.findings.counts["unknown-id"] == 1


def test_the_order_of_the_replies_does_not_matter(data: DataSet, answers: Answers) -> None:
    system = create("characters")
    replies = list(predict(system, requests(data, Task.WORDS), Stopwatch()))
    scoring = Scoring(data, "real", Task.WORDS)
    assert scoring.score(replies).rows == scoring.score(reversed(replies)).rows


def test_an_unmapped_label_is_an_error_that_names_it(data: DataSet) -> None:
    replies: Iterable[Reply] = (
        Reply(r.id, r.text_sha256, entities=(PredictedEntity(0, 1, "BRAND"),))
        for r in requests(data, Task.ENTITIES)
    )
    with pytest.raises(DataFault, match="BRAND"):
        Scoring(data, "real", Task.ENTITIES).score(replies)


class Fragile:
    """Fails on the second text."""

    def __init__(self) -> None:
        self.calls = 0

    def predict(self, requests: list[Request]) -> list[Reply]:
        self.calls += 1
        if self.calls == 2:
            raise RuntimeError("no idea")
        return [Reply(r.id, r.text_sha256, words=()) for r in requests]


def test_a_crash_on_one_text_is_an_error_reply_and_the_run_goes_on(data: DataSet) -> None:
    asked = requests(data, Task.WORDS)
    replies = list(predict(Fragile(), asked, Stopwatch()))  # type: ignore[arg-type]
    assert [reply.status for reply in replies].count(ReplyStatus.ERROR) == 1
    assert replies[1].message == "RuntimeError: no idea"
    assert len(replies) == len(asked)


class Garbled:
    """Fails with a message that no UTF-8 file can hold."""

    def predict(self, requests: list[Request]) -> list[Reply]:
        raise RuntimeError("half a pair: \ud800")


def test_a_message_that_is_no_text_is_kept_readable(data: DataSet, tmp_path: Path) -> None:
    replies = predict(Garbled(), requests(data, Task.WORDS), Stopwatch())  # type: ignore[arg-type]
    path = tmp_path / "p.jsonl"
    write_predictions(path, header_record(Task.WORDS, "s", "d", "real"), replies)
    assert next(read_predictions(path)).message == "RuntimeError: half a pair: \\ud800"


def test_the_signature_binds_data_split_task_and_label_map(data: DataSet) -> None:
    mine = Scoring(data, "real", Task.ENTITIES, label_map("lac")).signature()
    theirs = Scoring(data, "real", Task.ENTITIES).signature()
    assert [difference.split(":")[0] for difference in mine.differences(theirs)] == ["labels"]
    assert data.digest("real")[:8] in mine.knobs["data"]


def test_scoring_imports_neither_datasets_nor_spacy() -> None:
    code = (
        "import sys, banmian_bench.score, banmian_bench.records, banmian_bench.predictions;"
        "print(sorted({'datasets', 'spacy', 'torch', 'pandas'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def with_a_strange_label(data: DataSet, folder: Path) -> Path:
    """Predictions that repeat the gold, but call the first mention of each text FOOD."""
    lines = []
    for article in data.articles("real"):
        told = [
            {"start": e.start, "end": e.end, "label": e.label if number else "FOOD"}
            for number, e in enumerate(article.entities or ())
        ]
        lines.append({"id": article.id, "text_sha256": article.text_sha256, "entities": told})
    path = folder / "strange.jsonl"
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    return path


@pytest.mark.parametrize(("unknown", "spurious"), [("drop", 0), ("spurious", 7)])
def test_an_unknown_label_is_left_out_or_counts_against_the_system(
    data: DataSet, tmp_path: Path, unknown: str, spurious: int
) -> None:
    path = with_a_strange_label(data, tmp_path)
    arguments = ["score", str(path), "--task", "entities", "--data", str(data.folder), "--json"]
    done = CliRunner().invoke(app, [*arguments, "--unknown-labels", unknown])
    [strict] = [
        row
        for row in json.loads(done.stdout)
        if (row["match"], row["label"], row["slice"]) == ("strict", "ontonotes", "")
    ]
    assert (strict["sums"]["fp"], strict["sums"]["fn"]) == (spurious, 7)
    assert "label-unknown: 7" in done.stderr


def test_an_unknown_label_is_an_error_unless_told_otherwise(data: DataSet, tmp_path: Path) -> None:
    path = with_a_strange_label(data, tmp_path)
    arguments = ["score", str(path), "--task", "entities", "--data", str(data.folder)]
    done = CliRunner().invoke(app, arguments)
    assert (done.exit_code, "FOOD" in done.stderr) == (3, True)
