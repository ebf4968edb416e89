"""What the beat looks after: leases of the dead, doubts, what is out of date, what is finished."""

import datetime as dt
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from newsletter.actions.sending.durability import is_of_this_life
from newsletter.models import Delivery, Dispatch
from newsletter.querysets.sending import DeliveryQuerySet, DispatchQuerySet
from newsletter.sending_taxonomy import (
    OPEN,
    DeliveryState,
    DispatchState,
    DoubtPolicy,
    Reason,
)


def sweep(*, now: dt.datetime) -> None:
    """Bring everything to where the next worker can go on. Only the database is asked."""
    free_overdue(now=now)
    resend_doubts(now=now)
    drop_stale(now=now)
    finish_done(now=now)


def free_overdue(*, now: dt.datetime) -> tuple[int, int]:
    """Settle the messages of dead workers; return how many were freed, and how many are in doubt.

    Before the gate there was no dot, so nothing was sent. After it nobody knows; nor when the
    database crashed since the lease was taken and may have lost that the gate was passed.
    """
    freed = 0
    doubted = _doubt(Delivery.objects.committed_beyond(now), now)
    overdue = Delivery.objects.leased_beyond(now)
    for lease in set(overdue.values_list("lease", flat=True)):
        rows = overdue.filter(lease=lease)
        if is_of_this_life(lease):
            freed += rows.update(state=DeliveryState.QUEUED, lease=None, lease_until=None)
        else:
            doubted += _doubt(rows, now)
    return freed, doubted


def _doubt(rows: DeliveryQuerySet, now: dt.datetime) -> int:
    return rows.update(state=DeliveryState.DOUBT, doubted_at=now, settled_at=now, lease_until=None)


def resend_doubts(*, now: dt.datetime) -> int:
    """Queue messages in doubt once more where the dispatch says so; return how many.

    Once only, with the same Message-ID and Date. They stay in the list of doubts.
    """
    sending = Dispatch.objects.sending().filter(doubt_policy=DoubtPolicy.RESEND)
    going_on = sending.filter(Q(expires_at__isnull=True) | Q(expires_at__gt=now))
    rows = Delivery.objects.in_doubt().filter(
        Exists(going_on.filter(pk=OuterRef("dispatch_id"))), repeated=False
    )
    return rows.update(
        state=DeliveryState.QUEUED, repeated=True, lease=None, settled_at=None, not_before=None
    )


def drop_stale(*, now: dt.datetime) -> int:
    """Skip what waits in a dispatch that is out of date; return how many messages."""
    stale = Dispatch.objects.under_way().filter(expires_at__lte=now)
    rows = Delivery.objects.filter(
        Exists(stale.filter(pk=OuterRef("dispatch_id"))), state=DeliveryState.QUEUED
    )
    return rows.update(state=DeliveryState.SKIPPED, reason=Reason.STALE, settled_at=now)


def finish_done(*, now: dt.datetime) -> int:
    """End each dispatch that has nothing left to send; return how many.

    One that stands paused and is out of date ends too.
    """
    ids = _ending(now).values_list("pk", flat=True)
    return sum(finish(pk, now=now) for pk in list(ids))


@transaction.atomic
def finish(dispatch_id: UUID, *, now: dt.datetime) -> bool:
    """End one dispatch and keep its figures; False if a message came back meanwhile."""
    Dispatch.objects.select_for_update().filter(pk=dispatch_id).first()
    dispatch = _ending(now).filter(pk=dispatch_id).first()
    if dispatch is None:
        return False
    dispatch.state = DispatchState.DONE
    dispatch.finished_at = now
    dispatch.totals = totals(dispatch)
    dispatch.setbacks, dispatch.resting_until = 0, None
    dispatch.save(update_fields=["state", "finished_at", "totals", "setbacks", "resting_until"])
    return True


def totals(dispatch: Dispatch) -> dict[str, object]:
    """Return the figures of a dispatch as they stay when its rows are deleted.

    `states`: how many messages in each state; `skipped` and `failed`: how many for each reason;
    `doubted`: how many were ever in doubt; `repeated`: how many were sent once more;
    `bounced`: how many came back later.
    """
    rows = dispatch.deliveries.all()
    return {
        "states": rows.counts(),
        "skipped": rows.reasons(DeliveryState.SKIPPED),
        "failed": rows.reasons(DeliveryState.FAILED),
        "doubted": rows.ever_doubted().count(),
        "repeated": rows.filter(repeated=True).count(),
        "bounced": rows.filter(bounced_at__isnull=False).count(),
    }


def _ending(now: dt.datetime) -> DispatchQuerySet:
    """Return the dispatches of which no message is left about which something still happens."""
    waiting = Delivery.objects.filter(dispatch=OuterRef("pk"), state__in=OPEN)
    doubts = Delivery.objects.filter(
        dispatch=OuterRef("pk"), state=DeliveryState.DOUBT, repeated=False
    )
    out_of_date = Q(expires_at__isnull=False, expires_at__lte=now)
    standing = Q(state=DispatchState.SENDING) | (
        Q(state=DispatchState.PAUSED, frozen_at__isnull=False) & out_of_date
    )
    settled = Q(doubt_policy=DoubtPolicy.HOLD) | out_of_date | ~Exists(doubts)
    return Dispatch.objects.filter(standing & settled & ~Exists(waiting))
