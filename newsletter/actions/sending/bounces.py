"""Mail that did not arrive: noted on its message, and a hopeless address is struck off."""

import datetime as dt
import logging

from django.db import transaction
from django.db.models import Q

from newsletter.actions.readers import end_subscription, suppress
from newsletter.bounce_address import delivery_of
from newsletter.domain.bounces import Returned
from newsletter.domain.headers import leaving_key
from newsletter.domain.sending import Answer, means_no_mailbox, without_addresses
from newsletter.models import Delivery, Subscriber
from newsletter.sending_taxonomy import DeliveryState, Reason
from newsletter.taxonomy import How, SuppressionReason

log = logging.getLogger(__name__)

SOFT_UNTIL_STRUCK = 5
WITHIN = dt.timedelta(days=30)


def note_refusal(row: Delivery, answer: Answer, *, now: dt.datetime) -> None:
    """The relay itself would not take it for this address."""
    if answer.permanent:
        _judge(row, hopeless=answer.no_mailbox, now=now)


@transaction.atomic
def take_returned(returned: Returned, *, now: dt.datetime) -> str:
    """Act on one mail from the bounce mailbox; return what it was.

    `left`: a request to unsubscribe. `bounced`: a report on a message of ours. `complaint`: a
    reader called it spam. `other`: anything else, left alone.
    """
    if left := _leaves(returned, now):
        return left
    pk = next(filter(None, map(delivery_of, returned.addresses)), None)
    row = Delivery.objects.select_for_update().filter(pk=pk).first() if pk else None
    if row is None or not (returned.failed or returned.complaint):
        return "other"
    if returned.complaint:
        _strike(row, SuppressionReason.COMPLAINT, now)
        return "complaint"
    hopeless = means_no_mailbox(returned.status)
    first = row.bounced_at is None
    row.bounced_at, row.bounced_hard = row.bounced_at or now, hopeless
    row.answer = without_addresses(f"{returned.status} {returned.text}")
    row.save(update_fields=["bounced_at", "bounced_hard", "answer"])
    if first or hopeless:
        _judge(row, hopeless=hopeless, now=now)
    return "bounced"


def _leaves(returned: Returned, now: dt.datetime) -> str:
    key = leaving_key(returned.subject)
    if not key:
        return ""
    return "left" if end_subscription(key, now=now, how=How.MAIL) else "other"


def _judge(row: Delivery, *, hopeless: bool, now: dt.datetime) -> None:
    """Strike the address off after one hopeless bounce, or five others within 30 days."""
    if hopeless or _soft_bounces(row, now) >= SOFT_UNTIL_STRUCK:
        _strike(row, SuppressionReason.HARD, now)


def _soft_bounces(row: Delivery, now: dt.datetime) -> int:
    since = now - WITHIN
    came_back = Q(bounced_at__gt=since)
    refused = Q(state=DeliveryState.FAILED, reason=Reason.REFUSED, settled_at__gt=since)
    rows = Delivery.objects.filter(subscriber_id=row.subscriber_id)
    return rows.filter(came_back | refused).count()


def _strike(row: Delivery, reason: SuppressionReason, now: dt.datetime) -> None:
    reader = Subscriber.objects.filter(pk=row.subscriber_id).first()
    if reader is not None:
        suppress(reader, reason=reason, now=now)
