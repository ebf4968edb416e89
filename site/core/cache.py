"""A cache that may be away: then every value is simply not there."""

import logging
import time
from collections.abc import Callable
from typing import Any

from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)

REST = 10.0


class ForgivingRedisCache(RedisCache):
    """Django's Redis cache, except that a Redis that is down or hangs breaks no page.

    After a failure it is left alone for ten seconds, so that one request waits and not each.
    """

    closed_until = 0.0

    def _try(self, deed: Callable[[], Any], otherwise: Any) -> Any:
        if time.monotonic() < ForgivingRedisCache.closed_until:
            return otherwise
        try:
            return deed()
        except (RedisError, OSError) as error:
            ForgivingRedisCache.closed_until = time.monotonic() + REST
            logger.warning("The cache is away: %s", error)
            return otherwise

    def add(self, *args: Any, **kwargs: Any) -> Any:
        add = super().add
        return self._try(lambda: add(*args, **kwargs), True)

    def get(self, key: Any, default: Any = None, version: int | None = None) -> Any:
        get = super().get
        return self._try(lambda: get(key, default, version), default)

    def set(self, *args: Any, **kwargs: Any) -> None:
        put = super().set
        self._try(lambda: put(*args, **kwargs), None)

    def touch(self, *args: Any, **kwargs: Any) -> Any:
        touch = super().touch
        return self._try(lambda: touch(*args, **kwargs), False)

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        delete = super().delete
        return self._try(lambda: delete(*args, **kwargs), False)

    def get_many(self, *args: Any, **kwargs: Any) -> Any:
        get_many = super().get_many
        return self._try(lambda: get_many(*args, **kwargs), {})

    def has_key(self, *args: Any, **kwargs: Any) -> Any:
        has_key = super().has_key
        return self._try(lambda: has_key(*args, **kwargs), False)

    def incr(self, key: Any, delta: int = 1, version: int | None = None) -> Any:
        incr = super().incr
        return self._try(lambda: incr(key, delta, version), delta)

    def set_many(self, data: Any, *args: Any, **kwargs: Any) -> Any:
        set_many = super().set_many
        return self._try(lambda: set_many(data, *args, **kwargs), list(data))

    def delete_many(self, *args: Any, **kwargs: Any) -> None:
        delete_many = super().delete_many
        self._try(lambda: delete_many(*args, **kwargs), None)

    def clear(self) -> Any:
        return self._try(super().clear, False)
