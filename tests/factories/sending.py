"""Dispatches for tests, of a kind whose words stand in the dispatch itself."""

import datetime as dt
from typing import Any
from uuid import UUID

from newsletter.actions.sending import create_dispatch
from newsletter.domain.content import Block, BlockKind, Entry, IssueContent
from newsletter.kinds import register_kind
from newsletter.models import Dispatch, Subscriber, Subscription, Topic
from newsletter.taxonomy import ReaderState, SubscriptionState
from newsletter.tokens import address_hmac
from tests.factories.newsletter import LONG_AGO, topic

KIND = "test"
GREETING = "<p>Kære læser. Kom og få en kop kaffe i Ågade.</p>"


def content_of(dispatch: Dispatch, now: dt.datetime) -> IssueContent | None:
    """Return what the payload says: `greeting`, and `places`, a date at each venue id."""
    greeting = dispatch.payload.get("greeting", GREETING)
    entries = tuple(
        _entry(number, venue, now)
        for number, venue in enumerate(dispatch.payload.get("places", []))
    )
    lists = (Block(kind=BlockKind.ACTIVITIES, heading="Det sker", entries=entries),)
    return IssueContent(
        subject=dispatch.subject,
        preheader="",
        greeting_html=greeting,
        greeting_text=greeting.replace("<p>", "").replace("</p>", ""),
        blocks=lists if entries else (),
        web_url="https://fristed.example/nyhedsbrev/nyt/",
    )


def _entry(number: int, venue_id: int, now: dt.datetime) -> Entry:
    return Entry(
        occurrence_id=1_000_000 + number,
        activity_id=number,
        venue_ids=frozenset({venue_id}),
        district_ids=frozenset(),
        starts_at=now + dt.timedelta(days=1),
        day=(now + dt.timedelta(days=1)).date(),
        when="kl. 13–15",
        title=f"Sangaften {number}",
        place="Stuen",
        url="https://fristed.example/aktiviteter/sangaften/",
    )


register_kind(KIND, content=content_of)


def make_dispatch(now: dt.datetime, **fields: Any) -> Dispatch:
    """Return a dispatch that is due at `now`."""
    values = {
        "kind": KIND,
        "topic": fields.pop("topic", None) or topic(),
        "subject": "Nyt fra værestederne",
        "due_at": now,
        "now": now,
    }
    return create_dispatch(**{**values, **fields})


def make_readers(number: int, of: Topic | None = None) -> list[Subscriber]:
    """Return many readers who follow everything: laeser0@example.org and so on."""
    wanted = of or topic()
    readers = Subscriber.objects.bulk_create(
        [
            Subscriber(
                id=UUID(int=(4 << 76) + (2 << 62) + place),
                email=f"laeser{place}@example.org",
                email_hmac=address_hmac(f"laeser{place}@example.org"),
                state=ReaderState.ACTIVE,
                created_at=LONG_AGO,
                confirmed_at=LONG_AGO,
            )
            for place in range(number)
        ]
    )
    Subscription.objects.bulk_create(
        Subscription(
            subscriber=reader,
            topic=wanted,
            state=SubscriptionState.ACTIVE,
            asked_at=LONG_AGO,
            started_at=LONG_AGO,
        )
        for reader in readers
    )
    return readers
