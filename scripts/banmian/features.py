"""What a column may hold, as a small tree of types, and its form in a data set card.

Scalar lists are written ``sequence:`` and lists of structs ``list:``: so that ``datasets`` 3.6 and
5.2 both give ``List(ClassLabel)`` (with its ``feature``) and a list of dicts (not a dict of lists).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from banmian.errors import DataFault

SCALARS = ("bool", "date32", "float64", "int32", "string")
"""The scalar types, by the name that Arrow and ``datasets`` share."""


@dataclass(frozen=True, slots=True)
class Scalar:
    """One value: ``string``, ``int32``, ``float64``, ``bool`` or ``date32``."""

    dtype: str

    def __post_init__(self) -> None:
        if self.dtype not in SCALARS:
            raise _unknown(self.dtype)


@dataclass(frozen=True, slots=True)
class Label:
    """One of a closed list of names; stored as its index in ``names``."""

    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Image:
    """A picture: ``bytes`` of a file, and its ``path`` in the corpus."""


@dataclass(frozen=True, slots=True)
class ListOf:
    """Any number of values of one feature."""

    of: Feature


@dataclass(frozen=True, slots=True)
class Struct:
    """Named values, in a fixed order."""

    fields: Mapping[str, Feature]


Feature = Scalar | Label | Image | ListOf | Struct

STRING, INT32, BOOL, DATE = Scalar("string"), Scalar("int32"), Scalar("bool"), Scalar("date32")
FLOAT64, IMAGE = Scalar("float64"), Image()


def card_features(fields: Mapping[str, Feature]) -> list[dict[str, Any]]:
    """The ``features`` of a configuration as ``dataset_info`` of a card states them."""
    return [{"name": name, **_card_feature(feature)} for name, feature in fields.items()]


def _card_feature(feature: Feature) -> dict[str, Any]:
    match feature:
        case Scalar(dtype):
            return {"dtype": dtype}
        case Label(names):
            by_index = {str(index): name for index, name in enumerate(names)}
            return {"dtype": {"class_label": {"names": by_index}}}
        case Image():
            return {"dtype": "image"}
        case ListOf(Struct(fields)):
            return {"list": card_features(fields)}
        case ListOf(of):
            return {"sequence": _unwrapped(_card_feature(of))}
        case Struct(fields):
            return {"struct": card_features(fields)}


def _unwrapped(card: dict[str, Any]) -> Any:  # noqa: ANN401 (a YAML node: str or dict)
    return card.get("dtype", card)


def features_from_card(card: Sequence[Mapping[str, Any]]) -> dict[str, Feature]:
    """Read back what :func:`card_features` wrote; :class:`DataFault` for anything else."""
    return {str(entry.get("name")): _feature_from_card(entry) for entry in card}


def _feature_from_card(entry: Mapping[str, Any]) -> Feature:
    match entry:
        case {"list": list(fields)}:
            return ListOf(Struct(features_from_card(fields)))
        case {"sequence": of}:
            return ListOf(_feature_from_card(of if _is_wrapped(of) else {"dtype": of}))
        case {"struct": list(fields)}:
            return Struct(features_from_card(fields))
        case {"dtype": {"class_label": {"names": dict(names)}}}:
            return Label(tuple(str(name) for name in names.values()))
        case {"dtype": "image"}:
            return IMAGE
        case {"dtype": str(dtype)}:
            return Scalar(dtype)
    raise _unknown(entry)


def _is_wrapped(of: object) -> bool:
    return isinstance(of, Mapping) and "class_label" not in of


def _unknown(feature: object) -> DataFault:
    return DataFault("dataset-feature", f"{feature!r} is no feature of ours", "build it again")


@cache
def _index(names: tuple[str, ...]) -> dict[str, int]:
    return {name: index for index, name in enumerate(names)}


def encoded(feature: Feature, value: Any) -> Any:  # noqa: ANN401 (a row's value, any type)
    """``value`` with label names replaced by their indices; None stays None."""
    match feature:
        case _ if value is None:
            return None
        case Label(names):
            return _index(names)[value]
        case ListOf(of):
            return [encoded(of, each) for each in value]
        case Struct(fields):
            return {name: encoded(each, value[name]) for name, each in fields.items()}
    return value


def decoded(feature: Feature, value: Any) -> Any:  # noqa: ANN401 (a row's value, any type)
    """The inverse of :func:`encoded`."""
    match feature:
        case _ if value is None:
            return None
        case Label(names):
            return names[value]
        case ListOf(of):
            return [decoded(of, each) for each in value]
        case Struct(fields):
            return {name: decoded(each, value[name]) for name, each in fields.items()}
    return value
