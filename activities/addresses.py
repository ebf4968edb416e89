"""Addresses as people and programs outside the site write them, and codes that hold them."""

import segno
from django.conf import settings


def absolute(path: str) -> str:
    """Return the whole address of a path on this site."""
    return f"{settings.WAGTAILADMIN_BASE_URL.rstrip('/')}{path}"


def as_webcal(url: str) -> str:
    """Return the address with the scheme that Apple's and Microsoft's programs subscribe to."""
    return f"webcal://{url.partition('://')[2]}"


def spoken(url: str) -> str:
    """Return an address as people write it by hand: `fristed.example/steder/perlen`."""
    return url.partition("://")[2].rstrip("/")


def qr_picture(text: str) -> str:
    """Return a QR code as the address of a picture that needs no file. Black on white."""
    return str(_code(text).svg_data_uri(omitsize=True, dark="#000", light="#fff", border=2))


def qr_element(text: str) -> str:
    """Return a QR code as an SVG element, dark on light in any colour scheme."""
    look = {"omitsize": True, "svgclass": None, "lineclass": None, "border": 4}
    picture = str(_code(text).svg_inline(dark="#000", light="#fff", **look))
    # Its name stands around it; a picture without one is read aloud as "image".
    return picture.replace(">", ' aria-hidden="true">', 1)


def _code(text: str) -> segno.QRCode:
    return segno.make(text, error="m", micro=False)
