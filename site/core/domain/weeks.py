"""Weeks and months as addresses name them: `2026-W48` and `2026-12`.

Weeks are ISO weeks (Monday first, the first week holds 4 January), so a week may belong to
another year than its days: 1 January 2027 lies in week 53 of 2026.
"""

import datetime as dt
import re

_WEEK = re.compile(r"([0-9]{4})-[Ww]([0-9]{1,2})")
_MONTH = re.compile(r"([0-9]{4})-([0-9]{1,2})")


def iso_week(day: dt.date) -> tuple[int, int]:
    """Return (ISO year, ISO week) of `day`."""
    year, week, _weekday = day.isocalendar()
    return year, week


def week_range(year: int, week: int) -> tuple[dt.date, dt.date]:
    """Return (Monday, Sunday) of ISO week `week` in ISO year `year`.

    Raises ValueError if that year has no such week.
    """
    try:
        monday = dt.date.fromisocalendar(year, week, 1)
        return monday, monday + dt.timedelta(days=6)
    except OverflowError as error:
        raise ValueError(f"No such week: {year}-W{week}") from error


def parse_week(text: str) -> tuple[int, int]:
    """Read `2026-W48` as (2026, 48). Raises ValueError for anything else."""
    match = _WEEK.fullmatch(text.strip())
    if match is None:
        raise ValueError(f"Not a week: {text!r}")
    year, week = int(match[1]), int(match[2])
    week_range(year, week)
    return year, week


def parse_month(text: str) -> tuple[int, int]:
    """Read `2026-12` as (2026, 12). Raises ValueError for anything else."""
    match = _MONTH.fullmatch(text.strip())
    if match is None:
        raise ValueError(f"Not a month: {text!r}")
    year, month = int(match[1]), int(match[2])
    month_range(year, month)
    return year, month


def format_week(year: int, week: int) -> str:
    """Write (2026, 48) as `2026-W48`, the form that `parse_week` reads."""
    return f"{year:04d}-W{week:02d}"


def format_month(year: int, month: int) -> str:
    """Write (2026, 12) as `2026-12`, the form that `parse_month` reads."""
    return f"{year:04d}-{month:02d}"


def month_range(year: int, month: int) -> tuple[dt.date, dt.date]:
    """Return (first, last) day of the month. Raises ValueError if there is no such month."""
    try:
        first = dt.date(year, month, 1)
        following = (first + dt.timedelta(days=31)).replace(day=1)
    except OverflowError as error:
        raise ValueError(f"No such month: {year}-{month}") from error
    return first, following - dt.timedelta(days=1)


def shift_week(year: int, week: int, by: int) -> tuple[int, int]:
    """Return the ISO week `by` weeks later (earlier if negative). Raises ValueError."""
    monday, _sunday = week_range(year, week)
    try:
        return iso_week(monday + dt.timedelta(weeks=by))
    except OverflowError as error:
        raise ValueError("The week is out of range") from error


def shift_month(year: int, month: int, by: int) -> tuple[int, int]:
    """Return the month `by` months later (earlier if negative). Raises ValueError."""
    month_range(year, month)
    shifted_year, index = divmod(year * 12 + month - 1 + by, 12)
    month_range(shifted_year, index + 1)
    return shifted_year, index + 1


def month_grid(year: int, month: int) -> tuple[tuple[dt.date, ...], ...]:
    """Return the whole weeks, Monday first, that hold a day of the month.

    Each week is seven dates; those at the edges belong to the months beside.
    Raises ValueError if there is no such month.
    """
    first, last = month_range(year, month)
    try:
        monday = first - dt.timedelta(days=first.weekday())
        weeks = ((last - monday).days // 7) + 1
        return tuple(
            tuple(monday + dt.timedelta(days=7 * row + column) for column in range(7))
            for row in range(weeks)
        )
    except OverflowError as error:
        raise ValueError(f"No whole weeks around {year}-{month}") from error
