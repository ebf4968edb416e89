"""Each venue's own page in the tracker, and the list of venues that leads there."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from directory.models import CooperationAgreement, VenueMove
from initiatives.board import Cell, all_signs, cells_on, seen_venues
from initiatives.due import due_items, progress_url
from initiatives.models import OutreachService, Progress
from initiatives.progress_views import freshness_text, last_day
from initiatives.record_reading import completeness_at
from initiatives.tracker_pages import TrackerListView, seen_venue


class VenueListView(TrackerListView):
    """The venues one may see, with how far each is. With one venue: its page."""

    template_name = "initiatives/venues.html"
    page_title = gettext_lazy("Venues")
    export_name = "steder"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.venues = seen_venues(self.rights, self.today)
        if len(self.venues) == 1 and "export" not in request.GET:
            return redirect("tracker_venue", self.venues[0].pk)
        return super().get(request, *args, **kwargs)

    def rows(self) -> list[dict[str, Any]]:
        """Return each venue with how many initiatives are where, and how much needs it."""
        cells = [cell for cell in cells_on(self.today, self.venues) if cell.venue]
        waiting = Counter(
            item.venue.pk for item in due_items(self.rights, self.now) if item.venue is not None
        )
        found = []
        for venue in self.venues:
            own = [cell for cell in cells if cell.venue and cell.venue.pk == venue.pk]
            found.append({"venue": venue, "due": waiting[venue.pk], **tally_of(own)})
        return found

    def export_headings(self) -> Sequence[Any]:
        return [_("Venue"), *(label for _key, label in TALLY), _("To see to")]

    def export_rows(self) -> Iterable[Sequence[Any]]:
        for row in self.rows():
            yield [row["venue"].title, *(row[key] for key, _label in TALLY), row["due"]]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "rows": self.rows(), "tally": TALLY}


TALLY = (
    ("reached", gettext_lazy("Implemented or in operation")),
    ("under_way", gettext_lazy("Under way")),
    ("waiting", gettext_lazy("Not started or paused")),
)


def tally_of(cells: Iterable[Cell]) -> dict[str, int]:
    """Return how many squares are reached, under way, and neither."""
    states = [cell.state for cell in cells]
    reached = sum(state.reached for state in states)
    under_way = sum(state.status in {"started", "developing"} for state in states)
    return {
        "reached": reached,
        "under_way": under_way,
        "waiting": len(states) - reached - under_way,
    }


class VenueView(TrackerListView):
    """Everything one venue has to do with the initiatives, on a page that prints."""

    template_name = "initiatives/venue.html"

    def get(self, request: HttpRequest, pk: int, *args: Any, **kwargs: Any) -> HttpResponse:
        self.venue = seen_venue(self.rights, pk)
        self.successor = self.venue.successor_on(self.today)
        self.day = last_day(self.venue, self.today)
        return super().get(request, *args, **kwargs)

    def get_page_title(self) -> str:
        return str(self.venue.title)

    def above(self) -> list[tuple[str, str]]:
        return [(reverse("tracker_venues"), _("Venues"))]

    @property
    def export_name(self) -> str:
        return f"initiativer-{self.venue.slug}"

    def export_headings(self) -> Sequence[Any]:
        return [
            pgettext("of an initiative", "Number"),
            _("Initiative"),
            _("Status"),
            _("Agreed start"),
            _("Agreed deadline"),
            _("Responsible function"),
            _("Next step"),
            _("Last confirmed"),
            _("Filled in"),
        ]

    def export_rows(self) -> Iterable[Sequence[Any]]:
        for row in self.rows():
            cell = row["cell"]
            state = cell.state
            yield [
                cell.initiative.number,
                cell.initiative.title,
                cell.sign.word,
                state.agreed_start,
                state.agreed_deadline,
                state.responsible,
                state.next_step,
                state.confirmed_on,
                row["filled"],
            ]

    def rows(self) -> list[dict[str, Any]]:
        """Return the venue's squares by initiative, with how much of each record is filled in."""
        progress = {
            row.initiative_id: row
            for row in Progress.objects.at_venue(self.venue.pk).select_related(
                "initiative", "record"
            )
        }
        return [self._row(cell, progress.get(cell.initiative.pk)) for cell in self._cells()]

    def _cells(self) -> list[Cell]:
        return [cell for cell in cells_on(self.day, [self.venue]) if cell.venue is not None]

    def _row(self, cell: Cell, progress: Progress | None) -> dict[str, Any]:
        shown = completeness_at(progress or Progress(initiative=cell.initiative, venue=self.venue))
        return {
            "cell": cell,
            "url": progress_url(cell.initiative, self.venue),
            "freshness": freshness_text(cell, self.day) if cell.state.begun else "",
            "complete": shown,
            "filled": f"{shown.filled}/{shown.total}" if shown.total else "",
        }

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        venue, rows = self.venue, self.rows()
        organisation = venue.organisation_id
        agreements = CooperationAgreement.objects.filter(organisation=organisation)
        before = VenueMove.objects.filter(
            successor=venue, kind=VenueMove.Kind.MERGED, on__lte=self.today
        )
        return {
            **super().get_context_data(**kwargs),
            "venue": venue,
            "successor": self.successor,
            "merged": self.day + dt.timedelta(days=1),
            "came_from": before.select_related("venue").order_by("on"),
            "rows": rows,
            "tally": [(label, tally_of(row["cell"] for row in rows)[key]) for key, label in TALLY],
            "total": len(rows),
            "due": due_items(self.rights, self.now, venue=venue) if not self.successor else [],
            "signs": all_signs(),
            "services": OutreachService.objects.filter(venue=venue).in_order(),
            "agreements": agreements.prefetch_related("initiative_links__initiative")
            if organisation
            else [],
            "edits_page": self.rights.rights.may_publish(venue.pk),
            "may_write": self.rights.edits(venue.pk) and self.successor is None,
        }
