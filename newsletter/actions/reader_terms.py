"""How long we keep what belongs to a reader, and what a reader may ask for: a copy, and erasure."""

import datetime as dt
from typing import Any

from django.db import transaction

from core.domain.dates import local_time
from core.models import KeptMail, OutgoingMail
from directory.models import VenueMove
from newsletter import limits
from newsletter.actions.readers import WORDING
from newsletter.models import (
    Ask,
    Consent,
    Follow,
    HourCount,
    MailCount,
    Subscriber,
    Subscription,
    Token,
)
from newsletter.reader_mail import PURPOSES, mailbox
from newsletter.taxonomy import Act, How
from newsletter.tokens import subject_of

PENDING_TERM = dt.timedelta(days=7)
STOPPED_TERM = dt.timedelta(days=30)
COUNT_TERM = dt.timedelta(hours=24)


@transaction.atomic
def erase(reader: Subscriber, *, how: How, now: dt.datetime) -> None:
    """Delete all that belongs to a reader, mails that wait for them as a reader too.

    The lines of the consent log stay and belong to nobody: their subject is a hash of the
    reader's random id, which is gone now. An address that was suppressed stays so, as a hash.
    """
    Consent.objects.create(
        subject=subject_of(reader.pk), act=Act.ERASED, how=how, wording=WORDING, at=now
    )
    waiting = OutgoingMail.objects.filter(to__iexact=mailbox(reader.email))
    waiting.filter(purpose__in=PURPOSES).delete()
    KeptMail.objects.filter(to__iexact=mailbox(reader.email)).delete()
    Ask.objects.filter(email__iexact=reader.email).delete()
    if reader.confirmed_at:  # else the limit on confirmations would begin again
        limits.forget(reader.email)
    reader.delete()


def copy_of(reader: Subscriber) -> dict[str, Any]:
    """Return all we know of a reader, as plain values for a file (GDPR, articles 15 and 20)."""
    follows = reader.follows.select_related("venue", "district")
    return {
        "e-mail": reader.email,
        "kind": reader.kind,
        "state": reader.state,
        "asked": _moment(reader.created_at),
        "confirmed": _moment(reader.confirmed_at),
        "pause_until": _moment(reader.paused_until),
        "follows_everything": reader.everything,
        "follows_venues": sorted(row.venue.title for row in follows if row.venue),
        "follows_districts": sorted(row.district.name for row in follows if row.district),
        "topics": [
            {
                "topic": row.topic.title,
                "state": row.state,
                "asked": _moment(row.asked_at),
                "started": _moment(row.started_at),
                "ended": _moment(row.ended_at),
                "ended_why": row.ended_why,
            }
            for row in reader.subscriptions.select_related("topic").order_by("topic__order")
        ],
        "consents": [
            {
                "act": row.act,
                "topic": row.topic,
                "how": row.how,
                "wording": row.wording,
                "at": _moment(row.at),
            }
            for row in Consent.objects.filter(subject=subject_of(reader.pk))
        ],
        "mails_of_the_last_30_days": [
            {
                "subject": row.dispatch.subject,
                "state": row.state,
                "at": _moment(row.settled_at),
            }
            for row in reader.deliveries.select_related("dispatch").order_by("pk")
        ],
    }


def tend_readers(*, now: dt.datetime) -> int:
    """Erase by the terms, each night; return how many readers that were erased.

    Pending after 7 days, stopped after 30; keys and counts when they are of no use any more.
    """
    overdue = [
        *Subscriber.objects.never_confirmed_since(now - PENDING_TERM),
        *Subscriber.objects.stopped_before(now - STOPPED_TERM),
    ]
    for reader in overdue:
        erase(reader, how=How.TERM, now=now)
    Subscription.objects.pending().filter(asked_at__lt=now - PENDING_TERM).delete()
    Subscription.objects.filter(ended_at__lt=now - STOPPED_TERM).delete()
    Token.objects.filter(expires_at__lt=now - PENDING_TERM).delete()
    HourCount.objects.filter(hour__lt=now - COUNT_TERM).delete()
    MailCount.objects.filter(opt_ins=0, links_since__lt=now - COUNT_TERM).delete()
    MailCount.objects.filter(opt_ins=0, links_since=None).delete()
    Ask.objects.filter(asked_at__lt=now - COUNT_TERM).delete()
    return len(overdue)


@transaction.atomic
def follow_successors(*, now: dt.datetime) -> int:
    """Let who follows a venue that has become part of another follow that one instead.

    What was held there is at the other one now, so nothing is lost; and who stops following that
    is not signed up again by the old one. Returns how many follows were added.
    """
    merged = VenueMove.objects.filter(
        kind=VenueMove.Kind.MERGED, on__lte=local_time(now).date(), successor__isnull=False
    )
    added = 0
    for move in merged:
        have = Follow.objects.filter(venue=move.successor_id).values("subscriber")
        readers = Follow.objects.filter(venue=move.venue_id).exclude(subscriber__in=have)
        rows = [
            Follow(subscriber_id=pk, venue_id=move.successor_id)
            for pk in readers.values_list("subscriber", flat=True)
        ]
        Follow.objects.bulk_create(rows, batch_size=500)
        Follow.objects.filter(venue=move.venue_id).delete()
        added += len(rows)
    return added


def _moment(value: dt.datetime | None) -> str | None:
    return local_time(value).isoformat(timespec="seconds") if value else None
