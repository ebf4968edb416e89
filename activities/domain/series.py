"""A rule becomes the few forms of RRULE that every calendar program reads alike.

Outlook knows weekly rules with BYDAY and INTERVAL and monthly ones with a single ordinal BYDAY; it
does not know BYWEEKNO, and nothing is said with COUNT or RDATE (MS-OXCICAL). So a rule of even or
odd weeks is cut into series of every second week wherever a year of 53 weeks breaks the rhythm.
"""

import datetime as dt
import itertools
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal, TypedDict

from activities.domain.dates import rule_dates
from activities.domain.rules import Frequency, Rule, Weeks

DAY_CODES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


class Recurrence(TypedDict):
    """The parts of an RRULE. Weeks begin on Monday, which is RFC 5545's own default."""

    freq: Literal["WEEKLY", "MONTHLY"]
    interval: int
    byday: list[str]  # ["TU", "TH"], or one with an ordinal: ["2TU"], ["-1FR"]
    until: dt.date | None  # the last date there is, inclusive; None goes on


@dataclass(frozen=True, slots=True)
class Segment:
    """One VEVENT of a rule. Its dates begin at `first`; without `rrule` that is the only one.

    `key` is "" for a rule in one piece, the weekday ("th") for monthly rules, and for even and odd
    weeks the ISO year in which the unbroken rhythm starts ("2027"). It depends on neither
    `first_on` nor the horizon, so a UID made from it stays.
    """

    key: str
    first: dt.date
    rrule: Recurrence | None

    def covers(self, day: dt.date) -> bool:
        """Whether a date the rule gives on `day` belongs to this segment."""
        if self.rrule is None:
            return day == self.first
        until = self.rrule["until"]
        if day < self.first or (until is not None and day > until):
            return False
        return any(code.endswith(DAY_CODES[day.weekday()]) for code in self.rrule["byday"])


def segments(rule: Rule, *, horizon: dt.date) -> list[Segment]:
    """The series that together give exactly the rule's dates, as far as `horizon` at least.

    Only series that have begun by `horizon` are given. What they say beyond it is right too: an
    open rule stays open, and a series of even or odd weeks ends with its rhythm, however far off.
    """
    if rule.frequency is Frequency.MONTHLY:
        return _per_weekday(rule, horizon)
    if rule.frequency is Frequency.WEEKLY and rule.weeks in (Weeks.EVEN, Weeks.ODD):
        return _per_rhythm(rule, horizon)
    segment = _segment("", rule, horizon)
    return [segment] if segment else []


def _per_weekday(rule: Rule, horizon: dt.date) -> list[Segment]:
    found = (
        _segment(DAY_CODES[weekday].lower(), replace(rule, weekdays=(weekday,)), horizon)
        for weekday in sorted(set(rule.weekdays))
    )
    return [segment for segment in found if segment]


def _per_rhythm(rule: Rule, horizon: dt.date) -> list[Segment]:
    found = []
    for start, end in _rhythms(rule.first_on, horizon):
        piece = replace(
            rule,
            first_on=max(rule.first_on, start),
            until_on=end if rule.until_on is None else min(rule.until_on, end),
        )
        segment = _segment(str(start.isocalendar().year), piece, horizon)
        if segment:
            found.append(segment)
    return found


def _rhythms(first: dt.date, last: dt.date) -> Iterator[tuple[dt.date, dt.date]]:
    """Spans of whole ISO years in which even and odd weeks take turns without a slip."""
    year = first.isocalendar().year
    start = next(year for year in itertools.count(year, -1) if _has_53_weeks(year - 1))
    while (begins := dt.date.fromisocalendar(start, 1, 1)) <= last:
        end = next(year for year in itertools.count(start) if _has_53_weeks(year))
        yield begins, dt.date.fromisocalendar(end, 53, 7)
        start = end + 1


def _has_53_weeks(year: int) -> bool:
    """28 December is always in the last week of its ISO year."""
    return dt.date(year, 12, 28).isocalendar().week == 53


def _segment(key: str, rule: Rule, horizon: dt.date) -> Segment | None:
    reach = _reach(rule)
    soon = rule_dates(rule, start=rule.first_on, end=min(horizon, rule.first_on + reach))
    if not soon:
        return None
    if rule.frequency is Frequency.ONCE:
        return Segment(key, soon[0], None)
    until = None
    if rule.until_on is not None:
        until = rule_dates(rule, start=rule.until_on - reach, end=rule.until_on)[-1]
    if until == soon[0]:
        return Segment(key, soon[0], None)
    return Segment(key, soon[0], _recurrence(rule, until))


def _reach(rule: Rule) -> dt.timedelta:
    """A stretch of days in which the rule gives at least one date, wherever it lies."""
    if rule.frequency is Frequency.MONTHLY:
        return dt.timedelta(days=62)
    return dt.timedelta(weeks=1 + _interval(rule))


def _interval(rule: Rule) -> int:
    return 2 if rule.weeks in (Weeks.EVEN, Weeks.ODD) else rule.step


def _recurrence(rule: Rule, until: dt.date | None) -> Recurrence:
    codes = [DAY_CODES[weekday] for weekday in sorted(set(rule.weekdays))]
    if rule.frequency is Frequency.MONTHLY:
        byday = [f"{rule.nth}{code}" for code in codes]
        return {"freq": "MONTHLY", "interval": 1, "byday": byday, "until": until}
    return {"freq": "WEEKLY", "interval": _interval(rule), "byday": codes, "until": until}
