"""Taking back an act from the log: whether it still holds, and how it is undone.

What somebody has changed since is not taken down with it: then it is said, and nothing happens.
"""

import datetime as dt
from collections.abc import Callable, Iterable
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext as _
from wagtail.models import ModelLogEntry, PageLogEntry

from activities import log_actions as acts
from activities.actions import undo_batch, undo_change, withdraw_count
from activities.actions.making import changed_since, take_back_making
from activities.actions.verification import withdraw_verification
from activities.change_done import not_to_undo
from activities.models import (
    ActivityPage,
    ActivityVerification,
    ChangeBatch,
    HeadCount,
    OccurrenceChange,
)
from core.domain.dates import local_time
from directory import actions as venue_acts
from directory.models import Notice, OpeningException, VenueVerification
from directory.permissions import Rights

# What an entry of each act points at: the word in its data, and the rows.
POINTS_AT: dict[str, tuple[str, type[models.Model]]] = {
    acts.CHANGE_RECORDED: ("change", OccurrenceChange),
    acts.STOPPED: ("batch", ChangeBatch),
    acts.PLAN_CHANGED: ("batch", ChangeBatch),
    acts.VERIFIED: ("verification", ActivityVerification),
    acts.HEADS_COUNTED: ("count", HeadCount),
    acts.MADE: ("revision", ActivityPage),
    venue_acts.EXCEPTION_RECORDED: ("exception", OpeningException),
    venue_acts.NOTICE_PUBLISHED: ("notice", Notice),
    venue_acts.VENUE_VERIFIED: ("verification", VenueVerification),
}
UNDOABLE = frozenset(POINTS_AT)


class CannotUndo(Exception):
    """The act does not hold any more, or was changed since; the message tells a person so."""


def holding(entries: Iterable[PageLogEntry], *, now: dt.datetime) -> set[int]:
    """Return the ids of those entries whose act still holds. One query for each kind of act."""
    by_action: dict[str, list[PageLogEntry]] = {}
    for entry in entries:
        if entry.action in UNDOABLE:
            by_action.setdefault(entry.action, []).append(entry)
    found: set[int] = set()
    for action, some in by_action.items():
        rows = _rows(action, some)
        found.update(entry.pk for entry in some if _holds(rows.get(_key(entry)), now))
    return found


def of_others(entries: Iterable[PageLogEntry], rights: Rights) -> set[int]:
    """Return the ids of those entries that only another venue's people take back.

    A shared event's date that fell away because its main host closed, or was repeated with the
    rest of that host's week, goes back together with all that was decided in that act. Some six
    queries.
    """
    by_batch: dict[int, list[int]] = {}
    for entry in entries:
        if batch := entry.data.get("batch"):
            by_batch.setdefault(int(batch), []).append(entry.pk)
    standing = ChangeBatch.objects.filter(pk__in=by_batch, undone_at__isnull=True)
    others = not_to_undo(rights, standing)
    return {pk for batch in others for pk in by_batch[batch]}


@transaction.atomic
def undo(entry: PageLogEntry, *, by: Any, now: dt.datetime) -> None:
    """Take back the act an entry tells of.

    Raises CannotUndo, with what to tell the person, when it does not hold any more or somebody
    has changed it since; then nothing is touched.
    """
    row = _rows(entry.action, [entry]).get(_key(entry)) if entry.action in UNDOABLE else None
    if row is None or not _holds(row, now):
        raise CannotUndo(
            _("It has been taken back or changed already. Nothing else has been changed.")
        )
    if _changed_since(entry, row):
        raise CannotUndo(
            _("Somebody has changed it since. Nothing has been taken back. Change it where it is.")
        )
    try:
        UNDO[type(row)](row, by=by, now=now)
    except ValidationError as error:
        raise CannotUndo(" ".join(error.messages)) from error


def _key(entry: PageLogEntry) -> int:
    """The row an entry is about. A new activity is about its page, not about its version."""
    if entry.action == acts.MADE:
        return int(entry.page_id)
    return int(entry.data.get(POINTS_AT[entry.action][0]) or 0)


