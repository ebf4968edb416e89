"""De andre steder: every venue with what colleagues should know, the finder, the hand-over list."""

import datetime as dt
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from activities.addresses import absolute
from activities.finder_views import chosen_venues, finder_context, list_code
from core.domain.dates import local_time
from directory.models import VenuePage
from directory.permissions import Rights, rights_of
from directory.status import VenueStatus, venue_states
from staff.forms import InternalForm
from staff.models import VenueInternal


@dataclass(frozen=True, slots=True)
class Place:
    """One venue as colleagues see it; `note` is None where nobody has written one."""

    venue: VenuePage
    status: VenueStatus
    note: VenueInternal | None
    may_edit: bool

    @property
    def tel(self) -> str:
        return self.venue.phone.replace(" ", "")

    @property
    def internal_tel(self) -> str:
        return self.note.phone.replace(" ", "") if self.note else ""


@never_cache
@login_required
@require_safe
def places(request: HttpRequest) -> HttpResponse:
    """List all venues with their internal contact and referral note."""
    rights = _rights(request)
    context = {"places": _places(rights, now=timezone.now()), "current": "others"}
    return render(request, "staff/places.html", context)


@never_cache
@login_required
@require_safe
def finder(request: HttpRequest) -> HttpResponse:
    """The finder for somebody else, with boxes to put places on a list."""
    _rights(request)
    context, _answer = finder_context(request)
    return render(request, "staff/finder.html", context | {"current": "others", "inside": True})


@never_cache
@login_required
@require_safe
def hand_over(request: HttpRequest) -> HttpResponse:
    """Show the chosen places, ready to print, to send or to read aloud."""
    _rights(request)
    numbers = [int(number) for number in request.GET.getlist("sted") if _is_number(number)]
    if not numbers:
        messages.info(request, _("Tick at least one place first."))
        return redirect("staff_finder")
    venues = chosen_venues(list_code(numbers), timezone.now())
    path = reverse("place_list", args=[list_code([venue.pk for venue in venues])])
    states = venue_states(venues, timezone.now())
    context = {
        "places": [{"venue": venue, "status": states[venue.pk]} for venue in venues],
        "path": path,
        "address": absolute(path),
        "mail": _mail(venues, states, absolute(path)),
        "current": "others",
    }
    return render(request, "staff/hand_over.html", context)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit_internal(request: HttpRequest, pk: int) -> HttpResponse:
    """Write what colleagues should know about one's own venue."""
    rights = _rights(request)
    venue = get_object_or_404(VenuePage, pk=pk)
    if not rights.may_operate(venue.pk):
        raise PermissionDenied
    note = VenueInternal.objects.filter(venue=venue).first() or VenueInternal(venue=venue)
    form = InternalForm(request.POST or None, instance=note)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Saved. Your colleagues see it now."))
        return redirect("staff_others")
    context: dict[str, Any] = {
        "heading": _("About %(venue)s, for colleagues") % {"venue": venue.title},
        "lead": _("Only people who work at a place can read this."),
        "form": form,
        "submit": _("Save"),
        "back_url": reverse("staff_others"),
        "current": "others",
    }
    return render(request, "staff/act.html", context)


def _places(rights: Rights, *, now: dt.datetime) -> list[Place]:
    today = local_time(now).date()
    venues = list(
        VenuePage.objects.public()
        .standing(today)
        .in_order()
        .for_lists()
        .select_related("district", "internal")
    )
    states = venue_states(venues, now)
    return [
        Place(
            venue, states[venue.pk], getattr(venue, "internal", None), rights.may_operate(venue.pk)
        )
        for venue in venues
    ]


def _mail(venues: list[VenuePage], states: dict[int, VenueStatus], address: str) -> str:
    """Return a mailto: address. The mail is written in one's own program: we never see to whom."""
    lines = [_("Here are some places you can go to:"), ""]
    for venue in venues:
        text = states[venue.pk].text
        where = venue.address_line or _("The address is secret. Ring and hear where to.")
        lines += [venue.title, f"{text.head} {text.tail}".strip(), where, venue.phone, ""]
    lines += [_("All of it, with opening hours:"), address]
    words = {"subject": _("Places for you"), "body": "\r\n".join(lines)}
    return f"mailto:?{urlencode(words, quote_via=quote)}"


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 10


def _rights(request: HttpRequest) -> Rights:
    rights = rights_of(request.user)
    if not rights.works_here:
        raise PermissionDenied
    return rights
