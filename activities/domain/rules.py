"""What an editor chose about time, and what came of it, as plain values.

Everything here is naive local wall time in Europe/Copenhagen: a rule that says 19.00 means 19.00
all year round. UTC is only reached through `recurrence.local_to_utc`.
"""

import datetime as dt
import enum
from dataclasses import dataclass


class Frequency(enum.StrEnum):
    """How a rule repeats."""

    ONCE = "once"
    WEEKLY = "weekly"
    MONTHLY = "monthly"


class Weeks(enum.StrEnum):
    """Which weeks a weekly rule uses."""

    EVERY = "every"
    EVEN = "even"  # even ISO week numbers
    ODD = "odd"  # odd ISO week numbers
    NTH = "interval"  # every `interval` weeks, counted from the ISO week of `first_on`


class ChangeKind(enum.StrEnum):
    """What somebody did to one date."""

    CANCELLED = "cancelled"
    MOVED = "moved"
    EXTRA = "extra"
    NOTE = "note"


class Status(enum.StrEnum):
    """What holds for one date."""

    PLANNED = "planned"
    CANCELLED = "cancelled"
    MOVED = "moved"
    EXTRA = "extra"


class RuleError(ValueError):
    """A rule or a change that cannot be used; `code` says why, for a message beside the field.

    Codes of rules: `out_of_range`, `ends_before_start`, `no_weekday`, `bad_weekday`,
    `bad_interval`, `bad_nth`, `no_dates`, `too_many_dates`.
    Codes of changes: `no_original`, `no_start`, `no_end`, `ends_before_start`.
    """

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Rule:
    """One row of a schedule.

    `interval` counts only where `weeks` is `NTH`, `nth` only where `frequency` is `MONTHLY`;
    `ONCE` uses nothing but `first_on` and the times.
    """

    key: str  # stable name of the schedule row, part of the calendar UID
    frequency: Frequency
    starts: dt.time
    ends: dt.time  # at or before `starts` means the next day: 20.00-8.00, and 10.00-10.00 is a day
    first_on: dt.date
    until_on: dt.date | None = None  # inclusive; None goes on until somebody stops it
    weekdays: tuple[int, ...] = ()  # 0 Monday .. 6 Sunday, sorted
    weeks: Weeks = Weeks.EVERY
    interval: int = 1
    nth: int | None = None  # 1..4, or -1 for the last such weekday of the month

    @property
    def length(self) -> dt.timedelta:
        """How long one date lasts on the wall clock, more than nothing and at most a day."""
        day = dt.date.min
        length = dt.datetime.combine(day, self.ends) - dt.datetime.combine(day, self.starts)
        return length if length > dt.timedelta(0) else length + dt.timedelta(days=1)

    @property
    def step(self) -> int:
        """Weeks from one week in use to the next; of even or odd weeks nothing is said here."""
        return max(self.interval, 1) if self.weeks is Weeks.NTH else 1


@dataclass(frozen=True, slots=True)
class Break:
    """Days on which the rules give nothing, both ends included. Nobody is told of it."""

    first_on: dt.date
    until_on: dt.date


@dataclass(frozen=True, slots=True)
class Change:
    """What somebody did to one date. People who knew of the date must be told."""

    kind: ChangeKind
    original: dt.datetime | None  # the start the rule gave; None only for EXTRA
    starts: dt.datetime | None = None  # for MOVED (None keeps the start) and EXTRA
    ends: dt.datetime | None = None  # for MOVED (None keeps the length) and EXTRA
    reason: str = ""
    note: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class Slot:
    """One date of an activity, for ever known by its `original`."""

    rule_key: str  # "" for extra dates
    original: dt.datetime  # the start by the rule, RECURRENCE-ID; for extra dates their own start
    starts: dt.datetime  # what really holds
    ends: dt.datetime
    status: Status
    reason: str = ""
    note: str = ""
    place: str = ""
