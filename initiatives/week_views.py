"""The week of all venues in the admin (2a): what runs when, what competes, what is missing."""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.dates import WEEKDAYS
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from activities.taxonomy import ActivityType
from core.wording import day_range
from directory.models import District, TargetGroup
from initiatives.board_filters import asked_monday, asked_one
from initiatives.tracker_pages import TrackerListView
from initiatives.week import WEEKS, WeekFilter, week_from

TABLES = {
    "kind": (gettext_lazy("By kind of activity"), gettext_lazy("Kind of activity")),
    "group": (gettext_lazy("By target group"), gettext_lazy("Target group")),
    "district": (gettext_lazy("By district"), gettext_lazy("District")),
}


class WeekView(TrackerListView):
    """Four weeks laid over each other: hours down, weekdays across."""

    template_name = "initiatives/week.html"
    page_title = gettext_lazy("The week of all venues")
    export_name = "stedernes-uge"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.monday, self.problems = asked_monday(request.GET, self.today)
        self.words = {
            "type": {code.value: str(code.label) for code in ActivityType},
            "maalgruppe": dict(TargetGroup.objects.values_list("code", "label")),
            "bydel": dict(District.objects.values_list("slug", "name")),
        }
        self.wanted = self._asked(request.GET)
        self.week = week_from(self.monday, self.today, self.wanted)
        return super().get(request, *args, **kwargs)

    def _asked(self, query: QueryDict) -> WeekFilter:
        found = [asked_one(query, key, known, self.problems) for key, known in self.words.items()]
        return WeekFilter(*found)

    def export_headings(self) -> Sequence[str]:
        return [_("Weekday"), _("Time"), _("Activity"), _("Venue"), _("Runs"), _("How often")]

    def export_rows(self) -> Iterable[Sequence[Any]]:
        days = [capfirst(str(WEEKDAYS[number])) for number in range(7)]
        return [
            [day, hours, line.title, line.hosts, line.time, line.rare]
            for hours, cells in self.week.rows
            for day, cell in zip(days, cells, strict=True)
            for line in cell.lines
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        chosen = {
            "type": self.wanted.kind,
            "maalgruppe": self.wanted.group,
            "bydel": self.wanted.district,
        }
        step = dt.timedelta(weeks=WEEKS)
        return {
            **super().get_context_data(**kwargs),
            "week": self.week,
            "monday": self.monday,
            "weeks": WEEKS,
            "days_text": day_range(self.week.first, self.week.last, year=True),
            "christmas_text": day_range(*self.week.christmas, year=True),
            "weekdays": [capfirst(str(WEEKDAYS[number])) for number in range(7)],
            "problems": self.problems,
            "gaps": [(*TABLES[name], rows) for name, rows in self.week.gaps],
            "earlier": self.monday - step,
            "later": self.monday + step,
            "choices": {
                key: [(value, word, value == chosen[key]) for value, word in known.items()]
                for key, known in self.words.items()
            },
            "is_filtered": any(chosen.values()),
        }
