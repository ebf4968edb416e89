"""Datoer: the coming dates of one activity in the admin, with what one can do about each."""

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.admin.widgets import Button
from wagtail.models import Page

from activities.actions import cancel_for_closure, dates_while_closed
from activities.change_done import done_of
from activities.change_urls import act_urls
from activities.change_views import Surface
from activities.closures import here, ticked
from activities.date_rows import MANY, date_rows
from activities.models import ActivityPage, Occurrence
from activities.operating import may_operate, may_operate_listed
from directory.models import OpeningException
from directory.permissions import rights_of

SHOWN = 60
ADMIN = Surface(
    template="activities/admin/act.html", prefix="dates", home="dates_list", by_activity=True
)


@require_safe
def dates_list(request: HttpRequest, pk: int) -> HttpResponse:
    """Show an activity's coming dates to those who may change them."""
    activity = get_object_or_404(ActivityPage, pk=pk)
    rights = rights_of(request.user)
    if not may_operate(rights, activity):
        raise PermissionDenied
    now = timezone.now()
    dates = Occurrence.objects.filter(activity=activity).upcoming(now).with_pages()[:SHOWN]
    rows = date_rows(dates, rights, now=now)
    context = {"activity": activity, "rows": rows, "done": done_of(request)}
    return render(request, "activities/admin/dates.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def closure_dates(request: HttpRequest, pk: int) -> HttpResponse:
    """Offer what a venue has on in days just closed; cancel what is ticked."""
    closure = get_object_or_404(OpeningException.objects.select_related("venue"), pk=pk)
    if not (closure.closed and rights_of(request.user).may_operate(closure.venue_id)):
        raise PermissionDenied
    now = timezone.now()
    venue_id, days = closure.venue_id, (closure.first_on, closure.until_on)
    offered = here(dates_while_closed(venue_id, *days, now=now), venue_id)
    if request.method == "POST":
        dates = ticked(offered, request)
        batch = cancel_for_closure(closure, dates, by=request.user, now=now)
        url = reverse("closure_dates", args=[closure.pk])
        return redirect(f"{url}?gjort={MANY}-{batch.pk}")
    context = {"closure": closure, "offered": offered, "done": done_of(request)}
    return render(request, "activities/admin/closure.html", context)


def offer_dates(request: HttpRequest, closure: OpeningException) -> HttpResponse | None:
    """After days were closed in the admin: on to what happens on them, if anything does."""
    now = timezone.now()
    days = (closure.first_on, closure.until_on)
    if closure.closed and dates_while_closed(closure.venue_id, *days, now=now).exists():
        return redirect("closure_dates", closure.pk)
    return None


def date_urls() -> list[URLPattern]:
    """Return the addresses below /admin/."""
    return [
        path("aktiviteter/<int:pk>/datoer/", dates_list, name="dates_list"),
        path("steder/lukkedage/<int:pk>/datoer/", closure_dates, name="closure_dates"),
        *act_urls(ADMIN, below="datoer/"),
    ]


def date_buttons(page: Page, user: Any) -> Iterator[Button]:
    """The way to an activity's dates, in the list and in the editor."""
    activity = page.specific_class is ActivityPage
    if activity and page.live and may_operate_listed(user, page):
        url = reverse("dates_list", args=[page.pk])
        yield Button(_("Dates"), url, icon_name="date", priority=15)
