"""A mail server of our own, and a worker that speaks to it."""

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from newsletter.actions.sending import Pump, freeze_due, sweep
from newsletter.models import Delivery
from newsletter.transport import Line, open_line
from tests.harness.mail_sink import MailSink, running_sink


class Clock:
    """The time of a test; it stands still until it is moved."""

    def __init__(self, now: dt.datetime) -> None:
        self.now = now

    def __call__(self) -> dt.datetime:
        return self.now

    def move(self, **by: float) -> dt.datetime:
        self.now += dt.timedelta(**by)
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock(dt.datetime(2026, 3, 2, 8, tzinfo=dt.UTC))


@pytest.fixture
def sink(settings: Any) -> Iterator[MailSink]:
    """A mail server; set `sink.rule` to have it misbehave."""
    with running_sink() as server:
        settings.NEWSLETTER_RELAY = "smtp"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
        settings.EMAIL_USE_TLS = False
        settings.NEWSLETTER_PER_MINUTE = 0
        settings.NEWSLETTER_ANSWER_SECONDS = 0.5
        yield server


@pytest.fixture
def work(clock: Clock) -> Callable[..., int]:
    """What the beat and one worker do at the present moment; returns how many were sent."""

    def once(open_line: Callable[[], Line] = open_line, **options: Any) -> int:
        freeze_due(now=clock())
        sweep(now=clock())
        sent = Pump(clock=clock, open_line=open_line, seconds=20, **options).run()
        sweep(now=clock())
        return sent

    return once


@pytest.fixture
def states() -> Callable[[], dict[str, str]]:
    """Return each reader's address with the state and reason of their message."""

    def read() -> dict[str, str]:
        rows = Delivery.objects.order_by("pk").select_related("subscriber")
        return {row.subscriber.email: f"{row.state} {row.reason}".strip() for row in rows}

    return read
