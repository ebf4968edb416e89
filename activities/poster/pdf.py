"""A programme as a tagged PDF (PDF/UA-1), set as large as its page has room for."""

import time
from collections.abc import Callable

from activities.poster.layout import Layout
from core.paper import TAGGED, PaperBusy, PaperMissing, laid_out, room

__all__ = ["PaperBusy", "PaperMissing", "make_pdf"]

STYLES = ("poster_font.css", "poster.css")
SECONDS = 8.0  # after that no smaller letters are tried


def make_pdf(write: Callable[[Layout], str], layouts: list[Layout]) -> bytes:
    """Return the programme in the first of `layouts` that fits on one sheet, else in the last.

    `write` returns the document of a layout. Raises PaperMissing and PaperBusy.
    """
    with room():
        started = time.monotonic()
        for layout in layouts[:-1]:
            document = laid_out(write(layout), STYLES)
            if len(document.pages) == 1:
                return bytes(document.write_pdf(**TAGGED))
            if time.monotonic() - started > SECONDS:
                break
        return bytes(laid_out(write(layouts[-1]), STYLES).write_pdf(**TAGGED))
