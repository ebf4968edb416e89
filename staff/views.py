"""The internal section: what a person's own venues have on this week, and what to do about it."""

import datetime as dt
import itertools
from dataclasses import dataclass

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.text import capfirst
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from activities.change_done import done_of
from activities.change_views import Surface
from activities.date_rows import DateRow, date_rows
from activities.models import Occurrence
from activities.planning_list import event_rows, open_invitations
from activities.planning_views import SheetSurface
from core.domain.dates import Near, local_time, near
from core.wording import date_text, relative_day
from directory.models import VenuePage
from directory.permissions import Rights, rights_of
from directory.status import opening_of, status_at
from directory.taxonomy import Role

DAYS_AHEAD = 7
SHEETS = SheetSurface(
    prefix="staff_plan",
    sheet="staff/planning.html",
    act="staff/act.html",
    answer="staff_answer",
)
INTERN = Surface(template="staff/act.html", prefix="staff", home="my_venues", by_activity=False)


@dataclass(frozen=True, slots=True)
class Week:
    """One venue's coming days; `may_close` says whether this person works there."""

    venue: VenuePage
    status: str
    days: list[tuple[str, list[DateRow]]]
    may_close: bool


@never_cache
@login_required
@require_safe
def my_venues(request: HttpRequest) -> HttpResponse:
    """Show the coming week of every venue the person belongs to."""
    rights = rights_of(request.user)
    if not rights.works_here:
        raise PermissionDenied
    now = timezone.now()
    today = local_time(now).date()
    venues = VenuePage.objects.filter(pk__in=rights.venues(Role.values)).with_opening(today)
    weeks = [_week(venue, rights, now) for venue in venues.in_order()]
    context = {
        "weeks": weeks,
        "current": "place",
        "done": done_of(request),
        "invitations": open_invitations(rights).count(),
    }
    return render(request, "staff/my_venues.html", context)


@never_cache
@login_required
@require_safe
def together(request: HttpRequest) -> HttpResponse:
    """Show the events one's venues hold with others, and the invitations that wait."""
    rights = rights_of(request.user)
    if not rights.works_here:
        raise PermissionDenied
    context = {
        "rows": event_rows(rights, now=timezone.now()),
        "invitations": open_invitations(rights),
        "current": "place",
    }
    return render(request, "staff/together.html", context)


def _week(venue: VenuePage, rights: Rights, now: dt.datetime) -> Week:
    today = local_time(now).date()
    last = today + dt.timedelta(days=DAYS_AHEAD)
    dates = Occurrence.objects.for_venue(venue.pk).on_days(today, last).with_pages()
    rows = date_rows(dates, rights, now=now)
    by_day = itertools.groupby(rows, key=lambda row: row.date.local_date)
    text = status_at(opening_of([venue], today)[venue.pk], now).text
    return Week(
        venue=venue,
        status=f"{text.head} {text.tail}".strip(),
        days=[(_day_text(day, today), list(some)) for day, some in by_day],
        may_close=rights.may_operate(venue.pk),
    )


def _day_text(day: dt.date, today: dt.date) -> str:
    """`I dag, mandag den 23. november`, `I morgen, …`, else the day alone."""
    text = date_text(day, year=False)
    if near(day, today) in {Near.TODAY, Near.TOMORROW}:
        text = f"{relative_day(day, today)}, {text}"
    return capfirst(text)
