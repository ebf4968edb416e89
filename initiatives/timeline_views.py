"""The timeline in the admin: when each initiative starts and ends, as a picture and a table."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from core.wording import date_text
from initiatives.board import seen_venues
from initiatives.board_filters import asked_day, asked_one
from initiatives.timeline import Row, timeline_on
from initiatives.tracker_pages import TrackerListView


class TimelineView(TrackerListView):
    """One bar for each initiative; with `sted` one venue's own."""

    template_name = "initiatives/timeline.html"
    page_title = gettext_lazy("Timeline")

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.day, self.problems = asked_day(request.GET, self.today)
        self.venues = seen_venues(self.rights, self.day)
        slugs = [venue.slug for venue in self.venues]
        chosen = asked_one(request.GET, "sted", slugs, self.problems)
        self.venue = next((venue for venue in self.venues if venue.slug == chosen), None)
        shown = [self.venue] if self.venue else self.venues
        self.timeline = timeline_on(self.day, shown, joint=self.venue is None)
        return super().get(request, *args, **kwargs)

    @property
    def export_name(self) -> str:
        return f"tidslinje-{self.day.isoformat()}"

    def export_headings(self) -> Sequence[str]:
        return [
            pgettext("of an initiative", "Number"),
            _("Initiative"),
            _("Start in the action plan"),
            _("First agreed start"),
            _("Last agreed deadline"),
            _("The catalogue's months from the start"),
            _("Begun"),
            _("In operation or implemented"),
            _("Squares"),
            _("Overdue"),
        ]

    def export_rows(self) -> Iterable[Sequence[Any]]:
        for row in self.timeline.rows:
            yield [
                row.initiative.number,
                row.initiative.title,
                row.years,
                row.starts_on,
                row.ends_on,
                row.suggested_on,
                row.begun,
                row.reached,
                row.squares,
                row.overdue,
            ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = self.timeline.rows
        return {
            **super().get_context_data(**kwargs),
            "timeline": self.timeline,
            "venue": self.venue,
            "day": self.day,
            "day_text": date_text(self.day),
            "today": self.today,
            "is_past": self.day != self.today,
            "problems": self.problems,
            "choices": [(one.slug, one.title, one == self.venue) for one in self.venues],
            "begun": sum(_is_begun(row) for row in rows),
            "overdue": sum(row.overdue > 0 for row in rows),
        }


def _is_begun(row: Row) -> bool:
    return row.begun > 0
