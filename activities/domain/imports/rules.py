"""Foreign RRULEs: which of them are taken, and on what days they fall.

RFC 5545 allows rules that run for hours or never give a date. Here a rule is refused by its text
before anything is counted, and counting stops at the end of the window whatever the rule says.
"""

import calendar
import datetime as dt
import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from activities.domain.imports.values import Problem

MAX_INTERVAL = 1_000
MAX_COUNT = 10_000
FIRST_YEAR = 1900  # nothing repeats from before that, but mistakes do

_OFTEN = frozenset(("SECONDLY", "MINUTELY", "HOURLY"))
_FREQUENCIES = frozenset(("DAILY", "WEEKLY", "MONTHLY", "YEARLY"))
_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_BYDAY = re.compile(r"([+-]?\d{1,2})?(MO|TU|WE|TH|FR|SA|SU)\Z")
_NUMBER = re.compile(r"[+-]?\d{1,3}\Z")
_RANGES = {"BYMONTH": 12, "BYMONTHDAY": 31, "BYYEARDAY": 366, "BYWEEKNO": 53, "BYSETPOS": 366}
_TIMES = {"BYHOUR": 23, "BYMINUTE": 59, "BYSECOND": 59}
_LISTED = 400
_MONTHS_A_YEAR = 12
_UNTIL = re.compile(r"(\d{8})(?:T(\d{6})(Z?))?\Z")
_DAY_END = dt.time(23, 59, 59)


class Clock(Protocol):
    """What tells the wall time of an aware moment."""

    def wall(self, moment: dt.datetime) -> dt.datetime:
        """The naive wall time. Raises OverflowError at the ends of the calendar."""


class RuleProblem(ValueError):
    """A rule that is not taken; `detail` is the part of it that decided."""

    def __init__(self, code: Problem, detail: str) -> None:
        super().__init__(code)
        self.code = code
        self.detail = detail[:60]


@dataclass(frozen=True, slots=True)
class ForeignRule:
    """One RRULE or EXRULE that is fit to be counted."""

    freq: str
    interval: int = 1
    count: int | None = None
    until: str = ""
    week_start: int = 0
    weekdays: tuple[tuple[int, int], ...] = ()  # (nth or 0, weekday)
    months: frozenset[int] = frozenset()
    month_days: frozenset[int] = frozenset()
    year_days: frozenset[int] = frozenset()
    weeks: frozenset[int] = frozenset()
    positions: tuple[int, ...] = ()
    hour: int | None = None
    minute: int | None = None
    second: int | None = None

    def last_wall(self, zone: "Clock", *, all_day: bool, in_utc: bool) -> dt.datetime | None:
        """The last naive wall time the rule may give; None goes on.

        UNTIL should be of the kind of DTSTART (RFC 5545 section 3.3.10) and often is not. A day
        is all of it, but in a series in UTC, which no person writes, its first moment. A moment
        for whole days is the Danish day if it is midnight there, as Exchange writes it.
        """
        match = _UNTIL.match(self.until)
        if not match:
            return None
        wall = _until_moment(match)
        if not match[2]:
            return wall if in_utc else dt.datetime.combine(wall, _DAY_END)
        if not match[3]:
            return wall
        moved = zone.wall(wall.replace(tzinfo=dt.UTC))
        return moved if not all_day or moved.time() == dt.time() else wall

    def walls(
        self,
        start: dt.datetime,
        begin: dt.datetime,
        end: dt.datetime,
        last: dt.datetime | None,
        *,
        alone: bool = True,
    ) -> Iterator[dt.datetime]:
        """The naive wall times from `begin` to `end`, both included, and not after `last`.

        Where the rule is the only one, the first date is `start` even if the rule would not give
        it, and it counts (RFC 5545 section 3.8.5.3).
        """
        if last is not None:
            end = min(end, last)
        given = self._counted(start, begin, end, alone)
        return (wall for wall in given if begin <= wall <= end)

    def _counted(
        self, start: dt.datetime, begin: dt.datetime, end: dt.datetime, alone: bool
    ) -> Iterator[dt.datetime]:
        begin = start if self.count is not None else max(begin, start)
        walls: Iterator[dt.datetime]
        if alone:
            later = (wall for wall in self._open(start, begin, end) if wall > start)
            walls = itertools.chain([start], later)
        else:
            walls = (wall for wall in self._open(start, begin, end) if wall >= start)
        return itertools.islice(walls, self.count)

    def _open(
        self, start: dt.datetime, begin: dt.datetime, end: dt.datetime
    ) -> Iterator[dt.datetime]:
        clock = dt.time(
            start.hour if self.hour is None else self.hour,
            start.minute if self.minute is None else self.minute,
            start.second if self.second is None else self.second,
        )
        pinned = self._pinned(start.date())
        for days in _periods(self, start.date(), begin.date(), end.date()):
            fitting = [day for day in days if pinned.fits(day)]
            for day in self._chosen(fitting):
                yield dt.datetime.combine(day, clock)

    def _chosen(self, days: list[dt.date]) -> list[dt.date]:
        if not self.positions:
            return days
        indexes = {place - 1 if place > 0 else len(days) + place for place in self.positions}
        return [day for index, day in enumerate(days) if index in indexes]

    def _pinned(self, start: dt.date) -> "_Filter":
        """What the rule leaves open is taken from the first date."""
        weekdays, months, month_days = self.weekdays, self.months, self.month_days
        if not (weekdays or month_days or self.year_days):
            if self.freq == "WEEKLY" or (self.freq == "YEARLY" and self.weeks):
                weekdays = ((0, start.weekday()),)
            elif self.freq == "MONTHLY" or (self.freq == "YEARLY" and months):
                month_days = frozenset((start.day,))
            elif self.freq == "YEARLY":
                months, month_days = frozenset((start.month,)), frozenset((start.day,))
        nth = {"MONTHLY": "month", "YEARLY": "month" if months else "year"}.get(self.freq, "")
        return _Filter(weekdays, nth, months, month_days, self.year_days, self.weeks)


