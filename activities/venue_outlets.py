"""What posters and screens share: the venue they are about, and codes that lead back to it."""

import segno
from django.conf import settings
from django.http import HttpRequest, HttpResponseBase, HttpResponsePermanentRedirect
from django.utils import timezone
from wagtail.models import Site

from core.domain.dates import local_day
from directory.models import VenuePage


def venue_at(slug: str) -> VenuePage | None:
    """Return the venue that the public finds at `/steder/<slug>/`, or None."""
    standing = VenuePage.objects.public().standing(local_day(timezone.now()))
    return standing.filter(slug=slug).first()


def moved_to(request: HttpRequest, slug: str, pattern: str) -> HttpResponseBase | None:
    """Lead to the same thing of the venue that the one called `slug` is a part of by now.

    `pattern` is the address with `{venue}` in the place of the slug.
    """
    venue = VenuePage.objects.filter(slug=slug).first()
    successor = venue and venue.successor_on(local_day(timezone.now()))
    if not (successor and successor.live):
        return None
    query = request.META.get("QUERY_STRING", "")
    address = pattern.format(venue=successor.slug)
    return HttpResponsePermanentRedirect(f"{address}?{query}" if query else address)


def absolute(path: str) -> str:
    """Return the address that people outside the site write."""
    return f"{settings.WAGTAILADMIN_BASE_URL.rstrip('/')}{path}"


def spoken(url: str) -> str:
    """Return an address as people write it by hand: `fristed.example/steder/perlen`."""
    return url.partition("://")[2].rstrip("/")


def qr_picture(text: str) -> str:
    """Return a QR code as the address of a picture that needs no file. Black on white."""
    code = segno.make(text, error="m", micro=False)
    return str(code.svg_data_uri(omitsize=True, dark="#000", light="#fff", border=2))


def page_path(page: VenuePage, request: HttpRequest) -> str:
    """Return the path of a venue's page on this site."""
    return page.relative_url(Site.find_for_request(request)) or "/"
