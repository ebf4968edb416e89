"""Readers and topics for tests."""

import datetime as dt
from typing import Any

from newsletter.models import Follow, Subscriber, Subscription, Topic
from newsletter.taxonomy import ReaderState, SubscriptionState
from newsletter.tokens import address_hmac

LONG_AGO = dt.datetime(2026, 1, 5, 9, tzinfo=dt.UTC)


def topic(slug: str = "nyt-fra-vaerestederne") -> Topic:
    """Return one of the topics every installation starts with."""
    return Topic.objects.get(slug=slug)


def make_reader(
    email: str = "aase@example.org",
    *topics: Topic,
    venues: tuple[Any, ...] = (),
    districts: tuple[Any, ...] = (),
    at: dt.datetime = LONG_AGO,
    **fields: Any,
) -> Subscriber:
    """Return an active reader of `topics`, who follows these places, or everything."""
    reader: Subscriber = Subscriber.objects.create(
        email=email,
        email_hmac=address_hmac(email),
        created_at=at,
        **{
            "state": ReaderState.ACTIVE,
            "confirmed_at": at,
            "everything": not (venues or districts),
            **fields,
        },
    )
    for one in topics:
        Subscription.objects.create(
            subscriber=reader,
            topic=one,
            state=SubscriptionState.ACTIVE,
            asked_at=at,
            started_at=at,
        )
    for venue in venues:
        Follow.objects.create(subscriber=reader, venue=venue)
    for district in districts:
        Follow.objects.create(subscriber=reader, district=district)
    return reader
