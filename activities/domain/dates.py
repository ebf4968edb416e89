"""A rule becomes days, by counting days rather than by a general recurrence engine.

Weeks are ISO weeks and begin on Monday (ISO 8601); even and odd are the numbers printed in Danish
calendars, so 2026-W53 and 2027-W1 are two odd weeks running. "Every n-th week" counts weeks
from the week of `first_on` and knows nothing of their numbers.
"""

import datetime as dt
import itertools
from calendar import monthrange
from collections.abc import Iterable, Iterator

from activities.domain.rules import (
    Break,
    Change,
    ChangeKind,
    Frequency,
    Rule,
    RuleError,
    Weeks,
)

MAX_DATES = 2000
MAX_INTERVAL = 52
OPEN_SPAN = dt.timedelta(days=549)  # 18 months: how far ahead dates of an open rule are stored
FIRST_YEAR, LAST_YEAR = 1970, 2199

_PARITY = {Weeks.EVEN: 0, Weeks.ODD: 1}


def rule_dates(rule: Rule, *, start: dt.date, end: dt.date) -> list[dt.date]:
    """The days on which a rule gives a date, `start` and `end` included, in order.

    Breaks and changes are not looked at. An empty window, or a rule without weekdays, gives [].
    """
    return list(_dates(rule, start, end))


def in_break(day: dt.date, breaks: Iterable[Break]) -> bool:
    """Whether `day` lies in one of the breaks, so that no rule gives anything on it."""
    return any(pause.first_on <= day <= pause.until_on for pause in breaks)


def check_rule(rule: Rule) -> None:
    """Refuse a rule that no editor can have meant.

    Raises RuleError with the codes listed there. A rule with an end may give 2,000 dates from
    first to last; an open one is measured over the 18 months from `first_on`.
    """
    last = rule.first_on if rule.until_on is None else rule.until_on
    if not (FIRST_YEAR <= rule.first_on.year <= LAST_YEAR and last.year <= LAST_YEAR):
        raise RuleError("out_of_range")
    if rule.frequency is Frequency.ONCE:
        return
    if last < rule.first_on:
        raise RuleError("ends_before_start")
    _check_pattern(rule)
    _check_count(rule)


def check_change(change: Change) -> None:
    """Refuse a change that names no date, or that ends before it starts. Raises RuleError."""
    if change.kind is ChangeKind.EXTRA:
        if change.starts is None:
            raise RuleError("no_start")
        if change.ends is None:
            raise RuleError("no_end")
    elif change.original is None:
        raise RuleError("no_original")
    starts = change.starts or change.original
    if starts is not None and change.ends is not None and change.ends <= starts:
        raise RuleError("ends_before_start")


def _check_pattern(rule: Rule) -> None:
    if not rule.weekdays:
        raise RuleError("no_weekday")
    if not all(0 <= weekday <= 6 for weekday in rule.weekdays):
        raise RuleError("bad_weekday")
    if rule.frequency is Frequency.MONTHLY:
        if rule.nth not in (1, 2, 3, 4, -1):
            raise RuleError("bad_nth")
    elif rule.weeks is Weeks.NTH and not 1 <= rule.interval <= MAX_INTERVAL:
        raise RuleError("bad_interval")


def _check_count(rule: Rule) -> None:
    end = rule.first_on + OPEN_SPAN if rule.until_on is None else rule.until_on
    dates = _dates(rule, rule.first_on, end)
    count = sum(1 for _ in itertools.islice(dates, MAX_DATES + 1))
    if count == 0:
        raise RuleError("no_dates")
    if count > MAX_DATES:
        raise RuleError("too_many_dates")


def _dates(rule: Rule, start: dt.date, end: dt.date) -> Iterator[dt.date]:
    if rule.frequency is Frequency.ONCE:
        return iter([rule.first_on] if start <= rule.first_on <= end else [])
    low = max(start, rule.first_on)
    high = end if rule.until_on is None else min(end, rule.until_on)
    if rule.frequency is Frequency.MONTHLY:
        return _monthly(rule, low, high)
    return _weekly(rule, low.toordinal(), high.toordinal())


def _weekly(rule: Rule, low: int, high: int) -> Iterator[dt.date]:
    """Days as ordinals: day 1, and every seventh after it, is a Monday."""
    step = 7 * rule.step
    parity = _PARITY.get(rule.weeks)
    weekdays = sorted(set(rule.weekdays))
    monday = _monday(rule.first_on.toordinal())
    skipped = -(-(_monday(low) - monday) // step)
    for week in range(monday + skipped * step, high + 1, step):
        if parity is not None and dt.date.fromordinal(week).isocalendar().week % 2 != parity:
            continue
        for weekday in weekdays:
            if low <= week + weekday <= high:
                yield dt.date.fromordinal(week + weekday)


def _monthly(rule: Rule, low: dt.date, high: dt.date) -> Iterator[dt.date]:
    first, last = low.year * 12 + low.month - 1, high.year * 12 + high.month - 1
    weekdays = set(rule.weekdays)
    for month in range(first, last + 1):
        days = (_nth_weekday(month // 12, month % 12 + 1, day, rule.nth or 1) for day in weekdays)
        yield from (day for day in sorted(days) if low <= day <= high)


def _monday(ordinal: int) -> int:
    return ordinal - (ordinal - 1) % 7


def _nth_weekday(year: int, month: int, weekday: int, nth: int) -> dt.date:
    first_weekday, days = monthrange(year, month)
    first = 1 + (weekday - first_weekday) % 7
    day = first + 7 * (nth - 1) if nth > 0 else first + 7 * ((days - first) // 7)
    return dt.date(year, month, day)
