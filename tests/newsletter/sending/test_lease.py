"""Places at the relay, allowances by time, and leases of workers that died."""

import datetime as dt
from uuid import uuid4

import pytest

from newsletter.actions.sending import freeze_due, sweep
from newsletter.actions.sending.durability import is_of_this_life, new_lease
from newsletter.actions.sending.gate import Gate
from newsletter.actions.sending.lease import (
    give_back,
    keep_place,
    lease_lot,
    leave_place,
    put_back,
    take_allowance,
    take_place,
)
from newsletter.models import Delivery, Dispatch
from newsletter.sending_taxonomy import DeliveryState
from tests.factories.newsletter import make_reader, topic
from tests.factories.sending import make_dispatch, make_readers

pytestmark = pytest.mark.django_db
SECOND = dt.timedelta(seconds=1)


@pytest.fixture
def frozen(clock):
    make_readers(3)
    made = make_dispatch(clock())
    freeze_due(now=clock())
    return Dispatch.objects.get(pk=made.pk)


def states_of():
    return list(Delivery.objects.order_by("pk").values_list("state", flat=True))


def test_there_are_as_many_places_as_the_setting_says(clock):
    one, two, three = uuid4(), uuid4(), uuid4()

    taken = [take_place(holder, places=2, now=clock()) for holder in (one, two, three)]
    assert taken == [0, 1, None]

    leave_place(one)
    assert take_place(three, places=2, now=clock()) == 0


def test_the_place_of_a_dead_worker_is_free_after_a_while(clock):
    dead, heir = uuid4(), uuid4()
    take_place(dead, places=1, now=clock())
    keep_place(dead, now=clock.move(seconds=60))

    assert take_place(heir, places=1, now=clock.move(seconds=60)) is None
    assert take_place(heir, places=1, now=clock.move(seconds=60)) == 0
    assert keep_place(dead, now=clock()) is False


def test_an_allowance_fills_with_time_and_holds_ten_seconds_worth(clock):
    def take(wanted):
        return take_allowance("relay", wanted, per_minute=60, now=clock())

    assert [take(8), take(8), take(8)] == [8, 2, 0]
    clock.move(seconds=3)
    assert take(8) == 3
    clock.move(hours=1)
    assert take(100) == 10


def test_a_slow_allowance_still_lets_one_through(clock):
    assert take_allowance("relay", 5, per_minute=2, now=clock()) == 1
    assert take_allowance("relay", 5, per_minute=2, now=clock.move(seconds=29)) == 0
    assert take_allowance("relay", 5, per_minute=2, now=clock.move(seconds=1)) == 1


def test_what_was_not_used_is_given_back_and_no_limit_is_no_limit(clock):
    take_allowance("relay", 10, per_minute=60, now=clock())
    give_back("relay", 4, per_minute=60)

    assert take_allowance("relay", 10, per_minute=60, now=clock()) == 4
    assert take_allowance("relay", 1000, per_minute=0, now=clock()) == 1000


def test_the_relay_gets_no_more_than_it_may(sink, clock, work, settings):
    settings.NEWSLETTER_PER_MINUTE = 60
    make_readers(25)
    make_dispatch(clock())

    assert work(stopping=lambda: sink.count >= 10) == 10
    clock.move(seconds=5)
    assert work(stopping=lambda: sink.count >= 15) == 5


def test_a_domain_gets_no_more_than_it_may_and_the_others_do_not_wait(
    sink, clock, work, settings, states
):
    settings.NEWSLETTER_DOMAINS_PER_MINUTE = {"langsom.example": 6}
    for number in range(3):
        make_reader(f"l{number}@langsom.example", topic())
        make_reader(f"h{number}@hurtig.example", topic())
    make_dispatch(clock())

    assert work() == 4
    assert sorted(sink.receivers()) == [
        "h0@hurtig.example",
        "h1@hurtig.example",
        "h2@hurtig.example",
        "l0@langsom.example",
    ]
    clock.move(seconds=10)
    assert work() == 1
    clock.move(seconds=10)
    assert work() == 1
    assert set(states().values()) == {"sent"}


def test_leases_do_not_overlap(clock, frozen):
    first, second = new_lease(), new_lease()

    mine = lease_lot(frozen, first, size=2, now=clock())
    theirs = lease_lot(frozen, second, size=2, now=clock())

    assert (len(mine), len(theirs)) == (2, 1)
    assert not {row.pk for row in mine} & {row.pk for row in theirs}
    assert put_back(first) == 2
    assert sorted(states_of()) == ["leased", "queued", "queued"]


def test_a_dead_workers_messages_are_freed_before_the_gate_and_doubted_after_it(clock, frozen):
    Dispatch.objects.update(doubt_policy="hold")
    lease = new_lease()
    rows = lease_lot(frozen, lease, size=2, now=clock())
    gate = Gate(frozen, version=frozen.content_version, patience=60 * SECOND)
    assert gate.open(rows[0], now=clock())

    sweep(now=clock.move(seconds=60))
    assert states_of() == ["committing", "leased", "queued"]

    sweep(now=clock.move(seconds=61))
    assert states_of() == ["doubt", "queued", "queued"]


def test_after_a_crash_of_the_database_every_message_of_the_lease_is_doubt(clock, frozen):
    Dispatch.objects.update(doubt_policy="hold")
    lease = new_lease()
    assert is_of_this_life(lease)
    lease_lot(frozen, lease, size=2, now=clock())
    of_another_life = uuid4()
    Delivery.objects.filter(lease=lease).update(lease=of_another_life)

    assert put_back(of_another_life) == 0
    sweep(now=clock.move(minutes=3))

    assert states_of() == ["doubt", "doubt", "queued"]
    assert Delivery.objects.filter(state=DeliveryState.DOUBT, doubted_at=clock()).count() == 2


def test_a_worker_without_a_place_sends_nothing(sink, clock, work, settings):
    settings.NEWSLETTER_LINES = 1
    make_readers(2)
    make_dispatch(clock())
    take_place(uuid4(), places=1, now=clock())

    assert work() == 0
    assert sink.mails == []
