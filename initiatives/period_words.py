"""Periods in words, and the one that an address asks for."""

import datetime as dt

from django.http import QueryDict
from django.utils.translation import gettext as _

from initiatives.board_filters import shown
from initiatives.domain.periods import Period, Rhythm, periods_back, read_period

YEARS_OFFERED, PARTS_OFFERED = 3, 6


def period_text(period: Period) -> str:
    """Return `2026`, `1. halvår 2026` or `4. kvartal 2026`."""
    words = {"number": period.number, "year": period.first.year}
    if period.rhythm is Rhythm.HALF:
        return _("half-year %(number)d, %(year)d") % words
    if period.rhythm is Rhythm.QUARTER:
        return _("quarter %(number)d, %(year)d") % words
    return str(period.first.year)


def offered_periods(today: dt.date) -> list[Period]:
    """Return the years, halves and quarters one may choose from, newest first of each."""
    counts = {
        Rhythm.YEAR: YEARS_OFFERED,
        Rhythm.HALF: PARTS_OFFERED,
        Rhythm.QUARTER: PARTS_OFFERED,
    }
    return [
        period for rhythm, count in counts.items() for period in periods_back(today, rhythm, count)
    ]


def asked_period(query: QueryDict, today: dt.date) -> tuple[Period, list[str]]:
    """Return the period that `periode` names, this year unless told, and what was wrong."""
    this_year = next(periods_back(today, Rhythm.YEAR, 1))
    code = query.get("periode", "").strip()
    if not code:
        return this_year, []
    period = read_period(code)
    if period is None:
        text = _("We do not know the period “%(value)s”, so you see this year.")
        return this_year, [text % {"value": shown(code)}]
    if period.first > today:
        return this_year, [_("That period has not begun yet, so you see this year.")]
    return period, []
