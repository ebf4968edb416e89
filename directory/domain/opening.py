"""Whether a venue's door is open at a moment, and when that changes.

Works on the plans of `directory.domain.hours`. A moment is open only if a certain span
holds it; on a holiday nobody has spoken for it is uncertain; otherwise it is closed.
Closing time is exclusive: at 16.00 a door that closes at 16 is closed. Moments are Danish
wall time without zone.
"""

import datetime as dt
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from directory.domain.holidays import Holiday
from directory.domain.hours import (
    DayPlan,
    Deviation,
    Hours,
    Kind,
    Span,
    day_spans,
    plans_between,
    unanswered_holidays,
)

__all__ = [
    "DayPlan",
    "Deviation",
    "Hours",
    "Kind",
    "Span",
    "State",
    "Visit",
    "day_spans",
    "minutes_left",
    "next_change",
    "plans_between",
    "state_at",
    "state_with_change",
    "unanswered_holidays",
    "visit_between",
]

_ONE_DAY = dt.timedelta(days=1)
_DAYS_OF_CHANGES = 14
_DAYS_TO_NEXT_OPENING = 92
_LAST_MINUTES = 60
_STEP = 5

# When spans overlap the first of these tells what the door is like: hours for women only
# inside other hours shut men out, and where there is staff it does not matter who else is.
_STRONGEST_FIRST = (Kind.WOMEN_ONLY, Kind.STAFFED, Kind.VOLUNTEER_RUN, Kind.USER_RUN)


@dataclass(frozen=True, slots=True)
class State:
    """All that one line about a venue needs at one moment.

    `kind` and `note` are those of the open span; `closes` is when somebody who is welcome
    now must leave, None while open means around the clock. `access_changes` is when the
    door goes from everybody to women only or back. `doubt_after` is the holiday that makes
    it unknown what happens at `closes`. `opens_next` is the next certain opening, within
    92 days, of `opens_next_kind`; `unanswered` the first holiday before it whose usual
    hours nobody has confirmed. `uncertain` is set when it is not known whether it is open
    now. Phone and appointment hours do not open the door.
    """

    open: bool
    today: DayPlan
    kind: Kind | None = None
    note: str = ""
    closes: dt.datetime | None = None
    access_changes: dt.datetime | None = None
    doubt_after: Holiday | None = None
    opens_next: dt.datetime | None = None
    opens_next_kind: Kind | None = None
    unanswered: Holiday | None = None
    uncertain: Holiday | None = None
    phone_open: bool = False
    phone_closes: dt.datetime | None = None
    by_appointment: bool = False

    @property
    def name(self) -> str:
        """`open`, `closed` or `unknown`, as templates and open data call it."""
        if self.uncertain is not None:
            return "unknown"
        return "open" if self.open else "closed"

    @property
    def around_the_clock(self) -> bool:
        """Open, with no closing time in sight."""
        return self.open and self.closes is None


def state_at(hours: Sequence[Hours], deviations: Sequence[Deviation], moment: dt.datetime) -> State:
    """Return the state of the door at `moment`.

    Between two results of `next_change` it differs only at midnights: then `today` is
    another day, and one more day comes into sight.
    """
    return _state(_Book(hours, deviations), moment)


def state_with_change(
    hours: Sequence[Hours], deviations: Sequence[Deviation], moment: dt.datetime
) -> tuple[State, dt.datetime | None]:
    """Return `state_at` and `next_change` of one moment, with each day looked at once."""
    book = _Book(hours, deviations)
    return _state(book, moment), _next_change(book, moment)


