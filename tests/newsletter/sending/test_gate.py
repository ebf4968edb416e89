"""Between the last byte of a message and its dot: what stops it there, and what does not."""

import datetime as dt
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.models import ContentVersion
from newsletter.actions.readers import end_subscription
from newsletter.actions.sending import cancel, freeze_due, pause, resume
from newsletter.actions.sending.gate import Gate
from newsletter.actions.sending.lease import lease_lot
from newsletter.actions.sending.sweep import sweep
from newsletter.models import Delivery, Dispatch, Subscriber
from newsletter.sending_taxonomy import DeliveryState, DispatchState
from newsletter.tokens import unsubscribe_tokens
from newsletter.transport import open_line
from tests.factories.newsletter import topic
from tests.factories.sending import make_dispatch, make_readers

pytestmark = pytest.mark.django_db
PATIENCE = dt.timedelta(seconds=60)


class Interrupted:
    """A line on which something happens when a whole message but its dot is over there."""

    def __init__(self, line, deed):
        self.line, self.deed = line, deed

    def __getattr__(self, name):
        return getattr(self.line, name)

    def offer(self, offer):
        self.line.offer(offer)
        self.deed()


@pytest.fixture
def one(clock):
    make_readers(1)
    return make_dispatch(clock())


def during(deed):
    return lambda: Interrupted(open_line(), deed)


def test_cancel_stops_the_message_in_the_air(sink, clock, work, states, one):
    assert work(during(lambda: cancel(one, now=clock()))) == 0

    assert sink.mails == []
    assert states() == {"laeser0@example.org": "skipped cancelled"}


def test_pause_stops_the_message_in_the_air_and_resume_sends_it(sink, clock, work, states, one):
    assert work(during(lambda: pause(one, now=clock()))) == 0
    assert (sink.mails, states()) == ([], {"laeser0@example.org": "queued"})

    resume(one, now=clock())

    assert work() == 1
    assert states() == {"laeser0@example.org": "sent"}


def test_unsubscribing_stops_the_message_in_the_air(sink, clock, work, states, one):
    keys = unsubscribe_tokens(Subscriber.objects.values_list("pk", flat=True), topic())
    key = next(iter(keys.values()))

    assert work(during(lambda: end_subscription(key, now=clock()))) == 0

    assert sink.mails == []
    assert states() == {"laeser0@example.org": "skipped left"}


def test_a_pause_of_the_reader_stops_the_message_in_the_air(sink, clock, work, states, one):
    later = clock() + dt.timedelta(days=1)

    work(during(lambda: Subscriber.objects.update(paused_until=later)))

    assert (sink.mails, states()) == ([], {"laeser0@example.org": "skipped paused"})


def test_a_lost_lease_stops_the_message_in_the_air(sink, clock, work, states, one):
    def take_over():
        Delivery.objects.update(lease=uuid4())

    assert work(during(take_over)) == 0

    assert sink.mails == []
    assert states() == {"laeser0@example.org": "leased"}


def test_a_lease_that_is_over_is_taken_by_another_and_the_first_sends_nothing(
    sink, clock, work, states, one
):
    naps = iter([3])

    def sleep_too_long():
        for minutes in naps:
            clock.move(minutes=minutes)
            sweep(now=clock())
            assert states() == {"laeser0@example.org": "queued"}

    assert work(during(sleep_too_long)) == 1

    assert len(sink.mails) == 1
    assert sink.connections == 2


def test_the_gate_opens_once(clock, one):
    freeze_due(now=clock())
    lease = uuid4()
    row = lease_lot(one, lease, size=25, now=clock())[0]
    gate = Gate(one, version=ContentVersion.current()[0], patience=PATIENCE)

    assert [gate.open(row, now=clock()) for _ in range(2)] == [True, False]
    assert Delivery.objects.get().state == DeliveryState.COMMITTING


def test_the_gate_is_one_plain_update_that_is_checked_again_after_waiting(clock, one):
    freeze_due(now=clock())
    gate = Gate(one, version=ContentVersion.current()[0], patience=PATIENCE)

    with CaptureQueriesContext(
        connection,
    ) as captured:
        gate.open(Delivery(pk=1, lease=uuid4()), now=clock())

    (query,) = captured.captured_queries
    assert query["sql"].startswith("UPDATE")
    assert query["sql"].count(Delivery._meta.db_table) == query["sql"].count(
        f'"{Delivery._meta.db_table}"'
    )
    assert f'FROM "{Delivery._meta.db_table}"' not in query["sql"]


def test_a_late_yes_still_settles_a_message_that_was_put_in_doubt(clock, one):
    freeze_due(now=clock())
    Dispatch.objects.update(doubt_policy="hold")
    lease = uuid4()
    row = lease_lot(one, lease, size=25, now=clock())[0]
    gate = Gate(one, version=ContentVersion.current()[0], patience=PATIENCE)
    gate.open(row, now=clock())
    sweep(now=clock.move(minutes=5))
    assert Delivery.objects.get().state == DeliveryState.DOUBT

    gate.note_sent(row, now=clock())

    settled = Delivery.objects.get()
    assert (settled.state, settled.doubted_at is None) == (DeliveryState.SENT, False)
    assert Dispatch.objects.get().state == DispatchState.DONE


def test_a_change_of_the_calendar_stops_the_message_and_it_is_written_anew(
    sink, clock, work, states, one
):
    changes = iter([1])

    def change():
        for _ in changes:
            ContentVersion.bump(now=clock())

    assert work(during(change)) == 1

    assert (len(sink.mails), sink.connections) == (1, 2)
    assert states() == {"laeser0@example.org": "sent"}
    assert Delivery.objects.get().tries == 0
