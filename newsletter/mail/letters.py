"""A dispatch as a letter that can be asked for each reader's copy, and its readers."""

import hashlib
from collections.abc import Iterable
from typing import TYPE_CHECKING
from uuid import UUID

from django.conf import settings
from django.urls import reverse

from core.domain.dates import COPENHAGEN
from core.post import sender_domain
from newsletter.domain.headers import Reader, leaving_mail, message_id
from newsletter.domain.mime import EncodedFragment, Letter, prepare
from newsletter.follows import follows_of
from newsletter.mail.envelope import envelope_of
from newsletter.sending_taxonomy import DispatchKind
from newsletter.tokens import unsubscribe_tokens

if TYPE_CHECKING:
    from newsletter.models import Dispatch, Subscriber

KEY = "KEY"  # stands for a reader's key in the address that all of them share


def letter_of(dispatch: "Dispatch") -> Letter:
    """Return the stored pieces of a dispatch under its headers; three queries."""
    fragments = [
        EncodedFragment(
            key=row.key,
            order=row.order,
            html_qp=bytes(row.html),
            text_qp=bytes(row.text),
            venue_ids=frozenset(row.venue_ids),
            district_ids=frozenset(row.district_ids),
            occurrence_id=row.occurrence_id,
        )
        for row in dispatch.fragments.all()
    ]
    envelope = envelope_of(dispatch, automatic=dispatch.kind != DispatchKind.ISSUE)
    return prepare(fragments, envelope, dispatch=dispatch.pk)


def readers_of(dispatch: "Dispatch", subscribers: Iterable["Subscriber"]) -> dict[UUID, Reader]:
    """Return what is each subscriber's own, by their id; five queries for up to 500.

    Message-ID and Date follow from dispatch and reader alone, so a message sent once more is the
    same message. Raises ValueError for a dispatch whose audience is not fixed yet.
    """
    if dispatch.frozen_at is None:
        raise ValueError("the dispatch has no date yet")
    rows = list(subscribers)
    ids = [row.pk for row in rows]
    follows = follows_of(ids)
    keys = unsubscribe_tokens(ids, dispatch.topic)
    name_key, domain = _name_key(), sender_domain()
    date = dispatch.frozen_at.astimezone(COPENHAGEN).replace(microsecond=0)
    manage = f"{settings.BASE_URL}{reverse('newsletter_manage_ask')}"
    leave = f"{settings.BASE_URL}{reverse('newsletter_unsubscribe', args=[KEY])}"
    return {
        row.pk: Reader(
            address=row.email,
            message_id=message_id(dispatch.pk, row.pk, key=name_key, domain=domain),
            date=date,
            unsubscribe_url=leave.replace(KEY, keys[row.pk]),
            manage_url=manage,
            follows_everything=follows[row.pk].everything,
            venue_ids=follows[row.pk].venue_ids,
            district_ids=follows[row.pk].district_ids,
            unsubscribe_mailto=leaving_mail(settings.NEWSLETTER_BOUNCE_ADDRESS, keys[row.pk]),
        )
        for row in rows
        if row.pk in follows
    }


def message_id_of(dispatch_id: UUID, subscriber_id: UUID) -> str:
    """Return the Message-ID of one reader's copy."""
    return message_id(dispatch_id, subscriber_id, key=_name_key(), domain=sender_domain())


def _name_key() -> bytes:
    """Return what Message-IDs are made with, so that none of them tells who a reader is."""
    secret = settings.NEWSLETTER_HASH_KEY or settings.SECRET_KEY
    return hashlib.sha256(f"fristed.newsletter\nmessage-id\n{secret}".encode()).digest()
