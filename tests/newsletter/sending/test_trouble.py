"""Servers that refuse, fall silent, or drop the line: nothing is lost and nothing unlisted."""

import datetime as dt

import pytest

from core.models import OutgoingMail
from newsletter.actions.sending import resend_held, resume
from newsletter.models import Delivery, Dispatch, Suppression
from newsletter.sending_taxonomy import DeliveryState, DispatchState, StoppedWhy
from tests.factories.core import make_user
from tests.factories.sending import make_dispatch, make_readers
from tests.harness.mail_sink import (
    BODY,
    CONNECT,
    DATA,
    DOT,
    DROP,
    MAIL,
    RCPT,
    TAKE_AND_DROP,
    TAKE_AND_HANG,
)
from tests.harness.servers import free_port

pytestmark = pytest.mark.django_db
ONE = "laeser0@example.org"


def at(stage, act, *receivers):
    """A rule: do `act` at `stage` for these receivers, or for all."""

    def rule(step):
        if step.name == stage and (not receivers or step.receiver in receivers):
            return act
        return None

    return rule


def ids(sink):
    return [
        line for mail in sink.mails for line in mail.body.split(b"\r\n") if b"Message-ID" in line
    ]


def test_a_refusal_for_a_while_is_asked_again_by_the_plan(sink, clock, work, states):
    make_readers(2)
    make_dispatch(clock())
    sink.rule = at(RCPT, "451 4.2.1 try later", ONE)

    assert work() == 1
    row = Delivery.objects.get(subscriber__email=ONE)
    assert (row.state, row.tries, row.code) == ("queued", 1, 451)
    assert row.not_before == clock() + dt.timedelta(minutes=1)

    sink.rule = at(RCPT, None)
    assert work() == 0
    clock.move(minutes=1)
    assert work() == 1
    assert set(states().values()) == {"sent"}


def test_a_server_that_stays_busy_is_given_up_after_six_tries(sink, clock, work, states):
    make_readers(1)
    make_dispatch(clock())
    sink.rule = at(RCPT, "451 4.2.1 try later")

    for minutes in (0, 1, 5, 30, 120, 360):
        clock.move(minutes=minutes)
        work()

    assert states() == {ONE: "failed gave_up"}
    assert Dispatch.objects.get().state == DispatchState.DONE


def test_an_address_that_does_not_exist_fails_for_good_and_is_struck_off(sink, clock, work, states):
    make_readers(2)
    make_dispatch(clock())
    sink.rule = at(RCPT, "550 5.1.1 no such user", ONE)

    assert work() == 1

    assert states()[ONE] == "failed no_mailbox"
    assert Suppression.objects.count() == 1
    make_dispatch(clock(), key="next")
    assert work() == 1


def test_what_is_kept_of_an_answer_names_nobody(sink, clock, work):
    make_readers(1)
    make_dispatch(clock())
    sink.rule = at(RCPT, f"451 4.2.1 <{ONE}>: {ONE} is busy")

    work()

    assert Delivery.objects.get().answer == "4.2.1 <…>: … is busy"


def test_a_refusal_of_the_message_strikes_nobody_off(sink, clock, work, states):
    make_readers(2)
    make_dispatch(clock())
    sink.rule = at(DOT, "554 5.7.1 looks like spam", ONE)

    work()

    assert states()[ONE] == "failed refused"
    assert not Suppression.objects.exists()


def test_a_refusal_after_the_dot_is_no_doubt(sink, clock, work, states):
    make_readers(1)
    make_dispatch(clock())
    sink.rule = at(DOT, "451 4.3.0 disk full")

    work()

    row = Delivery.objects.get()
    assert (row.state, row.doubted_at, row.code) == ("queued", None, 451)


def test_a_line_that_breaks_in_the_body_means_not_sent(sink, clock, work):
    make_readers(1)
    make_dispatch(clock())
    sink.rule = at(DATA, DROP)

    work()
    row = Delivery.objects.get()
    assert (row.state, row.doubted_at) == ("queued", None)

    sink.rule = at(BODY, None)
    clock.move(minutes=2)
    assert work() == 1
    assert len(sink.mails) == 1


def test_a_line_that_breaks_after_the_dot_is_doubt_and_sent_once_more_the_same(sink, clock, work):
    make_readers(1)
    dispatch = make_dispatch(clock())
    sink.rule = at(DOT, TAKE_AND_DROP)

    work()
    sink.rule = at(DOT, None)
    work()

    row = Delivery.objects.get()
    assert (row.state, row.repeated, row.doubted_at) == ("sent", True, clock())
    first, second = ids(sink)
    assert first == second
    dispatch.refresh_from_db()
    assert (dispatch.totals["doubted"], dispatch.totals["repeated"]) == (1, 1)


