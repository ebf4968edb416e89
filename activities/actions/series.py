"""A series gets another time from one of its dates on; what came before stays as it was."""

import datetime as dt
from typing import Any

from django.db import transaction
from wagtail.log_actions import log
from wagtail.models import Revision

from activities.actions.refresh import refresh_activity
from activities.actions.versions import on_every_version
from activities.domain.dates import rule_dates
from activities.domain.rules import RuleError
from activities.log_actions import PLAN_CHANGED, PLAN_UNDONE
from activities.models import ActivityPage, ChangeBatch, Occurrence, PlanChange, Schedule
from activities.models.schedule import new_key
from activities.querysets import OccurrenceQuerySet
from activities.taxonomy import Frequency

COPIED = ("frequency", "weekdays", "weeks", "interval", "nth", "until_on")


@transaction.atomic
def change_from(
    activity: ActivityPage,
    original: dt.datetime,
    *,
    starts: dt.time,
    ends: dt.time,
    by: Any = None,
    now: dt.datetime,
) -> ChangeBatch:
    """Let a series begin and end at other times from the date that starts at `original` on.

    `original` is the naive local start the plan gave. The line of the plan that gives it ends the
    day before, and a new one begins on that day: earlier dates keep their ids, addresses and
    entries in calendars, later ones their ids, and changes of single dates follow. Holds on the
    live page and, separately, in each version that waits; never publishes a draft. Returns what
    `undo_batch` takes back. Raises RuleError (`no_original`) when no line of the live plan gives
    the date.
    """
    page = ActivityPage.objects.select_for_update(of=("self",)).get(pk=activity.pk)
    row = next((row for row in page.schedules.all() if _gives(row, original)), None)
    if row is None:
        raise RuleError("no_original")
    whole = row.first_on >= original.date() or row.frequency == Frequency.ONCE
    change = PlanChange.objects.create(
        activity=page,
        batch=ChangeBatch.objects.create(created_by=by),
        from_on=original.date(),
        starts=starts,
        ends=ends,
        key=row.key,
        new_key="" if whole else new_key(),
        was_starts=row.starts,
        was_ends=row.ends,
        was_until_on=row.until_on,
    )
    on_every_version(page, lambda version: _split(version, change), by)
    data = {"day": str(change.from_on), "batch": change.batch_id}
    log(page, PLAN_CHANGED, user=by, data=data)
    refresh_activity(page.pk, now=now)
    return change.batch


def take_back(change: PlanChange, *, by: Any = None, now: dt.datetime) -> None:
    """Give a line of the plan its old times and end back, in every version that has it.

    A line that was taken away or rewritten meanwhile stays as somebody left it. The caller
    refreshes the activity.
    """
    page = ActivityPage.objects.select_for_update(of=("self",)).get(pk=change.activity_id)
    on_every_version(page, lambda version: _rejoin(version, change, now), by)
    log(page, PLAN_UNDONE, user=by, data={"day": str(change.from_on)})


@transaction.atomic
def catch_up(activity_id: int, *, now: dt.datetime) -> bool:
    """Bring a version just published up to what was decided about the plan since it was written.

    An older draft does not undo a new time, nor bring back one that was taken back; what somebody
    wrote knowing of the act stays (ADR 26). Returns whether something was missing. The caller
    refreshes the activity.
    """
    page = ActivityPage.objects.select_for_update(of=("self",)).get(pk=activity_id)
    known = page.acts_known_at
    missing = False
    for change in page.plan_changes.select_related("batch").order_by("pk"):
        made, undone = change.batch.created_at, change.batch.undone_at
        knew = known is not None and known >= made
        if undone is None and not knew:
            missing |= _split_again(page, change)
        elif undone is not None and (knew or change.new_key) and not (known and known >= undone):
            missing |= _rejoin(page, change, now)
    if missing:
        page.save()
        live = Revision.objects.filter(pk=page.live_revision_id)
        live.update(content=page.serializable_data())
    return missing


def first_of_series(
    activity: ActivityPage, original: dt.datetime, *, now: dt.datetime
) -> dt.datetime:
    """Return the start the plan gives for the next date of the series that `original` is of."""
    row = next((row for row in activity.schedules.all() if _gives(row, original)), None)
    dates: OccurrenceQuerySet = Occurrence.objects.filter(activity=activity)
    coming = [date.original for date in dates.upcoming(now)[:100]]
    return next((start for start in coming if row and _gives(row, start)), original)


def _split(page: ActivityPage, change: PlanChange) -> bool:
    """End a line and put one with the new times after it; say whether the line was there."""
    rows = list(page.schedules.get_object_list())
    row = next((row for row in rows if row.key == change.key), None)
    if row is None:
        return False
    if not change.new_key:  # all of it: the same line, the same calendar entry
        row.starts, row.ends = change.starts, change.ends
    else:
        new = Schedule(
            key=change.new_key,
            first_on=change.from_on,
            starts=change.starts,
            ends=change.ends,
            **{name: getattr(row, name) for name in COPIED},
        )
        row.until_on = change.from_on - dt.timedelta(days=1)
        rows.insert(rows.index(row) + 1, new)
    _put(page, rows, change.batch.created_at)
    return True


def _split_again(page: ActivityPage, change: PlanChange) -> bool:
    """Split a line that is still as it was before the act; rewritten ones stay as they are."""
    by_key = {row.key: row for row in page.schedules.get_object_list()}
    row = by_key.get(change.key)
    if row is None or (row.starts, row.ends) != (change.was_starts, change.was_ends):
        return False
    if not change.new_key or change.new_key not in by_key:
        return _split(page, change)
    if row.until_on != change.was_until_on:
        return False
    row.until_on = change.from_on - dt.timedelta(days=1)
    _put(page, list(by_key.values()), change.batch.created_at)
    return True


def _rejoin(page: ActivityPage, change: PlanChange, now: dt.datetime) -> bool:
    rows = list(page.schedules.get_object_list())
    by_key = {row.key: row for row in rows}
    row = by_key.get(change.key)
    changed = by_key.get(change.new_key or change.key)
    if row is None or changed is None:
        return False
    if (changed.starts, changed.ends) != (change.starts, change.ends):
        return False
    row.starts, row.ends = change.was_starts, change.was_ends
    if changed is not row:
        row.until_on = change.was_until_on
        rows.remove(changed)
    _put(page, rows, now)
    return True


def _put(page: ActivityPage, rows: list[Schedule], known_at: dt.datetime) -> None:
    page.acts_known_at = max(known_at, page.acts_known_at or known_at)
    for place, line in enumerate(rows):
        line.sort_order = place
    page.schedules = rows


def _gives(row: Schedule, original: dt.datetime) -> bool:
    day = original.date()
    return row.starts == original.time() and bool(rule_dates(row.rule(), start=day, end=day))
