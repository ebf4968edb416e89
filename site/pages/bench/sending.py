"""Sending newsletters, measured end to end into a mail server that takes everything.

Every way is measured in the same run, in turns: on a machine that others use too only the ratios
mean something.
"""

import contextlib
import datetime as dt
import multiprocessing
import resource
import smtplib
import socket
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.db import connections
from django.utils import timezone

from newsletter.actions.sending import Pump, create_dispatch, freeze_due, sweep
from newsletter.domain.content import Block, BlockKind, Entry, IssueContent
from newsletter.domain.mime import Letter
from newsletter.kinds import register_kind
from newsletter.mail.letters import letter_of, readers_of
from newsletter.models import Delivery, Dispatch, Subscriber, Subscription, Topic
from newsletter.taxonomy import ReaderState, SubscriptionState
from newsletter.tokens import address_hmac
from newsletter.transport import open_line
from pages.bench.city import PROSE, TITLES

FORK = multiprocessing.get_context("fork")
KIND = "bench"
DATES = 24
LOT = 5000
GREETING = " ".join([f"Kære læser. Så er det blevet forår på værestederne: {PROSE}."] * 3)


def content(dispatch: Dispatch, now: dt.datetime) -> IssueContent:
    """Return an issue of ordinary length: a greeting and two dozen dates."""
    entries = tuple(_entry(number, now) for number in range(DATES))
    return IssueContent(
        subject=dispatch.subject,
        preheader="Det sker i ugen, der kommer",
        greeting_html=f"<p>{GREETING}</p>",
        greeting_text=GREETING,
        blocks=(Block(kind=BlockKind.ACTIVITIES, heading="Det sker snart", entries=entries),),
        web_url=f"{settings.BASE_URL}/nyhedsbrev/foraar/",
    )


def _entry(number: int, now: dt.datetime) -> Entry:
    starts = now + dt.timedelta(hours=9 * number)
    return Entry(
        occurrence_id=1_000_000_000 + number,
        activity_id=number,
        venue_ids=frozenset({number}),
        district_ids=frozenset(),
        starts_at=starts,
        day=starts.date(),
        when="kl. 13.30–15",
        title=f"{TITLES[number % len(TITLES)]} i Gården på Ærøgade",
        place="Medborgerhuset Broen",
        url=f"{settings.BASE_URL}/aktiviteter/sted-{number}/",
    )


register_kind(KIND, content=content)


def make_readers(number: int) -> Topic:
    """Return a topic with so many readers who follow everything."""
    now = timezone.now()
    name = f"maal-{uuid.uuid4().hex[:8]}"
    topic: Topic = Topic.objects.create(slug=name, title="Måling", description="Måling")
    for start in range(0, number, LOT):
        lot = range(start, min(start + LOT, number))
        readers = [_reader(f"{name}-{place}@example.org", now) for place in lot]
        Subscriber.objects.bulk_create(readers)
        Subscription.objects.bulk_create(
            Subscription(
                subscriber=reader,
                topic=topic,
                state=SubscriptionState.ACTIVE,
                asked_at=now,
                started_at=now,
            )
            for reader in readers
        )
    return topic


def _reader(email: str, now: dt.datetime) -> Subscriber:
    return Subscriber(
        email=email,
        email_hmac=address_hmac(email),
        state=ReaderState.ACTIVE,
        created_at=now,
        confirmed_at=now,
    )


def make_dispatch(topic: Topic) -> Dispatch:
    """Return a dispatch to the topic's readers that is due."""
    now = timezone.now()
    return create_dispatch(
        kind=KIND, topic=topic, subject="Forår på værestederne", due_at=now, now=now
    )


@contextlib.contextmanager
def sink() -> Iterator[int]:
    """Yield the port of a mail server in a process of its own."""
    server = subprocess.Popen(
        [sys.executable, "-m", "tests.harness.mail_sink"], stdout=subprocess.PIPE, text=True
    )
    if server.stdout is None:
        raise AssertionError("the pipe was asked for")
    try:
        yield int(server.stdout.readline())
    finally:
        server.terminate()
        server.wait(10)
        server.stdout.close()


def seconds(deed: Callable[[], Any]) -> float:
    """Return how long a deed takes, by the clock on the wall."""
    began = time.perf_counter()
    deed()
    return time.perf_counter() - began


def by_django(letter: Letter, readers: list[Any], port: int) -> None:
    """Send with Django's own backend on one connection that is kept, as `send_messages` does."""
    backend = get_connection(
        "django.core.mail.backends.smtp.EmailBackend", host="127.0.0.1", port=port, use_tls=False
    )
    backend.open()
    for reader in readers:
        parts = letter.parts(reader)
        if parts is None:
            raise AssertionError("this issue says something to everybody")
        mail = EmailMultiAlternatives(
            parts.subject, parts.text, parts.from_address, [parts.to], headers=parts.headers
        )
        mail.attach_alternative(parts.html, "text/html")
        backend.send_messages([mail])
    backend.close()


def by_ourselves(topic: Topic, *, lines: int = 1) -> float:
    """Send one dispatch to the topic's readers and return the seconds from audience to last yes.

    With more lines each has a process of its own, as Celery's workers have.
    """
    dispatch = make_dispatch(topic)
    freeze_due(now=timezone.now())
    connections.close_all()
    crew = [FORK.Process(target=_pump_dry, args=(dispatch.pk,)) for _ in range(lines - 1)]
    began = time.perf_counter()
    for worker in crew:
        worker.start()
    _pump_dry(dispatch.pk)
    for worker in crew:
        worker.join()
    spent = time.perf_counter() - began
    sweep(now=timezone.now())
    left = Delivery.objects.filter(dispatch=dispatch).exclude(state="sent").count()
    if left:
        raise AssertionError(f"{left} messages were not sent")
    return spent


def _pump_dry(dispatch_id: uuid.UUID) -> None:
    while Dispatch.objects.ready(timezone.now()).filter(pk=dispatch_id).exists():
        Pump(clock=timezone.now, open_line=open_line).run()


def blast(message: bytes, number: int, port: int) -> None:
    """Send one message again and again without waiting: what the server itself can take."""
    with socket.create_connection(("127.0.0.1", port)) as line, line.makefile("rb") as replies:
        replies.readline()
        line.sendall(b"EHLO bench\r\n")
        while replies.readline()[3:4] == b"-":
            pass
        envelope = b"MAIL FROM:<a@example.org>\r\nRCPT TO:<b@example.org>\r\nDATA\r\n"
        whole = envelope + message + b".\r\n"
        for _ in range(number):
            line.sendall(whole)
            for _reply in range(4):
                replies.readline()


def by_smtplib(messages: list[bytes], port: int) -> None:
    """Send ready bytes with the standard library on one connection: no gate, no rows."""
    with smtplib.SMTP("127.0.0.1", port) as server:
        for message in messages:
            server.sendmail("a@example.org", ["b@example.org"], message)


def memory() -> float:
    """Return the most memory this process has had, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def letters_for(topic: Topic, number: int) -> tuple[Letter, list[Any]]:
    """Return a frozen dispatch's letter and what is the readers' own, for the other ways."""
    dispatch = make_dispatch(topic)
    freeze_due(now=timezone.now())
    dispatch.refresh_from_db()
    readers = readers_of(dispatch, Subscriber.objects.filter(subscriptions__topic=topic)[:number])
    letter = letter_of(dispatch)
    Dispatch.objects.filter(pk=dispatch.pk).update(state="cancelled")
    return letter, list(readers.values())
