"""Calendars to subscribe to: a header, the time zone, and stored entries joined.

Whether the reader has the file already is decided before anything is looked up. Subscriptions live
for years, so an address is answered as long as it can be: a moved page redirects, a deleted one
says so.
"""

from collections.abc import Callable, Iterable, Iterator
from itertools import chain

from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from activities import calendar_entries
from activities.addresses import absolute
from activities.calendar_text import public_url, render_occurrence
from activities.domain.ical import CLOSING, Header, calendar_text, opening_text
from activities.filters import KEYS, CalendarFilter
from activities.models import ActivityPage, CalendarEntry, Occurrence, SharedIndexPage
from activities.subscriptions import Freshness, answer_page, find_page, site_names
from core.domain.dates import day_bounds, local_day
from core.http import plain_answer
from directory.models import VenuePage

CALENDAR_TYPE = "text/calendar; charset=utf-8"
ROWS_AT_A_TIME = 500
CHUNK = 256 * 1024  # characters


@require_safe
def city_calendar(request: HttpRequest) -> HttpResponseBase:
    """All public activities, or those that the address asks for as the list of dates does."""
    now = timezone.now()
    today = local_day(now)
    asked = [(key, value) for key in KEYS for value in sorted(request.GET.getlist(key)) if value]
    midnight, next_midnight = day_bounds(today)
    by_day = "periode" in request.GET
    fresh = Freshness.of(
        request,
        *asked,
        since=[midnight] if by_day else [],
        until=[next_midnight] if by_day else [],
    )
    if fresh.is_known(request):
        return fresh.not_modified(request)
    wanted, problems = CalendarFilter.parse(request.GET, today=today)
    if problems:
        return plain_answer(problems[0].message, 400)

    def build() -> HttpResponseBase:
        header = Header(
            name=city_name(request),
            source=_absolute(reverse("calendar"), asked),
            url=_absolute("/aktiviteter/", asked),
        )
        gone = calendar_entries.farewells(now) if wanted == CalendarFilter() else []
        return streamed(header, calendar_entries.filtered_entries(wanted), gone)

    return fresh.answer(request, build)


@require_safe
def venue_calendar(request: HttpRequest, venue: str) -> HttpResponseBase:
    """What a venue holds, alone or with others."""

    def build(page: VenuePage) -> HttpResponseBase:
        name = _("Activities at %(venue)s") % {"venue": page.title}
        header = Header(name=name, source=_absolute(request.path), url=public_url(page))
        gone = calendar_entries.farewells(timezone.now(), page.url_path)
        return streamed(header, calendar_entries.venue_entries(page), gone)

    return answer_page(request, lambda: find_page(VenuePage.objects.public(), request), build)


@require_safe
def shared_calendar(request: HttpRequest) -> HttpResponseBase:
    """What several venues hold together."""

    def build(page: SharedIndexPage) -> HttpResponseBase:
        header = Header(name=page.title, source=_absolute(request.path), url=public_url(page))
        return streamed(header, calendar_entries.shared_entries())

    return answer_page(request, lambda: find_page(SharedIndexPage.objects.live(), request), build)


@require_safe
def activity_calendar(request: HttpRequest, activity: str, venue: str = "") -> HttpResponseBase:
    """One activity with all its dates."""

    def build(page: ActivityPage) -> HttpResponseBase:
        header = Header(name=page.title, source=_absolute(request.path), url=public_url(page))
        return streamed(header, CalendarEntry.objects.filter(pk=page.pk))

    return answer_page(request, lambda: find_page(ActivityPage.objects.public(), request), build)


@require_safe
def date_calendar(
    request: HttpRequest, activity: str, recurrence_id: str, venue: str = ""
) -> HttpResponseBase:
    """One date as a file to open: into one's own calendar once, not followed."""

    def find() -> Occurrence | None:
        page = find_page(ActivityPage.objects.public(), request)
        dates = Occurrence.objects.public().select_related("activity__calendar_entry")
        return dates.filter(activity=page, recurrence_id=recurrence_id).first() if page else None

    def build(date: Occurrence) -> HttpResponseBase:
        entry = date.activity.calendar_entry
        header = Header(name=date.activity.title, url=public_url(date.activity))
        block = render_occurrence(date, sequence=entry.sequence, changed_at=entry.changed_at)
        response = HttpResponse(calendar_text(header, [block]), content_type=CALENDAR_TYPE)
        name = f"{date.activity.slug}-{date.local_date.isoformat()}.ics"
        response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
        return response

    return answer_page(request, find, build)


def joined(opening: str, blocks: Iterable[str]) -> Iterator[bytes]:
    """Give a calendar in pieces of about a quarter of a megabyte."""
    waiting, size = [opening], 0
    for block in blocks:
        waiting.append(block)
        size += len(block)
        if size >= CHUNK:
            yield "".join(waiting).encode()
            waiting, size = [], 0
    yield "".join([*waiting, CLOSING]).encode()


def streamed(
    header: Header,
    entries: "calendar_entries.Entries",
    gone: Iterable[str] = (),
    *,
    revise: Callable[[str], str] | None = None,
) -> HttpResponseBase:
    """Return a calendar as it is read from the database, each entry as `revise` has it.

    `gone` are the texts of what has been deleted; they come last.
    """
    stored = chain(entries.values_list("ical", flat=True).iterator(ROWS_AT_A_TIME), gone)
    blocks = map(revise, stored) if revise else stored
    return StreamingHttpResponse(joined(opening_text(header), blocks), content_type=CALENDAR_TYPE)


def city_name(request: HttpRequest) -> str:
    """Return what the calendar of everything is called."""
    names = site_names(request)
    if not names.municipality:
        return names.site_name
    return _("What happens in %(municipality)s") % {"municipality": names.municipality}


def _absolute(path: str, query: Iterable[tuple[str, str]] = ()) -> str:
    pairs = list(query)
    asked = f"?{urlencode(pairs)}" if pairs else ""
    return absolute(f"{path}{asked}")
