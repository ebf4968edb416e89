"""Mit sted: what one venue has on, what waits there, and who may do what about it."""

import datetime as dt
import itertools
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.text import capfirst
from django.views import View
from django.views.decorators.cache import never_cache
from wagtail.models import PageLogEntry

from activities.date_rows import DateRow, date_rows
from activities.models import ActivityPage, Occurrence
from core.domain.dates import Near, local_time, near
from core.wording import date_text, relative_day
from directory.models import Notice, OpeningException, VenuePage
from directory.permissions import Rights, rights_of
from directory.status import opening_of, status_at
from directory.taxonomy import Role
from staff.counts import Countable, countable_dates
from staff.freshness import due_at
from staff.log import Line, entries_of, lines, newest_of
from staff.models import PageReport, VenueInternal
from staff.models.report import ReportState

DAYS_AHEAD = 7
MOST_TO_COUNT = 3
MOST_DRAFTS = 10
REMEMBERED = "my_place"


@dataclass(frozen=True, slots=True)
class Waiting:
    """What somebody at the venue should do: confirm, answer reports, publish drafts."""

    stale: int
    reports: int
    drafts: list[ActivityPage]


@dataclass(frozen=True, slots=True)
class Place:
    """One venue as the people who work there see it, and what this person may do.

    `to_count` are the newest dates that nobody has counted yet.
    """

    venue: VenuePage
    status: str
    days: list[tuple[str, list[DateRow]]]
    to_count: list[Countable]
    notices: list[Notice]
    exceptions: list[OpeningException]
    waiting: Waiting
    deputy: str
    may_operate: bool
    may_draft: bool
    may_publish: bool


def own_venues(rights: Rights) -> Any:
    """Return the venues a person belongs to, by name."""
    return VenuePage.objects.filter(pk__in=rights.venues(Role.values)).in_order()


def place_of(venue: VenuePage, rights: Rights, *, now: dt.datetime) -> Place:
    """Return all that Mit sted shows of a venue at the aware moment `now`."""
    today = local_time(now).date()
    dates = Occurrence.objects.for_venue(venue.pk).on_days(
        today, today + dt.timedelta(days=DAYS_AHEAD)
    )
    rows = date_rows(dates.with_pages(), rights, now=now)
    by_day = itertools.groupby(rows, key=lambda row: row.date.local_date)
    text = status_at(opening_of([venue], today)[venue.pk], now).text
    uncounted = [row for row in countable_dates(rights, venue.pk, now=now) if row.count is None]
    internal = VenueInternal.objects.filter(venue=venue).first()
    return Place(
        venue=venue,
        status=f"{text.head} {text.tail}".strip(),
        days=[(_day_text(day, today), list(some)) for day, some in by_day],
        to_count=uncounted[:MOST_TO_COUNT],
        notices=_standing_notices(venue, now),
        exceptions=list(venue.opening_exceptions.filter(until_on__gte=today)),
        waiting=_waiting(venue, rights, now),
        deputy=internal.deputy if internal else "",
        may_operate=rights.may_operate(venue.pk),
        may_draft=may_draft(rights, venue),
        may_publish=rights.may_publish(venue.pk),
    )


def may_draft(rights: Rights, venue: VenuePage) -> bool:
    """Whether the person may write activities of the venue, if only as drafts."""
    return rights.edits_site or venue.pk in rights.drafts


def back_to(venue: VenuePage, entry: PageLogEntry | None = None) -> HttpResponse:
    """Lead back to the venue, which tells of `entry` with a button to take it back."""
    url = reverse("staff_place", args=[venue.pk])
    return HttpResponseRedirect(f"{url}?gjort={entry.pk}" if entry else url)


def done_at(request: HttpRequest, place: Place, rights: Rights, now: dt.datetime) -> Line | None:
    """Return the act at this venue that the address says has just been done."""
    told = request.GET.get("gjort", "")
    if not (told.isascii() and told.isdigit() and len(told) < 18):
        return None
    entries = entries_of(place.venue).filter(pk=int(told))
    return next(iter(lines(entries, rights, may_operate=place.may_operate, now=now)), None)


@method_decorator(never_cache, name="dispatch")
class PlaceView(View):
    """An act at one venue, for those who operate it; `allowed` may say otherwise."""

    venue: VenuePage

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        self.rights = rights_of(request.user)
        self.now = timezone.now()
        self.today = local_time(self.now).date()
        self.venue = get_object_or_404(VenuePage, pk=kwargs["pk"])
        if not self.allowed():
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def allowed(self) -> bool:
        return self.rights.may_operate(self.venue.pk)

    @property
    def back_url(self) -> str:
        return reverse("staff_place", args=[self.venue.pk])

    def done(self) -> HttpResponse:
        """Lead back to the venue, which tells of what this person has just done there."""
        return back_to(self.venue, newest_of(self.venue, self.request.user))


def _standing_notices(venue: VenuePage, now: dt.datetime) -> list[Notice]:
    rows = Notice.objects.filter(venue=venue, withdrawn_at__isnull=True, ends_at__gt=now)
    return list(rows.order_by("starts_at"))


def _waiting(venue: VenuePage, rights: Rights, now: dt.datetime) -> Waiting:
    drafts: list[ActivityPage] = []
    if may_draft(rights, venue):
        pages = ActivityPage.objects.child_of(venue).filter(live=False, expired=False)
        unpublished = pages.filter(first_published_at__isnull=True)
        drafts = list(unpublished.order_by("-latest_revision_created_at")[:MOST_DRAFTS])
    if not rights.may_operate(venue.pk):
        return Waiting(0, 0, drafts)
    public = VenuePage.objects.public().filter(pk=venue.pk)
    return Waiting(
        stale=sum(len(due.items) for due in due_at(list(public), now=now)),
        reports=PageReport.objects.filter(venue=venue, state=ReportState.OPEN).count(),
        drafts=drafts,
    )


def _day_text(day: dt.date, today: dt.date) -> str:
    """`I dag, mandag den 23. november`, `I morgen, …`, else the day alone."""
    text = date_text(day, year=False)
    if near(day, today) in {Near.TODAY, Near.TOMORROW}:
        text = f"{relative_day(day, today)}, {text}"
    return capfirst(text)
