"""A dispatch from its time to its end, into a real mail server."""

import datetime as dt
from email import message_from_bytes

import pytest

from core.models import KeptMail, OutgoingMail
from directory.models import Membership
from directory.taxonomy import Role
from newsletter.actions.readers import suppress
from newsletter.actions.sending import (
    SendingError,
    cancel,
    create_dispatch,
    forget_deliveries,
    freeze_due,
)
from newsletter.models import Delivery, Dispatch, Fragment, Subscriber
from newsletter.sending_taxonomy import DispatchState, StoppedWhy
from newsletter.taxonomy import SuppressionReason
from tests.factories.core import make_user
from tests.factories.directory import make_venue
from tests.factories.newsletter import make_reader, topic
from tests.factories.sending import make_dispatch, make_readers

pytestmark = pytest.mark.django_db
HOUR = dt.timedelta(hours=1)
DAY = dt.timedelta(days=1)


def again(dispatch):
    return Dispatch.objects.get(pk=dispatch.pk)


def test_each_reader_gets_it_once(sink, clock, work, states):
    make_readers(60)
    dispatch = make_dispatch(clock())

    assert (work(), work()) == (60, 0)

    assert sorted(sink.receivers()) == sorted(f"laeser{n}@example.org" for n in range(60))
    assert set(states().values()) == {"sent"}
    done = again(dispatch)
    assert (done.state, done.audience, done.finished_at) == (DispatchState.DONE, 60, clock())
    assert done.totals["states"] == {"sent": 60}
    assert sink.connections == 1


def test_a_server_that_does_not_pipeline_gets_it_too(sink, clock, work):
    sink.pipelining = False
    make_readers(3)
    make_dispatch(clock())

    assert work() == 3
    assert len(sink.mails) == 3


def test_a_message_carries_what_is_the_readers_own(sink, clock, work, settings):
    settings.NEWSLETTER_BOUNCE_ADDRESS = "retur@kommune.example"
    make_reader("Aase@Example.org", topic())
    dispatch = make_dispatch(clock())

    work()

    mail = sink.mails[0]
    message = message_from_bytes(mail.body)
    row = Delivery.objects.get()
    assert mail.receiver == "Aase@Example.org"
    assert mail.sender.startswith(f"retur+{row.pk}-")
    assert message["To"] == "Aase@Example.org"
    assert message["Message-ID"].startswith(f"<{dispatch.pk.hex}.")
    assert message["Date"] == "Mon, 02 Mar 2026 09:00:00 +0100"
    assert "List-Unsubscribe=One-Click" in message["List-Unsubscribe-Post"]


def test_nothing_leaves_before_its_time(sink, clock, work):
    make_readers(1)
    dispatch = make_dispatch(clock(), due_at=clock() + HOUR)

    assert work() == 0
    assert again(dispatch).state == DispatchState.WAITING

    clock.move(hours=1)
    assert work() == 1


def test_the_same_key_and_the_same_page_are_sent_once(clock, home):
    first = make_dispatch(clock(), key="weekly:2026-10")
    page = make_dispatch(clock(), page=home.home)

    assert make_dispatch(clock(), key="weekly:2026-10", subject="Igen") == first
    assert make_dispatch(clock(), page=home.home) == page
    assert Dispatch.objects.count() == 2


def test_publishing_again_after_it_was_sent_sends_nothing(sink, clock, work, home):
    make_readers(2)
    make_dispatch(clock(), page=home.home)
    work()

    make_dispatch(clock(), page=home.home, subject="Rettet")
    work()

    assert len(sink.mails) == 2


def test_what_was_stopped_makes_room_for_another(clock, home):
    first = make_dispatch(clock(), page=home.home)
    cancel(first, now=clock())

    assert make_dispatch(clock(), page=home.home) != first


def test_a_broken_subject_and_an_end_before_the_beginning_are_refused(clock):
    for fields in (
        {"subject": "  "},
        {"subject": "Nyt\r\nBcc: alle@example.org"},
        {"expires_at": clock()},
        {"due_at": clock() + DAY, "expires_at": clock() + HOUR},
    ):
        with pytest.raises(SendingError):
            make_dispatch(clock(), **fields)
    assert not Dispatch.objects.exists()


def test_everybody_with_the_topic_is_listed_also_who_gets_nothing(sink, clock, work, states):
    make_reader("aase@example.org", topic())
    make_reader("pause@example.org", topic(), paused_until=clock() + DAY)
    make_reader("forbi@example.org", topic(), paused_until=clock() - DAY)
    struck = make_reader("doed@example.org", topic())
    suppress(struck, reason=SuppressionReason.HARD, now=clock())
    struck.subscriptions.update(state="active")
    Subscriber.objects.filter(pk=struck.pk).update(state="active")
    make_reader("anden@example.org", topic("ugens-program"))
    dispatch = make_dispatch(clock())

    work()

    assert states() == {
        "aase@example.org": "sent",
        "pause@example.org": "skipped paused",
        "forbi@example.org": "sent",
        "doed@example.org": "skipped suppressed",
    }
    assert again(dispatch).audience == 4
    assert sorted(sink.receivers()) == ["aase@example.org", "forbi@example.org"]


