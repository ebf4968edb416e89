"""Keys in links, and hashes that stand for people. The database has no key in plain text.

A key to unsubscribe is worked out from the secret key, so that the same reader gets the same link
each time, and is found by its stored digest, so that links already sent work when the secret key
has changed.
"""

import datetime as dt
import hashlib
import hmac
import secrets
from base64 import urlsafe_b64encode
from collections.abc import Iterable
from uuid import UUID

from django.conf import settings

from newsletter.models import Subscriber, Token, Topic

KEY_BYTES = 16
LOT = 500
TERMS = {
    Token.Purpose.CONFIRM: dt.timedelta(days=7),
    Token.Purpose.MANAGE: dt.timedelta(hours=24),
}


def digest(key: str) -> str:
    """Return what is stored of a key: its SHA-256, in hex."""
    return hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()


def address_hmac(email: str) -> str:
    """Return the keyed hash (64 hex letters) that stands for an address, whatever its capitals."""
    return _hmac("address", email.lower()).hex()


def subject_of(subscriber_id: UUID) -> str:
    """Return the keyed hash of a reader's random id, for the log of consents."""
    return _hmac("subject", str(subscriber_id)).hex()


def hour_key(what: str, hour: dt.datetime) -> str:
    """Return a hash of `what` that is another one in each hour."""
    return _hmac("hour", f"{hour:%Y-%m-%dT%H}", what).hex()


def new_key(subscriber: Subscriber, purpose: Token.Purpose, *, now: dt.datetime) -> str:
    """Return a new key to confirm with, or to change one's choices with, for a link in a mail."""
    key = secrets.token_urlsafe(KEY_BYTES)
    Token.objects.create(
        digest=digest(key),
        purpose=purpose,
        subscriber=subscriber,
        expires_at=now + TERMS[purpose],
    )
    return key


def find(key: str, purpose: Token.Purpose) -> Token | None:
    """Return the row of a key with its reader and topic, whatever its term; one query."""
    rows = Token.objects.select_related("subscriber", "topic")
    found: Token | None = rows.filter(digest=digest(key), purpose=purpose).first()
    return found


def unsubscribe_tokens(subscriber_ids: Iterable[UUID], topic: Topic) -> dict[UUID, str]:
    """Return each reader's key to leave `topic`, and store the digests that are missing.

    Two queries for every 500 readers, one when all their digests are known.
    """
    keys = {pk: unsubscribe_key(pk, topic) for pk in subscriber_ids}
    readers = {digest(key): pk for pk, key in keys.items()}
    digests = list(readers)
    for start in range(0, len(digests), LOT):
        lot = digests[start : start + LOT]
        known = set(Token.objects.filter(digest__in=lot).values_list("digest", flat=True))
        Token.objects.bulk_create(
            [
                Token(
                    digest=value,
                    purpose=Token.Purpose.UNSUBSCRIBE,
                    subscriber_id=readers[value],
                    topic=topic,
                )
                for value in lot
                if value not in known
            ],
            ignore_conflicts=True,
        )
    return keys


def unsubscribe_key(subscriber_id: UUID, topic: Topic) -> str:
    """Return the key to leave `topic` that belongs in this reader's mails."""
    worked_out = _hmac("unsubscribe", str(subscriber_id), str(topic.pk))[:KEY_BYTES]
    return urlsafe_b64encode(worked_out).decode("ascii").rstrip("=")


def _hmac(purpose: str, *parts: str) -> bytes:
    secret = settings.NEWSLETTER_HASH_KEY or settings.SECRET_KEY
    text = "\n".join(("fristed.newsletter", purpose, *parts))
    return hmac.new(secret.encode(), text.encode("utf-8", "surrogatepass"), "sha256").digest()
