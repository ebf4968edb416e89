"""The addresses that answers of machines come back to: each names its message (VERP).

`retur@kommune.example` becomes `retur+4711-9f31c2aa@kommune.example`. The second half proves that
we wrote it: nobody can have a reader struck off by making an address up.
"""

import hmac
import re
from email.utils import parseaddr
from functools import lru_cache

from django.conf import settings

_OWN = re.compile(r"^(?P<local>.+)\+(?P<pk>\d{1,18})-(?P<proof>[0-9a-f]{12})@(?P<domain>[^@]+)$")


def bounce_address(delivery_id: int) -> str:
    """Return the envelope sender of one message; without a setting that of all our mail."""
    given = settings.NEWSLETTER_BOUNCE_ADDRESS
    if not given:
        return _plain(settings.DEFAULT_FROM_EMAIL)
    local, _, domain = given.rpartition("@")
    return f"{local}+{delivery_id}-{_proof(delivery_id)}@{domain}"


def delivery_of(address: str) -> int | None:
    """Return the message that an address of ours names, or None for any other address."""
    found = _OWN.match(address.strip().strip("<>").lower())
    given = settings.NEWSLETTER_BOUNCE_ADDRESS.lower()
    if not found or not given or f"{found['local']}@{found['domain']}" != given:
        return None
    pk = int(found["pk"])
    return pk if hmac.compare_digest(_proof(pk), found["proof"]) else None


@lru_cache(maxsize=4)
def _plain(sender: str) -> str:
    return parseaddr(sender)[1]


def _proof(delivery_id: int) -> str:
    secret = (settings.NEWSLETTER_HASH_KEY or settings.SECRET_KEY).encode()
    return hmac.new(secret, f"fristed.bounce\n{delivery_id}".encode(), "sha256").hexdigest()[:12]
