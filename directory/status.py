"""Whether venues are open right now, for pages and lists: rows in, one status a venue out.

Reads weekly hours and deviations of any number of venues in two queries.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import prefetch_related_objects

from core.domain.dates import COPENHAGEN, local_time
from directory.domain.opening import (
    Deviation,
    Hours,
    Kind,
    State,
    next_change,
    state_at,
)
from directory.querysets import opening_prefetches, start_of_day
from directory.wording import StatusText, status_line, until_texts

if TYPE_CHECKING:
    from directory.models import OpeningException, OpeningHours, VenuePage


@dataclass(frozen=True, slots=True)
class Opening:
    """The values from which `directory.domain.opening` works out a venue's hours."""

    hours: tuple[Hours, ...]
    deviations: tuple[Deviation, ...]


@dataclass(frozen=True, slots=True)
class VenueStatus:
    """One venue at one moment, in words too. `next_change` is aware (UTC): then ask again."""

    state: State
    text: StatusText
    until: str
    until_note: str
    next_change: dt.datetime

    @property
    def is_open(self) -> bool:
        return self.state.open


def opening_of(
    venues: Sequence["VenuePage"], first: dt.date, last: dt.date | None = None
) -> dict[int, Opening]:
    """Return the opening values of each venue by its key, good from the local day `first` on.

    Two queries, however many venues. Deviations that begin after `last` are left out.
    """
    saved = [venue for venue in venues if venue.pk]
    if saved:
        prefetch_related_objects(saved, *opening_prefetches(type(saved[0]), first))
    return {venue.pk: _opening(venue, last) for venue in venues}


def venue_states(venues: Iterable["VenuePage"], now: dt.datetime) -> dict[int, VenueStatus]:
    """Return the status of each venue by its key at the aware moment `now`."""
    rows = list(venues)
    today = local_time(now).date()
    openings = opening_of(rows, today)
    return {key: status_at(opening, now) for key, opening in openings.items()}


def status_at(opening: Opening, now: dt.datetime) -> VenueStatus:
    """Return the status that follows from `opening` at the aware moment `now`."""
    wall = local_time(now)
    state = state_at(opening.hours, opening.deviations, wall)
    until, until_note = until_texts(state, wall)
    return VenueStatus(
        state=state,
        text=status_line(state, wall),
        until=until,
        until_note=until_note,
        next_change=_next_change(opening, wall, now),
    )


def aware(wall: dt.datetime, now: dt.datetime) -> dt.datetime:
    """Return the UTC moment of a wall time, never at or before `now` if a later one fits.

    In the hour that the clock repeats in October the later of two readings may be meant.
    """
    moment = wall.replace(tzinfo=COPENHAGEN).astimezone(dt.UTC)
    if moment <= now:
        moment = wall.replace(tzinfo=COPENHAGEN, fold=1).astimezone(dt.UTC)
    return moment


def _next_change(opening: Opening, wall: dt.datetime, now: dt.datetime) -> dt.datetime:
    """At midnight "i morgen" becomes "i dag", so nothing lasts longer than that."""
    midnight = start_of_day(wall.date() + dt.timedelta(days=1)).astimezone(dt.UTC)
    change = next_change(opening.hours, opening.deviations, wall)
    return midnight if change is None else min(midnight, aware(change, now))


def _opening(venue: "VenuePage", last: dt.date | None) -> Opening:
    return Opening(
        hours=tuple(
            _hours(row)
            for row in venue.opening_hours.all()
            if row.opens is not None and row.closes is not None  # a preview while typing
        ),
        deviations=tuple(
            deviation_of(row)
            for row in getattr(venue, "deviations_ahead", ())
            if last is None or row.first_on <= last
        ),
    )


def _hours(row: "OpeningHours") -> Hours:
    return Hours(
        weekday=row.weekday,
        opens=row.opens,
        closes=row.closes,
        kind=Kind(row.kind),
        note=row.note,
        valid_from=row.valid_from,
        valid_until=row.valid_until,
    )


def deviation_of(row: "OpeningException") -> Deviation:
    """Return a row as the plain value; what the venue wrote is its reason, else the label.

    "Other hours on a holiday" needs no reason: the label would only repeat the day's name.
    """
    return Deviation(
        first_on=row.first_on,
        until_on=row.until_on,
        closed=row.closed,
        opens=None if row.closed else row.opens,
        closes=None if row.closed else row.closes,
        kind=Kind(row.kind),
        reason=row.note or row.get_reason_display() if row.closed else "",
        note="" if row.closed else row.note,
        extra=row.extra and not row.closed,
    )
