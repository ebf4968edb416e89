"""How many came to a date: counted once, counted anew, or taken back."""

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from activities.domain.counting import MOST_PEOPLE, may_count
from activities.log_actions import COUNT_UNDONE, HEADS_COUNTED
from activities.models import HeadCount, Occurrence
from core.domain.dates import local_time


@transaction.atomic
def count_heads(
    date: Occurrence, number: int, *, by: Any = None, via: str = "", now: dt.datetime
) -> HeadCount:
    """Note that `number` people came to a date; a count from before gives way to it.

    `via` names the shared device that it was done on, for the history.

    Raises ValidationError, with a text for the person who counts, when the date was cancelled,
    has not begun, lies more than two weeks back or belongs to no venue, and when the number
    is below 0 or above 999. `now` is aware.
    """
    row = (
        Occurrence.objects.select_for_update(of=("self",))
        .select_related("activity")
        .get(pk=date.pk)
    )
    venue_id = _check(row, number, now)
    standing: HeadCount | None = _standing(row).first()
    if standing is not None and standing.number == number:
        return standing
    _standing(row).update(withdrawn_at=now, withdrawn_by=by)
    count = HeadCount.objects.create(
        activity=row.activity,
        venue_id=venue_id,
        recurrence_id=row.recurrence_id,
        local_date=row.local_date,
        title=row.activity.title,
        activity_type=row.activity.activity_type,
        number=number,
        counted_at=now,
        counted_by=by,
    )
    _log(count, HEADS_COUNTED, by, via)
    return count


@transaction.atomic
def withdraw_count(count: HeadCount, *, by: Any = None, via: str = "", now: dt.datetime) -> bool:
    """Take a count back, so that the date is not counted; return whether it still stood.

    Raises ValidationError when the date lies so far back that its month may have been told of.
    """
    begins = dt.datetime.combine(count.local_date, dt.time())
    if not may_count(begins, local_time(now)):
        raise ValidationError(_too_late())
    standing = HeadCount.objects.standing().filter(pk=count.pk)
    withdrawn = bool(standing.update(withdrawn_at=now, withdrawn_by=by))
    if withdrawn:
        _log(count, COUNT_UNDONE, by, via)
    return withdrawn


def _standing(date: Occurrence) -> Any:
    counts = HeadCount.objects.standing()
    return counts.filter(activity=date.activity_id, recurrence_id=date.recurrence_id)


def _check(date: Occurrence, number: int, now: dt.datetime) -> int:
    """Return the venue that a count belongs to, or refuse it."""
    starts, wall = local_time(date.starts_at), local_time(now)
    if date.cancelled:
        raise ValidationError(_("This date was cancelled, so there is nobody to count."))
    if starts > wall:
        raise ValidationError(_("This date has not begun yet. Come back and count then."))
    if not may_count(starts, wall):
        raise ValidationError(_too_late())
    if date.venue_id is None:
        raise ValidationError(_("This event has no main host, so nobody can count for it."))
    if not 0 <= number <= MOST_PEOPLE:
        raise ValidationError(_("Write a number from 0 to %(most)d.") % {"most": MOST_PEOPLE})
    return date.venue_id


def _log(count: HeadCount, action: str, by: Any, via: str) -> None:
    """A count outlives its activity; without one there is no page whose history would tell."""
    if count.activity is None:
        return
    told = {"count": count.pk, "day": str(count.local_date), "number": count.number}
    log(count.activity, action, user=by, data=told | ({"via": via} if via else {}))


def _too_late() -> str:
    return _(
        "This date lies more than two weeks back. Its month is closed, so that the figures do not "
        "change after they have been told."
    )
