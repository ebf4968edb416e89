"""Everything that happens to a reader: asked, confirmed, changed, ended, erased.

The reader's own yes is needed for every topic. A stranger, and staff too, can only ask: that
leaves something pending, and one mail to the address.
"""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q

from directory.models import District, VenuePage
from newsletter import limits, reader_mail, tokens
from newsletter.models import (
    Ask,
    Consent,
    Follow,
    Subscriber,
    Subscription,
    Suppression,
    Token,
    Topic,
)
from newsletter.querysets.readers import TopicQuerySet
from newsletter.taxonomy import (
    Act,
    Audience,
    Ended,
    How,
    ReaderKind,
    ReaderState,
    SubscriptionState,
    SuppressionReason,
)

# The words a yes was given to: goes up when the sign-up or confirmation pages say something else.
WORDING = "2026-11"
UNDO = dt.timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Choices:
    """What somebody wants: slugs of topics, and everything or these venues and districts (ids)."""

    topics: tuple[str, ...]
    everything: bool = True
    venue_ids: tuple[int, ...] = ()
    district_ids: tuple[int, ...] = ()


def ask(email: str, choices: Choices, *, how: How, now: dt.datetime) -> Ask:
    """Write down that somebody wants `choices` for an address; the worker answers by mail."""
    row: Ask = Ask.objects.create(
        kind=Ask.Kind.SIGN_UP,
        email=email,
        how=how,
        topics=list(choices.topics),
        everything=choices.everything,
        venues=list(choices.venue_ids),
        districts=list(choices.district_ids),
        asked_at=now,
    )
    return row


def ask_for_link(email: str, *, now: dt.datetime) -> Ask:
    """Write down that somebody wants a link to the choices of an address."""
    row: Ask = Ask.objects.create(kind=Ask.Kind.MANAGE, email=email, how=How.FORM, asked_at=now)
    return row


@transaction.atomic
def answer_ask(ask_id: int, *, deliverable: bool, now: dt.datetime) -> None:
    """Answer one form by mail, or not at all, and delete its row. Nothing when it is gone.

    `deliverable` says whether the domain of the address takes mail.
    """
    row = Ask.objects.select_for_update().filter(pk=ask_id).first()
    if row is None:
        return
    row.delete()
    if not deliverable:
        return
    reader = Subscriber.objects.select_for_update().with_address(row.email).first()
    if row.kind == Ask.Kind.MANAGE:
        _answer_with_link(reader, now)
    elif not _has_complained(row.email):
        _sign_up(reader, row, now)


@transaction.atomic
def confirm(key: str, *, now: dt.datetime) -> Subscriber | None:
    """Take the reader's yes to all that was asked for; None when the key is unknown or too old.

    A key that has been used gives its reader again and changes nothing.
    """
    token = tokens.find(key, Token.Purpose.CONFIRM)
    if token is None or (token.used_at is None and token.has_run_out(now)):
        return None
    reader: Subscriber = Subscriber.objects.select_for_update().get(pk=token.subscriber_id)
    if token.used_at is not None:
        return reader
    reader.tokens.filter(purpose=Token.Purpose.CONFIRM, used_at=None).update(used_at=now)
    pending = list(reader.subscriptions.pending().select_related("topic"))
    for subscription in pending:
        _start(subscription, How.LINK, now)
    if pending:
        _settle(reader, now)
        _forget_bounce(reader)
        limits.forget_confirmations(reader.email)
        reader_mail.send_welcome(reader, [row.topic for row in pending], now=now)
    return reader


@transaction.atomic
def change_choices(
    reader: Subscriber, choices: Choices, *, paused_until: dt.datetime | None, now: dt.datetime
) -> None:
    """Let the reader's own choices be these, topics for staff included when the reader is staff.

    Topics that are not chosen end; when none is left the reader is stopped. Whoever chooses one
    reads mail at the address, so a bounce from before holds no longer.
    """
    reader = Subscriber.objects.select_for_update().get(pk=reader.pk)
    have = {row.topic.slug: row for row in reader.subscriptions.select_related("topic")}
    for topic in topics_for(reader).filter(slug__in=choices.topics):
        row = have.get(topic.slug) or Subscription(subscriber=reader, topic=topic, asked_at=now)
        if row.state != SubscriptionState.ACTIVE or row.pk is None:
            _start(row, How.LINK, now)
            _forget_bounce(reader)
    for slug, row in have.items():
        if slug not in choices.topics:
            _end(row, Ended.READER, How.LINK, now)
    before = (_followed(reader), reader.paused_until)
    _set_follows(reader, choices)
    reader.paused_until = paused_until
    reader.save(update_fields=["paused_until"])
    if before != (_followed(reader), reader.paused_until):
        _log(reader, Act.CHANGED, How.LINK, now)
    _settle(reader, now)


