"""Workers that are killed while a newsletter goes out, on PostgreSQL with a real Celery and Redis.

Whatever happens: nobody gets it twice without being in the list of doubts, nobody is missed, and
nobody is neither sent to nor listed.
"""

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter

import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone

from config import celery_app
from core import queue
from newsletter.actions.sending import cancel
from newsletter.models import Delivery, Dispatch, RelayLine
from newsletter.sending_taxonomy import DispatchState
from newsletter.tasks import pump, tick
from tests.factories.sending import make_dispatch, make_readers
from tests.harness.mail_sink import running_sink
from tests.harness.newsletter_worker import PLACES

LONG_AGO = timezone.now().replace(year=2000)
READERS = 60
# After the gate a dead worker leaves its one message in doubt; before it nothing.
DOUBTFUL = {"gate_passed", "dot_sent", "answered"}
# Places that are passed once in a sending.
ONCE = {"before_freeze", "in_freeze", "connected", "finishing"}


class Post:
    """A mail server, and workers of the newsletter that send to it."""

    def __init__(self, sink):
        self.sink = sink
        self.workers = []
        about = connection.settings_dict
        login = about["USER"] + (f":{about['PASSWORD']}" if about["PASSWORD"] else "")
        place = f"host={about['HOST']}" + (f"&port={about['PORT']}" if about["PORT"] else "")
        self.environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": "config.settings.test",
            "DATABASE_URL": f"postgres://{login}@/{about['NAME']}?{place}",
            "CELERY_EAGER": "0",
            "NEWSLETTER_RELAY": "smtp",
            "EMAIL_HOST": "127.0.0.1",
            "EMAIL_PORT": str(sink.port),
            "EMAIL_USE_TLS": "0",
            "NEWSLETTER_PER_MINUTE": "0",
            "NEWSLETTER_ANSWER_SECONDS": "5",
        }

    def start(self, *arguments, pool="solo"):
        command = [sys.executable, "-m", "tests.harness.newsletter_worker", pool, *arguments]
        worker = subprocess.Popen(command, env=self.environment)
        self.workers.append(worker)
        return worker

    def stop(self):
        for worker in self.workers:
            if worker.poll() is None:
                worker.kill()
            worker.wait()


@pytest.fixture
def post(transactional_db, queued, home, monkeypatch):
    monkeypatch.setattr(queue._Door, "closed_until", 0.0)
    with running_sink(delay=0.001) as sink:
        made = Post(sink)
        yield made
        made.stop()


TICK_EVERY = 5  # seconds; beat does it every twenty


def let_leases_run_out():
    """Two minutes later: nothing is held by the dead any more."""
    Delivery.objects.filter(lease_until__isnull=False).update(lease_until=LONG_AGO)
    RelayLine.objects.update(held_until=LONG_AGO)


def is_done(dispatch):
    return Dispatch.objects.get(pk=dispatch.pk).state == DispatchState.DONE


