"""The numbered objects of a PDF file under way, and its numbers as text."""

from __future__ import annotations

import io
import zlib
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pydyf

COMPRESSION = 6


class Objects:
    """Collects objects; the bytes depend on nothing but what is added, in its order."""

    def __init__(self) -> None:
        import pydyf

        self._library: Any = pydyf
        self._pdf: Any = pydyf.PDF()

    def add(self, entries: Mapping[str, object]) -> bytes:
        """A reference to a new dictionary."""
        return self._added(self._library.Dictionary(entries))

    def add_stream(self, data: bytes, entries: Mapping[str, object] | None = None) -> bytes:
        """A reference to a new stream, which is compressed here."""
        packed = zlib.compress(data, COMPRESSION)
        return self.add_packed(packed, {**(entries or {}), "Filter": "/FlateDecode"})

    def add_packed(self, data: bytes, entries: Mapping[str, object]) -> bytes:
        """A reference to a new stream whose ``Filter`` the entries give."""
        return self._added(self._library.Stream([data], entries))

    def add_page(self, entries: Mapping[str, object]) -> None:
        """One more page."""
        parent = self._pdf.pages.reference
        page = self._library.Dictionary({"Type": "/Page", "Parent": parent, **entries})
        self._pdf.add_page(page)

    def nested(self, entries: Mapping[str, object]) -> object:
        """A dictionary to be put into another."""
        return self._library.Dictionary(entries)

    def data(self) -> bytes:
        """The finished file."""
        output = io.BytesIO()
        self._pdf.write(output, version=b"1.6")
        return output.getvalue()

    def _added(self, entry: pydyf.Object) -> bytes:
        self._pdf.add_object(entry)
        reference: bytes = entry.reference
        return reference


def number(value: float) -> str:
    """``value`` as PDF writes it: five decimals at most, no exponent, no idle zeros."""
    text = f"{value:.5f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def numbers(*values: float) -> str:
    """The values as PDF writes them, blanks between them."""
    return " ".join(map(number, values))
