"""A real Celery worker on the test's own database and the run's own Redis."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator

import pytest
from django.conf import settings
from django.db import connection

from config import celery_app


class Worker:
    """A worker process; `start` and `stop` may be called again and again."""

    def __init__(self) -> None:
        about = connection.settings_dict
        login = about["USER"] + (f":{about['PASSWORD']}" if about["PASSWORD"] else "")
        place = f"host={about['HOST']}" + (f"&port={about['PORT']}" if about["PORT"] else "")
        self.environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": "config.settings.test",
            "DATABASE_URL": f"postgres://{login}@/{about['NAME']}?{place}",
            "CELERY_EAGER": "0",
        }
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        command = ["celery", "--quiet", "--app", "config", "worker", "--pool", "solo"]
        self.process = subprocess.Popen(
            [sys.executable, "-m", *command, "--loglevel", "ERROR", "--without-mingle"],
            env=self.environment,
        )

    def stop(self) -> None:
        if self.process is None:
            return
        self.process.terminate()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


@pytest.fixture
def queued(monkeypatch: pytest.MonkeyPatch) -> None:
    """Send tasks to Redis instead of running them at once; the queue starts empty."""
    monkeypatch.setitem(celery_app.conf.changes, "task_always_eager", False)
    with celery_app.connection_for_write(url=settings.REDIS_URL) as broker:
        broker.default_channel.client.flushdb()


@pytest.fixture
def worker(transactional_db: None, queued: None) -> Iterator[Worker]:
    """A worker that is not started yet; stopped after the test."""
    made = Worker()
    yield made
    made.stop()


@pytest.fixture
def eventually(worker: Worker) -> Callable[..., None]:
    """Wait until a condition is true, at most four minutes: busy machines are slow.

    `again` is called each quarter of a minute, as the schedule knocks.
    """

    def wait(condition: Callable[[], object], again: Callable[[], object] | None = None) -> None:
        start = time.monotonic()
        knocks = 0
        while not condition():
            waited = time.monotonic() - start
            assert waited < 240, f"it did not happen within four minutes; {state_of(worker)}"
            if again and waited > 15 * (knocks + 1):
                knocks += 1
                again()
            time.sleep(0.1)

    return wait


def state_of(worker: Worker) -> str:
    """Return what is known of the worker and its queue, for whoever reads a failure."""
    code = worker.process.poll() if worker.process else "never started"
    with celery_app.connection_for_write(url=settings.REDIS_URL) as broker:
        client = broker.default_channel.client
        held = {name: client.type(name) for name in client.keys("*")}
        waiting = client.llen("celery")
    with connection.cursor() as cursor:
        cursor.execute("SELECT state, wait_event, left(query, 80) FROM pg_stat_activity")
        sessions = [row for row in cursor.fetchall() if row[0]]
    return f"worker {code}, {waiting} waiting, keys {held}, sessions {sessions}"
