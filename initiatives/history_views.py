"""Who changed what, in one list with filters and as a file."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from directory.models import VenuePage
from initiatives.follow_up_history import follow_up_entries
from initiatives.history import Entry, entries
from initiatives.models import Initiative
from initiatives.tracker_pages import TrackerListView

PAGE_SIZE = 60


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the history, and whether there is an older one."""

    number: int
    object_list: list[Entry]
    has_next: bool

    @property
    def newer(self) -> int:
        """The number of the page before, 0 on the first."""
        return self.number - 1

    @property
    def older(self) -> int:
        """The number of the page after, 0 on the last."""
        return self.number + 1 if self.has_next else 0


class HistoryView(TrackerListView):
    """`?sted=` (id) and `?initiativ=` (number) leave what is about them; newest first."""

    template_name = "initiatives/history.html"
    page_title = gettext_lazy("History")
    export_name = "historik"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.initiatives = list(Initiative.objects.all())
        self.venues = list(self.seen_venues())
        places = {str(venue.pk): venue.pk for venue in self.venues}
        numbers = {initiative.number for initiative in self.initiatives}
        self.venue_id = places.get(request.GET.get("sted", ""))
        asked = request.GET.get("initiativ", "")
        self.initiative = asked if asked in numbers else ""
        return super().get(request, *args, **kwargs)

    def seen_venues(self) -> Any:
        """Return every venue one may see, also those that have become part of another."""
        venues = VenuePage.objects.in_order()
        wanted = self.rights.venues
        return venues if wanted is None else venues.filter(pk__in=wanted)

    def found(self, limit: int | None = None) -> list[Entry]:
        """Return what the filters leave, newest first; with `limit` no more than so many."""
        wanted: dict[str, Any] = {
            "venue_id": self.venue_id,
            "initiative": self.initiative,
            "limit": limit,
        }
        found = entries(self.rights, **wanted) + follow_up_entries(self.rights, **wanted)
        return sorted(found, key=attrgetter("at"), reverse=True)[:limit]

    def page(self) -> Page:
        """Return one page; only what stands on it and on the newer ones is put into words."""
        asked = self.request.GET.get("side", "")
        number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 5 else 1
        number = max(number, 1)
        first = (number - 1) * PAGE_SIZE
        found = self.found(first + PAGE_SIZE + 1)
        if not found[first:]:
            number, first = 1, 0
        shown = found[first : first + PAGE_SIZE]
        return Page(number, shown, has_next=len(found) > first + PAGE_SIZE)

    def export_headings(self) -> Sequence[Any]:
        return [_("When"), _("Who"), _("Where"), _("About"), _("What"), _("Changes"), _("Reason")]

    def export_rows(self) -> Iterable[Sequence[Any]]:
        for entry in self.found():
            yield [
                entry.at,
                entry.who,
                entry.place,
                entry.about,
                entry.kind,
                "\n".join(entry.changes),
                entry.reason,
            ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        query = self.request.GET.copy()
        query.pop("side", None)
        return {
            **super().get_context_data(**kwargs),
            "page": self.page(),
            "query": query.urlencode(),
            "venues": [(venue.pk, venue.title, venue.pk == self.venue_id) for venue in self.venues],
            "initiatives": [
                (one.number, str(one), one.number == self.initiative) for one in self.initiatives
            ],
        }
