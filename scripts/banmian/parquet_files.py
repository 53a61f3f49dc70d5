"""The Parquet files of a data set: one a configuration and split, named by its content.

The name holds the first digits of the file's sha256, because ``datasets`` caches by name: a changed
file under an old name would go on giving the old rows. The schema has no ``huggingface`` key, so
that the features are those of the card, whichever version of ``datasets`` reads them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from types import TracebackType
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from banmian.configurations import CONFIGURATIONS
from banmian.features import Feature, Image, Label, ListOf, Scalar, Struct, decoded, encoded
from banmian.page_rows import Row
from banmian.tagset import Split

ROWS_PER_GROUP = 256
"""Rows kept in memory before they are written: about 20 MB of pages, whatever the corpus size."""

DIGEST_DIGITS = 16

_ARROW = {
    "bool": pa.bool_(),
    "date32": pa.date32(),
    "float64": pa.float64(),
    "int32": pa.int32(),
    "string": pa.string(),
}


@dataclass(frozen=True, slots=True)
class DataFile:
    """A Parquet file of the data set; ``path`` is relative to its directory.

    ``rows`` is the number of rows, ``uncompressed`` the bytes of its columns before compression.
    """

    configuration: str
    split: Split
    path: PurePosixPath
    sha256: str
    size: int
    rows: int
    uncompressed: int

    @property
    def id(self) -> str:
        """``<configuration>_<split>``, the name of its record set."""
        return f"{self.configuration}_{self.split}"


def arrow_type(feature: Feature) -> pa.DataType:
    """The Arrow type in which a feature is stored; labels as ``datasets`` stores them."""
    match feature:
        case Scalar(dtype):
            return _ARROW[dtype]
        case Label():
            return pa.int64()
        case Image():
            return pa.struct([("bytes", pa.binary()), ("path", pa.string())])
        case ListOf(of):
            return pa.list_(arrow_type(of))
        case Struct(fields):
            return pa.struct([(name, arrow_type(each)) for name, each in fields.items()])


def arrow_schema(features: Mapping[str, Feature]) -> pa.Schema:
    """The schema of a table with these columns; it carries no metadata."""
    return pa.schema([(name, arrow_type(feature)) for name, feature in features.items()])


class RowWriter:
    """Writes rows of one configuration and split; a context manager.

    On leaving it, :attr:`file` tells what was written; on an exception nothing is told.
    """

    def __init__(self, folder: Path, configuration: str, split: Split) -> None:
        self.file: DataFile | None = None
        self._folder = folder
        self._configuration = configuration
        self._split = split
        self._features = Struct(CONFIGURATIONS[configuration].features)
        self._pending: list[Any] = []
        self._partial = folder / configuration / f"{split}.partial"
        self._partial.parent.mkdir(exist_ok=True)
        schema = arrow_schema(self._features.fields)
        self._parquet = pq.ParquetWriter(self._partial, schema, compression="zstd")

    def write(self, rows: Iterable[Row]) -> None:
        """Append rows; they reach the disk in groups of :data:`ROWS_PER_GROUP`."""
        for row in rows:
            self._pending.append(encoded(self._features, row))
            if len(self._pending) == ROWS_PER_GROUP:
                self._flush()

    def _flush(self) -> None:
        if self._pending:
            table = pa.Table.from_pylist(self._pending, schema=self._parquet.schema)
            self._parquet.write_table(table)
            self._pending.clear()

    def __enter__(self) -> RowWriter:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if kind is None:
            self._flush()
        self._parquet.close()
        if kind is None:
            self.file = self._named_by_content()

    def _named_by_content(self) -> DataFile:
        digest = file_sha256(self._partial)
        name = f"{self._split}-{digest[:DIGEST_DIGITS]}.parquet"
        path = PurePosixPath(self._configuration) / name
        final = self._partial.rename(self._folder / path)
        rows, uncompressed = sizes(final)
        return DataFile(
            configuration=self._configuration,
            split=self._split,
            path=path,
            sha256=digest,
            size=final.stat().st_size,
            rows=rows,
            uncompressed=uncompressed,
        )


def file_sha256(path: Path) -> str:
    """The hex digest of a file's bytes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def sizes(path: Path) -> tuple[int, int]:
    """Number of rows, and bytes before compression, of a Parquet file."""
    metadata = pq.read_metadata(path)
    groups = (metadata.row_group(index) for index in range(metadata.num_row_groups))
    return metadata.num_rows, sum(group.total_byte_size for group in groups)


def read_schema(path: Path) -> pa.Schema:
    """The schema of a Parquet file."""
    return pq.read_schema(path)


def read_rows(path: Path, features: Mapping[str, Feature]) -> Iterator[Row]:
    """The rows of a Parquet file, one group in memory at a time, labels as names."""
    whole = Struct(features)
    with pq.ParquetFile(path) as file:
        for batch in file.iter_batches(batch_size=ROWS_PER_GROUP):
            for row in batch.to_pylist():
                yield decoded(whole, row)
