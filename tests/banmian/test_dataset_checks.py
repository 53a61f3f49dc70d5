"""Each way in which a built data set can lie is found; all at once."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from banmian.dataset_checks import check_dataset
from banmian.errors import UsageError


@pytest.fixture
def copy(built: Path, tmp_path: Path) -> Path:
    return shutil.copytree(built, tmp_path / "copy")


def ids(path: Path) -> list[str]:
    return [incident.id for incident in check_dataset(path)]


def first_file(path: Path, configuration: str = "words") -> Path:
    return min((path / configuration).iterdir())


def rewritten(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def relisted(path: Path, file: Path) -> None:
    """Make ``croissant.json`` vouch for the present bytes of ``file``."""
    from banmian.parquet_files import file_sha256

    described = json.loads((path / "croissant.json").read_bytes())
    for entry in described["distribution"]:
        if entry["contentUrl"].endswith(file.name):
            entry["sha256"] = file_sha256(file)
    (path / "croissant.json").write_text(json.dumps(described, ensure_ascii=False))


def test_a_built_data_set_is_clean(built: Path) -> None:
    assert check_dataset(built) == []


def test_a_folder_without_data_set_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError):
        check_dataset(tmp_path)


def test_a_changed_byte_is_found(copy: Path) -> None:
    file = first_file(copy)
    data = bytearray(file.read_bytes())
    data[8] ^= 1
    file.write_bytes(data)
    (incident,) = check_dataset(copy)
    assert incident.path == file.relative_to(copy).as_posix()
    assert incident.id == "checksum-wrong"


def test_a_wrong_column_is_found_even_with_a_right_checksum(copy: Path) -> None:
    file = first_file(copy)
    table = pq.read_table(file)
    pq.write_table(table.rename_columns(["idea", *table.column_names[1:]]), file)
    relisted(copy, file)
    assert {"dataset-columns", "dataset-file-name"} <= set(ids(copy))


def test_a_wrong_column_type_is_found(copy: Path) -> None:
    file = first_file(copy)
    table = pq.read_table(file)
    at = table.schema.get_field_index("start")
    schema = table.schema.set(at, table.schema.field("role").with_name("start"))
    pq.write_table(table.cast(schema), file)
    assert "dataset-columns" in ids(copy)


def test_a_huggingface_key_is_found(copy: Path) -> None:
    file = first_file(copy)
    table = pq.read_table(file)
    pq.write_table(table.replace_schema_metadata({"huggingface": "{}"}), file)
    assert "dataset-columns" in ids(copy)


def test_missing_rows_are_found(copy: Path) -> None:
    file = first_file(copy)
    pq.write_table(pq.read_table(file).slice(1), file)
    assert "dataset-count" in ids(copy)


def drop_file(path: Path) -> None:
    first_file(path).unlink()


def add_file(path: Path) -> None:
    (path / "pages" / "mine.parquet").write_bytes(b"")


def break_parquet(path: Path) -> None:
    first_file(path).write_bytes(b"PAR1")


def change_count(path: Path) -> None:
    rewritten(path / "README.md", "num_examples: 5", "num_examples: 6")


def change_card_feature(path: Path) -> None:
    rewritten(path / "README.md", "name: crossheads", "name: crosshats")


def change_card_path(path: Path) -> None:
    rewritten(path / "README.md", "path: pages/real", "path: pages/ideal")


def unknown_card_feature(path: Path) -> None:
    rewritten(path / "README.md", "dtype: date32", "dtype: float16")


def break_card(path: Path) -> None:
    rewritten(path / "README.md", "language:", "language: [")


def change_record_set(path: Path) -> None:
    rewritten(path / "croissant.json", '"column": "tokens"', '"column": "ner_tags"')


def break_croissant(path: Path) -> None:
    (path / "croissant.json").write_text("{")


@pytest.mark.parametrize(
    ("spoil", "expected"),
    [
        (drop_file, "file-missing"),
        (add_file, "file-unlisted"),
        (break_parquet, "dataset-unreadable"),
        (change_count, "dataset-count"),
        (change_card_feature, "dataset-columns"),
        (change_card_path, "dataset-listing"),
        (unknown_card_feature, "dataset-feature"),
        (break_card, "dataset-unreadable"),
        (change_record_set, "dataset-croissant"),
        (break_croissant, "dataset-unreadable"),
    ],
)
def test_a_spoilt_data_set_is_found(
    copy: Path, spoil: Callable[[Path], None], expected: str
) -> None:
    spoil(copy)
    assert expected in ids(copy)


def test_all_faults_are_reported_at_once(copy: Path) -> None:
    for spoil in (drop_file, add_file, change_count, change_record_set):
        spoil(copy)
    expected = {"file-missing", "file-unlisted", "dataset-count", "dataset-croissant"}
    assert set(ids(copy)) == expected
