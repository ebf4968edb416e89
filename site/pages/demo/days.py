"""Days as the data files write them, counted from the day the demo is loaded for.

`3` is in three days, `-2` the day before yesterday; "friday" is this week's Friday and
"friday +1" next week's; "dec 24" is the coming Christmas Eve, "friday after dec 8" the first
Friday from that day on.
"""

import datetime as dt
import re
from zoneinfo import ZoneInfo

COPENHAGEN = ZoneInfo("Europe/Copenhagen")
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
SHORT_WEEKDAYS = tuple(name[:3] for name in WEEKDAYS)
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
JUST_PAST = dt.timedelta(days=9)

_OF_A_WEEK = re.compile(rf"({'|'.join(WEEKDAYS)})(?: ([+-]\d+))?")
_OF_A_YEAR = re.compile(rf"({'|'.join(MONTHS)}) (\d+)")
_AFTER = re.compile(rf"({'|'.join(WEEKDAYS)}) after (.+)")

Written = int | str


def day(written: Written, today: dt.date) -> dt.date:
    """Return the day that `written` means, seen from `today`. Raises ValueError if unreadable.

    A day of the year may lie up to nine days back, so that Christmas is still this one's
    between Christmas and New Year.
    """
    if isinstance(written, int):
        return today + dt.timedelta(days=written)
    if found := _OF_A_WEEK.fullmatch(written):
        monday = today - dt.timedelta(days=today.weekday())
        weeks = int(found[2] or 0)
        return monday + dt.timedelta(weeks=weeks, days=WEEKDAYS.index(found[1]))
    if found := _AFTER.fullmatch(written):
        start = day(found[2], today)
        return start + dt.timedelta(days=(WEEKDAYS.index(found[1]) - start.weekday()) % 7)
    return _day_of_year(written, today - JUST_PAST)


def span(
    first: Written, last: Written, today: dt.date, *, grace: dt.timedelta = dt.timedelta(0)
) -> tuple[dt.date, dt.date]:
    """Return the first and last day of a stretch that is not over, or for `grace` at most.

    "oct 1" to "mar 31" is the winter we are in, or else the next one.
    """
    if not (isinstance(last, str) and _OF_A_YEAR.fullmatch(last)):
        return day(first, today), day(last, today)
    ends = _day_of_year(last, today - grace)
    if isinstance(first, str) and _OF_A_YEAR.fullmatch(first):
        return _day_of_year(first, ends - dt.timedelta(days=364)), ends
    return day(first, today), ends


def weekdays(written: str) -> list[int]:
    """Return weekday numbers, 0 is Monday: "mon-wed,fri" gives [0, 1, 2, 4]."""
    found: set[int] = set()
    for part in written.split(","):
        first, _, last = part.strip().partition("-")
        start = SHORT_WEEKDAYS.index(first)
        found.update(range(start, SHORT_WEEKDAYS.index(last or first) + 1))
    return sorted(found)


def clock(written: str) -> dt.time:
    """Return the time of "9:30"."""
    hours, minutes = written.split(":")
    return dt.time(int(hours), int(minutes))


def moment(on: dt.date, at: dt.time) -> dt.datetime:
    """Return a local day and time as an aware moment."""
    return dt.datetime.combine(on, at, tzinfo=COPENHAGEN)


def days_ago(count: int, today: dt.date, at: dt.time = dt.time(9)) -> dt.datetime:
    """Return a moment `count` days before `today`; at least one, so that it is in the past."""
    return moment(today - dt.timedelta(days=max(count, 1)), at)


def _day_of_year(written: str, earliest: dt.date) -> dt.date:
    found = _OF_A_YEAR.fullmatch(written)
    if found is None:
        raise ValueError(f"not a day: {written}")
    month = MONTHS.index(found[1]) + 1
    this_year = earliest.replace(month=month, day=int(found[2]))
    return this_year if this_year >= earliest else this_year.replace(year=earliest.year + 1)
