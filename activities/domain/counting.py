"""When people may be counted, and from when a month's figures hold.

A date can be counted from its beginning until two weeks after its day. A month is closed when its
last date cannot be counted any more: only then are its figures told, because a figure that grows
from one day to the next gives away how few came in between.
"""

import datetime as dt

COUNT_DAYS = 14
MOST_PEOPLE = 999


def may_count(starts: dt.datetime, now: dt.datetime) -> bool:
    """Whether a date that starts at `starts` can be counted at `now`; both naive local."""
    return starts <= now and now.date() <= last_day(starts.date())


def last_day(day: dt.date) -> dt.date:
    """Return the last day on which a date that took place on `day` can be counted."""
    return day + dt.timedelta(days=COUNT_DAYS)


def first_day(today: dt.date) -> dt.date:
    """Return the first day whose dates can still be counted on `today`."""
    return today - dt.timedelta(days=COUNT_DAYS)


def is_closed(month: dt.date, today: dt.date) -> bool:
    """Whether no date of the month that holds the day `month` can be counted on `today`."""
    return next_month(month) <= first_day(today)


def next_month(day: dt.date) -> dt.date:
    """Return the first day of the month after the one that holds `day`."""
    return dt.date(day.year + day.month // 12, day.month % 12 + 1, 1)
