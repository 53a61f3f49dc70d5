"""The data set's ``croissant.json``: Croissant 1.1 with the RAI vocabulary, and how to read it.

A record set describes one configuration of one split, so that no reader pools splits unasked.
Lists of structs within a list of structs (``pages.items.spans``) are left out: Croissant's JSON
paths take one value each, and the reference reader would give the first one only.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import PurePosixPath
from typing import Any

from banmian import publication
from banmian.configurations import CONFIGURATIONS, Configuration
from banmian.corpus import Corpus
from banmian.features import Feature, Image, Label, ListOf, Scalar, Struct
from banmian.parquet_files import DataFile

FILE_NAME = "croissant.json"
PARQUET = "application/x-parquet"
"""The media type that the reference reader knows; ``application/vnd.apache.parquet`` it refuses."""

CONTEXT = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "arrayShape": "cr:arrayShape",
    "citeAs": "cr:citeAs",
    "column": "cr:column",
    "conformsTo": "dct:conformsTo",
    "containedIn": "cr:containedIn",
    "cr": "http://mlcommons.org/croissant/",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "dct": "http://purl.org/dc/terms/",
    "description": {"@container": "@language"},
    "equivalentProperty": "cr:equivalentProperty",
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "extract": "cr:extract",
    "field": "cr:field",
    "fileObject": "cr:fileObject",
    "fileProperty": "cr:fileProperty",
    "fileSet": "cr:fileSet",
    "format": "cr:format",
    "includes": "cr:includes",
    "isArray": "cr:isArray",
    "isLiveDataset": "cr:isLiveDataset",
    "jsonPath": "cr:jsonPath",
    "key": "cr:key",
    "md5": "cr:md5",
    "name": {"@container": "@language"},
    "parentField": "cr:parentField",
    "path": "cr:path",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "recordSet": "cr:recordSet",
    "references": "cr:references",
    "regex": "cr:regex",
    "repeated": "cr:repeated",
    "replace": "cr:replace",
    "samplingRate": "cr:samplingRate",
    "sc": "https://schema.org/",
    "separator": "cr:separator",
    "source": "cr:source",
    "subField": "cr:subField",
    "transform": "cr:transform",
}
"""The standard JSON-LD context of Croissant 1.1."""

_DATA_TYPES = {
    "bool": "sc:Boolean",
    "date32": "sc:Date",
    "float64": "sc:Float",
    "int32": "sc:Integer",
    "string": "sc:Text",
}


def croissant(corpus: Corpus, files: Sequence[DataFile]) -> str:
    """The file's text for a data set that holds ``files``."""
    organisation = {"@type": "sc:Organization", "name": publication.CREATOR}
    record = {
        "@context": CONTEXT,
        "@type": "sc:Dataset",
        "conformsTo": [
            "http://mlcommons.org/croissant/1.1",
            "http://mlcommons.org/croissant/RAI/1.0",
        ],
        "name": publication.NAME,
        "description": publication.DESCRIPTION,
        "version": publication.VERSION,
        "datePublished": publication.released(),
        "creator": organisation,
        "publisher": organisation,
        "citeAs": publication.citation(),
        "license": licences(corpus),
        "inLanguage": ["zh"],
        "keywords": publication.keywords(corpus.splits[issue.id] for issue in corpus.issues),
        **publication.RESPONSIBLE_AI,
        "distribution": [_file_object(file) for file in files],
        "recordSet": [record_set(CONFIGURATIONS[file.configuration], file) for file in files],
    }
    return json.dumps(record, ensure_ascii=False, indent=1) + "\n"


def licences(corpus: Corpus) -> list[str]:
    """The licence of the annotations, then those that the issues state."""
    stated = sorted({issue.licence for issue in corpus.issues})
    return [publication.ANNOTATION_LICENCE, *stated]


def _file_object(file: DataFile) -> dict[str, Any]:
    return {
        "@type": "cr:FileObject",
        "@id": str(file.path),
        "name": str(file.path),
        "description": f"{file.rows} rows of {file.configuration}, split {file.split}",
        "contentUrl": str(file.path),
        "contentSize": f"{file.size} B",
        "encodingFormat": PARQUET,
        "sha256": file.sha256,
    }


def record_set(configuration: Configuration, file: DataFile) -> dict[str, Any]:
    """The record set of one configuration and split; its fields follow the columns."""
    abouts = {name: column.about for name, column in configuration.columns.items()}
    return {
        "@type": "cr:RecordSet",
        "@id": file.id,
        "name": file.id,
        "description": f"Split {file.split}; a record is {configuration.row}.",
        "key": {"@id": f"{file.id}/id"},
        "field": [
            {**field, "description": _about(abouts[name], configuration.features[name])}
            for name, field in fields(configuration.features, file.id, file.path).items()
        ],
    }


def _about(about: str, feature: Feature) -> str:
    labels = _labels(feature)
    return about if labels is None else f"{about}; indices of: {', '.join(labels.names)}"


def _labels(feature: Feature) -> Label | None:
    match feature:
        case Label():
            return feature
        case ListOf(of):
            return _labels(of)
    return None


def fields(
    features: Mapping[str, Feature], record_set: str, path: PurePosixPath
) -> dict[str, dict[str, Any]]:
    """A Croissant field for each column of the file at ``path``, by the column's name."""
    found = {}
    for name, feature in features.items():
        source = {"fileObject": {"@id": str(path)}, "extract": {"column": name}}
        found[name] = _field(f"{record_set}/{name}", feature, source)
    return found


def _field(id: str, feature: Feature, source: Mapping[str, Any]) -> dict[str, Any]:
    field: dict[str, Any] = {"@type": "cr:Field", "@id": id, "name": id.rpartition("/")[2]}
    match feature:
        case Scalar(dtype):
            return {**field, "dataType": _DATA_TYPES[dtype], "source": source}
        case Label():
            return {**field, "dataType": "sc:Integer", "source": source}
        case Image():
            read = {**source, "transform": {"jsonPath": "bytes"}}
            return {**field, "dataType": "sc:ImageObject", "source": read}
        case ListOf(Struct(members)):
            sub_fields = list(_sub_fields(id, members, source))
            return {**field, "isArray": True, "arrayShape": "-1", "subField": sub_fields}
        case ListOf(of):
            return {**_field(id, of, source), "isArray": True, "arrayShape": "-1"}
        case Struct(members):
            return {**field, "subField": list(_sub_fields(id, members, source))}


def _sub_fields(
    id: str, members: Mapping[str, Feature], source: Mapping[str, Any]
) -> Iterator[dict[str, Any]]:
    for name, feature in members.items():
        if not isinstance(feature, ListOf) or not isinstance(feature.of, Struct):
            yield _field(f"{id}/{name}", feature, {**source, "transform": {"jsonPath": name}})
