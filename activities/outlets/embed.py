"""The programme inside other people's pages: a plain list in a frame, without script or cookie."""

import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Site

from activities.card_rows import card_rows
from activities.cards import make_cards, next_moment
from activities.filters import CalendarFilter
from activities.listing import cards_by_day, in_range
from core.domain.dates import day_bounds, local_day
from core.page_cache import changes_at
from directory.models import VenuePage

if TYPE_CHECKING:
    from activities.querysets import OccurrenceQuerySet

SHOWN = 30
HEIGHT = 600  # pixels; what is longer is scrolled inside the frame


def embed_context(
    request: HttpRequest,
    wanted: CalendarFilter,
    dates: "OccurrenceQuerySet",
    now: dt.datetime,
) -> dict[str, Any]:
    """Return the coming dates that `wanted` asks for at the aware moment `now`."""
    today = local_day(now)
    found = in_range(dates.matching(wanted), wanted, now)
    keys = list(found.values_list("pk", flat=True)[: SHOWN + 1])
    rows = card_rows(dates.filter(pk__in=keys[:SHOWN]).order_by("starts_at", "pk"), SHOWN)
    cards = make_cards(rows, dates, now)
    changes_at(request, next_moment(cards, now))
    changes_at(request, day_bounds(today)[1])
    return {
        "days": list(cards_by_day(cards, today, whole=bool(wanted.first and not wanted.period))),
        "more": len(keys) > SHOWN,
        "all_url": f"/aktiviteter/{wanted.query()}",
        "follow_url": f"{reverse('subscribe')}{wanted.query()}",
    }


def snippet(wanted: CalendarFilter, name: str) -> str:
    """Return the HTML that others put into their page: the frame, and a link for want of it."""
    title = gettext("What happens: %(choices)s") % {"choices": name or gettext("everything")}
    host = settings.WAGTAILADMIN_BASE_URL.rstrip("/")
    return format_html(
        '<iframe src="{}{}" title="{}" width="100%" height="{}" loading="lazy"'
        ' style="border:0"></iframe>\n<p><a href="{}/aktiviteter/{}">{}</a></p>',
        host,
        address_of(wanted),
        title,
        HEIGHT,
        host,
        wanted.query(),
        title,
    )


def address_of(wanted: CalendarFilter) -> str:
    """Return the address of the frame: a venue alone has one that says its name."""
    if len(wanted.venues) == 1 and wanted == CalendarFilter(venues=wanted.venues):
        return reverse("embed_venue", args=wanted.venues)
    return f"{reverse('embed')}{wanted.query()}"


def current_slug(slug: str, site: Site, today: dt.date) -> str:
    """Return the name in addresses of what was once the venue `slug`; "" if nobody knows.

    Frames stay on other people's pages for years, so a venue that was renamed or became a part
    of another on the local day `today` is still shown.
    """
    merged = VenuePage.objects.filter(slug=slug, live=False).first()
    found: Iterable[object] = [merged.successor_on(today)] if merged else []
    moved = Redirect.get_for_site(site).filter(old_path=Redirect.normalise_path(f"/steder/{slug}"))
    found = [*found, *(row.redirect_page and row.redirect_page.specific for row in moved)]
    return next((page.slug for page in found if isinstance(page, VenuePage) and page.live), "")