@transaction.atomic
def end_subscription(key: str, *, now: dt.datetime, how: How = How.LINK) -> Subscription | None:
    """End what the key of a mail belongs to, and return it; None when nothing is known of it.

    Ending it again changes nothing.
    """
    row = subscription_of(key)
    if row is not None:
        _end(row, Ended.READER, how, now)
        _settle(row.subscriber, now)
    return row


@transaction.atomic
def resume_subscription(key: str, *, now: dt.datetime) -> Subscription | None:
    """Take back an end that is at most an hour old, and return what goes on; else None."""
    row = subscription_of(key)
    if row is None or not may_resume(row, now):
        return None
    _start(row, How.LINK, now)
    _settle(row.subscriber, now)
    return row


def may_resume(row: Subscription, now: dt.datetime) -> bool:
    """Whether the reader ended this so short a time ago that it can be taken back."""
    return (
        row.state == SubscriptionState.ENDED
        and row.ended_why == Ended.READER
        and row.ended_at is not None
        and row.ended_at > now - UNDO
    )


def subscription_of(key: str) -> Subscription | None:
    """Return the subscription that a key to unsubscribe belongs to."""
    token = tokens.find(key, Token.Purpose.UNSUBSCRIBE)
    if token is None:
        return None
    rows = Subscription.objects.select_related("subscriber", "topic")
    found: Subscription | None = rows.filter(
        subscriber=token.subscriber_id, topic=token.topic_id
    ).first()
    return found


@transaction.atomic
def suppress(reader: Subscriber, *, reason: SuppressionReason, now: dt.datetime) -> None:
    """Send nothing to this address again: it does not exist, or its owner complained."""
    Suppression.objects.update_or_create(
        email_hmac=reader.email_hmac, defaults={"reason": reason, "since": now}
    )
    complained = reason == SuppressionReason.COMPLAINT
    why, how = (Ended.COMPLAINT, How.COMPLAINT) if complained else (Ended.BOUNCE, How.BOUNCE)
    for row in reader.subscriptions.select_related("topic", "subscriber"):
        _end(row, why, how, now)
    _settle(reader, now)


def _forget_bounce(reader: Subscriber) -> None:
    """Send to the address again: a link that was mailed there has just been used."""
    bounced = Suppression.objects.filter(email_hmac=reader.email_hmac)
    bounced.filter(reason=SuppressionReason.HARD).delete()


def topics_for(reader: Subscriber) -> TopicQuerySet:
    """Return the topics this reader may have, those they have and that are closed included."""
    kinds = [Audience.PUBLIC, *([Audience.STAFF] if reader.kind == ReaderKind.STAFF else [])]
    own = Q(subscriptions__subscriber=reader, subscriptions__state=SubscriptionState.ACTIVE)
    found: TopicQuerySet = Topic.objects.filter(Q(active=True, audience__in=kinds) | own)
    return found.distinct()


def _sign_up(reader: Subscriber | None, row: Ask, now: dt.datetime) -> None:
    """Leave what was asked for pending, and mail the address."""
    offered = Topic.objects.on_offer().filter(slug__in=row.topics)
    topics = list(offered if row.how == How.STAFF else offered.public())
    if not topics:
        return
    if reader is None:
        reader = Subscriber.objects.create(
            email=row.email, email_hmac=tokens.address_hmac(row.email), created_at=now
        )
    active = {sub.topic_id for sub in reader.subscriptions.active()}
    new = [topic for topic in topics if topic.pk not in active]
    if not new:
        _tell_already(reader, now)
        return
    if reader.state != ReaderState.ACTIVE:
        _leave_pending(reader, row, now)
    if row.how == How.STAFF and any(topic.audience == Audience.STAFF for topic in new):
        _make_staff(reader)
    _ask_for(reader, new, How(row.how), now)
    if limits.may_ask_to_confirm(reader.email, now=now):
        key = tokens.new_key(reader, Token.Purpose.CONFIRM, now=now)
        reader_mail.send_confirm(reader, new, key, by_staff=row.how == How.STAFF, now=now)


