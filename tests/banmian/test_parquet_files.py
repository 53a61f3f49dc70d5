"""Parquet files: groups, names, types."""

from __future__ import annotations

from pathlib import Path

import pyarrow.parquet as pq
import pytest

from banmian.configurations import CONFIGURATIONS
from banmian.page_rows import Row
from banmian.parquet_files import ROWS_PER_GROUP, RowWriter, file_sha256, read_rows
from banmian.tagset import Split


def words_row(number: int) -> Row:
    return {
        "id": f"i-a1-{number:03d}",
        "item": "i-a1",
        "issue": "i",
        "synthetic": True,
        "role": "body",
        "text": "春茶",
        "words": ["春茶"],
        "start": 0,
    }


def test_rows_come_back_as_written_and_in_groups(tmp_path: Path) -> None:
    rows = [words_row(number) for number in range(2 * ROWS_PER_GROUP + 1)]
    with RowWriter(tmp_path, "words", Split.DEV) as writer:
        writer.write(rows[:3])
        writer.write(rows[3:])
    file = writer.file
    assert file is not None
    assert file.rows == len(rows)
    assert pq.ParquetFile(tmp_path / file.path).num_row_groups == 3
    assert list(read_rows(tmp_path / file.path, CONFIGURATIONS["words"].features)) == rows


def test_the_name_holds_the_content_digest(tmp_path: Path) -> None:
    with RowWriter(tmp_path, "words", Split.DEV) as writer:
        writer.write([words_row(0)])
    file = writer.file
    assert file is not None
    assert file.sha256 == file_sha256(tmp_path / file.path)
    assert file.path.name == f"dev-{file.sha256[:16]}.parquet"
    assert [path.name for path in (tmp_path / "words").iterdir()] == [file.path.name]


def test_the_schema_has_no_huggingface_key(tmp_path: Path) -> None:
    with RowWriter(tmp_path, "words", Split.DEV) as writer:
        writer.write([words_row(0)])
    assert writer.file is not None
    assert not pq.read_schema(tmp_path / writer.file.path).metadata


def test_a_failing_writer_names_no_file(tmp_path: Path) -> None:
    with pytest.raises(KeyError), RowWriter(tmp_path, "words", Split.DEV) as writer:
        writer.write([{"id": "no other column"}])
    assert writer.file is None
