"""The constants of a frozen TensorFlow graph, read as data: TensorFlow is not needed.

The file is a ``GraphDef`` in the wire format of protocol buffers. Only what leads to the values of
float constants is read; nothing in the file is run.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Final

import numpy as np
from numpy.typing import NDArray

_VARINT: Final = 0
_FIXED64: Final = 1
_BYTES: Final = 2
_FIXED32: Final = 5

# Field numbers of the messages on the way to a tensor.
_GRAPH_NODE: Final = 1
_NODE_NAME: Final = 1
_NODE_ATTRIBUTE: Final = 5
_ENTRY_KEY: Final = 1
_ENTRY_VALUE: Final = 2
_VALUE_TENSOR: Final = 8
_TENSOR_TYPE: Final = 1
_TENSOR_SHAPE: Final = 2
_TENSOR_CONTENT: Final = 4
_TENSOR_FLOATS: Final = 5
_SHAPE_SIZE: Final = 2
_SIZE: Final = 1
_FLOAT: Final = 1


def float_constants(graph: bytes) -> dict[str, NDArray[np.float32]]:
    """The float32 constants of ``graph`` by the name of their node; ValueError if it is cut off."""
    found = {}
    for number, node in _fields(graph):
        if number == _GRAPH_NODE and isinstance(node, bytes):
            name, tensor = _named_tensor(node)
            if tensor is not None and (value := _floats(tensor)) is not None:
                found[name] = value
    return found


def _named_tensor(node: bytes) -> tuple[str, bytes | None]:
    name, tensor = "", None
    for number, field in _fields(node):
        if number == _NODE_NAME and isinstance(field, bytes):
            name = field.decode()
        elif number == _NODE_ATTRIBUTE and isinstance(field, bytes):
            entry = dict(_fields(field))
            value = entry.get(_ENTRY_VALUE)
            if entry.get(_ENTRY_KEY) == b"value" and isinstance(value, bytes):
                tensor = dict(_fields(value)).get(_VALUE_TENSOR)
    return name, tensor if isinstance(tensor, bytes) else None


def _floats(tensor: bytes) -> NDArray[np.float32] | None:
    shape: tuple[int, ...] = ()
    fields = dict(_fields(tensor))
    if fields.get(_TENSOR_TYPE) != _FLOAT:
        return None
    if isinstance(sizes := fields.get(_TENSOR_SHAPE), bytes):
        shape = tuple(
            int(dict(_fields(size)).get(_SIZE, 0))
            for number, size in _fields(sizes)
            if number == _SHAPE_SIZE and isinstance(size, bytes)
        )
    content = fields.get(_TENSOR_CONTENT) or fields.get(_TENSOR_FLOATS) or b""
    values = np.frombuffer(content if isinstance(content, bytes) else b"", dtype="<f4")
    if len(values) == 1:  # one number may stand for all
        return np.full(shape, values[0], np.float32)
    if len(values) != math.prod(shape):
        raise ValueError(f"a tensor of shape {shape} has {len(values)} numbers")
    return values.reshape(shape).astype(np.float32)


def _fields(message: bytes) -> Iterator[tuple[int, int | bytes]]:
    at = 0
    while at < len(message):
        key, at = _varint(message, at)
        kind = key & 7
        if kind == _VARINT:
            value, at = _varint(message, at)
            yield key >> 3, value
            continue
        if kind == _BYTES:
            size, at = _varint(message, at)
        elif kind in (_FIXED32, _FIXED64):
            size = 4 if kind == _FIXED32 else 8
        else:
            raise ValueError(f"wire type {kind} at byte {at}: not a graph")
        if at + size > len(message):
            raise ValueError(f"a field of {size} bytes at byte {at} is cut off")
        yield key >> 3, message[at : at + size]
        at += size


def _varint(message: bytes, at: int) -> tuple[int, int]:
    value, shift = 0, 0
    while True:
        if at >= len(message):
            raise ValueError(f"a number at byte {at} is cut off")
        byte = message[at]
        value |= (byte & 0x7F) << shift
        at, shift = at + 1, shift + 7
        if byte < 0x80:
            return value, at
