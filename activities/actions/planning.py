"""What the hosts of a shared event write on its internal planning sheet, and take back."""

import datetime as dt
import json
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from wagtail.log_actions import log

from activities.actions.refresh import refresh_activity
from activities.actions.versions import on_every_version
from activities.log_actions import OPEN_SET, PLANNED, PLANNING_UNDONE
from activities.models import (
    ActivityPage,
    PlanningChange,
    PlanningSheet,
    PlanningTask,
    SharedCost,
    VenueSeats,
)
from directory.models import VenuePage

Row = PlanningSheet | PlanningTask | VenueSeats | SharedCost
Facts = dict[str, Any]

PARTS: dict[str, type[Row]] = {
    "sheet": PlanningSheet,
    "task": PlanningTask,
    "seats": VenueSeats,
    "cost": SharedCost,
}
NAMES = {model: part for part, model in PARTS.items()}
SAME_COUNT = dt.timedelta(minutes=10)


class PlanningError(ValueError):
    """A change that cannot be taken back; `code` is `changed_since` or `undone`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def sheet_of(activity: ActivityPage) -> PlanningSheet:
    """Return the activity's planning sheet, an empty one if nobody has written on it yet."""
    sheet: PlanningSheet = PlanningSheet.objects.get_or_create(activity=activity)[0]
    return sheet


@transaction.atomic
def save_on_sheet(row: Row, *, by: Any = None, now: dt.datetime) -> PlanningChange | None:
    """Store a new or changed row of a sheet; return what was noted, None without a change."""
    sheet = _locked(row)
    before = facts(type(row).objects.get(pk=row.pk)) if row.pk else None
    row.save()
    after = facts(row)
    if before is None:
        before = after | _absent(row)
    return _noted(sheet, row, before, after, by, now) if before != after else None


@transaction.atomic
def remove_from_sheet(
    row: PlanningTask | SharedCost, *, by: Any = None, now: dt.datetime
) -> PlanningChange | None:
    """Take a task or a cost off its sheet. It stays stored, for whoever takes that back."""
    row.removed = True
    return save_on_sheet(row, by=by, now=now)


@transaction.atomic
def mark_task(
    task: PlanningTask, *, done: bool, by: Any = None, now: dt.datetime
) -> PlanningChange | None:
    """Note that a task is done, or that it is not after all."""
    if done == (task.done_at is not None):
        return None
    task.done_at = now if done else None
    return save_on_sheet(task, by=by, now=now)


@transaction.atomic
def count_taken(
    seats: VenueSeats, step: int, *, by: Any = None, now: dt.datetime
) -> PlanningChange | None:
    """Count one place more or fewer as taken: never below none or above what the venue has.

    What one person counts within ten minutes is one change.
    """
    sheet = _locked(seats)
    row = VenueSeats.objects.get(pk=seats.pk)
    taken = max(0, (row.taken or 0) + step)
    row.taken = min(taken, row.seats) if row.seats is not None else taken
    last = sheet.changes.first()
    change = save_on_sheet(row, by=by, now=now)
    if change is None or last is None or not _continues(last, change):
        return change
    last.after, last.words, last.changed_at = change.after, change.words, now
    change.delete()
    last.save(update_fields=["after", "words", "changed_at"])
    return last


@transaction.atomic
def undo_on_sheet(change: PlanningChange, *, by: Any = None, now: dt.datetime) -> None:
    """Put a row back as it was before `change`.

    Raises PlanningError: `undone` when that was done already, `changed_since` when somebody has
    changed the row again.
    """
    sheet = PlanningSheet.objects.select_for_update().get(pk=change.sheet_id)
    change.refresh_from_db()
    if change.undone_at is not None:
        raise PlanningError("undone")
    row = PARTS[change.part].objects.filter(pk=change.row_id).first()
    if row is None or facts(row) != change.after:
        raise PlanningError("changed_since")
    for name, value in _still_there(change.before).items():
        setattr(row, name, value)
    row.save()
    change.undone_at, change.undone_by = now, by
    change.save(update_fields=["undone_at", "undone_by"])
    data = {"act": change.act, "words": change.words}
    log(instance=sheet.activity, action=PLANNING_UNDONE, user=by, data=data)


