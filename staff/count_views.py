"""Count who came, in two taps: choose the date, tap the number. No names, anywhere."""

import datetime as dt
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.cache import never_cache

from activities.actions import count_heads, withdraw_count
from activities.domain.counting import MOST_PEOPLE
from activities.models import HeadCount, Occurrence
from activities.operating import may_operate
from core.domain.dates import local_time
from core.wording import relative_moment
from directory.models import VenuePage
from directory.permissions import Rights, rights_of
from staff.counts import countable_dates, standing_counts

TAPS = range(41)


def count_heading(date: Occurrence, now: dt.datetime) -> str:
    """`Hvor mange kom til “Fællesspisning” i går kl. 17.30?`"""
    when = relative_moment(local_time(date.starts_at), local_time(now).date())
    words = {"title": date.activity.title, "when": when}
    return _("How many came to “%(title)s” %(when)s?") % words


def typed_number(request: HttpRequest) -> int:
    """Return the number that was tapped or written: -1 for none, never far above the most."""
    written = request.POST.get("number", "").strip()
    if not (written.isascii() and written.isdigit()):
        return -1
    return int(written) if len(written) <= len(str(MOST_PEOPLE)) else MOST_PEOPLE + 1


@method_decorator(never_cache, name="dispatch")
class CountPage(View):
    """What the pages share: only those who operate a venue count at it."""

    rights: Rights

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        self.rights = rights_of(request.user)
        if not (self.rights.operates or self.rights.edits_site):
            raise PermissionDenied
        self.now = timezone.now()
        return super().dispatch(request, *args, **kwargs)


class CountsView(CountPage):
    """The dates of the last two weeks at one's own venues, with what was counted."""

    http_method_names = ["get", "head"]

    def get(self, request: HttpRequest) -> HttpResponse:
        venues = VenuePage.objects.filter(pk__in=self.rights.operates).in_order()
        context = {
            "venues": [
                (venue, countable_dates(self.rights, venue.pk, now=self.now)) for venue in venues
            ],
            "done": self._done(request.GET.get("talt", "")),
            "current": "place",
        }
        return render(request, "staff/counts.html", context)

    def _done(self, number: str) -> HeadCount | None:
        """What has just been counted, if this person may know of it."""
        if not (number.isascii() and number.isdigit()):
            return None
        rows = HeadCount.objects.standing().filter(venue__in=self.rights.operates)
        return rows.filter(pk=int(number[:18])).first()


class CountView(CountPage):
    """One date: tap how many came, or write it."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self._page(request, self._find(pk))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        date = self._find(pk)
        try:
            count = count_heads(date, typed_number(request), by=request.user, now=self.now)
        except ValidationError as error:
            written = request.POST.get("number", "")[:20]
            return self._page(request, date, " ".join(error.messages), written)
        return HttpResponseRedirect(f"{reverse('staff_counts')}?talt={count.pk}")

    def _find(self, pk: int) -> Occurrence:
        date = get_object_or_404(Occurrence.objects.with_pages(), pk=pk)
        if not may_operate(self.rights, date.activity):
            raise PermissionDenied
        return date

    def _page(
        self, request: HttpRequest, date: Occurrence, problem: str = "", written: str = ""
    ) -> HttpResponse:
        context = {
            "heading": count_heading(date, self.now),
            "standing": standing_counts([date]).get((date.activity_id, date.recurrence_id)),
            "taps": TAPS,
            "problem": problem,
            "written": written,
            "back_url": reverse("staff_counts"),
            "current": "place",
        }
        return render(request, "staff/count.html", context, status=422 if problem else 200)


class CountUndoView(CountPage):
    """Take a count back; by POST only."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        count = get_object_or_404(HeadCount.objects.standing(), pk=pk)
        if not self.rights.may_operate(count.venue_id):
            raise PermissionDenied
        try:
            withdraw_count(count, by=request.user, now=self.now)
        except ValidationError as error:
            context = {"problem": " ".join(error.messages), "venues": [], "current": "place"}
            return render(request, "staff/counts.html", context, status=422)
        return HttpResponseRedirect(reverse("staff_counts"))
