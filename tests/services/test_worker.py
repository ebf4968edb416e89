"""What is queued in Redis is done by a real worker on PostgreSQL, and a dead queue costs little."""

import datetime as dt
import os
import signal
import time
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from config import celery_app
from core import queue
from core.models import Heartbeat
from core.tasks import note_heartbeat, publish_due_pages
from tests.factories.pages import make_standard_page
from tests.harness.servers import free_port, own_redis

MINUTE = dt.timedelta(minutes=1)


@pytest.fixture(autouse=True)
def open_door(monkeypatch):
    monkeypatch.setattr(queue._Door, "closed_until", 0.0)


def test_processes_side_by_side_have_a_queue_each(worker_id):
    number = int(worker_id.removeprefix("gw")) + 1 if worker_id.startswith("gw") else 0

    assert celery_app.conf.broker_url == settings.REDIS_URL
    assert urlsplit(settings.REDIS_URL).path == f"/{number}"
    assert os.environ["REDIS_URL"] == settings.REDIS_URL


def test_a_page_that_is_due_is_published_by_the_worker(worker, home, eventually):
    page = make_standard_page(home.home, "Om os", slug="om-os", live=False)
    page.go_live_at = timezone.now() - MINUTE
    page.save_revision(approved_go_live_at=page.go_live_at)
    worker.start()

    def knock():
        queue.enqueue(publish_due_pages)

    knock()

    eventually(lambda: type(page).objects.get(pk=page.pk).live, again=knock)
    assert type(page).objects.get(pk=page.pk).live


def test_what_was_queued_while_no_worker_was_there_is_done_when_one_comes(worker, eventually):
    queue.enqueue(note_heartbeat)
    assert not Heartbeat.objects.exists()

    worker.start()

    eventually(Heartbeat.objects.filter(name="worker").exists)


def test_nothing_is_queued_by_a_transaction_that_fails(worker):
    def fail():
        with transaction.atomic():
            queue.enqueue(note_heartbeat)
            raise RuntimeError("the save fails")

    with pytest.raises(RuntimeError):
        fail()

    with celery_app.connection_for_write() as broker:
        assert broker.default_channel.client.llen("celery") == 0


def test_a_redis_that_hangs_costs_the_first_save_a_second_and_the_next_nothing(
    queued, transactional_db, monkeypatch
):
    with own_redis() as (address, process):
        monkeypatch.setitem(celery_app.conf.changes, "broker_write_url", address)
        process.send_signal(signal.SIGSTOP)
        try:
            first = seconds(lambda: queue.enqueue(note_heartbeat))
            second = seconds(lambda: queue.enqueue(note_heartbeat))
        finally:
            process.send_signal(signal.SIGCONT)

    assert first < 2.5
    assert second < 0.25  # the queue would have been given 0.3 seconds


def test_a_redis_that_is_gone_breaks_no_save(queued, transactional_db, monkeypatch):
    monkeypatch.setitem(
        celery_app.conf.changes, "broker_write_url", f"redis://127.0.0.1:{free_port()}/0"
    )

    assert seconds(lambda: queue.enqueue(note_heartbeat)) < 2.5


def seconds(deed):
    started = time.monotonic()
    deed()
    return time.monotonic() - started
