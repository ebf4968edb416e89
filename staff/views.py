"""The internal section: what a person's own venues have on this week."""

import datetime as dt

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from activities.models import Occurrence
from directory.models import VenuePage
from directory.permissions import rights_of
from directory.taxonomy import Role

DAYS_AHEAD = 7


@login_required
@require_safe
def my_venues(request: HttpRequest) -> HttpResponse:
    """Show the coming week of every venue the person belongs to."""
    rights = rights_of(request.user)
    if not rights.works_here:
        raise PermissionDenied
    today = timezone.localdate()
    last = today + dt.timedelta(days=DAYS_AHEAD)
    venues = VenuePage.objects.filter(pk__in=rights.venues(Role.values)).in_order()
    weeks = [
        (
            venue,
            Occurrence.objects.for_venue(venue.pk).on_days(today, last).with_pages(),
        )
        for venue in venues
    ]
    return render(request, "staff/my_venues.html", {"weeks": weeks, "today": today})
