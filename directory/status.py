"""Whether venues are open right now, for pages and lists: rows in, one status a venue out.

Reads weekly hours and deviations of any number of venues in two queries.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Protocol

from django.db.models import Model, prefetch_related_objects

from core.domain.dates import COPENHAGEN, local_time
from directory.domain.opening import (
    Deviation,
    Hours,
    Kind,
    State,
    state_with_change,
)
from directory.querysets import (
    deviations_ahead,
    opening_prefetches,
    related_rows,
    start_of_day,
)
from directory.wording import StatusText, status_line, until_texts

if TYPE_CHECKING:
    from directory.models import OpeningException, VenuePage

HOURS_COLUMNS = (
    "venue_id",
    "weekday",
    "opens",
    "closes",
    "kind",
    "note",
    "valid_from",
    "valid_until",
)


@dataclass(frozen=True, slots=True)
class Opening:
    """The values from which `directory.domain.opening` works out a venue's hours."""

    hours: tuple[Hours, ...]
    deviations: tuple[Deviation, ...]


@dataclass(frozen=True)
class VenueStatus:
    """One venue at one moment. `next_change` is aware (UTC): then ask again.

    The words are found when they are asked for: a page that works out every door tells of few.
    """

    state: State
    wall: dt.datetime
    next_change: dt.datetime

    @property
    def is_open(self) -> bool:
        return self.state.open

    @cached_property
    def text(self) -> StatusText:
        """The status line."""
        return status_line(self.state, self.wall)

    @property
    def until(self) -> str:
        """`lukker kl. 16`, for a row in a list; may be empty."""
        return self._until[0]

    @property
    def until_note(self) -> str:
        """`om 50 minutter`; may be empty."""
        return self._until[1]

    @cached_property
    def _until(self) -> tuple[str, str]:
        return until_texts(self.state, self.wall)


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


def stored_openings(
    model: type[Model], keys: Collection[int], first: dt.date
) -> dict[int, Opening]:
    """Return by key the stored opening values of venues, good from the local day `first` on.

    Two queries, and no venue is loaded: for lists that look at every door. `model` is the
    venue's; nothing of a draft is seen.
    """
    hours, deviations = defaultdict(list), defaultdict(list)
    rows = related_rows(model, "opening_hours").filter(venue__in=keys)
    for row in rows.values_list(*HOURS_COLUMNS, named=True):
        hours[row.venue_id].append(_hours(row))
    for row in deviations_ahead(model, first).filter(venue__in=keys):
        deviations[row.venue_id].append(deviation_of(row))
    return {key: Opening(tuple(hours[key]), tuple(deviations[key])) for key in keys}


def stored_states(
    model: type[Model], keys: Collection[int], now: dt.datetime
) -> dict[int, VenueStatus]:
    """Return by key the status of stored venues at the aware moment `now`; two queries."""
    openings = stored_openings(model, keys, local_time(now).date())
    return {key: status_at(opening, now) for key, opening in openings.items()}


def venue_states(venues: Iterable["VenuePage"], now: dt.datetime) -> dict[int, VenueStatus]:
    """Return the status of each stored venue by its key at the aware moment `now`."""
    rows = list(venues)
    return stored_states(type(rows[0]), [venue.pk for venue in rows], now) if rows else {}


def status_at(opening: Opening, now: dt.datetime) -> VenueStatus:
    """Return the status that follows from `opening` at the aware moment `now`."""
    wall = local_time(now)
    state, change = state_with_change(opening.hours, opening.deviations, wall)
    # At midnight "i morgen" becomes "i dag", so nothing lasts longer than that.
    midnight = start_of_day(wall.date() + dt.timedelta(days=1)).astimezone(dt.UTC)
    return VenueStatus(
        state=state,
        wall=wall,
        next_change=midnight if change is None else min(midnight, aware(change, now)),
    )


def aware(wall: dt.datetime, now: dt.datetime) -> dt.datetime:
    """Return the UTC moment of a wall time, never at or before `now` if a later one fits.

    In the hour that the clock repeats in October the later of two readings may be meant.
    """
    moment = wall.replace(tzinfo=COPENHAGEN).astimezone(dt.UTC)
    if moment <= now:
        moment = wall.replace(tzinfo=COPENHAGEN, fold=1).astimezone(dt.UTC)
    return moment


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


class WeeklyHours(Protocol):
    """Weekly hours as a model or as plain values; see `OpeningHours`."""

    weekday: int
    opens: dt.time
    closes: dt.time
    kind: str
    note: str
    valid_from: dt.date | None
    valid_until: dt.date | None


def _hours(row: WeeklyHours) -> Hours:
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
