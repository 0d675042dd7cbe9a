"""The text that a PDF shows, page by page."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

from pypdf import PdfReader, apply_configuration

_MOST_PAGES = 30
_MOST_UNPACKED = 16 * 1024 * 1024  # bytes a stream: a page of plain text has some 10 KB
_CHINESE = "\u2e80-\u2fdf\u3400-\u4dbf\u4e00-\u9fff\u3001-\u303f\uff01-\uff5e"
_SPACED = re.compile(f"(?:[{_CHINESE}] ){{3,}}[{_CHINESE}]")


def pdf_text(content: bytes, *, enough: int) -> str:
    """The text of as many pages as have `enough` characters; raises when it cannot be read.

    A file that is encrypted without a password to open it, as against changing it, is read.
    """
    with apply_configuration(
        zlib_maximum_output_length=_MOST_UNPACKED,
        lzw_maximum_output_length=_MOST_UNPACKED,
        run_length_maximum_output_length=_MOST_UNPACKED,
        array_based_stream_maximum_output_length=_MOST_UNPACKED,
        jbig2dec_binary=None,  # no picture is looked at, and no other program started
        disable_legacy_handling=True,  # else old constants are looked at, and could undo these
    ):
        return "\n".join(_pages(content, enough))


def _pages(content: bytes, enough: int) -> Iterator[str]:
    if b"startxref" not in content:  # cut short: a wrong place makes pypdf look for the objects
        content += b"\ntrailer\n<</Size 9999>>\nstartxref\n0\n%%EOF\n"
    for number, page in enumerate(PdfReader(io.BytesIO(content)).pages):
        if number >= _MOST_PAGES or enough <= 0:
            return
        # Lines set to equal width have their characters moved apart: 研 究 锂 电 池.
        text = _SPACED.sub(lambda found: found[0].replace(" ", ""), page.extract_text())
        enough -= len(text)
        yield text