def test_who_leaves_after_the_audience_was_fixed_gets_nothing(sink, clock, work, states):
    reader, erased = make_readers(2)
    make_dispatch(clock())
    freeze_due(now=clock())

    reader.subscriptions.update(state="ended")
    erased.subscriptions.all().delete()
    Subscriber.objects.filter(pk=erased.pk).delete()
    work()

    assert sink.mails == []
    assert list(Delivery.objects.values_list("state", "reason")) == [("skipped", "left")] * 2


def test_a_reader_gets_the_dates_of_the_places_they_follow_or_nothing(
    sink, clock, work, states, home
):
    perlen, lyngen = make_venue("Perlen"), make_venue("Lyngen")
    make_reader("perlen@example.org", topic(), venues=(perlen,))
    make_reader("lyngen@example.org", topic(), venues=(lyngen,))
    make_dispatch(clock(), payload={"greeting": "", "places": [perlen.pk]})

    work()

    assert states() == {"perlen@example.org": "sent", "lyngen@example.org": "skipped empty"}
    assert sink.receivers() == ["perlen@example.org"]


def test_an_address_that_cannot_stand_in_a_mail_fails_alone(sink, clock, work, states):
    make_reader("æbleø@example.org", topic())
    make_reader("aase@example.org", topic())
    make_dispatch(clock())

    work()

    assert states() == {"æbleø@example.org": "failed broken", "aase@example.org": "sent"}


def test_an_issue_without_content_is_not_sent(sink, clock, work, home):
    make_readers(1)
    dispatch = make_dispatch(clock(), page=home.home, payload={"greeting": ""})

    work()

    ended = again(dispatch)
    assert (ended.state, ended.stopped_why) == (DispatchState.CANCELLED, StoppedWhy.EMPTY)
    assert sink.mails == []


def test_a_dispatch_that_nobody_receives_ends(clock, work):
    dispatch = make_dispatch(clock())

    work()

    ended = again(dispatch)
    assert (ended.state, ended.stopped_why) == (DispatchState.DONE, StoppedWhy.NOBODY)


def test_content_that_cannot_be_made_pauses_and_tells_the_editors(clock, work, caplog, home):
    user = make_user("karen@kommune.example")
    Membership.objects.create(user=user, role=Role.COMMUNICATION)
    broken = make_dispatch(clock(), payload={"greeting": None})
    fine = make_dispatch(clock())

    work()

    assert (again(broken).state, again(broken).stopped_why) == (
        DispatchState.PAUSED,
        StoppedWhy.CONTENT,
    )
    assert again(fine).state == DispatchState.DONE
    assert [mail.to for mail in OutgoingMail.objects.all()] == ["karen@kommune.example"]


def test_what_is_out_of_date_before_it_leaves_is_skipped_and_listed(sink, clock, work, states):
    make_readers(2)
    dispatch = make_dispatch(clock(), expires_at=clock() + HOUR)
    freeze_due(now=clock())

    clock.move(hours=1)
    work()

    assert set(states().values()) == {"skipped stale"}
    assert again(dispatch).state == DispatchState.DONE
    assert sink.mails == []


def test_without_a_relay_messages_are_kept_to_be_looked_at(clock, work, settings):
    settings.NEWSLETTER_RELAY = "outbox"
    make_readers(2)
    make_dispatch(clock())

    assert work() == 2

    kept = KeptMail.objects.order_by("to")
    assert [(mail.to, mail.subject) for mail in kept] == [
        ("laeser0@example.org", "Nyt fra værestederne"),
        ("laeser1@example.org", "Nyt fra værestederne"),
    ]
    assert bytes(kept[0].raw).startswith(b"From: ")


def test_rows_of_readers_go_after_thirty_days_and_figures_stay(sink, clock, work):
    make_readers(3)
    dispatch = make_dispatch(clock())
    work()

    assert forget_deliveries(now=clock.move(days=29)) == 0
    assert forget_deliveries(now=clock.move(days=2)) == 1

    assert not Delivery.objects.exists()
    assert not Fragment.objects.exists()
    assert again(dispatch).totals["states"] == {"sent": 3}
    assert forget_deliveries(now=clock()) == 0


def test_creating_needs_no_page(clock):
    made = create_dispatch(
        kind="alert", topic=topic(), subject="Aflyst", due_at=clock(), now=clock(), key="a:1"
    )

    assert (made.state, made.page_id, made.doubt_policy) == ("waiting", None, "resend")
