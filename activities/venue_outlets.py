"""What posters and screens share: the venue they are about."""

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


def page_path(page: VenuePage, request: HttpRequest) -> str:
    """Return the path of a venue's page on this site."""
    return page.relative_url(Site.find_for_request(request)) or "/"
