"""What has just been done, from the address one is led back to, and who may take it back."""

from itertools import chain
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _

from activities.date_rows import MANY, ONE, Done, Undo, batch_done, change_done
from activities.models import ActivityPage, ChangeBatch, OccurrenceChange
from activities.operating import may_operate, operated_activities
from directory.permissions import Rights, rights_of


def done_of(request: HttpRequest) -> Done | None:
    """Return what the address says has just happened, if this person may know of it."""
    kind, _dash, number = request.GET.get("gjort", "").partition("-")
    if kind == "fortrudt":
        return Done(_("It is taken back. The plan holds again."))
    if not (number.isascii() and number.isdigit()):
        return None
    undo = Undo(kind, int(number))
    target = undo_target(undo)
    if target is None or not may_undo(rights_of(request.user), target):
        return None
    return batch_done(target) if isinstance(target, ChangeBatch) else change_done(target)


def undo_target(undo: Undo) -> ChangeBatch | OccurrenceChange | None:
    """Return the row that an undo is about, or None when there is none."""
    if undo.kind == MANY:
        return ChangeBatch.objects.select_related("closure__venue").filter(pk=undo.pk).first()
    if undo.kind == ONE:
        return OccurrenceChange.objects.select_related("activity").filter(pk=undo.pk).first()
    return None


def may_undo(rights: Rights, target: ChangeBatch | OccurrenceChange) -> bool:
    """Whether a person may take it back: they may operate the venue, or all its activities."""
    if isinstance(target, OccurrenceChange):
        return may_operate(rights, target.activity)
    return not not_to_undo(rights, ChangeBatch.objects.filter(pk=target.pk))


def not_to_undo(rights: Rights, batches: QuerySet[ChangeBatch]) -> set[int]:
    """Return the ids of those acts that a person may not take back. Some six queries."""
    about = ("stops__activity", "changes__activity", "plan_changes__activity")
    acts = {batch: _activities(batch) for batch in batches.prefetch_related("closure", *about)}
    operated = operated_activities(rights, chain.from_iterable(acts.values()))
    return {
        batch.pk
        for batch, activities in acts.items()
        if not (
            rights.may_operate(batch.closure.venue_id)
            if batch.closure is not None
            else operated.issuperset(page.pk for page in activities)
        )
    }


def _activities(batch: ChangeBatch) -> list[ActivityPage]:
    rows: list[Any] = [*batch.stops.all(), *batch.changes.all(), *batch.plan_changes.all()]
    return [row.activity for row in rows]
