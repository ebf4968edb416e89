"""Documents as tagged PDF (PDF/UA-1), from HTML of ours and our own stylesheets only.

WeasyPrint needs libraries that not every machine has: it is loaded when it is needed.
"""

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.contrib.staticfiles import finders

AT_A_TIME = 2
WAIT = 20.0
TAGGED = {"pdf_variant": "pdf/ua-1", "pdf_tags": True}

_room = threading.BoundedSemaphore(AT_A_TIME)


class PaperMissing(Exception):
    """This machine cannot make PDF files."""


class PaperBusy(Exception):
    """Others are printing; there is no room for one more now."""


def tagged_pdf(html: str, styles: Sequence[str]) -> bytes:
    """Return `html` as a PDF, set with the `styles` of static/css, of which the names are given.

    Raises PaperMissing and PaperBusy.
    """
    with room():
        return bytes(laid_out(html, styles).write_pdf(**TAGGED))


@contextmanager
def room() -> Iterator[None]:
    """Hold one of the few places at the press. Raises PaperMissing, and PaperBusy after a while."""
    _weasyprint()
    if not _room.acquire(timeout=WAIT):
        raise PaperBusy
    try:
        yield
    finally:
        _room.release()


def laid_out(html: str, styles: Sequence[str]) -> Any:
    """Return WeasyPrint's document of `html`; `write_pdf(**TAGGED)` makes the file of it."""
    weasyprint = _weasyprint()
    files = [finders.find(f"css/{name}") for name in styles]
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
                raise ValueError("Documents ask for nothing from outside")
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
