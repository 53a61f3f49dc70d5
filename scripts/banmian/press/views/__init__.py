"""The views of a set page: the texts that four kinds of extractor give for it, each traced.

``stream`` follows the painting order (PDFBox under Tika), ``pdfium`` too, by other rules;
``poppler`` finds columns by geometry, ``rows`` reads straight across them.
"""

from __future__ import annotations

from banmian.press.sheet import SetIssue
from banmian.press.views import pdfium, poppler, rows, stream
from banmian.press.views.pdfium import pdfium_views
from banmian.press.views.poppler import TwinCodes, poppler_views
from banmian.press.views.rows import rows_view
from banmian.press.views.stream import stream_view
from banmian.press.views.view import View, accounted

NAMES = (stream.NAME, pdfium.NAME, poppler.NAME, rows.NAME)

__all__ = [
    "NAMES",
    "TwinCodes",
    "View",
    "accounted",
    "pdfium_views",
    "poppler_views",
    "rows_view",
    "stream_view",
    "views_of",
]


def views_of(
    issue: SetIssue, pdf: bytes, twin: bytes, codes: TwinCodes
) -> dict[str, tuple[View, ...]]:
    """Every view of every sheet, in the order of the sheets; each is accounted for.

    Raises :class:`UsageError` where poppler is missing, :class:`DataFault` where a view does not
    hold exactly what the sheets print.
    """
    sheets = issue.sheets
    views = {
        stream.NAME: tuple(stream_view(sheet, issue.habits) for sheet in sheets),
        pdfium.NAME: tuple(pdfium_views(sheets, pdf)),
        poppler.NAME: tuple(poppler_views(sheets, pdf, twin, codes)),
        rows.NAME: tuple(rows_view(sheet, issue.habits) for sheet in sheets),
    }
    for given in views.values():
        for sheet, view in zip(sheets, given, strict=True):
            accounted(sheet, view)
    return views
