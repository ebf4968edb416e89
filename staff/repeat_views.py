"""Copy last week: the single dates of a week made again in this one or the next."""

import datetime as dt
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from activities.actions.repeats import has_it, repeat_dates, single_dates
from activities.models import Occurrence
from activities.operating import operated_activities
from core.domain.dates import local_time
from core.wording import moment_text
from staff.my_place import PlaceView

WEEKS = {"1": 1, "2": 2}  # to this week, to the next


@dataclass(frozen=True, slots=True)
class Single:
    """One date of last week and when it would be again; `exists` where it already is."""

    date: Occurrence
    was: str
    again: str
    exists: bool
    ticked: bool


class RepeatView(PlaceView):
    """Choose the dates, with what each becomes; then they are made, in one act."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self._page(self._weeks(request.GET.get("uger", "")), asked=False)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        weeks = self._weeks(request.POST.get("uger", ""))
        chosen = set(request.POST.getlist("dates"))
        dates = [date for date in self._dates() if str(date.pk) in chosen]
        if repeat_dates(dates, weeks, by=request.user, now=self.now) is None:
            return self._page(weeks, asked=True)
        return self.done()

    def _weeks(self, typed: str) -> int:
        return WEEKS.get(typed, 1)

    def _dates(self) -> list[Occurrence]:
        monday = self.today - dt.timedelta(days=self.today.weekday() + 7)
        dates = single_dates(self.venue.pk, monday)
        operated = operated_activities(self.rights, [date.activity for date in dates])
        return [date for date in dates if date.activity_id in operated]

    def _page(self, weeks: int, *, asked: bool) -> HttpResponse:
        rows = [self._single(date, weeks) for date in self._dates()]
        context = {
            "venue": self.venue,
            "rows": rows,
            "weeks": weeks,
            "nothing": asked,
            "can": any(row.ticked for row in rows),
            "back_url": self.back_url,
            "current": "place",
        }
        return render(self.request, "staff/repeat.html", context, status=422 if asked else 200)

    def _single(self, date: Occurrence, weeks: int) -> Single:
        starts = local_time(date.starts_at)
        again = starts + dt.timedelta(weeks=weeks)
        exists = has_it(date, weeks)
        return Single(
            date=date,
            was=moment_text(starts, year=False),
            again=moment_text(again, year=False),
            exists=exists,
            ticked=not exists and again > local_time(self.now),
        )
