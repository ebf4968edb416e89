"""Readers of the demo's newsletters, and what has been sent to them. Nobody's address is real."""

import datetime as dt
from collections.abc import Iterator

from newsletter.actions.mentions import note_mentions
from newsletter.actions.readers import WORDING
from newsletter.content import archived_content
from newsletter.models import (
    Consent,
    Dispatch,
    Follow,
    IssuePage,
    Subscriber,
    Subscription,
    Topic,
)
from newsletter.sending_taxonomy import DeliveryState, DispatchKind, DispatchState, Reason
from newsletter.taxonomy import Act, Audience, How, ReaderKind, ReaderState, SubscriptionState
from newsletter.tokens import address_hmac, subject_of
from pages.demo import days
from pages.demo.content import uid
from pages.demo.memory import Memory

CITIZENS, STAFF = 64, 14
MAILING = dt.timedelta(minutes=4)


def add_readers(memory: Memory) -> None:
    """Add readers who follow everything, one district or a venue or two, and their consents."""
    readers = [*_readers(ReaderKind.CITIZEN, CITIZENS, memory)]
    readers += _readers(ReaderKind.STAFF, STAFF, memory)
    Subscriber.objects.bulk_create(readers)
    Follow.objects.bulk_create(
        follow
        for number, reader in enumerate(readers)
        for follow in _follows(reader, number, memory)
    )
    topics = list(Topic.objects.all())
    rows = [row for number, reader in enumerate(readers) for row in _yeses(reader, number, topics)]
    Subscription.objects.bulk_create(rows)
    Consent.objects.bulk_create(
        Consent(
            subject=subject_of(row.subscriber.pk),
            topic=row.topic.slug,
            act=act,
            how=how,
            wording=WORDING,
            at=row.asked_at,
        )
        for row in rows
        for act, how in ((Act.ASKED, How.FORM), (Act.CONFIRMED, How.LINK))
    )


def add_past_sendings(memory: Memory) -> None:
    """Note that the letters in the archive were sent, and what they told of."""
    for page in IssuePage.objects.in_archive():
        at = page.first_published_at
        readers = Subscriber.objects.receiving(page.topic, at).count()
        dispatch = Dispatch.objects.create(
            id=uid(f"dispatch:{page.slug}"),
            kind=DispatchKind.ISSUE,
            topic=page.topic,
            page=page,
            revision=page.live_revision,
            subject=page.subject_line,
            state=DispatchState.DONE,
            created_at=at,
            due_at=at,
            frozen_at=at,
            finished_at=at + MAILING,
            audience=readers,
            totals=_totals(readers),
        )
        note_mentions(dispatch, archived_content(page, now=at))


def _readers(kind: ReaderKind, number: int, memory: Memory) -> Iterator[Subscriber]:
    name = "laeser" if kind == ReaderKind.CITIZEN else "medarbejder"
    for place in range(number):
        email = f"{name}{place + 1}@post.example"
        at = days.moment(memory.today - dt.timedelta(days=40 + place), dt.time(10, place % 60))
        yield Subscriber(
            id=uid(f"reader:{email}"),
            email=email,
            email_hmac=address_hmac(email),
            kind=kind,
            state=ReaderState.ACTIVE,
            everything=place % 3 == 0,
            created_at=at,
            confirmed_at=at,
        )


def _follows(reader: Subscriber, number: int, memory: Memory) -> Iterator[Follow]:
    if reader.everything:
        return
    venues, districts = list(memory.venues.values()), list(memory.districts.values())
    yield Follow(subscriber=reader, venue=venues[number % len(venues)])
    if number % 2:
        yield Follow(subscriber=reader, district=districts[number % len(districts)])


def _yeses(reader: Subscriber, number: int, topics: list[Topic]) -> Iterator[Subscription]:
    staff = reader.kind == ReaderKind.STAFF
    for place, topic in enumerate(topics):
        wanted = staff if topic.audience == Audience.STAFF else (number + place) % 5 != 0
        if wanted:
            yield Subscription(
                subscriber=reader,
                topic=topic,
                state=SubscriptionState.ACTIVE,
                asked_at=reader.created_at,
                started_at=reader.created_at,
            )


def _totals(readers: int) -> dict[str, object]:
    """Return figures as a sending leaves them: a few had nothing in it, one box was gone."""
    empty = readers // 9
    return {
        "states": {
            DeliveryState.SENT: readers - empty - 1,
            DeliveryState.SKIPPED: empty,
            DeliveryState.FAILED: 1,
        },
        "skipped": {Reason.EMPTY: empty},
        "failed": {Reason.NO_MAILBOX: 1},
        "doubted": 0,
        "repeated": 0,
        "bounced": 0,
    }
