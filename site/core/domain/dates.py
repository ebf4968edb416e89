"""Local time in Denmark and the distance between two days or moments.

The database holds UTC, people read the clock on the wall. Everything here takes the moment
as an argument; how the answers are worded is decided in `core.wording`.
"""

import datetime as dt
import math
from dataclasses import dataclass
from enum import StrEnum
from zoneinfo import ZoneInfo

COPENHAGEN = ZoneInfo("Europe/Copenhagen")

_DAYS_UNTIL_WEEKS = 7
_DAYS_UNTIL_MONTHS = 63
_DAYS_UNTIL_YEARS = 365
_DAYS_A_MONTH = 30.44


class Near(StrEnum):
    """How people name a day seen from another."""

    YESTERDAY = "yesterday"
    TODAY = "today"
    TOMORROW = "tomorrow"
    THIS_WEEK = "this_week"
    OTHER = "other"


class Unit(StrEnum):
    """The unit in which a distance is told."""

    MINUTE = "minute"
    HOUR = "hour"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class Distance:
    """A whole number of one unit: 3 weeks, 50 minutes."""

    count: int
    unit: Unit


def local_time(moment: dt.datetime) -> dt.datetime:
    """Return the wall time in Denmark, without zone, of an aware `moment`.

    Raises ValueError if `moment` is naive: a guess would be an hour or two wrong.
    """
    return _aware(moment).astimezone(COPENHAGEN).replace(tzinfo=None, fold=0)


def local_day(moment: dt.datetime) -> dt.date:
    """Return the date in Denmark of an aware `moment`. Raises ValueError if naive."""
    return _aware(moment).astimezone(COPENHAGEN).date()


def instant(local: dt.datetime, *, after: dt.datetime | None = None) -> dt.datetime:
    """Return the UTC moment of a Danish wall time.

    A wall time that the clock skips in spring means the moment an hour later on the wall.
    One that it shows twice in autumn means the first, unless that is not later than the
    aware moment `after`. Raises ValueError if `local` is aware or `after` naive.
    """
    if local.tzinfo is not None:
        raise ValueError("A wall time has no time zone")
    first, second = (
        local.replace(tzinfo=COPENHAGEN, fold=fold).astimezone(dt.UTC) for fold in (0, 1)
    )
    if after is not None and first <= _aware(after) and second > first:
        return second
    return first


def day_bounds(day: dt.date) -> tuple[dt.datetime, dt.datetime]:
    """Return the UTC moments at which the Danish `day` begins and ends (23 to 25 hours)."""
    midnight = dt.datetime.combine(day, dt.time())
    return instant(midnight), instant(midnight + dt.timedelta(days=1))


def near(day: dt.date, today: dt.date) -> Near:
    """Return how people name `day` when it is `today`: tomorrow, on Thursday, or by date.

    The coming six days have a weekday to themselves; the seventh has today's.
    """
    ahead = (day - today).days
    named = {-1: Near.YESTERDAY, 0: Near.TODAY, 1: Near.TOMORROW}
    if ahead in named:
        return named[ahead]
    return Near.THIS_WEEK if 1 < ahead < 7 else Near.OTHER


def age(day: dt.date, today: dt.date) -> Distance:
    """Return how long ago `day` was in the largest unit that still says something.

    Days below a week, weeks below nine, months below a year. A day in the future counts as
    today: a clock that is a little wrong must not make "confirmed in 1 day".
    """
    days = max((today - day).days, 0)
    if days < _DAYS_UNTIL_WEEKS:
        return Distance(days, Unit.DAY)
    if days < _DAYS_UNTIL_MONTHS:
        return Distance(days // 7, Unit.WEEK)
    if days < _DAYS_UNTIL_YEARS:
        return Distance(int(days / _DAYS_A_MONTH), Unit.MONTH)
    return Distance(days // _DAYS_UNTIL_YEARS, Unit.YEAR)


def until(moment: dt.datetime, now: dt.datetime) -> Distance:
    """Return how long it is from `now` to `moment`, in minutes or hours.

    Started minutes count as whole; from an hour on, whole hours are told. Both moments are
    aware, or both wall times. A moment that has passed is 0 minutes away.
    """
    minutes = max(math.ceil((moment - now).total_seconds() / 60), 0)
    if minutes < 60:
        return Distance(minutes, Unit.MINUTE)
    return Distance(minutes // 60, Unit.HOUR)


def _aware(moment: dt.datetime) -> dt.datetime:
    if moment.tzinfo is None:
        raise ValueError("A moment must have a time zone")
    return moment