@dataclass(frozen=True, slots=True)
class _Filter:
    """What a day must be like. `nth` says in what the first Monday is counted, if at all."""

    weekdays: tuple[tuple[int, int], ...]
    nth: str
    months: frozenset[int]
    month_days: frozenset[int]
    year_days: frozenset[int]
    weeks: frozenset[int]

    def fits(self, day: dt.date) -> bool:
        return (
            (not self.months or day.month in self.months)
            and (not self.weekdays or self._weekday(day))
            and (not self.month_days or self._month_day(day))
            and (not self.year_days or self._year_day(day))
            and (not self.weeks or self._week(day))
        )

    def _weekday(self, day: dt.date) -> bool:
        weekday = day.weekday()
        return any(
            weekday == wanted and (not nth or not self.nth or self._is_nth(day, nth))
            for nth, wanted in self.weekdays
        )

    def _is_nth(self, day: dt.date, nth: int) -> bool:
        if self.nth == "month":
            number, length = day.day, calendar.monthrange(day.year, day.month)[1]
        else:
            number, length = day.timetuple().tm_yday, _year_length(day)
        if nth > 0:
            return (number - 1) // 7 + 1 == nth
        return (length - number) // 7 + 1 == -nth

    def _month_day(self, day: dt.date) -> bool:
        length = calendar.monthrange(day.year, day.month)[1]
        return day.day in self.month_days or day.day - length - 1 in self.month_days

    def _year_day(self, day: dt.date) -> bool:
        number = day.timetuple().tm_yday
        return number in self.year_days or number - _year_length(day) - 1 in self.year_days

    def _week(self, day: dt.date) -> bool:
        year, week, _ = day.isocalendar()
        weeks = dt.date(year, 12, 28).isocalendar()[1]
        return week in self.weeks or week - weeks - 1 in self.weeks


def _until_moment(match: re.Match[str]) -> dt.datetime:
    """The naive moment written; 24.00 and a leap second are the last second of that day."""
    day = dt.datetime.combine(dt.date.fromisoformat(match[1]), dt.time())
    clock = min(int(match[2] or 0), 235959)
    return day.replace(
        hour=clock // 10000, minute=min(clock // 100 % 100, 59), second=min(clock % 100, 59)
    )


