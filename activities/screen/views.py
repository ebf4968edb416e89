"""The info screen of a venue: one page that keeps itself fresh."""

import datetime as dt
from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from activities.addresses import absolute, qr_picture
from activities.models import Occurrence
from activities.screen.content import DARK_FROM, LIGHT_FROM, screen_content
from activities.venue_outlets import moved_to, page_path, venue_at
from core.page_cache import changes_at
from directory.models import Notice, VenuePage


@require_safe
def screen(request: HttpRequest, venue: str) -> HttpResponseBase:
    """`/skaerm/<venue>/`: now and today, the coming days and messages, to read at 5 metres."""
    page = venue_at(venue)
    if page is None:
        leads = moved_to(request, venue, "/skaerm/{venue}/")
        if leads is None:
            raise Http404(_("We cannot find it. Perhaps the place has got another name."))
        return leads
    context = screen_context(request, page, timezone.now())
    return render(request, "activities/screen/screen.html", context)


def screen_context(request: HttpRequest, page: VenuePage, now: dt.datetime) -> dict[str, Any]:
    """Return what the screen's template wants, and note when the answer will be different."""
    content = screen_content(page, Occurrence.objects.public(), Notice.objects.all(), now)
    changes_at(request, content.next_change)
    return {
        "venue": page,
        "screen": content,
        "code": qr_picture(absolute(page_path(page, request))),
        "light_from": LIGHT_FROM,
        "dark_from": DARK_FROM,
    }