def _leave_pending(reader: Subscriber, row: Ask, now: dt.datetime) -> None:
    """Let the newest form stand for somebody who has not said yes to anything."""
    reader.subscriptions.pending().delete()
    reader.state, reader.created_at, reader.stopped_at = ReaderState.PENDING, now, None
    reader.save(update_fields=["state", "created_at", "stopped_at"])
    _set_follows(
        reader,
        Choices(
            topics=(),
            everything=row.everything,
            venue_ids=tuple(row.venues),
            district_ids=tuple(row.districts),
        ),
    )


def _make_staff(reader: Subscriber) -> None:
    reader.kind = ReaderKind.STAFF
    reader.save(update_fields=["kind"])


def _ask_for(reader: Subscriber, topics: Collection[Topic], how: How, now: dt.datetime) -> None:
    for topic in topics:
        Subscription.objects.update_or_create(
            subscriber=reader,
            topic=topic,
            defaults={
                "state": SubscriptionState.PENDING,
                "asked_at": now,
                "ended_at": None,
                "ended_why": "",
            },
        )
        _log(reader, Act.ASKED, how, now, topic)


def _answer_with_link(reader: Subscriber | None, now: dt.datetime) -> None:
    """Mail a link to a known reader; one who has not said yes is asked for it once more."""
    if reader is None:
        return
    if reader.state != ReaderState.PENDING:
        _tell_already(reader, now)
        return
    topics = [row.topic for row in reader.subscriptions.pending().select_related("topic")]
    if topics and limits.may_ask_to_confirm(reader.email, now=now):
        reader.created_at = now
        reader.save(update_fields=["created_at"])
        _ask_for(reader, topics, How.FORM, now)
        key = tokens.new_key(reader, Token.Purpose.CONFIRM, now=now)
        reader_mail.send_confirm(reader, topics, key, by_staff=False, now=now)


def _tell_already(reader: Subscriber, now: dt.datetime) -> None:
    if limits.may_send_link(reader.email, now=now):
        key = tokens.new_key(reader, Token.Purpose.MANAGE, now=now)
        reader_mail.send_manage(reader, key, now=now)


def _has_complained(email: str) -> bool:
    rows = Suppression.objects.filter(email_hmac=tokens.address_hmac(email))
    return bool(rows.filter(reason=SuppressionReason.COMPLAINT).exists())


def _start(row: Subscription, how: How, now: dt.datetime) -> None:
    row.state, row.started_at = SubscriptionState.ACTIVE, now
    row.ended_at, row.ended_why = None, ""
    row.save()
    _log(row.subscriber, Act.CONFIRMED, how, now, row.topic)


def _end(row: Subscription, why: Ended, how: How, now: dt.datetime) -> None:
    if row.state == SubscriptionState.ENDED:
        return
    row.state, row.ended_at, row.ended_why = SubscriptionState.ENDED, now, why
    row.save()
    _log(row.subscriber, Act.WITHDRAWN, how, now, row.topic)


def _settle(reader: Subscriber, now: dt.datetime) -> None:
    """Let the reader's state follow from the subscriptions."""
    if reader.subscriptions.active().exists():
        reader.state, reader.stopped_at = ReaderState.ACTIVE, None
        reader.confirmed_at = reader.confirmed_at or now
    elif reader.state == ReaderState.ACTIVE or not reader.subscriptions.pending().exists():
        reader.state = ReaderState.STOPPED
        reader.stopped_at = reader.stopped_at or now
    reader.save(update_fields=["state", "stopped_at", "confirmed_at"])


def _set_follows(reader: Subscriber, choices: Choices) -> None:
    reader.everything = choices.everything
    reader.save(update_fields=["everything"])
    reader.follows.all().delete()
    if not choices.everything:
        venues = VenuePage.objects.filter(pk__in=choices.venue_ids)
        districts = District.objects.filter(pk__in=choices.district_ids)
        Follow.objects.bulk_create(
            [Follow(subscriber=reader, venue=venue) for venue in venues]
            + [Follow(subscriber=reader, district=district) for district in districts]
        )


def _followed(reader: Subscriber) -> tuple[bool, frozenset[tuple[int | None, int | None]]]:
    rows = reader.follows.values_list("venue", "district")
    return reader.everything, frozenset(rows)


def _log(
    reader: Subscriber, act: Act, how: How, now: dt.datetime, topic: Topic | None = None
) -> None:
    Consent.objects.create(
        subject=tokens.subject_of(reader.pk),
        topic=topic.slug if topic else "",
        act=act,
        how=how,
        wording=WORDING,
        at=now,
    )