@transaction.atomic
def hand_over_planning(venue: VenuePage, successor: VenuePage) -> None:
    """Let `successor` answer for what a merged venue had on planning sheets.

    Where both counted places the merged venue's numbers stay beside the successor's.
    """
    for model in (PlanningTask, SharedCost):
        model.objects.filter(venue=venue).update(venue=successor)
    counted = VenueSeats.objects.filter(venue=successor)
    VenueSeats.objects.filter(venue=venue).exclude(sheet__in=counted.values("sheet")).update(
        venue=successor
    )


@transaction.atomic
def set_open_to_public(
    activity: ActivityPage, value: bool, *, by: Any = None, now: dt.datetime
) -> bool:
    """Say whether everybody is welcome, on the live page and in each version that waits.

    Never publishes a draft. Returns whether something changed.
    """
    page: ActivityPage = ActivityPage.objects.select_for_update(of=("self",)).get(pk=activity.pk)
    changed: list[bool] = []

    def change(version: ActivityPage) -> bool:
        differs = bool(version.open_to_public != value)
        version.open_to_public = value
        changed.append(differs)
        return differs

    on_every_version(page, change, by)
    if any(changed):
        log(instance=page, action=OPEN_SET, user=by, data={"open": value})
        refresh_activity(page.pk, now=now)
    return any(changed)


def facts(row: Row) -> Facts:
    """Return what a row says, as it is kept in a change: JSON's own kinds of values."""
    found: Facts = json.loads(
        json.dumps({name: getattr(row, name) for name in row.FACTS}, cls=DjangoJSONEncoder)
    )
    return found


def _locked(row: Row) -> PlanningSheet:
    pk = row.pk if isinstance(row, PlanningSheet) else row.sheet_id
    sheet: PlanningSheet = PlanningSheet.objects.select_for_update().get(pk=pk)
    return sheet


def _still_there(before: Facts) -> Facts:
    """What a row said, without a venue that has been deleted since."""
    venue_id = before.get("venue_id")
    if venue_id is None or VenuePage.objects.filter(pk=venue_id).exists():
        return before
    return before | {"venue_id": None}


def _absent(row: Row) -> Facts:
    """What makes a new row as if it were not there."""
    if isinstance(row, PlanningTask | SharedCost):
        return {"removed": True}
    return dict.fromkeys(VenueSeats.FACTS)


def _noted(
    sheet: PlanningSheet, row: Row, before: Facts, after: Facts, by: Any, now: dt.datetime
) -> PlanningChange:
    act, words = _told(row, before, after)
    change: PlanningChange = PlanningChange.objects.create(
        sheet=sheet,
        part=NAMES[type(row)],
        row_id=row.pk,
        act=act,
        words=words,
        before=before,
        after=after,
        changed_at=now,
        changed_by=by,
    )
    log(instance=sheet.activity, action=PLANNED, user=by, data={"act": act, "words": words})
    return change


def _told(row: Row, before: Facts, after: Facts) -> tuple[str, str]:
    """Return a code for what was done, and the words that belong to it."""
    if isinstance(row, PlanningSheet):
        return ("learned" if before["learned"] != after["learned"] else "transport"), ""
    if isinstance(row, VenueSeats):
        came = before["participants"] != after["participants"]
        return ("participants" if came else "seats"), row.venue.title[:200]
    words = str(row)[:200]
    name = NAMES[type(row)]
    if before["removed"] != after["removed"]:
        return f"{name}_{'removed' if after['removed'] else 'added'}", words
    if isinstance(row, PlanningTask) and before["done_at"] != after["done_at"]:
        return ("task_done" if after["done_at"] else "task_open"), words
    return f"{name}_changed", words


def _continues(last: PlanningChange, change: PlanningChange) -> bool:
    """Whether somebody goes on counting the same places."""
    same = (last.part, last.row_id, last.act) == (change.part, change.row_id, change.act)
    theirs = last.changed_by_id is not None and last.changed_by_id == change.changed_by_id
    soon = change.changed_at - last.changed_at <= SAME_COUNT
    return same and theirs and soon and last.undone_at is None and last.after == change.before
