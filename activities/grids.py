"""The calendar's week and month as tables: a few dates a cell, and the way to the rest.

Each cell asks an index for its first dates only, all cells in one query, so that a month costs
the same however much happens in it.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db.models import Q
from django.utils.dates import WEEKDAYS
from django.utils.text import capfirst
from django.utils.translation import gettext

from activities.cards import date_anchor, public_path, site_root
from activities.taxonomy import OccurrenceStatus
from core.domain.dates import day_bounds, instant, local_time
from core.domain.weeks import iso_week, month_grid
from core.wording import column_time, date_text, day_month, weekday

if TYPE_CHECKING:
    from activities.querysets import OccurrenceQuerySet

MOST_IN_PART = 4
MOST_IN_DAY = 3
PART_ENDS = (dt.time(10), dt.time(12), dt.time(17))
DAY = dt.timedelta(days=1)
CHANGES = (OccurrenceStatus.CANCELLED, OccurrenceStatus.MOVED)

Url = Callable[[dt.date], str]
Stretch = tuple[dt.datetime, dt.datetime]


class Line(NamedTuple):
    """One date in a cell, as `components/grid_item.html` asks for it."""

    starts: dt.datetime
    time: str
    title: str
    url: str
    change_kind: str | None


def week_rows(
    found: "OccurrenceQuerySet", monday: dt.date, today: dt.date, day_url: Url
) -> list[dict[str, Any]]:
    """Return the rows of `components/week_table.html`: days down, parts of the day across."""
    days = [monday + number * DAY for number in range(7)]
    stretches = {day: parts_of(day) for day in days}
    lines = first_lines(found, [part for day in days for part in stretches[day]], MOST_IN_PART)
    labels = part_labels()
    return [
        {
            "title": capfirst(weekday(day)),
            "date_text": day_month(day),
            "url": day_url(day),
            "is_today": day == today,
            "cells": [
                _cell(lines[part], MOST_IN_PART) | {"label": label, "more_url": day_url(day)}
                for part, label in zip(stretches[day], labels, strict=True)
            ],
        }
        for day in days
    ]


def month_weeks(
    found: "OccurrenceQuerySet",
    month: dt.date,
    today: dt.date,
    counts: dict[dt.date, int],
    day_url: Url,
    week_url: Url,
) -> list[dict[str, Any]]:
    """Return the weeks of `components/month_table.html` for the month that holds `month`."""
    weeks = month_grid(month.year, month.month)
    bounds = {day: day_bounds(day) for week in weeks for day in week}
    lines = first_lines(found, bounds.values(), MOST_IN_DAY)

    def cell(day: dt.date) -> dict[str, Any]:
        items = lines[bounds[day]][:MOST_IN_DAY]
        return {
            "date": day,
            "label": date_text(day, year=False),
            "in_month": day.month == month.month,
            "is_today": day == today,
            "url": day_url(day),
            "items": items,
            "more": max(counts.get(day, 0) - len(items), 0),
        }

    return [
        {
            "number": iso_week(week[0])[1],
            "url": week_url(week[0]),
            "days": [cell(day) for day in week],
        }
        for week in weeks
    ]


def first_lines(
    found: "OccurrenceQuerySet", stretches: Iterable[Stretch], most: int
) -> dict[Stretch, list[Line]]:
    """Return the first dates that begin in each stretch, one more than `most`. One query."""
    wanted = list(stretches)
    chosen = Q()
    for begins, ends in wanted:
        within = found.filter(starts_at__gte=begins, starts_at__lt=ends)
        chosen |= Q(pk__in=within.order_by("starts_at", "pk").values("pk")[: most + 1])
    rows = (
        found.model._default_manager.filter(chosen)
        .order_by("starts_at", "pk")
        .values_list("starts_at", "local_date", "status", "activity__title", "activity__url_path")
    )
    return _sorted_into(rows, wanted)


def parts_of(day: dt.date) -> tuple[Stretch, ...]:
    """Return morning, forenoon, afternoon and evening of a day as UTC stretches."""
    begins, ends = day_bounds(day)
    cuts = [instant(dt.datetime.combine(day, time)) for time in PART_ENDS]
    return tuple(zip([begins, *cuts], [*cuts, ends], strict=True))


def part_labels() -> list[str]:
    """Return the names of the parts of a day, as `parts_of` has them."""
    return [
        gettext("Morning"),
        gettext("Forenoon"),
        gettext("Afternoon"),
        gettext("Evening and night"),
    ]


def weekday_names() -> list[str]:
    return [str(WEEKDAYS[number]) for number in range(7)]


def _sorted_into(
    rows: Iterable[tuple[dt.datetime, dt.date, str, str, str]], stretches: Sequence[Stretch]
) -> dict[Stretch, list[Line]]:
    root = site_root()
    ordered = sorted(stretches)
    lines: dict[Stretch, list[Line]] = defaultdict(list)
    place = 0
    for starts, day, status, title, url_path in rows:
        while ordered[place][1] <= starts:
            place += 1
        url = f"{public_path(url_path, root)}#{date_anchor(day)}"
        kind = status if status in CHANGES else None
        time = column_time(local_time(starts).time())
        lines[ordered[place]].append(Line(starts, time, title, url, kind))
    return lines


def _cell(lines: list[Line], most: int) -> dict[str, Any]:
    return {"items": lines[:most], "more": len(lines) > most}