def go_on_until(condition, *, seconds=240):
    """Beat: a tick now and then, until it is done."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, Delivery.objects.all().counts()
        queue.enqueue(tick)
        time.sleep(0.3)


def wait_until(condition, *, seconds=240):
    """Wait, with a tick every few seconds, as beat gives them."""
    end = time.monotonic() + seconds
    next_tick = time.monotonic() + TICK_EVERY
    while not condition():
        assert time.monotonic() < end, "it did not happen"
        if time.monotonic() > next_tick:
            queue.enqueue(tick)
            next_tick += TICK_EVERY
        time.sleep(0.01)


def end_of(victim):
    """Return the exit code of a worker that kills itself on the way."""
    wait_until(lambda: victim.poll() is not None)
    return victim.poll()


def twice(sink):
    """Return the ids of the messages that came more than once, and check that they are the same."""
    ids = Counter()
    receivers = Counter(sink.receivers())
    for mail in sink.mails:
        head = mail.body.partition(b"\r\n\r\n")[0].decode()
        ids[next(line for line in head.split("\r\n") if line.startswith("Message-ID"))] += 1
    assert sorted(ids.values()) == sorted(receivers.values())
    return {receiver for receiver, number in receivers.items() if number > 1}


def in_list_of_doubts():
    rows = Delivery.objects.ever_doubted().select_related("subscriber")
    return {row.subscriber.email for row in rows}


@pytest.mark.parametrize("place", PLACES)
def test_a_worker_killed_at_any_place_makes_no_double_that_is_not_listed_and_no_gap(post, place):
    make_readers(READERS)
    dispatch = make_dispatch(timezone.now())
    victim = post.start(place, "1" if place in ONCE else "2")
    queue.enqueue(tick)
    assert end_of(victim) == -signal.SIGKILL
    before = Counter(post.sink.receivers())
    let_leases_run_out()

    post.start()
    go_on_until(lambda: is_done(dispatch))

    doubts = in_list_of_doubts()
    assert set(post.sink.receivers()) == {f"laeser{n}@example.org" for n in range(READERS)}
    assert twice(post.sink) <= doubts
    assert len(doubts) == (1 if place in DOUBTFUL else 0)
    assert Delivery.objects.all().counts() == {"sent": READERS}
    assert sum(before.values()) <= READERS


def test_with_hold_nobody_gets_it_twice_and_who_may_miss_it_is_listed(post):
    make_readers(READERS)
    dispatch = make_dispatch(timezone.now(), doubt_policy="hold")
    for place in ("gate_passed", "dot_sent", "answered"):
        victim = post.start(place, "2")
        queue.enqueue(tick)
        assert end_of(victim) == -signal.SIGKILL
        let_leases_run_out()

    post.start()
    go_on_until(lambda: is_done(dispatch))

    everybody = {f"laeser{n}@example.org" for n in range(READERS)}
    assert twice(post.sink) == set()
    assert len(in_list_of_doubts()) == 3
    assert everybody - set(post.sink.receivers()) <= in_list_of_doubts()
    assert Delivery.objects.all().counts() == {"sent": READERS - 3, "doubt": 3}


def test_workers_killed_at_random_with_redis_flushed_and_tasks_delivered_twice(post):
    number, kills, dice = 400, 5, random.Random(4)
    make_readers(number)
    dispatch = make_dispatch(timezone.now())
    post.sink.delay = 0.004
    for _ in range(kills):
        victims = [post.start(), post.start()]
        for _twice in range(2):
            queue.enqueue(tick)
            queue.enqueue(pump)
        seen = post.sink.count
        wait_until(lambda seen=seen: post.sink.count > seen + 10 or is_done(dispatch))
        time.sleep(dice.uniform(0.0, 0.15))
        for victim in dice.sample(victims, 2):
            victim.kill()
            victim.wait()
        with celery_app.connection_for_write(url=settings.REDIS_URL) as broker:
            broker.default_channel.client.flushdb()
        let_leases_run_out()

    post.start()
    go_on_until(lambda: is_done(dispatch))

    doubts = in_list_of_doubts()
    everybody = {f"laeser{n}@example.org" for n in range(number)}
    counts = Delivery.objects.all().counts()
    assert twice(post.sink) <= doubts
    assert everybody - set(post.sink.receivers()) <= doubts
    assert len(doubts) <= 2 * kills
    # Who was in doubt twice is left to the editor.
    assert counts["sent"] + counts.get("doubt", 0) == number


def test_redis_flushed_in_the_middle_loses_nothing(post):
    make_readers(200)
    dispatch = make_dispatch(timezone.now())
    post.sink.delay = 0.003
    post.start()
    queue.enqueue(tick)
    wait_until(lambda: post.sink.count > 20)

    with celery_app.connection_for_write(url=settings.REDIS_URL) as broker:
        broker.default_channel.client.flushdb()
    go_on_until(lambda: is_done(dispatch))

    assert sorted(post.sink.receivers()) == sorted(f"laeser{n}@example.org" for n in range(200))
    assert in_list_of_doubts() == set()


@pytest.mark.parametrize("pool", ["solo", "prefork"])
def test_a_worker_that_is_asked_to_stop_leaves_no_doubt_and_no_lease(post, pool):
    make_readers(400)
    make_dispatch(timezone.now())
    post.sink.delay = 0.005
    worker = post.start(pool=pool)
    queue.enqueue(tick)
    wait_until(lambda: post.sink.count > 20)

    worker.terminate()
    worker.wait(20)

    counts = Delivery.objects.all().counts()
    assert set(counts) == {"sent", "queued"}
    assert counts["sent"] == post.sink.count
    assert twice(post.sink) == set()
    assert in_list_of_doubts() == set()


def test_cancelling_while_workers_are_sending_stops_them_at_once(post):
    make_readers(400)
    dispatch = make_dispatch(timezone.now())
    post.sink.delay = 0.005
    post.start()
    post.start()
    queue.enqueue(tick)
    wait_until(lambda: post.sink.count > 20)

    cancel(dispatch, now=timezone.now())
    time.sleep(0.5)
    stood = post.sink.count
    time.sleep(1.0)

    counts = Delivery.objects.all().counts()
    assert post.sink.count == stood
    assert counts == {"sent": stood, "skipped": 400 - stood}
