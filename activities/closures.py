"""Which dates to cancel while a venue is closed: those it has on, ticked where they are at home."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import HttpRequest

from activities.models import Occurrence
from activities.taxonomy import PlaceKind


@dataclass(frozen=True, slots=True)
class Offered:
    """A date that may be cancelled, and whether it is ticked to begin with."""

    date: Occurrence
    ticked: bool


def here(dates: Iterable[Occurrence], venue_id: int) -> list[Offered]:
    """Return dates, `ticked` where they take place at the venue: others may well go on."""
    return [
        Offered(
            date,
            ticked=date.venue_id == venue_id
            and date.activity.place_kind == PlaceKind.OWN
            and not date.place,
        )
        for date in dates
    ]


def ticked(offered: Iterable[Offered], request: HttpRequest) -> list[Occurrence]:
    """Return the dates somebody left ticked, of those that were offered."""
    chosen = set(request.POST.getlist("dates"))
    return [one.date for one in offered if str(one.date.pk) in chosen]