def _periods(
    rule: ForeignRule, start: dt.date, begin: dt.date, end: dt.date
) -> Iterator[Iterator[dt.date]]:
    """The days of every year, month, week or day in use that may reach into the window."""
    if rule.freq in ("YEARLY", "MONTHLY"):
        size = _MONTHS_A_YEAR if rule.freq == "YEARLY" else 1
        step = rule.interval * size
        month = _month_number(start) // size * size
        month += max((_month_number(begin) - month) // step, 0) * step
        while month <= _month_number(end):
            yield _days(_month_start(month), _month_start(month + size))
            month += step
        return
    size = 7 if rule.freq == "WEEKLY" else 1
    step = rule.interval * size
    number = start.toordinal()
    if rule.freq == "WEEKLY":
        number -= (start.weekday() - rule.week_start) % 7
    number += max((begin.toordinal() - number) // step, 0) * step
    while number <= end.toordinal():
        yield (dt.date.fromordinal(each) for each in range(number, number + size))
        number += step


def _days(start: dt.date, end: dt.date) -> Iterator[dt.date]:
    return map(dt.date.fromordinal, range(start.toordinal(), end.toordinal()))


def _month_number(day: dt.date) -> int:
    return day.year * _MONTHS_A_YEAR + day.month - 1


def _month_start(number: int) -> dt.date:
    return dt.date(number // _MONTHS_A_YEAR, number % _MONTHS_A_YEAR + 1, 1)


def _year_length(day: dt.date) -> int:
    return 366 if calendar.isleap(day.year) else 365


def read_rule(text: str) -> ForeignRule:
    """The rule in an RRULE's value. Raises RuleProblem when it is not taken."""
    parts = _parts(text)
    freq = parts.pop("FREQ", "")
    if freq in _OFTEN:
        raise RuleProblem(Problem.RULE_TOO_OFTEN, freq)
    if freq not in _FREQUENCIES:
        raise RuleProblem(Problem.RULE_UNKNOWN, f"FREQ={freq}")
    times = {name: _single(parts.pop(name, ""), name) for name in _TIMES}
    numbers = {name: _numbers(parts.pop(name, ""), name) for name in _RANGES}
    rule = ForeignRule(
        freq=freq,
        interval=_bounded(parts.pop("INTERVAL", "1"), MAX_INTERVAL, "INTERVAL"),
        count=_bounded(parts.pop("COUNT"), MAX_COUNT, "COUNT") if "COUNT" in parts else None,
        until=_until(parts.pop("UNTIL")) if "UNTIL" in parts else "",
        week_start=_week_start(parts.pop("WKST", "MO")),
        weekdays=tuple(_weekday(each) for each in _listed(parts.pop("BYDAY", ""), "BYDAY")),
        months=frozenset(numbers["BYMONTH"]),
        month_days=frozenset(numbers["BYMONTHDAY"]),
        year_days=frozenset(numbers["BYYEARDAY"]),
        weeks=frozenset(numbers["BYWEEKNO"]),
        positions=tuple(numbers["BYSETPOS"]),
        hour=times["BYHOUR"],
        minute=times["BYMINUTE"],
        second=times["BYSECOND"],
    )
    if parts:
        raise RuleProblem(Problem.RULE_UNKNOWN, next(iter(parts)))
    return rule


def _parts(text: str) -> dict[str, str]:
    """NAME=value of a rule. Exchange writes spaces in between; they mean nothing."""
    parts = {}
    for part in re.sub(r"\s+", "", text).upper().split(";"):
        name, _, value = part.partition("=")
        if name and (value or name in ("UNTIL", "COUNT", "INTERVAL")):
            parts[name] = value
    return parts


def _bounded(value: str, most: int, name: str) -> int:
    if not value.isdecimal():
        raise RuleProblem(Problem.RULE_UNKNOWN, f"{name}={value}")
    if len(value) > len(str(most)) or not 1 <= int(value) <= most:
        raise RuleProblem(Problem.RULE_OUT_OF_RANGE, f"{name}={value}")
    return int(value)


def _until(value: str) -> str:
    match = _UNTIL.match(value)
    if not match:
        raise RuleProblem(Problem.RULE_UNKNOWN, f"UNTIL={value}")
    try:
        dt.date.fromisoformat(match[1])
    except ValueError:
        raise RuleProblem(Problem.RULE_UNKNOWN, f"UNTIL={value}") from None
    return value


def _listed(value: str, name: str) -> list[str]:
    values = [each for each in value.split(",") if each]
    if len(values) > _LISTED:
        raise RuleProblem(Problem.RULE_OUT_OF_RANGE, name)
    return values


def _numbers(value: str, name: str) -> list[int]:
    numbers = []
    for each in _listed(value, name):
        if not _NUMBER.match(each) or not 1 <= abs(int(each)) <= _RANGES[name]:
            raise RuleProblem(Problem.RULE_UNKNOWN, f"{name}={each}")
        numbers.append(int(each))
    return numbers


def _single(value: str, name: str) -> int | None:
    """The only hour, minute or second; several of them are several times a day."""
    values = _listed(value, name)
    if not values:
        return None
    if len(values) > 1:
        raise RuleProblem(Problem.RULE_TOO_OFTEN, name)
    if not values[0].isdecimal() or int(values[0][:4]) > _TIMES[name]:
        raise RuleProblem(Problem.RULE_UNKNOWN, f"{name}={values[0]}")
    return int(values[0])


def _weekday(value: str) -> tuple[int, int]:
    match = _BYDAY.match(value)
    if not match:
        raise RuleProblem(Problem.RULE_UNKNOWN, f"BYDAY={value}")
    return int(match[1] or 0), _WEEKDAYS.index(match[2])


def _week_start(value: str) -> int:
    return _WEEKDAYS.index(value) if value in _WEEKDAYS else 0
