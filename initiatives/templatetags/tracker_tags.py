"""What other apps' pages show of the leaders' tracker."""

import datetime as dt
from typing import Any

from django import template

from core.domain.dates import day_bounds, local_time
from core.page_cache import changes_at
from directory.models import VenuePage
from initiatives.public_records import public_sections

register = template.Library()


@register.inclusion_tag("initiatives/venue_records.html", takes_context=True)
def venue_records(context: template.Context, venue: VenuePage, now: dt.datetime) -> dict[str, Any]:
    """What a venue has to tell besides its page. Tells the page cache when dates pass."""
    sections = public_sections(venue, now)
    request = context.get("request")
    dates = [one.next_at for section in sections for one in section.services if one.next_at]
    if request is not None and dates:
        changes_at(request, min(dates))
        changes_at(request, day_bounds(local_time(now).date())[1])
    return {"sections": sections}
