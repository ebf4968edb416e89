"""What became of one message. Each is one update, held to the lease under which it was sent."""

import datetime as dt

from newsletter.domain.sending import Answer, next_try
from newsletter.models import Delivery, Dispatch
from newsletter.sending_taxonomy import DeliveryState, Reason

OURS = (DeliveryState.LEASED, DeliveryState.COMMITTING)
CLOSING = 421


def skip(row: Delivery, reason: Reason, *, now: dt.datetime) -> bool:
    """There is no message for this reader."""
    return _settle(row, DeliveryState.SKIPPED, now=now, reason=reason)


def fail(row: Delivery, reason: Reason, answer: Answer, *, now: dt.datetime) -> bool:
    """This reader does not get it."""
    return _settle(
        row,
        DeliveryState.FAILED,
        now=now,
        reason=reason,
        code=max(answer.code, 0),
        answer=answer.text[:200],
        tries=row.tries + 1,
    )


def take_refusal(row: Delivery, dispatch: Dispatch, answer: Answer, *, now: dt.datetime) -> bool:
    """The other side said no: for good, or to be asked again by the plan."""
    if answer.permanent:
        reason = Reason.NO_MAILBOX if answer.no_mailbox else Reason.REFUSED
        return fail(row, reason, answer, now=now)
    return try_later(row, dispatch, answer, now=now)


def try_later(row: Delivery, dispatch: Dispatch, answer: Answer, *, now: dt.datetime) -> bool:
    """Certainly not sent; once more by the plan, or given up."""
    moment = next_try(row.tries + 1, now=now, expires_at=dispatch.expires_at)
    if moment is None:
        return fail(row, Reason.GAVE_UP, answer, now=now)
    rows = Delivery.objects.filter(pk=row.pk, lease=row.lease, state__in=OURS)
    return bool(
        rows.update(
            state=DeliveryState.QUEUED,
            lease=None,
            lease_until=None,
            tries=row.tries + 1,
            not_before=moment,
            code=max(answer.code, 0),
            answer=answer.text[:200],
        )
    )


def take_back(row: Delivery, *, not_before: dt.datetime | None = None) -> bool:
    """The gate was open but the dot never left: certainly not sent."""
    rows = Delivery.objects.filter(pk=row.pk, lease=row.lease, state=DeliveryState.COMMITTING)
    return bool(
        rows.update(state=DeliveryState.QUEUED, lease=None, lease_until=None, not_before=not_before)
    )


def doubt(row: Delivery, *, now: dt.datetime, text: str = "") -> bool:
    """The dot left and no answer came: perhaps sent. The key stays, for an answer that is late."""
    rows = Delivery.objects.filter(pk=row.pk, lease=row.lease, state=DeliveryState.COMMITTING)
    return bool(
        rows.update(
            state=DeliveryState.DOUBT,
            doubted_at=now,
            settled_at=now,
            lease_until=None,
            answer=text[:200],
        )
    )


def _settle(row: Delivery, state: DeliveryState, *, now: dt.datetime, **values: object) -> bool:
    rows = Delivery.objects.filter(pk=row.pk, lease=row.lease, state__in=OURS)
    return bool(rows.update(state=state, settled_at=now, lease=None, lease_until=None, **values))
