"""At most so many from the same corner of the net, without keeping anybody's address.

The count lives in the cache under a keyed hash of the network (/24, /56) that changes every day.
"""

import hmac

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.utils import timezone

from core.domain.networks import network_of, visitor_address


def under_limit(request: HttpRequest, scope: str, *, limit: int, seconds: int) -> bool:
    """Count one try of `scope` and return whether it is among the first `limit` in `seconds`."""
    day = timezone.now().date().isoformat()
    words = f"{scope}|{day}|{network(request)}".encode()
    key = "try:" + hmac.new(settings.SECRET_KEY.encode(), words, "sha256").hexdigest()
    cache.add(key, 0, timeout=seconds)
    try:
        return cache.incr(key) <= limit
    except ValueError:  # it ran out in between, or the cache is away: nobody is kept out for that
        return True


def network(request: HttpRequest) -> str:
    """Return the visitor's network, "" when it is not known."""
    return network_of(visitor(request))


def visitor(request: HttpRequest) -> str:
    """Return the visitor's address as our own proxies tell it."""
    return visitor_address(
        request.META.get("REMOTE_ADDR", ""),
        request.headers.get("X-Forwarded-For", ""),
        settings.TRUSTED_PROXIES,
    )
