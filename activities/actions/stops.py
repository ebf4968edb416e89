"""What is decided about many dates in one act, and taken back in one act."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import Q
from wagtail.log_actions import log

from activities.actions.changes import cancel_dates
from activities.actions.refresh import horizon_of, local_day, refresh_activity
from activities.actions.series import take_back
from activities.domain.recurrence import local_to_utc
from activities.domain.rules import RuleError
from activities.log_actions import CHANGE_UNDONE, STOP_UNDONE, STOPPED
from activities.models import (
    ActivityPage,
    ActivityStop,
    ChangeBatch,
    Occurrence,
    OccurrenceChange,
)
from activities.querysets import OccurrenceQuerySet
from activities.taxonomy import OccurrenceStatus
from core.domain.dates import local_time
from directory.actions import end_exception, record_exception, remove_exception
from directory.models import OpeningException, VenuePage


@transaction.atomic
def stop_activity(
    activity: ActivityPage,
    begins: dt.datetime,
    *,
    reason: str = "",
    by: Any = None,
    now: dt.datetime,
) -> ChangeBatch:
    """Let an activity take place no more from the naive local start `begins` on.

    Its dates from there on are shown as cancelled until they are past, as far ahead as dates were
    promised; the nightly horizon adds none. Extra dates known by now are cancelled too. An earlier
    stop that holds is replaced, and holds again when this one is taken back. Raises RuleError:
    `no_dates` when nothing is to come from there.
    """
    coming = _coming(activity, now).filter(starts_at__gte=local_to_utc(begins))
    if not coming.taking_place().exists():
        raise RuleError("no_dates")
    batch = ChangeBatch.objects.create(created_by=by)
    replaced = list(activity.stops.filter(undone_at__isnull=True))
    for older in replaced:
        _take_back(older, by, now)
    extras = coming.filter(status=OccurrenceStatus.EXTRA)
    cancel_dates(activity, originals(extras), reason=reason, batch=batch, by=by, now=now)
    stop = ActivityStop.objects.create(
        activity=activity,
        batch=batch,
        from_on=begins.date(),
        from_at=begins.time(),
        shown_until=horizon_of(now),
        reason=reason,
        created_by=by,
    )
    activity.stops.filter(pk__in=[older.pk for older in replaced]).update(replaced_by=stop)
    _log(activity, STOPPED, by, day=begins.date(), reason=reason, batch=batch.pk)
    refresh_activity(activity.pk, now=now)
    return batch


@transaction.atomic
def close_venue(
    venue: VenuePage,
    dates: Iterable[Occurrence],
    *,
    first_on: dt.date,
    until_on: dt.date,
    reason: str,
    note: str = "",
    by: Any = None,
    now: dt.datetime,
) -> ChangeBatch:
    """Close `venue` on the local days `first_on` to `until_on` and cancel `dates` in one act.

    `reason` is an ExceptionReason. Raises ValidationError, by field, when the days do not fit.
    """
    closure = record_exception(
        venue, first_on=first_on, until_on=until_on, reason=reason, note=note, by=by
    )
    return cancel_for_closure(closure, dates, by=by, now=now)


@transaction.atomic
def cancel_for_closure(
    closure: OpeningException, dates: Iterable[Occurrence], *, by: Any = None, now: dt.datetime
) -> ChangeBatch:
    """Cancel `dates` because a venue is closed; taking the batch back opens the venue again.

    The reason told is the closure's note, or else its reason in words.
    """
    batch = ChangeBatch.objects.create(closure=closure, created_by=by)
    told = closure.note or str(closure.get_reason_display())
    by_activity: dict[int, list[Occurrence]] = {}
    for date in dates:
        by_activity.setdefault(date.activity_id, []).append(date)
    for activity in ActivityPage.objects.filter(pk__in=by_activity):
        starts = originals(by_activity[activity.pk])
        cancel_dates(activity, starts, reason=told, batch=batch, by=by, now=now)
    return batch


def dates_while_closed(
    venue_id: int, first_on: dt.date, until_on: dt.date, *, now: dt.datetime
) -> OccurrenceQuerySet:
    """Return a venue's dates on the local days of a closed period that would take place."""
    dates: OccurrenceQuerySet = Occurrence.objects.for_venue(venue_id)
    dates = dates.on_days(first_on, until_on).taking_place().filter(ends_at__gt=now)
    return dates.with_pages()


