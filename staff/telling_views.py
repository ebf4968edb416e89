"""Other hours, a message, and what can be shared: what a venue tells people."""

import datetime as dt
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from activities.actions import cancel_for_closure, dates_while_closed
from activities.change_views import MANY, ClosureView
from activities.channel_views import Ready, ready
from activities.closures import Offered, here, ticked
from activities.models import ActivityPage, Occurrence
from activities.outlets.sources import placed
from core.domain.dates import local_time
from core.models import SiteSettings
from directory.actions import publish_notice, record_exception, withdraw_notice
from directory.models import Notice
from staff.my_place import PlaceView, back_to
from staff.telling import NoticeForm, OtherHoursForm


class OtherHoursView(ClosureView):
    """Open at other hours on some days: first the days, then the dates that do not fit."""

    form_class = OtherHoursForm
    stops = False

    def get_heading(self) -> str:
        return _("Other opening hours at %(venue)s") % {"venue": self.venue.title}

    def get_submit(self) -> str:
        return _("Change the hours, and cancel what is ticked")

    def act(self, data: dict[str, Any]) -> str:
        dates, user = ticked(self._offered(data), self.request), self.request.user
        with transaction.atomic():
            closure = record_exception(self.venue, **data, closed=False, by=user)
            batch = cancel_for_closure(closure, dates, by=user, now=self.now)
        return f"{MANY}-{batch.pk}"

    def _offered(self, data: dict[str, Any]) -> list[Offered]:
        if data["extra"]:
            return []
        days = (data["first_on"], data["until_on"])
        dates = dates_while_closed(self.venue.pk, *days, now=self.now)
        outside = [date for date in dates if not _fits(date, data["opens"], data["closes"])]
        return here(outside, self.venue.pk)


class NoticeView(PlaceView):
    """Write a message that the venue's page and screen show between two days."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        days = {"first_on": self.today, "until_on": self.today}
        return self._page(NoticeForm(today=self.today, initial=days))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        form = NoticeForm(request.POST, today=self.today)
        if not form.is_valid():
            return self._page(form)
        data, (starts_at, ends_at) = form.cleaned_data, form.moments(self.now)
        try:
            publish_notice(
                self.venue,
                title=data["title"],
                text=data["text"],
                starts_at=starts_at,
                ends_at=ends_at,
                by=request.user,
            )
        except ValidationError as error:
            form.add_error(None, error.messages)
            return self._page(form)
        return self.done()

    def _page(self, form: NoticeForm) -> HttpResponse:
        context = {
            "heading": _("A message from %(venue)s") % {"venue": self.venue.title},
            "lead": _(
                "It stands on your page and on the screen from the first day to the last, and goes"
                " away by itself. You can take it back."
            ),
            "form": form,
            "submit": _("Put it up"),
            "back_url": self.back_url,
            "current": "place",
        }
        status = 422 if form.errors else 200
        return render(self.request, "staff/act.html", context, status=status)


class NoticeAwayView(PlaceView):
    """Take a message of the venue down; by POST only."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int, notice: int) -> HttpResponse:
        row = get_object_or_404(Notice, pk=notice, venue=self.venue)
        withdraw_notice(row, now=self.now, by=request.user)
        messages.success(request, _("The message is taken down."))
        return back_to(self.venue)


class ShareView(PlaceView):
    """Text to copy and pictures to fetch for one activity of the venue that the public sees."""

    def get(self, request: HttpRequest, pk: int, activity: int) -> HttpResponse:
        dates = Occurrence.objects.for_venue(self.venue.pk).filter(activity=activity)
        public = ActivityPage.objects.public()
        page = get_object_or_404(public, pk=activity)
        if not dates.exists() and not page.is_child_of(self.venue):
            raise PermissionDenied
        at = placed([page], self.today)[0]
        context = {
            "activity": page,
            "ready": shared(at, request, self.now),
            "back_url": reverse("staff_place", args=[self.venue.pk]),
            "current": "place",
        }
        return render(request, "staff/share.html", context)


def shared(at: Any, request: HttpRequest, now: dt.datetime) -> Ready:
    """Return the texts and pictures of an activity, as the admin offers them."""
    return ready(at, SiteSettings.for_request(request), now)


def _fits(date: Occurrence, opens: dt.time, closes: dt.time) -> bool:
    """Whether a date lies within the hours of its day; closing past midnight included."""
    starts, ends = local_time(date.starts_at), local_time(date.ends_at)
    opening = dt.datetime.combine(date.local_date, opens)
    closing = dt.datetime.combine(date.local_date, closes)
    if closing <= opening:
        closing += dt.timedelta(days=1)
    return opening <= starts and ends <= closing
