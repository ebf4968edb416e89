"""When the week's programme leaves: at one wall time a week, for the days from Monday to Sunday."""

import datetime as dt

from core.domain.dates import instant, local_day

WEEK = dt.timedelta(days=7)
SUNDAY = 6
# A worker that was away sends late, but not a programme of which a day is gone.
PATIENCE = dt.timedelta(hours=18)


def due_at(monday: dt.date, weekday: int, at: dt.time) -> dt.datetime:
    """Return the UTC moment at which the programme of the week from `monday` leaves.

    `weekday` is 0 for Monday to 6 for Sunday: the last such day before the week begins, or its
    own Monday. `at` is wall time.
    """
    day = monday - dt.timedelta(days=(7 - weekday) % 7)
    return instant(dt.datetime.combine(day, at))


def week_to_send(now: dt.datetime, weekday: int, at: dt.time) -> dt.date | None:
    """Return the Monday of the week whose programme should be on its way at `now`, or None."""
    for monday in _mondays(now):
        leaves = due_at(monday, weekday, at)
        if leaves <= now < leaves + PATIENCE:
            return monday
    return None


def coming_week(now: dt.datetime, weekday: int, at: dt.time) -> dt.date:
    """Return the Monday of the week whose programme leaves next after `now`."""
    return next(monday for monday in _mondays(now) if due_at(monday, weekday, at) > now)


def _mondays(now: dt.datetime) -> list[dt.date]:
    today = local_day(now)
    this_week = today - dt.timedelta(days=today.weekday())
    return [this_week, this_week + WEEK, this_week + 2 * WEEK]
