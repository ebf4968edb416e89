"""What other apps' pages show of the calendar."""

import datetime as dt
from typing import Any

from django import template

from activities.cards import next_moment, site_root
from activities.models import Occurrence
from activities.outlets.social import venue_preview
from activities.venue_week import week_days, week_of
from core.domain.dates import day_bounds, local_time
from core.models import SiteSettings
from core.page_cache import changes_at
from directory.models import VenuePage

register = template.Library()


@register.inclusion_tag("activities/venue_week.html", takes_context=True)
def venue_week(context: template.Context, venue: VenuePage, now: dt.datetime) -> dict[str, Any]:
    """The venue's coming seven days. Tells the page cache when they will look different."""
    today = local_time(now).date()
    cards = week_of(venue.pk, Occurrence.objects.public(), now)
    request = context.get("request")
    if request is not None:
        changes_at(request, next_moment(cards, now))
        changes_at(request, day_bounds(today)[1])
    return {"days": week_days(cards, today)}


@register.inclusion_tag("components/share_head.html", takes_context=True)
def venue_share_head(context: template.Context, venue: VenuePage) -> dict[str, Any]:
    """What other sites show when somebody passes on a link to the venue."""
    site = context.get("site_settings") or SiteSettings()
    return {"share": venue_preview(venue, site_root(), site)}
