"""Min kalender: the page where a colleague gets a secret address, and the calendar behind it."""

import datetime as dt
from collections.abc import Iterator

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from activities import calendar_entries
from activities.addresses import absolute, as_webcal, qr_element
from activities.calendar_views import CALENDAR_TYPE
from activities.domain.ical import Entry, Header, Place, calendar_text, entry_text, uid
from core.domain.dates import local_time
from core.http import has_copy, plain_answer, strong_etag
from directory.models import VenuePage
from directory.permissions import rights_of
from staff.actions.calendar import (
    change_contents,
    find_calendar,
    new_address,
    note_fetch,
    revoke,
)
from staff.forms import CalendarForm
from staff.models import ExchangeEvent, PersonalCalendar
from staff.models.exchange import SeatState

KEPT = dt.timedelta(days=60)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def my_calendar(request: HttpRequest) -> HttpResponse:
    """Choose what the calendar holds, get its address once, make a new one, or stop it."""
    if not rights_of(request.user).works_here:
        raise PermissionDenied
    calendar = PersonalCalendar.objects.filter(user=request.user.pk).first()
    form = CalendarForm(request.POST or None, initial=_initial(request, calendar))
    token = ""
    if request.method == "POST":
        if request.POST.get("act") == "stop":
            revoke(request.user)
            messages.success(request, _("The address has stopped. It answers nobody any more."))
            return redirect("staff_calendar")
        if form.is_valid():
            chosen = {key: form.cleaned_data[key] for key in ("venues", "internal")}
            if calendar is None or request.POST.get("act") == "new":
                calendar, token = new_address(request.user, **chosen, now=timezone.now())
            else:
                change_contents(calendar, **chosen)
                messages.success(request, _("Saved. The address is the same."))
                return redirect("staff_calendar")
    address = absolute(reverse("staff_calendar_file", args=[token])) if token else ""
    context = {
        "form": form,
        "calendar": calendar,
        "address": address,
        "webcal": as_webcal(address) if address else "",
        "qr": qr_element(as_webcal(address)) if address else "",
        "current": "calendar",
    }
    return render(request, "staff/my_calendar.html", context)


@require_safe
def calendar_file(request: HttpRequest, token: str) -> HttpResponseBase:
    """The calendar itself. A wrong token and a revoked one get the same answer."""
    calendar = find_calendar(token)
    if calendar is None:
        # No page: its footer would repeat the address.
        return plain_answer(_("There is no calendar at this address."), 404)
    note_fetch(calendar, timezone.now())
    header = Header(name=_("My Fristed calendar"))
    text = calendar_text(header, blocks(calendar, now=timezone.now()))
    etag = strong_etag(text)
    if has_copy(request, etag):
        response = HttpResponse(status=304)
    else:
        response = HttpResponse(text, content_type=CALENDAR_TYPE)
    response.headers["ETag"] = etag
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def blocks(calendar: PersonalCalendar, *, now: dt.datetime) -> Iterator[str]:
    """Give the entries: the chosen venues' public ones, each once, then what is internal."""
    seen: set[int] = set()
    for venue in VenuePage.objects.public().filter(pk__in=calendar.venues.values("pk")):
        for pk, text in calendar_entries.venue_entries(venue).values_list("pk", "ical"):
            if pk not in seen:
                seen.add(pk)
                yield text
    if calendar.internal:
        events = ExchangeEvent.objects.filter(ends_at__gt=now - KEPT).select_related("venue")
        mine = set(
            calendar.user.exchange_sign_ups.filter(state=SeatState.GOING).values_list(
                "event_id", flat=True
            )
        )
        for event in events:
            yield entry_text(internal_entry(event, going=event.pk in mine))


def internal_entry(event: ExchangeEvent, *, going: bool) -> Entry:
    """Return an internal event as a calendar has it."""
    title = _("%(title)s (you are going)") % {"title": event.title} if going else event.title
    cancelled = event.cancelled_at is not None
    return Entry(
        uid=uid("exchange", str(event.pk)),
        summary=_("CANCELLED: %(title)s") % {"title": event.title} if cancelled else title,
        starts=local_time(event.starts_at),
        ends=local_time(event.ends_at),
        sequence=event.version,
        changed_at=event.changed_at,
        description=event.reason if cancelled else event.text,
        place=Place(event.where) if event.where else None,
        url=absolute(reverse("exchange_event", args=[event.pk])),
        cancelled=cancelled,
    )


def _initial(request: HttpRequest, calendar: PersonalCalendar | None) -> dict[str, object]:
    if calendar is not None:
        return {"venues": list(calendar.venues.all()), "internal": calendar.internal}
    own = [key for ids in rights_of(request.user).by_role.values() for key in ids]
    return {"venues": list(VenuePage.objects.filter(pk__in=own)), "internal": True}
