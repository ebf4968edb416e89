"""What stands around a venue's page: the way back, feeds, quick exit and data for machines."""

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from wagtail.models import Page

from core.domain.dates import local_time
from core.models import SiteSettings
from directory.status import opening_of
from directory.structured_data import venue_json_ld

if TYPE_CHECKING:
    from directory.models import VenuePage


def trail(page: Page, request: HttpRequest) -> list[dict[str, str]]:
    """Return the inputs of components/breadcrumbs.html: the front page down to `page`."""
    above = page.get_ancestors().filter(depth__gte=2).defer_streamfields()
    items = [{"label": step.title, "url": step.get_url(request) or "/"} for step in above]
    if items:
        items[0]["label"] = _("Front page")
    return [*items, {"label": page.title, "url": ""}]


def venue_frame(
    venue: "VenuePage", request: HttpRequest, site: SiteSettings, now: dt.datetime
) -> dict[str, Any]:
    """Return what base.html wants to know of a venue's page."""
    url = venue.get_url(request) or ""
    today = local_time(now).date()
    opening = opening_of([venue], today)[venue.pk]
    names = {"venue": venue.title}
    frame: dict[str, Any] = {
        "breadcrumbs": trail(venue, request),
        "calendar_url": f"{url}kalender.ics",
        "feed_url": f"{url}feed.rss",
        "follow_url": f"/abonner/?{urlencode({'sted': venue.slug})}",
        "feeds": [
            (_("News from %(venue)s") % names, "application/rss+xml", f"{url}feed.rss"),
            (_("Calendar of %(venue)s") % names, "text/calendar", f"{url}kalender.ics"),
        ],
        "json_ld": venue_json_ld(venue, opening, venue.get_full_url(request) or url),
    }
    if venue.needs_quick_exit:
        frame["quick_exit_url"] = site.quick_exit_url
    return frame
