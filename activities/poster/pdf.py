"""A programme as a tagged PDF (PDF/UA-1), set as large as its page has room for.

WeasyPrint needs libraries that not every machine has: it is loaded when it is needed.
"""

import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.contrib.staticfiles import finders

from activities.poster.layout import Layout

STYLES = ("poster_font.css", "poster.css")
SECONDS = 8.0  # after that no smaller letters are tried
SHEETS_AT_A_TIME = 2
WAIT = 20.0
TAGGED = {"pdf_variant": "pdf/ua-1", "pdf_tags": True}

_room = threading.BoundedSemaphore(SHEETS_AT_A_TIME)


class PaperMissing(Exception):
    """This machine cannot make PDF files."""


class PaperBusy(Exception):
    """Others are printing; there is no room for one more now."""


def make_pdf(write: Callable[[Layout], str], layouts: list[Layout]) -> bytes:
    """Return the programme in the first of `layouts` that fits on one sheet, else in the last.

    `write` returns the document of a layout. Raises PaperMissing and PaperBusy.
    """
    weasyprint = _weasyprint()
    if not _room.acquire(timeout=WAIT):
        raise PaperBusy
    try:
        started = time.monotonic()
        for layout in layouts[:-1]:
            document = _laid_out(weasyprint, write(layout))
            if len(document.pages) == 1:
                return bytes(document.write_pdf(**TAGGED))
            if time.monotonic() - started > SECONDS:
                break
        return bytes(_laid_out(weasyprint, write(layouts[-1])).write_pdf(**TAGGED))
    finally:
        _room.release()


def _laid_out(weasyprint: Any, html: str) -> Any:
    files = [finders.find(f"css/{name}") for name in STYLES]
    if None in files:
        raise PaperMissing
    # Only our own stylesheets and their font, and pictures that stand in the text itself.
    fetcher = _fetcher(weasyprint, Path(str(files[0])).parents[1])
    fonts = weasyprint.text.fonts.FontConfiguration()
    css = [weasyprint.CSS(filename=f, font_config=fonts, url_fetcher=fetcher) for f in files]
    page = weasyprint.HTML(string=html, url_fetcher=fetcher)
    return page.render(font_config=fonts, stylesheets=css, **TAGGED)


def _fetcher(weasyprint: Any, folder: Path) -> Any:
    own = folder.resolve().as_uri()

    class OwnFiles(weasyprint.urls.URLFetcher):
        def fetch(self, url: str, headers: dict[str, str] | None = None) -> Any:
            if not url.startswith(("data:", f"{own}/")):
                raise ValueError("Posters ask for nothing from outside")
            return super().fetch(url, headers)

    return OwnFiles(allowed_protocols=["file", "data"])


def _weasyprint() -> Any:
    try:
        import weasyprint
        import weasyprint.text.fonts
        import weasyprint.urls
    except (ImportError, OSError) as error:  # OSError: pango or harfbuzz is not there
        raise PaperMissing from error
    return weasyprint
