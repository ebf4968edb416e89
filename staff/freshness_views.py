"""Er det stadig rigtigt?: from the link in a mail without a login, and inside for one's venues."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.domain.dates import local_day
from directory.models import VenuePage
from directory.permissions import rights_of
from staff.actions.freshness import ask_of, confirm
from staff.freshness import Due, Item, due_at

ALL = "alle"


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def still_right(request: HttpRequest, signed: str) -> HttpResponse:
    """Show what a venue was asked about, a button to each. Only pressing one confirms.

    The signed link is all the authority there is, so the page sets no cookie (ADR 20).
    """
    now = timezone.now()
    ask = ask_of(signed)
    if ask is None or not VenuePage.objects.public().filter(pk=ask.venue_id).exists():
        return private(render(request, "staff/still_right_old.html", status=404))
    if request.method == "POST":
        count = _confirm(request, ask.venue, _due(ask.venue, now), by=None)
        return private(redirect(f"{request.path}?tak={count}"))
    told = request.GET.get("tak", "")
    thanks = thanks_for(int(told)) if told.isascii() and told.isdigit() and len(told) < 4 else ""
    context = {"venue": ask.venue, "due": _due(ask.venue, now), "now": now, "thanks": thanks}
    return private(render(request, "staff/still_right.html", context))


@never_cache
@login_required
@require_safe
def stale(request: HttpRequest) -> HttpResponse:
    """List what is due at one's own venues; those who lead the area see all of them."""
    venues = _venues(request)
    now = timezone.now()
    context = {"places": due_at(list(venues), now=now), "now": now, "current": "place"}
    return render(request, "staff/stale.html", context)


@login_required
@require_POST
def confirm_own(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirm one thing or all of it at a venue one works at."""
    venue = get_object_or_404(VenuePage.objects.public(), pk=pk)
    if not rights_of(request.user).may_operate(venue.pk):
        raise PermissionDenied
    count = _confirm(request, venue, _due(venue, timezone.now()), by=request.user)
    if count:
        messages.success(request, thanks_for(count))
    return redirect("staff_stale")


def private(response: HttpResponse) -> HttpResponse:
    """Keep the link out of other sites' logs and search engines."""
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def thanks_for(count: int) -> str:
    """Return what is said after `count` things were confirmed; nothing after none."""
    text = ngettext(
        "Thank you. %(count)d thing is confirmed.",
        "Thank you. %(count)d things are confirmed.",
        count,
    )
    return text % {"count": count} if count else ""


def _confirm(request: HttpRequest, venue: VenuePage, due: Due | None, *, by: Any) -> int:
    wanted = set(request.POST.getlist("item"))
    chosen = [item for item in _items(due) if item.key in wanted or ALL in wanted]
    return confirm(venue, chosen, by=by, now=timezone.now())


def _items(due: Due | None) -> Iterable[Item]:
    return due.items if due else ()


def _due(venue: VenuePage, now: Any) -> Due | None:
    return next(iter(due_at([venue], now=now)), None)


def _venues(request: HttpRequest) -> Any:
    rights = rights_of(request.user)
    venues = VenuePage.objects.public().standing(local_day(timezone.now())).in_order()
    if rights.sees_everything:
        return venues
    if not rights.operates:
        raise PermissionDenied
    return venues.filter(pk__in=rights.operates)
