"""What an editor does to a dispatch. Each holds for the very message that is in the air."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from newsletter.actions.sending.create import SendingError
from newsletter.actions.sending.sweep import totals
from newsletter.models import Delivery, Dispatch
from newsletter.sending_taxonomy import (
    DeliveryState,
    DispatchState,
    DoubtPolicy,
    Reason,
    StoppedWhy,
)

GOING = (DispatchState.WAITING, DispatchState.FROZEN, DispatchState.SENDING)
NOT_COMMITTED = (DeliveryState.QUEUED, DeliveryState.LEASED)


@transaction.atomic
def pause(dispatch: Dispatch, *, now: dt.datetime) -> None:
    """Let nothing more leave until somebody resumes. SendingError when there is nothing to stop."""
    rows = Dispatch.objects.filter(pk=dispatch.pk, state__in=GOING)
    if not rows.update(state=DispatchState.PAUSED, stopped_why=StoppedWhy.EDITOR):
        raise SendingError(_("It can no longer be paused."))


@transaction.atomic
def resume(dispatch: Dispatch, *, now: dt.datetime) -> None:
    """Go on where it stood. SendingError when it is not paused or out of date."""
    locked = Dispatch.objects.select_for_update().get(pk=dispatch.pk)
    if locked.state != DispatchState.PAUSED:
        raise SendingError(_("It is not paused."))
    if locked.is_stale(now):
        raise SendingError(_("It is too late: the newsletter is out of date."))
    state = DispatchState.SENDING if locked.frozen_at else DispatchState.WAITING
    Dispatch.objects.filter(pk=dispatch.pk).update(
        state=state, stopped_why="", setbacks=0, resting_until=None
    )


@transaction.atomic
def cancel(dispatch: Dispatch, *, now: dt.datetime) -> int:
    """Stop for good; return how many readers had not got it. Their rows say why."""
    locked = Dispatch.objects.select_for_update().get(pk=dispatch.pk)
    if locked.state not in (*GOING, DispatchState.PAUSED):
        raise SendingError(_("It can no longer be stopped."))
    rows = Delivery.objects.filter(dispatch=locked, state__in=NOT_COMMITTED)
    stopped = rows.update(
        state=DeliveryState.SKIPPED,
        reason=Reason.CANCELLED,
        settled_at=now,
        lease=None,
        lease_until=None,
    )
    locked.state = DispatchState.CANCELLED
    locked.stopped_why = StoppedWhy.EDITOR
    locked.finished_at = now
    locked.totals = totals(locked)
    locked.save(update_fields=["state", "stopped_why", "finished_at", "totals"])
    return stopped


def choose_doubt_policy(dispatch: Dispatch, policy: DoubtPolicy) -> None:
    """Say what becomes of messages in doubt from now on."""
    Dispatch.objects.filter(pk=dispatch.pk).update(doubt_policy=policy)


@transaction.atomic
def resend_held(dispatch: Dispatch, *, now: dt.datetime) -> int:
    """Send the messages in doubt once more, each at most once; return how many.

    A dispatch that had ended goes on for them. SendingError when it was stopped or is out of date.
    """
    locked = Dispatch.objects.select_for_update().get(pk=dispatch.pk)
    if locked.state not in (DispatchState.SENDING, DispatchState.PAUSED, DispatchState.DONE):
        raise SendingError(_("It was stopped."))
    if locked.is_stale(now):
        raise SendingError(_("It is too late: the newsletter is out of date."))
    rows = Delivery.objects.in_doubt().filter(dispatch=locked, repeated=False)
    number = rows.update(
        state=DeliveryState.QUEUED, repeated=True, lease=None, settled_at=None, not_before=None
    )
    if number and locked.state == DispatchState.DONE:
        Dispatch.objects.filter(pk=locked.pk).update(
            state=DispatchState.SENDING, finished_at=None, stopped_why=""
        )
    return number
