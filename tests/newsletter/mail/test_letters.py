"""A dispatch and its readers as messages."""

import datetime as dt
from email import message_from_bytes
from email.policy import SMTP

import pytest

from newsletter.domain.content import Kind
from newsletter.mail import encode_issue, letter_of, readers_of
from newsletter.models import Dispatch, Fragment
from newsletter.sending_taxonomy import DispatchKind
from tests.factories.directory import make_district, make_venue
from tests.factories.mail import make_content, make_frame, make_week
from tests.factories.newsletter import make_reader, topic

NOW = dt.datetime(2026, 11, 23, 7, 30, 5, 123, tzinfo=dt.UTC)

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_is_enough]


def make_frozen(kind=DispatchKind.ISSUE, content=None):
    dispatch = Dispatch.objects.create(
        kind=kind,
        topic=topic(),
        subject="Suppe på torsdag",
        created_at=NOW,
        due_at=NOW,
        frozen_at=NOW,
    )
    Fragment.objects.bulk_create(
        Fragment(
            dispatch=dispatch,
            key=each.key,
            order=each.order,
            html=each.html_qp,
            text=each.text_qp,
            occurrence_id=each.occurrence_id,
            venue_ids=sorted(each.venue_ids),
            district_ids=sorted(each.district_ids),
        )
        for each in encode_issue(content or make_content())
    )
    return dispatch


def sent_to(dispatch, reader):
    raw = letter_of(dispatch).to(readers_of(dispatch, [reader])[reader.pk])
    return None if raw is None else message_from_bytes(raw, policy=SMTP)


def test_a_copy_carries_the_readers_own_address_and_links():
    aase = make_reader("aase@example.org", topic())
    dispatch = make_frozen()

    message = sent_to(dispatch, aase)

    reader = readers_of(dispatch, [aase])[aase.pk]
    assert message["To"] == "aase@example.org"
    assert message["List-Unsubscribe"] == f"<{reader.unsubscribe_url}>"
    assert message["Date"] == "Mon, 23 Nov 2026 08:30:05 +0100"
    assert message["Message-ID"] == reader.message_id
    assert message["List-Id"] == (
        "Nyt fra værestederne <nyt-fra-vaerestederne.nyhedsbrev.eksempelby.example>"
    )
    assert message["Feedback-ID"] == (
        f"{dispatch.pk.hex[:12]}:nyt-fra-vaerestederne:newsletter:eksempelbyexamp"
    )
    assert message["Auto-Submitted"] is None
    assert reader.unsubscribe_url in message.get_body(("plain",)).get_content()


def test_a_message_sent_once_more_is_the_same_message():
    aase = make_reader("aase@example.org", topic())
    dispatch = make_frozen()
    first = letter_of(dispatch).to(readers_of(dispatch, [aase])[aase.pk])

    again = Dispatch.objects.get()

    assert letter_of(again).to(readers_of(again, [aase])[aase.pk]) == first


def test_what_readers_follow_decides_what_they_get(home):
    north, perlen = make_district(), make_venue()
    aase = make_reader("aase@example.org", topic(), venues=[perlen])
    bo = make_reader("bo@example.org", topic(), districts=[north])
    ida = make_reader("ida@example.org", topic())

    found = readers_of(make_frozen(), [aase, bo, ida])

    assert [
        (each.follows_everything, each.venue_ids, each.district_ids) for each in found.values()
    ] == [
        (False, frozenset({perlen.pk}), frozenset()),
        (False, frozenset(), frozenset({north.pk})),
        (True, frozenset(), frozenset()),
    ]


def test_the_weeks_programme_says_that_nobody_pressed_send():
    aase = make_reader("aase@example.org", topic())
    weekly = make_content(kind=Kind.WEEKLY, blocks=(make_week(),))

    assert sent_to(make_frozen(DispatchKind.WEEKLY, weekly), aase)["Auto-Submitted"] == (
        "auto-generated"
    )


def test_a_mailbox_for_returns_also_takes_those_who_leave(settings):
    settings.NEWSLETTER_BOUNCE_ADDRESS = "retur@eksempelby.example"
    aase = make_reader("aase@example.org", topic())

    way = sent_to(make_frozen(), aase)["List-Unsubscribe"]

    assert way.endswith(">")
    assert "<mailto:retur@eksempelby.example?subject=afmeld%20" in way


def test_queries_do_not_grow_with_readers(django_assert_num_queries):
    dispatch = make_frozen()
    readers = [make_reader(f"l{number}@example.org", topic()) for number in range(3)]

    for some in (readers[:1], readers):
        with django_assert_num_queries(4):
            readers_of(dispatch, some)


def test_a_dispatch_without_a_date_has_no_messages():
    dispatch = make_frozen()
    dispatch.frozen_at = None

    with pytest.raises(ValueError, match="no date yet"):
        readers_of(dispatch, [])


def test_a_line_break_in_a_name_carries_no_header(home):
    site = make_frame(home)
    site.site_name = "Fristed\r\nBcc: alle@example.org"
    site.save()
    news = topic()
    news.title = "Nyt\nX-Own: yes\x00"
    dispatch = make_frozen()
    dispatch.subject = "Hej\r\nBcc: alle@example.org"
    dispatch.topic = news

    message = sent_to(dispatch, make_reader("aase@example.org", topic()))

    assert (message["Bcc"], message["X-Own"]) == (None, None)
    assert message["Subject"] == "Hej Bcc: alle@example.org"
    assert message["From"].addresses[0].addr_spec == "post@eksempelby.example"
    assert message["From"].addresses[0].display_name == "Fristed Bcc: alle@example.org"
