"""Dates of one's own venues that can be counted: which are, and which still wait."""

import datetime as dt
from dataclasses import dataclass

from activities.domain.counting import first_day
from activities.models import HeadCount, Occurrence
from activities.operating import operated_activities
from core.domain.dates import local_time
from core.wording import relative_moment
from directory.permissions import Rights


@dataclass(frozen=True, slots=True)
class Countable:
    """One date that has begun, when that was in words, and its count if there is one."""

    date: Occurrence
    when: str
    count: HeadCount | None


def countable_dates(rights: Rights, venue_id: int, *, now: dt.datetime) -> list[Countable]:
    """Return the venue's dates of the last two weeks that have begun, newest first.

    Cancelled dates are left out, and those that belong to another venue. `now` is aware.
    """
    today = local_time(now).date()
    dates = Occurrence.objects.filter(venue=venue_id, starts_at__lte=now).taking_place()
    found = list(dates.on_days(first_day(today), today).with_pages().order_by("-starts_at", "pk"))
    operated = operated_activities(
        rights, {row.activity_id: row.activity for row in found}.values()
    )
    counts = standing_counts(found)
    return [
        Countable(
            row,
            relative_moment(local_time(row.starts_at), today),
            counts.get((row.activity_id, row.recurrence_id)),
        )
        for row in found
        if row.activity_id in operated
    ]


def standing_counts(dates: list[Occurrence]) -> dict[tuple[int, str], HeadCount]:
    """Return the counts that stand for some dates, by activity and planned start. One query."""
    days = [row.local_date for row in dates]
    if not days:
        return {}
    rows = HeadCount.objects.standing().filter(activity__in={row.activity_id for row in dates})
    rows = rows.on_days(min(days), max(days))
    return {(row.activity_id or 0, row.recurrence_id): row for row in rows}
