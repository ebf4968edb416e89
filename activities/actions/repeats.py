"""Single dates of one week made again in another."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from wagtail.log_actions import log

from activities.actions.refresh import refresh_activity
from activities.domain.recurrence import local_to_utc
from activities.log_actions import CHANGE_RECORDED
from activities.models import ActivityPage, ChangeBatch, Occurrence, OccurrenceChange, Schedule
from activities.querysets import OccurrenceQuerySet
from activities.taxonomy import ChangeKind, Frequency, OccurrenceStatus
from core.domain.dates import local_time

WEEK = dt.timedelta(days=7)


def single_dates(venue_id: int, monday: dt.date) -> list[Occurrence]:
    """Return a venue's dates in the week of `monday` that no series gives, soonest first.

    Extra dates, and those of a plan of single days. Cancelled ones are left out.
    """
    found: OccurrenceQuerySet = Occurrence.objects.filter(venue=venue_id).taking_place()
    dates = list(found.on_days(monday, monday + dt.timedelta(days=6)).with_pages())
    once = Schedule.objects.filter(
        activity__in={date.activity_id for date in dates}, frequency=Frequency.ONCE
    )
    planned = {(row.activity_id, row.first_on, row.starts) for row in once}
    return [
        date
        for date in dates
        if date.status == OccurrenceStatus.EXTRA
        or (date.activity_id, date.original.date(), date.original.time()) in planned
    ]


def has_it(date: Occurrence, weeks: int) -> bool:
    """Whether the activity has a date at the same time `weeks` later, even a cancelled one."""
    starts = local_to_utc(local_time(date.starts_at) + weeks * WEEK)
    return Occurrence.objects.filter(activity=date.activity_id, starts_at=starts).exists()


@transaction.atomic
def repeat_dates(
    dates: Iterable[Occurrence], weeks: int, *, by: Any = None, now: dt.datetime
) -> ChangeBatch | None:
    """Add the same dates `weeks` later as extra ones, in one act; None when there is none to add.

    Dates that exist already, and those that would lie in the past, are left out.
    """
    chosen = [date for date in dates if not has_it(date, weeks)]
    chosen = [date for date in chosen if local_to_utc(_later(date.ends_at, weeks)) > now]
    if not chosen:
        return None
    batch = ChangeBatch.objects.create(created_by=by)
    for date in chosen:
        row = _extra(date, weeks, batch, by)
        day = str(row.starts_on)
        data = {"change": row.pk, "kind": row.kind, "day": day, "batch": batch.pk}
        log(date.activity, CHANGE_RECORDED, user=by, data=data)
    for activity in ActivityPage.objects.filter(pk__in={date.activity_id for date in chosen}):
        refresh_activity(activity.pk, now=now)
    return batch


def _extra(date: Occurrence, weeks: int, batch: ChangeBatch, by: Any) -> OccurrenceChange:
    starts, ends = _later(date.starts_at, weeks), _later(date.ends_at, weeks)
    return OccurrenceChange.objects.create(
        activity_id=date.activity_id,
        kind=ChangeKind.EXTRA,
        starts_on=starts.date(),
        starts_at=starts.time(),
        ends_at=ends.time(),
        place=date.place,
        batch=batch,
        created_by=by,
    )


def _later(moment: dt.datetime, weeks: int) -> dt.datetime:
    return local_time(moment) + weeks * WEEK