def test_doubt_twice_is_left_to_the_editor(sink, clock, work, states):
    make_readers(1)
    make_dispatch(clock())
    sink.rule = at(DOT, TAKE_AND_DROP)

    for _ in range(4):
        work()
        clock.move(minutes=5)

    assert (len(sink.mails), states()) == (2, {ONE: "doubt"})
    assert Dispatch.objects.get().totals["states"] == {"doubt": 1}


def test_doubt_waits_for_the_editor_where_that_was_chosen(sink, clock, work, states):
    make_readers(2)
    dispatch = make_dispatch(clock(), doubt_policy="hold")
    sink.rule = at(DOT, TAKE_AND_DROP, ONE)

    work()
    work()

    assert (len(sink.mails), states()[ONE]) == (2, "doubt")
    dispatch.refresh_from_db()
    assert (dispatch.state, dispatch.totals["states"]) == ("done", {"sent": 1, "doubt": 1})

    sink.rule = at(DOT, None)
    assert resend_held(dispatch, now=clock()) == 1
    assert work() == 1
    dispatch.refresh_from_db()
    assert (dispatch.state, dispatch.totals["states"]) == ("done", {"sent": 2})
    assert resend_held(dispatch, now=clock()) == 0


def test_a_server_that_is_silent_again_and_again_stops_the_sending(sink, clock, work, states):
    make_readers(10)
    dispatch = make_dispatch(clock())
    sink.rule = at(DOT, TAKE_AND_HANG)

    work()

    dispatch.refresh_from_db()
    assert (dispatch.state, dispatch.stopped_why) == (DispatchState.PAUSED, StoppedWhy.SILENT)
    assert len(sink.mails) == 3
    assert Delivery.objects.filter(state=DeliveryState.DOUBT).count() == 3
    assert Delivery.objects.filter(state=DeliveryState.QUEUED).count() == 7


def test_a_relay_that_is_down_is_left_to_rest_and_then_the_editor_is_told(
    clock, work, settings, states
):
    settings.NEWSLETTER_RELAY = "smtp"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", free_port()
    settings.EMAIL_USE_TLS = False
    make_readers(3)
    editor = make_user("karen@kommune.example")
    dispatch = make_dispatch(clock(), by=editor)

    work()
    dispatch.refresh_from_db()
    assert dispatch.resting_until == clock() + dt.timedelta(seconds=5)
    for _ in range(30):
        clock.move(minutes=2)
        work()

    dispatch.refresh_from_db()
    assert (dispatch.state, dispatch.stopped_why) == (DispatchState.PAUSED, StoppedWhy.RELAY)
    assert set(states().values()) == {"queued"}
    assert {row.tries for row in Delivery.objects.all()} == {0}
    assert [mail.to for mail in OutgoingMail.objects.all()] == ["karen@kommune.example"]


def test_after_the_relay_is_back_everybody_gets_it(sink, clock, work, states):
    make_readers(3)
    dispatch = make_dispatch(clock())
    sink.rule = at(CONNECT, "421 busy")
    for _ in range(25):
        work()
        clock.move(minutes=2)
    dispatch.refresh_from_db()
    assert dispatch.state == DispatchState.PAUSED

    sink.rule = at(CONNECT, None)
    resume(dispatch, now=clock())

    assert work() == 3
    assert set(states().values()) == {"sent"}


def test_a_server_that_refuses_our_sender_is_no_fault_of_the_reader(sink, clock, work, states):
    make_readers(2)
    make_dispatch(clock())
    sink.rule = at(MAIL, "550 5.7.1 sender not allowed")

    work()

    assert set(states().values()) == {"queued"}
    assert Dispatch.objects.get().setbacks == 1


def test_twenty_refusals_in_a_row_stop_the_sending(sink, clock, work):
    make_readers(40)
    make_dispatch(clock())
    sink.rule = at(RCPT, "554 5.7.1 blocked")

    work()

    assert Dispatch.objects.get().state == DispatchState.PAUSED
    assert Delivery.objects.filter(state="failed").count() == 20
    assert not Suppression.objects.exists()


def test_a_yes_in_between_begins_the_count_anew(sink, clock, work):
    make_readers(40)
    make_dispatch(clock())
    some = [f"laeser{n}@example.org" for n in range(40) if n % 10]
    sink.rule = at(RCPT, "554 5.7.1 blocked", *some)

    work()

    assert Dispatch.objects.get().state == DispatchState.DONE
    assert len(sink.mails) == 4


def test_a_server_that_closes_after_some_messages_is_called_again(sink, clock, work):
    make_readers(20)
    make_dispatch(clock())
    sink.rule = lambda step: "421 enough" if step.name == MAIL and step.mails >= 7 else None

    assert work() == 20
    assert (len(sink.mails), sink.connections) == (20, 3)
    assert Dispatch.objects.get().setbacks == 0


def test_a_refused_reader_does_not_disturb_the_next_on_the_same_line(sink, clock, work):
    make_readers(5)
    make_dispatch(clock())
    sink.rule = at(RCPT, "550 5.1.1 no such user", ONE, "laeser2@example.org")

    assert work() == 3
    assert sink.connections == 1
