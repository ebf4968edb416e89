"""What somebody decides about single dates, and taking it back."""

import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Q
from wagtail.log_actions import log

from activities.actions.refresh import extra_name, recurrence_id, refresh_activity
from activities.domain.recurrence import SECOND, check_change
from activities.domain.rules import Change, RuleError
from activities.domain.rules import ChangeKind as RuleChangeKind
from activities.log_actions import CHANGE_RECORDED, CHANGE_UNDONE, FREE_PLACES
from activities.models import ActivityPage, ChangeBatch, Occurrence, OccurrenceChange
from activities.taxonomy import ChangeKind
from core.models import ContentVersion

if TYPE_CHECKING:
    from django.db.models import QuerySet


@transaction.atomic
def record_change(
    activity: ActivityPage,
    kind: str,
    *,
    original: dt.datetime | None = None,
    starts: dt.datetime | None = None,
    ends: dt.datetime | None = None,
    place: str = "",
    reason: str = "",
    note: str = "",
    by: Any = None,
    via: str = "",
    now: dt.datetime,
) -> OccurrenceChange:
    """Cancel, move or note one date, or add an extra one; the public sees it at once.

    `original` is the naive local start the plan gave (`Occurrence.original`), None for an extra
    date; `starts` and `ends` are naive local too, needed to move and to add. A date may carry
    one change of each kind: a new one takes the place of the old, which stays in the log as
    undone. So does an extra date that is added again after it was cancelled. `by` may be None for
    what the system does itself; `via` names the shared device that it was done on, for the
    history.

    Raises RuleError with a code of `domain.rules` when the date does not exist (`no_original`) or
    the new times cannot be.
    """
    _check(activity, kind, original, starts, ends, place, reason, note)
    if original is not None:
        same = activity.changes.filter(
            kind=kind, original_on=original.date(), original_at=original.time()
        )
        same.filter(undone_at__isnull=True).update(undone_at=now, undone_by=by)
    elif starts is not None:
        _same_extra(activity, starts).update(undone_at=now, undone_by=by)
    row = OccurrenceChange.objects.create(
        activity=activity,
        kind=kind,
        original_on=original.date() if original else None,
        original_at=original.time() if original else None,
        starts_on=starts.date() if starts else None,
        starts_at=starts.time() if starts else None,
        ends_at=ends.time() if ends else None,
        place=place,
        reason=reason,
        note=note,
        created_by=by,
    )
    _log(row, CHANGE_RECORDED, by, via)
    refresh_activity(activity.pk, now=now)
    return row


@transaction.atomic
def cancel_dates(
    activity: ActivityPage,
    originals: Iterable[dt.datetime],
    *,
    reason: str = "",
    batch: ChangeBatch | None = None,
    by: Any = None,
    now: dt.datetime,
) -> list[OccurrenceChange]:
    """Cancel several dates of one activity at once, for a closed period; one refresh.

    `originals` are naive local starts the plan gave. Dates that are cancelled already keep
    their change; the others belong to `batch`, if given, and are taken back with it. Raises
    RuleError (`no_original`) if one of them does not exist.
    """
    cancelled = activity.changes.filter(undone_at__isnull=True, kind=ChangeKind.CANCELLED)
    known = set(cancelled.values_list("original_on", "original_at"))
    rows = []
    for original in originals:
        if (original.date(), original.time()) in known:
            continue
        _check(activity, ChangeKind.CANCELLED, original, None, None, "", reason, "")
        rows.append(
            OccurrenceChange(
                activity=activity,
                kind=ChangeKind.CANCELLED,
                original_on=original.date(),
                original_at=original.time(),
                reason=reason,
                batch=batch,
                created_by=by,
            )
        )
    OccurrenceChange.objects.bulk_create(rows)
    for row in rows:
        _log(row, CHANGE_RECORDED, by)
    refresh_activity(activity.pk, now=now)
    return rows


@transaction.atomic
def undo_change(
    change: OccurrenceChange, *, by: Any = None, via: str = "", now: dt.datetime
) -> bool:
    """Take a change back, so that the plan holds again; return whether it was still in force."""
    undone = OccurrenceChange.objects.filter(pk=change.pk, undone_at__isnull=True).update(
        undone_at=now, undone_by=by
    )
    if not undone:
        return False
    change.refresh_from_db()
    _log(change, CHANGE_UNDONE, by, via)
    refresh_activity(change.activity_id, now=now)
    return True


@transaction.atomic
def count_free_places(date: Occurrence, step: int, *, by: Any = None, now: dt.datetime) -> int:
    """Add `step` (1 or -1) to the free places of a date; return how many there are now.

    Never below none, nor above the activity's places. A date nobody has counted starts full of
    free places. A counter, never names.
    """
    places = date.activity.seats or 0
    row = Occurrence.objects.select_for_update().get(pk=date.pk)
    free = places if row.free_seats is None else row.free_seats
    free = min(max(free + step, 0), places)
    Occurrence.objects.filter(pk=date.pk).update(free_seats=free)
    ContentVersion.bump(now=now)
    day = str(row.local_date)
    log(date.activity, FREE_PLACES, user=by, data={"day": day, "places": free})
    return free


def _same_extra(activity: ActivityPage, starts: dt.datetime) -> "QuerySet[OccurrenceChange]":
    """Return an extra date at the same start that somebody adds again, and its cancellation."""
    standing: QuerySet[OccurrenceChange] = activity.changes.filter(undone_at__isnull=True)
    at = {"starts_on": starts.date(), "starts_at": starts.time()}
    older = Q(kind=ChangeKind.EXTRA, **at)
    if not standing.filter(older).exists():
        return standing.none()
    dates = Occurrence.objects.filter(
        activity=activity, recurrence_id=recurrence_id(starts + SECOND)
    )
    name = extra_name(starts, [date.original for date in dates])
    cancelled = Q(kind=ChangeKind.CANCELLED, original_on=name.date(), original_at=name.time())
    return standing.filter(older | cancelled)


def _check(
    activity: ActivityPage,
    kind: str,
    original: dt.datetime | None,
    starts: dt.datetime | None,
    ends: dt.datetime | None,
    *words: str,
) -> None:
    place, reason, note = words
    change = Change(RuleChangeKind(kind), original, starts, ends, reason, note, place)
    check_change(change)
    if kind == ChangeKind.MOVED and starts is None:
        raise RuleError("no_start")
    if kind == ChangeKind.MOVED and ends is None:
        raise RuleError("no_end")
    if (
        original is not None
        and not Occurrence.objects.filter(
            activity=activity, recurrence_id=recurrence_id(original)
        ).exists()
    ):
        raise RuleError("no_original")


def _log(row: OccurrenceChange, action: str, by: Any, via: str = "") -> None:
    told = {"kind": row.kind, "day": str(row.original_on or row.starts_on), "reason": row.reason}
    more = {"batch": row.batch_id, "via": via}
    data = told | {"change": row.pk} | {name: value for name, value in more.items() if value}
    log(instance=row.activity, action=action, user=by, data=data)