def _state(book: "_Book", moment: dt.datetime) -> State:
    now = book.answer(moment)
    closes, access_changes = book.closing(moment) if now.kind else (None, None)
    opens_next, opens_next_kind = (None, None)
    if now.kind is None or closes is not None:
        everybody = closes is not None and access_changes == closes
        opens_next, opens_next_kind = book.opening(closes or moment, everybody=everybody)
    uncertain_later = None
    if now.uncertain is None and (now.kind is None or closes is not None):
        uncertain_later = book.unanswered(closes or moment, opens_next)
    return State(
        open=now.kind is not None,
        today=book.plan(moment.date()),
        kind=now.kind,
        note=now.note,
        closes=closes,
        access_changes=access_changes,
        doubt_after=book.doubt_at(closes) if closes else None,
        opens_next=opens_next,
        opens_next_kind=opens_next_kind,
        unanswered=uncertain_later,
        uncertain=now.uncertain,
        phone_open=now.phone,
        phone_closes=book.phone_closing(moment) if now.phone else None,
        by_appointment=now.by_appointment,
    )


@dataclass(frozen=True, slots=True)
class Visit:
    """What the door does in a stretch of time: for everybody, for women, or nobody knows.

    `opens` and `opens_for_women` are when in that time it is first open, hours for women counted
    in the second only; None if it is not.
    """

    opens: dt.datetime | None
    opens_for_women: dt.datetime | None
    uncertain: bool


def visit_between(
    hours: Sequence[Hours],
    deviations: Sequence[Deviation],
    start: dt.datetime,
    end: dt.datetime,
) -> Visit:
    """Return whether somebody who comes at some moment of [`start`, `end`) finds an open door."""
    book = _Book(hours, deviations)
    days = (end.date() - start.date()).days
    points = [start, *(point for point in book.boundaries(start, days) if point < end)]
    found = [(point, book.answer(point)) for point in points]
    welcome = [(point, answer.kind) for point, answer in found if answer.kind is not None]
    everybody = (point for point, kind in welcome if kind is not Kind.WOMEN_ONLY)
    return Visit(
        opens=next(everybody, None),
        opens_for_women=welcome[0][0] if welcome else None,
        uncertain=any(answer.uncertain is not None for _, answer in found),
    )


def next_change(
    hours: Sequence[Hours], deviations: Sequence[Deviation], moment: dt.datetime
) -> dt.datetime | None:
    """Return the first moment after `moment` at which the line about the venue changes.

    That is when the door or the phone opens or closes, who is welcome changes, a holiday
    begins or ends, or `minutes_left` tells another number. A new day, which moves "i morgen"
    to "i dag", does not count: every page must expect midnight. Looks 14 days ahead; None
    if nothing changes.
    """
    return _next_change(_Book(hours, deviations), moment)


def _next_change(book: "_Book", moment: dt.datetime) -> dt.datetime | None:
    now = book.answer(moment)
    changes = (
        point for point in book.boundaries(moment, _DAYS_OF_CHANGES) if book.answer(point) != now
    )
    soonest = next(changes, None)
    closes = book.closing(moment)[0] if now.kind else None
    if closes is None:
        return soonest
    ticks = (
        closes - dt.timedelta(minutes=minutes) for minutes in range(_LAST_MINUTES - 1, 0, -_STEP)
    )
    tick = next((tick for tick in ticks if tick > moment), closes)
    return tick if soonest is None else min(soonest, tick)


def minutes_left(closes: dt.datetime, moment: dt.datetime) -> int | None:
    """Return how many minutes the door is still open, or None for an hour or more.

    Rounded down to 5, 10 … 55, so that nobody is told of more time than there is; 0 means
    less than five minutes. Steps let a page be kept for five minutes.
    """
    minutes = math.ceil((closes - moment).total_seconds() / 60)
    if minutes >= _LAST_MINUTES:
        return None
    return max(minutes, 0) // _STEP * _STEP


@dataclass(frozen=True, slots=True)
class _Answer:
    kind: Kind | None
    note: str
    uncertain: Holiday | None
    phone: bool
    by_appointment: bool


