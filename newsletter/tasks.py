"""What the worker does for newsletters, told to by config.schedule. Safe to run twice."""

import logging

from celery import shared_task
from django.conf import settings
from django.db.models import F
from django.utils import timezone

from core.queue import enqueue
from newsletter import mail_servers
from newsletter.actions import alerts, issues, readers, sending, weekly
from newsletter.actions.reader_terms import follow_successors, tend_readers
from newsletter.models import Ask
from newsletter.stopping import stopping_softly
from newsletter.transport import open_line

log = logging.getLogger(__name__)

ASK_TRIES = 5
ASK_LOT = 50


@shared_task
def answer_asks() -> int:
    """Answer the forms that wait, each by itself; return how many were answered.

    One that fails is logged by its number only and tried again with the next, five times.
    """
    return sum(_answer(ask) for ask in Ask.objects.filter(tries__lt=ASK_TRIES)[:ASK_LOT])


@shared_task
def tend() -> int:
    """Erase readers, keys and counts by their terms; return how many readers."""
    now = timezone.now()
    follow_successors(now=now)
    return tend_readers(now=now)


@shared_task
def send_weekly() -> None:
    """Start the week's programme when its time has come; the tick sends it."""
    weekly.send_due_week(now=timezone.now())


@shared_task
def tell_of_changes() -> None:
    """Start the mail about what has just been cancelled or moved, and send it at once."""
    if alerts.send_alerts(now=timezone.now()) is not None:
        enqueue(tick)


@shared_task
def prepare_drafts() -> int:
    """See to it that a filled draft lies ready for each topic; return how many were made."""
    return issues.prepare_drafts(now=timezone.now())


def _answer(ask: Ask) -> bool:
    Ask.objects.filter(pk=ask.pk).update(tries=F("tries") + 1)
    # Asked before the transaction begins: DNS may take its time.
    deliverable = not settings.NEWSLETTER_CHECK_MX or mail_servers.takes_mail(ask.domain)
    try:
        readers.answer_ask(ask.pk, deliverable=deliverable, now=timezone.now())
    except Exception as error:  # noqa: BLE001  (whatever it is, the next form is not its fault)
        # Neither traceback nor message: a database names the address in them.
        log.error("Form %s from a reader was not answered: %s", ask.pk, type(error).__name__)
        return False
    return True


@shared_task
def tick() -> None:
    """Every twenty seconds: what is due, overdue or done, decided by the database alone."""
    now = timezone.now()
    sending.freeze_due(now=now)
    sending.sweep(now=now)
    if sending.is_ready(now):
        for _place in range(settings.NEWSLETTER_LINES):
            enqueue(pump)


@shared_task(soft_time_limit=85, time_limit=90)
def pump() -> int:
    """Send for at most half a minute, then make room; return how many messages were taken."""
    with stopping_softly() as stopping:
        worker = sending.Pump(clock=timezone.now, open_line=open_line, stopping=stopping)
        sent = worker.run()
    if sent and not stopping() and sending.is_ready(timezone.now()):
        enqueue(pump)
    sending.sweep(now=timezone.now())
    return sent


@shared_task
def read_bounces() -> int:
    """Act on the delivery reports that came back; return how many mails were read."""
    return sending.read_mailbox(now=timezone.now())


@shared_task
def forget_deliveries() -> int:
    """Delete the rows of readers by their term; the figures of each dispatch stay."""
    return sending.forget_deliveries(now=timezone.now())
