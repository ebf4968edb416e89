"""What is asked of the board, the timeline and the figures, read from an address.

A value nobody knows is left out and told of; it is never a server error.
"""

import datetime as dt
from collections.abc import Collection, Mapping
from typing import TypeVar

from django.http import QueryDict
from django.utils.translation import gettext as _

from core.domain.text import clean
from initiatives.board import BoardFilter
from initiatives.domain.board import Mark
from initiatives.taxonomy import Status

Value = TypeVar("Value")

EARLIEST = 2000
FARTHEST = 500  # days
MARKS = {
    "over-frist": Mark.OVERDUE,
    "sen-start": Mark.LATE_START,
    "mangler": Mark.MISSING,
    "gammel": Mark.STALE,
}
STATUSES = {code.value.replace("_", "-"): code for code in Status}


def asked_day(query: QueryDict, today: dt.date) -> tuple[dt.date, list[str]]:
    """Return the day to show, today unless `dag` names an earlier one, and what was wrong."""
    value = query.get("dag", "").strip()
    if not value:
        return today, []
    try:
        day = dt.date.fromisoformat(value)
    except ValueError:
        text = _("We cannot read “%(value)s” as a day, so you see today.")
        return today, [text % {"value": shown(value)}]
    if day > today:
        return today, [_("That day has not come yet, so you see today.")]
    if day.year < EARLIEST:
        return today, [_("There is no board from so long ago, so you see today.")]
    return day, []


def asked_filter(
    query: QueryDict, principles: Collection[int], venues: Collection[str]
) -> tuple[BoardFilter, list[str]]:
    """Return what to leave on the board, and one line for each value that does not exist.

    `principles` are the numbers of the groups, `venues` the address parts of those one may see.
    """
    problems: list[str] = []
    numbers = {str(number): number for number in principles}
    mark = _one(query, "vis", MARKS, problems)
    status = _one(query, "status", STATUSES, problems)
    wanted = BoardFilter(
        principle=_one(query, "gruppe", numbers, problems),
        venue=_one(query, "sted", {slug: slug for slug in venues}, problems) or "",
        status=status.value if status else "",
        mark=mark,
    )
    return wanted, problems


def asked_monday(query: QueryDict, today: dt.date) -> tuple[dt.date, list[str]]:
    """Return the Monday of the week that `fra` names, else this week's, and what was wrong."""
    monday = today - dt.timedelta(days=today.weekday())
    value = query.get("fra", "").strip()
    if not value:
        return monday, []
    try:
        day = dt.date.fromisoformat(value)
    except ValueError:
        text = _("We cannot read “%(value)s” as a day, so you see this week.")
        return monday, [text % {"value": shown(value)}]
    if abs((day - today).days) > FARTHEST:
        return monday, [_("The calendar does not reach that far, so you see this week.")]
    return day - dt.timedelta(days=day.weekday()), []


def asked_one(query: QueryDict, key: str, known: Collection[str], problems: list[str]) -> str:
    """Return the value of `key` if it is one of `known`; "" otherwise, and told of."""
    return _one(query, key, {value: value for value in known}, problems) or ""


def shown(value: str) -> str:
    """Return a visitor's value fit to be shown."""
    plain = clean(value).replace("\n", " ")
    return plain if len(plain) <= 40 else f"{plain[:39]}…"


def _one(
    query: QueryDict, key: str, known: Mapping[str, Value], problems: list[str]
) -> Value | None:
    value = query.get(key, "").strip()
    if value and value not in known:
        problems.append(_("We do not know “%(value)s”.") % {"value": shown(value)})
    return known.get(value)
