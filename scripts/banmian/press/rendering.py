"""What the pages of a PDF look like, as small pictures."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pypdfium2
    from PIL import Image

MOST_BYTES = 70_000
# (blur in pixels, quality): print below reading size is noise to the encoder, so it is softened
# before its quality is cut further.
ATTEMPTS = ((0.0, 40), (0.6, 30), (0.6, 15), (0.8, 5))
EFFORT = 2  # of WebP's 0 to 6


def page_pictures(pdf: bytes, *, width: int = 720) -> list[bytes]:
    """Each page as WebP, ``width`` pixels wide; at 720 pixels it seldom exceeds 70 kB."""
    import pypdfium2

    with pypdfium2.PdfDocument(pdf) as document:
        return [_webp(_drawn(page, width)) for page in document]


def _drawn(page: pypdfium2.PdfPage, width: int) -> Image.Image:
    picture: Image.Image = page.render(scale=width / page.get_width()).to_pil()
    return picture.convert("RGB")


def _webp(picture: Image.Image) -> bytes:
    """The picture in the first attempt that keeps to the size, or in the last."""
    from PIL import ImageFilter

    data = b""
    for blur, quality in ATTEMPTS:
        softened = picture.filter(ImageFilter.GaussianBlur(blur)) if blur else picture
        output = io.BytesIO()
        softened.save(output, "WEBP", quality=quality, method=EFFORT)
        data = output.getvalue()
        if len(data) <= MOST_BYTES:
            break
    return data
