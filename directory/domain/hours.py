"""What a venue's hours are on one day: weekly hours and dated deviations in, plans out.

All times are Danish wall time, so that nine o'clock stays nine when the clocks change.
Somebody may walk far in the cold on our word, so what is not certain is kept apart: on a
holiday that no deviation speaks for, the weekly hours are only what is usual.

The rules, in the order in which they win:

1. The deviation with the fewest days wins over wider ones; of two equally wide, closed wins.
2. A deviation with hours replaces the weekly hours of its days; with `extra` it adds to
   them, or opens a day that a wider deviation closes.
3. On a holiday the weekly hours are only "usual", never certain. A closed deviation speaks
   for every day it covers; changed hours speak for a holiday only if they cover at most
   two weeks: a summer timetable says nothing about Grundlovsdag.
4. A span belongs to the day on which it begins, also the part after midnight.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from directory.domain.holidays import Holiday, holiday_on, holidays_between

_ONE_DAY = dt.timedelta(days=1)
_LONGEST_WORD_ON_HOLIDAYS = 14


class Kind(StrEnum):
    """What the hours mean to somebody who comes to the door."""

    STAFFED = "staffed"
    VOLUNTEER_RUN = "volunteer_run"
    USER_RUN = "user_run"
    WOMEN_ONLY = "women_only"
    PHONE = "phone"
    BY_APPOINTMENT = "by_appointment"

    @property
    def opens_the_door(self) -> bool:
        """Whether one can walk in without calling first."""
        return self not in (Kind.PHONE, Kind.BY_APPOINTMENT)


@dataclass(frozen=True, slots=True)
class Hours:
    """Weekly hours: on each `weekday` (0 is Monday) from `opens` to `closes`.

    `closes` at or before `opens` means the next day; from 0:00 to 0:00 is all day. `valid_from` and
    `valid_until` (both included) bound the days on which the hours begin. Raises ValueError
    for another weekday.
    """

    weekday: int
    opens: dt.time
    closes: dt.time
    kind: Kind = Kind.STAFFED
    note: str = ""
    valid_from: dt.date | None = None
    valid_until: dt.date | None = None

    def __post_init__(self) -> None:
        if not 0 <= self.weekday <= 6:
            raise ValueError("weekday must be 0 (Monday) to 6 (Sunday)")

    def apply_on(self, day: dt.date) -> bool:
        """Whether the hours begin on `day`."""
        return (
            day.weekday() == self.weekday
            and (self.valid_from is None or day >= self.valid_from)
            and (self.valid_until is None or day <= self.valid_until)
        )


@dataclass(frozen=True, slots=True)
class Deviation:
    """What holds instead of (or with `extra`: besides) the weekly hours on some days.

    `first_on` and `until_on` are both included. Either `closed`, or open from `opens` to
    `closes` each day. `reason` is told to the public ("sygdom"). Raises ValueError if the
    days are the wrong way round or an open deviation lacks its times.
    """

    first_on: dt.date
    until_on: dt.date
    closed: bool = True
    opens: dt.time | None = None
    closes: dt.time | None = None
    kind: Kind = Kind.STAFFED
    reason: str = ""
    note: str = ""
    extra: bool = False

    def __post_init__(self) -> None:
        if self.until_on < self.first_on:
            raise ValueError("until_on must not be before first_on")
        if not self.closed and (self.opens is None or self.closes is None):
            raise ValueError("an open deviation needs opens and closes")

    @property
    def days(self) -> int:
        """How many days it covers."""
        return (self.until_on - self.first_on).days + 1

    def covers(self, day: dt.date) -> bool:
        """Whether `day` is one of its days."""
        return self.first_on <= day <= self.until_on


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """One unbroken stretch of wall time; `closes` is the first moment that is outside."""

    opens: dt.datetime
    closes: dt.datetime
    kind: Kind = Kind.STAFFED
    note: str = ""

    def holds(self, moment: dt.datetime) -> bool:
        """Whether `moment` is inside."""
        return self.opens <= moment < self.closes


@dataclass(frozen=True, slots=True)
class DayPlan:
    """What is known about the spans that begin on one day.

    `spans` are certain, in order. `usual` are the weekly hours of a holiday nobody has
    spoken for, only fit to be shown as such; then `confirmed` is False. `closed_reason` is
    a string, perhaps empty, if a deviation keeps the door shut all day, else None.
    """

    day: dt.date
    spans: tuple[Span, ...]
    closed_reason: str | None = None
    holiday: Holiday | None = None
    confirmed: bool = True
    usual: tuple[Span, ...] = ()

    @property
    def door_spans(self) -> tuple[Span, ...]:
        """The certain spans in which one can walk in."""
        return tuple(span for span in self.spans if span.kind.opens_the_door)


def day_spans(hours: Iterable[Hours], deviations: Iterable[Deviation], day: dt.date) -> DayPlan:
    """Return the plan of `day` from weekly hours and deviations, in any order."""
    covering = [deviation for deviation in deviations if deviation.covers(day)]
    shut = min((d for d in covering if d.closed), key=lambda d: d.days, default=None)
    openings = [d for d in covering if not d.closed and (shut is None or d.days < shut.days)]
    extra = [_deviation_span(d, day) for d in openings if d.extra]
    changed = [d for d in openings if not d.extra]
    holiday = holiday_on(day)

    if changed:
        fewest = min(d.days for d in changed)
        regular = [_deviation_span(d, day) for d in changed if d.days == fewest]
        confirmed = holiday is None or fewest <= _LONGEST_WORD_ON_HOLIDAYS
    elif shut is not None:
        regular, confirmed = [], True
    else:
        regular = [
            _span(day, row.opens, row.closes, row.kind, row.note)
            for row in hours
            if row.apply_on(day)
        ]
        confirmed = holiday is None

    spans = _merge([*extra, *regular] if confirmed else extra)
    door_shut = not changed and not any(span.kind.opens_the_door for span in spans)
    reason = shut.reason if shut is not None and door_shut else None
    usual = () if confirmed else _merge(regular)
    return DayPlan(day, spans, reason, holiday, confirmed, usual)


def _deviation_span(deviation: Deviation, day: dt.date) -> Span:
    if deviation.opens is None or deviation.closes is None:
        raise ValueError("an open deviation needs opens and closes")
    return _span(day, deviation.opens, deviation.closes, deviation.kind, deviation.note)


def _span(day: dt.date, opens: dt.time, closes: dt.time, kind: Kind, note: str) -> Span:
    ends_on = day if closes > opens else day + _ONE_DAY
    return Span(
        dt.datetime.combine(day, opens),
        dt.datetime.combine(ends_on, closes),
        kind,
        note,
    )


def _merge(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Join spans of the same kind and note that touch; others stay apart, for display."""
    joined: list[Span] = []
    for span in sorted(spans):
        for place, earlier in enumerate(joined):
            same = (earlier.kind, earlier.note) == (span.kind, span.note)
            if same and span.opens <= earlier.closes:
                closes = max(earlier.closes, span.closes)
                joined[place] = Span(earlier.opens, closes, span.kind, span.note)
                break
        else:
            joined.append(span)
    return tuple(joined)


def plans_between(
    hours: Sequence[Hours],
    deviations: Sequence[Deviation],
    first: dt.date,
    last: dt.date,
) -> tuple[DayPlan, ...]:
    """Return the plan of each day from `first` to `last`, both included."""
    count = (last - first).days + 1
    return tuple(
        day_spans(hours, deviations, first + dt.timedelta(days=ahead)) for ahead in range(count)
    )


def unanswered_holidays(
    deviations: Sequence[Deviation], first: dt.date, last: dt.date
) -> tuple[Holiday, ...]:
    """Return the holidays of the days `first` to `last` that no deviation speaks for.

    For the reminder to the venue: "Hvad gør I i julen?"
    """
    return tuple(
        holiday
        for holiday in holidays_between(first, last)
        if not day_spans((), deviations, holiday.date).confirmed
    )