class _Book:
    """The plans of one venue, worked out day by day as they are asked for."""

    def __init__(self, hours: Sequence[Hours], deviations: Sequence[Deviation]) -> None:
        self._hours = hours
        self._deviations = deviations
        self._plans: dict[dt.date, DayPlan] = {}
        self._answers: dict[dt.datetime, _Answer] = {}

    def plan(self, day: dt.date) -> DayPlan:
        if day not in self._plans:
            self._plans[day] = day_spans(self._hours, self._deviations, day)
        return self._plans[day]

    def answer(self, moment: dt.datetime) -> _Answer:
        """What holds right now, without a look ahead."""
        if moment not in self._answers:
            self._answers[moment] = self._work_out(moment)
        return self._answers[moment]

    def _work_out(self, moment: dt.datetime) -> _Answer:
        """Yesterday's night may still run."""
        yesterday, today = self.plan(moment.date() - _ONE_DAY), self.plan(moment.date())
        active = [span for span in (*yesterday.spans, *today.spans) if span.holds(moment)]
        kinds = {span.kind for span in active}
        kind = next((kind for kind in _STRONGEST_FIRST if kind in kinds), None)
        uncertain = None
        if kind is None:
            if not today.confirmed:
                uncertain = today.holiday
            elif any(span.holds(moment) for span in _usual_door(yesterday)):
                uncertain = yesterday.holiday
        return _Answer(
            kind=kind,
            note=next((span.note for span in active if span.kind == kind and span.note), ""),
            uncertain=uncertain,
            phone=Kind.PHONE in kinds,
            by_appointment=Kind.BY_APPOINTMENT in kinds,
        )

    def boundaries(self, after: dt.datetime, days: int) -> Iterator[dt.datetime]:
        """The moments later than `after`, in order, at which an answer may change."""
        for ahead in range(days + 1):
            day = after.date() + dt.timedelta(days=ahead)
            yesterday, today = self.plan(day - _ONE_DAY), self.plan(day)
            points = {
                point
                for plan in (yesterday, today)
                for span in (*plan.spans, *plan.usual)
                for point in (span.opens, span.closes)
                if point.date() == day
            }
            if not (yesterday.confirmed and today.confirmed):
                points.add(dt.datetime.combine(day, dt.time()))
            yield from sorted(point for point in points if point > after)

    def closing(self, moment: dt.datetime) -> tuple[dt.datetime | None, dt.datetime | None]:
        """(when those who are welcome at `moment` must leave, when the welcome changes)."""
        women_only = self.answer(moment).kind is Kind.WOMEN_ONLY
        access_changes = None
        for point in self.boundaries(moment, _DAYS_OF_CHANGES):
            kind = self.answer(point).kind
            if kind is None:
                return point, access_changes
            if women_only and kind is not Kind.WOMEN_ONLY:
                access_changes = access_changes or point
            elif not women_only and kind is Kind.WOMEN_ONLY:
                return point, point
        return None, access_changes

    def opening(
        self, after: dt.datetime, *, everybody: bool
    ) -> tuple[dt.datetime | None, Kind | None]:
        """The next moment at which the door opens, if need be to `everybody`, and its kind."""
        for point in self.boundaries(after, _DAYS_TO_NEXT_OPENING):
            kind = self.answer(point).kind
            if kind is not None and not (everybody and kind is Kind.WOMEN_ONLY):
                return point, kind
        return None, None

    def doubt_at(self, moment: dt.datetime) -> Holiday | None:
        """The holiday whose usual, unconfirmed hours hold `moment`."""
        for day in (moment.date() - _ONE_DAY, moment.date()):
            plan = self.plan(day)
            if any(span.holds(moment) for span in _usual_door(plan)):
                return plan.holiday if self.answer(moment).uncertain else None
        return None

    def unanswered(self, after: dt.datetime, before: dt.datetime | None) -> Holiday | None:
        """The first holiday with usual hours between two moments, which nobody confirmed."""
        days = _DAYS_OF_CHANGES if before is None else (before.date() - after.date()).days
        for ahead in range(days + 1):
            plan = self.plan(after.date() + dt.timedelta(days=ahead))
            if any(span.closes > after for span in _usual_door(plan)):
                return plan.holiday
        return None

    def phone_closing(self, moment: dt.datetime) -> dt.datetime | None:
        points = self.boundaries(moment, _DAYS_OF_CHANGES)
        return next((point for point in points if not self.answer(point).phone), None)


def _usual_door(plan: DayPlan) -> tuple[Span, ...]:
    return tuple(span for span in plan.usual if span.kind.opens_the_door)
