"""Ny aktivitet: written in under a minute, or an earlier one taken up again."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.db.models import Exists, F, Max, OuterRef
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from activities.actions.making import as_before, lines_again, make_activity
from activities.models import ActivityPage, Occurrence, Schedule
from activities.publishing import activity_told
from core.publishing import publish_anyway
from core.wording import date_text
from directory.models import VenuePage
from staff.my_place import PlaceView, may_draft
from staff.new_activity import NO_DATE, DaysForm, NewActivityForm, told

PUBLISH, DRAFT = "publish", "draft"
MOST_EARLIER = 40


class MakingView(PlaceView):
    """Shared by a new activity and an earlier one: look at it first, then publish or keep."""

    def allowed(self) -> bool:
        return may_draft(self.rights, self.venue)

    def answer(self, request: HttpRequest, form: Any, **context: Any) -> HttpResponse:
        """Show the form; once it is right, with what the site will say and the buttons for it."""
        asked = {
            "form": form,
            "venue": self.venue,
            "may_publish": self.rights.may_publish(self.venue.pk),
            "back_url": self.back_url,
            "current": "place",
            **context,
        }
        wrong = form.is_bound and bool(form.errors)
        return render(request, "staff/new_activity.html", asked, status=422 if wrong else 200)

    def go_on(
        self,
        request: HttpRequest,
        form: Any,
        page: ActivityPage,
        lines: list[Schedule],
        **context: Any,
    ) -> HttpResponse:
        """Make it as the button said, or show what the site will say and what may be misread.

        Who may not publish makes a draft. While an error stands, nobody publishes.
        """
        page.schedules = lines
        asked = activity_told(page, self.now, venue=self.venue)
        stopped = any(one.stops for one in asked)
        act = request.POST.get("act")
        publish = act == PUBLISH and self.rights.may_publish(self.venue.pk)
        if act not in {PUBLISH, DRAFT} or (publish and stopped):
            text = told(page, lines, today=self.today)
            return self.answer(request, form, told=text, asked=asked, stopped=stopped, **context)
        user = request.user
        with transaction.atomic():
            made = make_activity(self.venue, page, lines, publish=publish, by=user, now=self.now)
            if publish:
                publish_anyway(made, asked, by=user)
        return self.done()


class NewActivityView(MakingView):
    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        form = NewActivityForm(today=self.today, initial={"first_on": self.today})
        return self._page(form)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        form = NewActivityForm(request.POST, today=self.today)
        if not form.is_valid():
            return self._page(form)
        page, lines = form.page(), form.lines()
        return self.go_on(request, form, page, lines, heading=self._heading)

    def _page(self, form: NewActivityForm) -> HttpResponse:
        return self.answer(self.request, form, heading=self._heading)

    @property
    def _heading(self) -> str:
        return _("New activity at %(venue)s") % {"venue": self.venue.title}


class EarlierView(PlaceView):
    """The venue's activities that have no dates ahead, to choose one to take up again."""

    def allowed(self) -> bool:
        return may_draft(self.rights, self.venue)

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        context = {
            "venue": self.venue,
            "earlier": [
                (page, date_text(page.last_on) if page.last_on else "")
                for page in earlier_activities(self.venue, self.now)
            ],
            "back_url": self.back_url,
            "current": "place",
        }
        return render(request, "staff/earlier.html", context)


class AgainView(MakingView):
    """An earlier activity with new days; all it says is taken over."""

    def get(self, request: HttpRequest, pk: int, activity: int) -> HttpResponse:
        earlier = self._earlier(activity)
        return self._page(earlier, DaysForm(today=self.today))

    def post(self, request: HttpRequest, pk: int, activity: int) -> HttpResponse:
        earlier = self._earlier(activity)
        form = DaysForm(request.POST, today=self.today)
        if not form.is_valid():
            return self._page(earlier, form)
        page = as_before(earlier)
        lines = lines_again(earlier, **form.cleaned_data)
        if not lines:
            form.add_error("first_on", NO_DATE)
            return self._page(earlier, form)
        return self.go_on(request, form, page, lines, heading=_heading(earlier))

    def _earlier(self, activity: int) -> ActivityPage:
        pages = ActivityPage.objects.child_of(self.venue)
        return get_object_or_404(pages, pk=activity)

    def _page(self, earlier: ActivityPage, form: DaysForm) -> HttpResponse:
        return self.answer(self.request, form, heading=_heading(earlier))


def _heading(earlier: ActivityPage) -> str:
    return _("Take up “%(title)s” again") % {"title": earlier.title}


def earlier_activities(venue: VenuePage, now: dt.datetime) -> list[Any]:
    """Return the activities that were public and take place no more, the newest first.

    Ended, stopped and taken off the site alike; `last_on` is their last day, if it is known.
    """
    ahead = Occurrence.objects.taking_place().upcoming(now).filter(activity=OuterRef("pk"))
    pages = ActivityPage.objects.child_of(venue).filter(first_published_at__isnull=False)
    pages = pages.exclude(Exists(ahead), live=True)
    pages = pages.annotate(last_on=Max("occurrences__local_date"))
    return list(pages.order_by(F("last_on").desc(nulls_last=True), "sort_key")[:MOST_EARLIER])
