"""At most so many from the same corner of the net, without keeping anybody's address.

The count lives in the cache under a keyed hash of the network (/24, /56) that changes every day.
"""

import hmac
import ipaddress

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.utils import timezone


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
    """Return the visitor's network. A proxy in front sets REMOTE_ADDR or we see only the proxy."""
    try:
        address = ipaddress.ip_address(request.META.get("REMOTE_ADDR", ""))
    except ValueError:
        return ""
    bits = 24 if address.version == 4 else 56
    return str(ipaddress.ip_network(f"{address}/{bits}", strict=False))
