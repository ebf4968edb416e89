"""What is looked after beside the sending: mail that came back, and rows whose term is over."""

import datetime as dt
import logging

from django.conf import settings
from django.db import InterfaceError, OperationalError, transaction

from newsletter.actions.sending.bounces import take_returned
from newsletter.actions.sending.sweep import totals
from newsletter.domain.bounces import read_returned
from newsletter.models import Dispatch
from newsletter.transport.mailbox import MailboxError, take_out

log = logging.getLogger(__name__)

KEPT = dt.timedelta(days=30)
MOST = 200


def read_mailbox(*, now: dt.datetime) -> int:
    """Act on up to 200 mails in the bounce mailbox and delete them there; return how many.

    Nothing without NEWSLETTER_BOUNCE_MAILBOX. A mail that cannot be acted on is logged by its
    size alone, and goes too: one odd mail must not keep the others waiting.
    """
    if not settings.NEWSLETTER_BOUNCE_MAILBOX:
        return 0
    read = 0
    try:
        for raw in take_out(settings.NEWSLETTER_BOUNCE_MAILBOX, most=MOST):
            _take(raw, now)
            read += 1
    except MailboxError as error:
        log.warning("The bounce mailbox cannot be read: %s", error)
    return read


def _take(raw: bytes, now: dt.datetime) -> None:
    try:
        take_returned(read_returned(raw), now=now)
    except (InterfaceError, OperationalError):
        raise  # the database is away: the mail stays in the mailbox for the next time
    except Exception:
        log.exception("A returned mail of %s bytes could not be acted on", len(raw))


def forget_deliveries(*, now: dt.datetime) -> int:
    """Delete readers' rows 30 days after the end of a dispatch; return how many dispatches.

    Their figures are counted once more before, so that late bounces are in them.
    """
    ended = Dispatch.objects.filter(finished_at__lt=now - KEPT, deliveries__isnull=False)
    ids = list(ended.values_list("pk", flat=True).distinct())
    for pk in ids:
        with transaction.atomic():
            dispatch = Dispatch.objects.select_for_update().get(pk=pk)
            dispatch.totals = totals(dispatch)
            dispatch.save(update_fields=["totals"])
            dispatch.deliveries.all().delete()
            dispatch.fragments.all().delete()
    return len(ids)
