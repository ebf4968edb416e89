"""Who knows whom: figures and the matrix of which venues have met (initiative 4b)."""

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from core.domain.dates import day_bounds
from directory.models import VenuePage
from staff.models import ExchangeEvent, SignUp
from staff.models.exchange import ExchangeKind, SeatState

Pair = frozenset[int]


@dataclass(frozen=True, slots=True)
class Figures:
    """Counts of a period: events held by kind, sign-ups with a place, pairs of venues that met."""

    visits: int
    swaps: int
    courses: int
    participations: int
    pairs_met: int
    pairs_possible: int

    @property
    def events(self) -> int:
        return self.visits + self.swaps + self.courses


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """One venue against all: how many times it has met each, None for itself."""

    venue: VenuePage
    counts: tuple[int | None, ...]
    met: int


def exchange_figures(first: dt.date, last: dt.date, venues: Sequence[VenuePage]) -> Figures:
    """Return what was held from the local day `first` to `last`, both included."""
    events = _held(first, last)
    kinds = Counter(event.kind for event in events)
    pairs = meetings(first, last)
    here = {venue.pk for venue in venues}
    return Figures(
        visits=kinds[ExchangeKind.VISIT],
        swaps=kinds[ExchangeKind.SWAP],
        courses=kinds[ExchangeKind.COURSE],
        participations=SignUp.objects.filter(
            event__in=[event.pk for event in events], state=SeatState.GOING
        ).count(),
        pairs_met=sum(pair <= here for pair in pairs),
        pairs_possible=len(here) * (len(here) - 1) // 2,
    )


def meetings(first: dt.date, last: dt.date) -> Counter[Pair]:
    """Return how many times each two venues met: as host and guest, or as guests together."""
    met: Counter[Pair] = Counter()
    for event in _held(first, last):
        there = {
            row.venue_id
            for row in event.sign_ups.all()
            if row.state == SeatState.GOING and row.venue_id
        }
        if event.venue_id and there:
            there.add(event.venue_id)
        for one in there:
            for other in there:
                if one < other:
                    met[frozenset((one, other))] += 1
    return met


def exchanges_by_venue(first: dt.date, last: dt.date) -> dict[int, int]:
    """Return by venue in how many of the events held it took part, as host or as guest."""
    counts: Counter[int] = Counter()
    for event in _held(first, last):
        guests = {row.venue_id for row in event.sign_ups.all() if row.state == SeatState.GOING}
        counts.update(key for key in {event.venue_id, *guests} if guests and key is not None)
    return dict(counts)


def matrix(first: dt.date, last: dt.date, venues: Sequence[VenuePage]) -> list[MatrixRow]:
    """Return a row for each venue, in their order, and a count for each other one."""
    met = meetings(first, last)
    rows = []
    for one in venues:
        counts = tuple(
            None if one == other else met[frozenset((one.pk, other.pk))] for other in venues
        )
        rows.append(MatrixRow(one, counts, sum(bool(count) for count in counts)))
    return rows


def _held(first: dt.date, last: dt.date) -> list[ExchangeEvent]:
    begins, ends = day_bounds(first)[0], day_bounds(last)[1]
    return list(
        ExchangeEvent.objects.filter(
            cancelled_at=None, starts_at__gte=begins, starts_at__lt=ends
        ).prefetch_related("sign_ups")
    )
