"""Following the calendar: the page that hands out addresses, and the calendars behind them."""

import datetime as dt
from dataclasses import replace

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from activities import abonner, calendar_entries
from activities.addresses import absolute, qr_element
from activities.calendar_views import city_name, streamed
from activities.choices import address, chosen, undated_filter
from activities.domain.filter_codes import CodeError
from activities.domain.ical import Header
from activities.filters import CalendarFilter
from activities.models import Occurrence
from activities.outlets.embed import snippet
from activities.subscriptions import Freshness
from core.domain.dates import day_bounds, local_day
from core.http import plain_answer
from core.page_cache import changes_at

COUNTED_DAYS = 28


@require_safe
def subscribe(request: HttpRequest) -> HttpResponse:
    """Choose what to follow; get its address, and how it is done on each device."""
    now = timezone.now()
    today = local_day(now)
    asked, problems = CalendarFilter.parse(request.GET, today=today)
    wanted = undated_filter(asked)
    lists = abonner.named_lists(wanted)
    found = abonner.addresses(wanted)
    changes_at(request, day_bounds(today)[1])
    context = {
        "problems": problems,
        "groups": abonner.builder_groups(wanted, lists),
        "chosen": chosen(wanted, lists, "liste"),
        "chosen_text": abonner.chosen_text(wanted, lists),
        "reset_url": "" if wanted.is_everything else reverse("subscribe"),
        "addresses": found,
        "qr": qr_element(found.webcal),
        "coming": _coming(wanted, today),
        "days": COUNTED_DAYS,
        "calendar_url": f"/aktiviteter/{wanted.query()}",
        "today_url": f"/aktiviteter/{address(replace(wanted, period='idag'))}",
        "embed": snippet(wanted, abonner.chosen_text(wanted, lists)),
        "noindex": bool(request.GET),
    }
    return render(request, "activities/subscribe.html", context)


@require_safe
def code_calendar(request: HttpRequest, code: str) -> HttpResponseBase:
    """The calendar of a short address, as /kalender.ics with the same filter."""
    return _calendar(request, code, for_google=False)


@require_safe
def google_calendar(request: HttpRequest, code: str) -> HttpResponseBase:
    """The same for Google, which hides what is cancelled: there only the title says so."""
    return _calendar(request, code, for_google=True)


def keep_visible(block: str) -> str:
    """Return an activity's entries with cancelled dates that are not marked as such."""
    return block.replace("\r\nSTATUS:CANCELLED\r\n", "\r\nSTATUS:CONFIRMED\r\n")


def _calendar(request: HttpRequest, code: str, *, for_google: bool) -> HttpResponseBase:
    today = local_day(timezone.now())
    fresh = Freshness.of(request)
    if fresh.is_known(request):
        return fresh.not_modified(request)
    try:
        wanted = abonner.filter_of(code, today=today)
    except CodeError:
        text = _("We do not know this calendar. Make a new address on the page /abonner/.")
        return plain_answer(text, 404)
    except abonner.NothingLeft:
        return plain_answer(_("What this calendar was about is no longer here."), 410)

    def build() -> HttpResponseBase:
        lists = abonner.named_lists(wanted)
        header = Header(
            name=abonner.calendar_name(wanted, lists, city_name(request)),
            source=absolute(request.path),
            url=absolute(f"/aktiviteter/{wanted.query()}"),
        )
        entries = calendar_entries.filtered_entries(wanted)
        return streamed(header, entries, revise=keep_visible if for_google else None)

    return fresh.answer(request, build)


def _coming(wanted: CalendarFilter, today: dt.date) -> int:
    """Return how many dates the calendar has in the coming four weeks."""
    dates = Occurrence.objects.public().taking_place().matching(wanted)
    last = today + dt.timedelta(days=COUNTED_DAYS - 1)
    return dates.on_days(today, last).count()
