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
    """Return the visitor's network, seen past as many proxies of our own as the settings say."""
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "")
    remote = request.META.get("REMOTE_ADDR", "")
    return network_of(visitor_address(remote, forwarded, settings.TRUSTED_PROXIES))