@transaction.atomic
def undo_batch(batch: ChangeBatch, *, by: Any = None, now: dt.datetime) -> bool:
    """Take back everything that was decided in one act; return whether it was still in force.

    What has passed stays as it was told: a day on which nobody came is not made to have taken
    place. Closed days that have begun end yesterday.
    """
    undone = ChangeBatch.objects.filter(pk=batch.pk, undone_at__isnull=True).update(
        undone_at=now, undone_by=by
    )
    if not undone:
        return False
    today = local_day(now)
    concerned = set()
    for stop in batch.stops.filter(undone_at__isnull=True).select_related("activity"):
        _take_back(stop, by, now)
        _bring_back(stop, by)
        concerned.add(stop.activity_id)
    ahead = Q(original_on__gte=today) | Q(original_on__isnull=True, starts_on__gte=today)
    rows = batch.changes.filter(ahead, undone_at__isnull=True)
    for row in list(rows.select_related("activity")):
        OccurrenceChange.objects.filter(pk=row.pk).update(undone_at=now, undone_by=by)
        day = row.original_on or row.starts_on or today
        _log(row.activity, CHANGE_UNDONE, by, day=day, kind=row.kind, reason=row.reason)
        concerned.add(row.activity_id)
    for plan in batch.plan_changes.all():
        take_back(plan, by=by, now=now)
        concerned.add(plan.activity_id)
    if batch.closure is not None:
        _reopen(batch.closure, today, by)
    for activity_id in sorted(concerned):
        refresh_activity(activity_id, now=now)
    return True


def originals(dates: Iterable[Occurrence]) -> list[dt.datetime]:
    """Return the naive local starts that the plan gave for stored dates."""
    return [date.original for date in dates]


def next_start(activity: ActivityPage, *, now: dt.datetime) -> dt.datetime | None:
    """Return the naive local start of the next date that is not over, for "all of them"."""
    first = _coming(activity, now).taking_place().first()
    return local_time(first.starts_at) if first else None


def _coming(activity: ActivityPage, now: dt.datetime) -> OccurrenceQuerySet:
    dates: OccurrenceQuerySet = Occurrence.objects.filter(activity=activity)
    return dates.upcoming(now)


def _take_back(stop: ActivityStop, by: Any, now: dt.datetime) -> None:
    stop.undone_at, stop.undone_by = now, by
    stop.resumed_on = max(stop.from_on, local_day(now))
    stop.save(update_fields=["undone_at", "undone_by", "resumed_on"])
    _log(stop.activity, STOP_UNDONE, by, day=stop.from_on, reason=stop.reason)


def _bring_back(newer: ActivityStop, by: Any) -> None:
    """Let the stop that `newer` replaced hold again, unless it was taken back itself."""
    older = ActivityStop.objects.filter(replaced_by=newer, batch__undone_at__isnull=True)
    for stop in older.select_related("activity"):
        stop.undone_at = stop.undone_by = stop.resumed_on = stop.replaced_by = None
        stop.save(update_fields=["undone_at", "undone_by", "resumed_on", "replaced_by"])
        told = {"reason": stop.reason, "batch": stop.batch_id}
        _log(stop.activity, STOPPED, by, day=stop.from_on, **told)


def _reopen(closure: OpeningException, today: dt.date, by: Any) -> None:
    if closure.first_on >= today:
        remove_exception(closure, by=by)
    elif closure.until_on >= today:
        end_exception(closure, until_on=today - dt.timedelta(days=1), by=by)


def _log(activity: ActivityPage, action: str, by: Any, *, day: dt.date, **data: Any) -> None:
    log(instance=activity, action=action, user=by, data={**data, "day": str(day)})
