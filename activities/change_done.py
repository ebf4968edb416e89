"""What has just been done, from the address one is led back to, and who may take it back."""

from django.http import HttpRequest
from django.utils.translation import gettext as _

from activities.date_rows import MANY, ONE, Done, Undo, batch_done, change_done
from activities.models import ChangeBatch, OccurrenceChange
from activities.operating import may_operate
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
    if target.closure is not None:
        return rights.may_operate(target.closure.venue_id)
    stops = [stop.activity for stop in target.stops.select_related("activity")]
    changed = [row.activity for row in target.changes.select_related("activity")]
    plans = [plan.activity for plan in target.plan_changes.select_related("activity")]
    return all(may_operate(rights, activity) for activity in [*stops, *changed, *plans])
