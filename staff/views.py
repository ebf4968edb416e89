"""The internal section: one's own venue, straight there or chosen, and what it does with others."""

import datetime as dt

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from activities.change_done import done_of
from activities.change_views import Surface
from activities.planning_list import event_rows, open_invitations
from activities.planning_views import SheetSurface
from directory.models import VenuePage
from directory.permissions import Rights, rights_of
from directory.status import venue_states
from staff.my_place import REMEMBERED, done_at, own_venues, place_of

SHEETS = SheetSurface(
    prefix="staff_plan",
    sheet="staff/planning.html",
    act="staff/act.html",
    answer="staff_answer",
)
INTERN = Surface(template="staff/act.html", prefix="staff", home="my_venues", by_activity=False)


@never_cache
@login_required
@require_safe
def my_venues(request: HttpRequest) -> HttpResponse:
    """Show the one venue the person belongs to, or the one they were at last; else let choose."""
    rights = _rights(request)
    venues = list(own_venues(rights))
    last = request.session.get(REMEMBERED)
    chosen = [venue for venue in venues if len(venues) == 1 or venue.pk == last]
    if chosen:
        return _place(request, chosen[0], rights, others=len(venues) > 1)
    return _choose(request, venues, rights)


@never_cache
@login_required
@require_safe
def my_places(request: HttpRequest) -> HttpResponse:
    """Let a person with several venues choose another one."""
    rights = _rights(request)
    return _choose(request, list(own_venues(rights)), rights)


@never_cache
@login_required
@require_safe
def my_place(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one of the person's venues, and remember it for the next time."""
    rights = _rights(request)
    venue = get_object_or_404(VenuePage, pk=pk)
    own = set(own_venues(rights).values_list("pk", flat=True))
    if venue.pk not in own and not rights.edits_site:
        raise PermissionDenied
    if venue.pk in own and len(own) > 1:
        request.session[REMEMBERED] = venue.pk
    return _place(request, venue, rights, others=len(own | {venue.pk}) > 1)


@never_cache
@login_required
@require_safe
def together(request: HttpRequest) -> HttpResponse:
    """Show the events one's venues hold with others, and the invitations that wait."""
    rights = _rights(request)
    context = {
        "rows": event_rows(rights, now=timezone.now()),
        "invitations": open_invitations(rights),
        "current": "place",
    }
    return render(request, "staff/together.html", context)


def _place(request: HttpRequest, venue: VenuePage, rights: Rights, *, others: bool) -> HttpResponse:
    now = timezone.now()
    place = place_of(venue, rights, now=now)
    context = {
        "place": place,
        "others": others,
        "current": "place",
        "done": done_of(request),
        "act": done_at(request, place, rights, now),
        "invitations": open_invitations(rights).count(),
    }
    return render(request, "staff/place.html", context)


def _choose(request: HttpRequest, venues: list[VenuePage], rights: Rights) -> HttpResponse:
    now: dt.datetime = timezone.now()
    states = venue_states(venues, now)
    context = {
        "venues": [(venue, states[venue.pk].text) for venue in venues],
        "current": "place",
        "done": done_of(request),
        "invitations": open_invitations(rights).count(),
    }
    return render(request, "staff/my_venues.html", context)


def _rights(request: HttpRequest) -> Rights:
    rights = rights_of(request.user)
    if not rights.works_here:
        raise PermissionDenied
    return rights
