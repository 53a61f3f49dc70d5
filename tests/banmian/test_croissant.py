"""``croissant.json``: read by the reference reader, record for record."""

from __future__ import annotations

import json
from pathlib import Path, PurePosixPath
from typing import Any

import pytest

from banmian import publication
from banmian.built import BuiltDataset
from banmian.configurations import CONFIGURATIONS
from banmian.croissant import fields
from banmian.features import STRING, ListOf, Struct, encoded
from banmian.parquet_files import file_sha256
from banmian.tagset import Split
from tests.banmian.conftest import TABLES


@pytest.fixture(scope="module")
def described(built: Path) -> dict[str, Any]:
    read: dict[str, Any] = json.loads((built / "croissant.json").read_bytes())
    return read


@pytest.fixture(scope="module")
def reader(built: Path) -> Any:  # noqa: ANN401 (mlcroissant has no type information)
    import mlcroissant

    return mlcroissant.Dataset(jsonld=str(built / "croissant.json"))


def test_the_reader_has_nothing_to_complain_of(reader: Any) -> None:  # noqa: ANN401
    assert reader.metadata.ctx.issues.errors == set()
    assert reader.metadata.ctx.issues.warnings == set()


@pytest.mark.parametrize("configuration", TABLES)
def test_the_records_are_the_rows(built: Path, reader: Any, configuration: str) -> None:  # noqa: ANN401
    features = CONFIGURATIONS[configuration].features
    records = list(reader.records(f"{configuration}_real"))
    rows = list(BuiltDataset.open(built).rows(configuration, Split.REAL))
    assert len(records) == len(rows)
    for record, row in zip(records, rows, strict=True):
        for name, feature in features.items():
            value = _plain(record[f"{configuration}_real/{name}"])
            if row[name] is None and isinstance(feature, ListOf):
                # the reader makes one struct of nothing of a missing list
                assert value == [dict.fromkeys(value[0])]
            else:
                assert value == _described(encoded(feature, row[name])), name


def _plain(value: Any) -> Any:  # noqa: ANN401
    """A record's value with text for bytes, days for timestamps and short names."""
    if isinstance(value, bytes):
        return value.decode("utf-8")
    if isinstance(value, dict):
        return {key.rpartition("/")[2]: _plain(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_plain(each) for each in value]
    return value.date() if hasattr(value, "date") else value


def _described(value: Any) -> Any:  # noqa: ANN401
    """A row's value without the lists of structs in lists, which Croissant leaves out."""
    if not isinstance(value, list):
        return value
    return [
        {key: each for key, each in struct.items() if not _holds_structs(key)}
        if isinstance(struct, dict)
        else struct
        for struct in value
    ]


def _holds_structs(key: str) -> bool:
    return key in {"spans", "authors", "links", "items", "furniture"}


def test_what_it_leaves_out_are_the_lists_of_structs_in_lists(described: dict[str, Any]) -> None:
    (pages,) = [each for each in described["recordSet"] if each["@id"] == "pages_real"]
    stated = {
        (field["name"], sub["name"])
        for field in pages["field"]
        for sub in field.get("subField", [])
    }
    for name, feature in CONFIGURATIONS["pages"].features.items():
        if isinstance(feature, ListOf) and isinstance(feature.of, Struct):
            for sub, inner in feature.of.fields.items():
                nested = isinstance(inner, ListOf) and isinstance(inner.of, Struct)
                assert ((name, sub) in stated) is not nested


def test_it_lists_every_file_with_size_checksum_and_type(
    built: Path, described: dict[str, Any]
) -> None:
    listed = {entry["contentUrl"]: entry for entry in described["distribution"]}
    assert set(listed) == {p.relative_to(built).as_posix() for p in built.rglob("*.parquet")}
    for path, entry in listed.items():
        assert entry["sha256"] == file_sha256(built / path)
        assert entry["contentSize"] == f"{(built / path).stat().st_size} B"
        assert entry["encodingFormat"] == "application/x-parquet"


def test_a_struct_of_its_own_has_sub_fields_and_no_source() -> None:
    found = fields({"one": Struct({"name": STRING})}, "t_real", PurePosixPath("t/real.parquet"))
    (sub_field,) = found["one"]["subField"]
    assert sub_field["@id"] == "t_real/one/name"
    assert sub_field["source"]["transform"] == {"jsonPath": "name"}
    assert "source" not in found["one"]


def test_no_record_set_mixes_splits(described: dict[str, Any]) -> None:
    names = [each["@id"] for each in described["recordSet"]]
    assert names == [f"{name}_{split}" for name in TABLES for split in ("real", "train")]


def test_label_names_stand_in_the_description(described: dict[str, Any]) -> None:
    (entities,) = [each for each in described["recordSet"] if each["@id"] == "entities_real"]
    about = {field["name"]: field["description"] for field in entities["field"]}
    assert "O, B-PERSON, I-PERSON" in about["ner_tags"]


def test_it_says_who_when_how_to_cite_and_what_it_may_do(described: dict[str, Any]) -> None:
    assert described["datePublished"] == publication.RELEASED[publication.VERSION]
    assert described["citeAs"].startswith("@misc{")
    assert described["version"] == publication.VERSION
    assert described["license"] == [publication.ANNOTATION_LICENCE, "CC0-1.0"]
    assert "synthetic" in described["keywords"]
    rai = {key for key in described if key.startswith("rai:")}
    assert {"rai:dataLimitations", "rai:dataBiases", "rai:personalSensitiveInformation"} <= rai


def test_keywords_say_synthetic_only_where_it_is() -> None:
    assert "synthetic" not in publication.keywords([Split.REAL])
    assert "synthetic" in publication.keywords([Split.REAL, Split.DEV])