def _rows(action: str, entries: Iterable[PageLogEntry]) -> dict[int, Any]:
    model = POINTS_AT[action][1]
    return dict(model._default_manager.in_bulk([_key(entry) for entry in entries]))


def _holds(row: Any, now: dt.datetime) -> bool:
    today = local_time(now).date()
    match row:
        case OccurrenceChange() | ChangeBatch():
            return row.undone_at is None
        case HeadCount():
            return row.withdrawn_at is None
        case Notice():
            return row.withdrawn_at is None and row.ends_at > now
        case OpeningException():
            return row.until_on >= today
        case ActivityPage():
            return bool(row.live)
        case None:
            return False
    return True


def _changed_since(entry: PageLogEntry, row: Any) -> bool:
    match row:
        case ActivityPage():
            return changed_since(row, int(entry.data.get("revision") or 0))
        case VenueVerification():
            return _newer(VenueVerification.objects.filter(venue=row.venue_id), row)
        case ActivityVerification():
            return _newer(ActivityVerification.objects.filter(activity=row.activity_id), row)
        case OpeningException():
            days = (str(row.first_on), str(row.until_on))
            told = (entry.data.get("first_on"), entry.data.get("until_on"))
            return days != told or _edited_since(row, entry.timestamp)
        case Notice():
            return _edited_since(row, entry.timestamp)
        case OccurrenceChange():
            return row.batch is not None and _closure_changed(row.batch)
        case ChangeBatch():
            return _closure_changed(row)
    return False


def _newer(rows: Any, row: VenueVerification | ActivityVerification) -> bool:
    return bool(rows.filter(pk__gt=row.pk).exists())


def _closure_changed(batch: ChangeBatch) -> bool:
    """Whether the closed days that go back with an act were written anew since."""
    standing = batch.undone_at is None and batch.closure is not None
    return standing and _edited_since(batch.closure, batch.created_at)


def _edited_since(row: models.Model | None, moment: dt.datetime) -> bool:
    """Whether somebody has written the row anew in the admin after `moment`."""
    if row is None:
        return False
    kind = ContentType.objects.get_for_model(row)
    edits = ModelLogEntry.objects.filter(content_type=kind, object_id=str(row.pk))
    return bool(edits.filter(action="wagtail.edit", timestamp__gt=moment).exists())


def _undo_exception(row: OpeningException, *, by: Any, now: dt.datetime) -> None:
    """Open as usual again, with the dates that were cancelled for it."""
    batch = ChangeBatch.objects.filter(closure=row, undone_at__isnull=True).first()
    if batch is not None:
        undo_batch(batch, by=by, now=now)
        return
    today = local_time(now).date()
    if row.first_on >= today:
        venue_acts.remove_exception(row, by=by)
    else:
        venue_acts.end_exception(row, until_on=today - dt.timedelta(days=1), by=by)


def _undo_change(row: OccurrenceChange, *, by: Any, now: dt.datetime) -> None:
    """Take back one change; what was decided in one act goes back together."""
    if row.batch is not None and row.batch.undone_at is None:
        undo_batch(row.batch, by=by, now=now)
    else:
        undo_change(row, by=by, now=now)


def _unverify_venue(row: VenueVerification, *, by: Any, now: dt.datetime) -> None:
    venue_acts.withdraw_verification(row, by=by)


def _unmake(row: ActivityPage, *, by: Any, now: dt.datetime) -> None:
    take_back_making(row, by=by)


UNDO: dict[type[models.Model], Callable[..., Any]] = {
    OccurrenceChange: _undo_change,
    ChangeBatch: undo_batch,
    HeadCount: withdraw_count,
    Notice: venue_acts.withdraw_notice,
    OpeningException: _undo_exception,
    ActivityPage: _unmake,
    ActivityVerification: withdraw_verification,
    VenueVerification: _unverify_venue,
}
