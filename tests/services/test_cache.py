"""A Redis that is away or hangs costs a page little and breaks none."""

import signal
import time

import pytest
from django.core.cache import cache
from redis.backoff import NoBackoff
from redis.retry import Retry

from core.cache import ForgivingRedisCache
from tests.harness.servers import own_redis


@pytest.fixture(autouse=True)
def open_door(monkeypatch):
    monkeypatch.setattr(ForgivingRedisCache, "closed_until", 0.0)


@pytest.fixture
def own():
    """A cache on a Redis of its own, and that Redis' process."""
    with own_redis() as (address, process):
        limits = {"socket_timeout": 0.2, "socket_connect_timeout": 0.2}
        options = {"OPTIONS": {**limits, "retry": Retry(NoBackoff(), 0)}}
        yield ForgivingRedisCache(address, options), process


def test_values_are_kept(db):
    cache.set("sted", "Åen")
    cache.set_many({"a": 1, "b": 2})

    assert (cache.get("sted"), cache.get_many(["a", "b"])) == ("Åen", {"a": 1, "b": 2})
    assert (cache.incr("a"), "b" in cache, cache.add("b", 3)) == (2, True, False)


def test_a_redis_that_hangs_is_asked_once(db, own):
    box, process = own
    box.set("sted", "Åen")
    process.send_signal(signal.SIGSTOP)
    started = time.monotonic()
    try:
        values = [box.get("sted", "ukendt") for _ in range(20)]
    finally:
        process.send_signal(signal.SIGCONT)

    assert values == ["ukendt"] * 20
    assert time.monotonic() - started < 2.0  # asked each time it would be four seconds


def test_without_redis_everything_is_simply_not_there(db, own):
    box, process = own
    process.kill()
    process.wait()

    box.set("sted", "Åen")

    assert (box.get("sted"), box.get_many(["sted"]), box.has_key("sted")) == (None, {}, False)
    assert (box.add("lås", 1), box.incr("tal"), box.delete("sted")) == (True, 1, False)
    assert (box.set_many({"a": 1}), box.touch("a"), box.clear()) == (["a"], False, False)
