"""The headers of mail to many, read by Python's parser."""

import datetime as dt
from dataclasses import replace
from email import message_from_bytes
from email.policy import SMTP
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from newsletter.domain.headers import (
    Envelope,
    Reader,
    leaving_key,
    leaving_mail,
    message_id,
    own_headers,
    shared_headers,
)
from newsletter.domain.quoted import MimeError

DISPATCH = UUID("8b7c0000-0000-4000-8000-000000000001")
AASE = UUID("8b7c0000-0000-4000-8000-0000000000aa")
ENVELOPE = Envelope(
    from_name="Fristed",
    from_address="post@eksempelby.example",
    subject="Suppe på torsdag",
    list_name="Nyt fra værestederne",
    list_id="nyt.nyhedsbrev.eksempelby.example",
    help_url="https://fristed.example/nyhedsbrev/",
    archive_url="https://fristed.example/nyhedsbrev/",
    feedback_id="8b7c00000000:nyt:newsletter:eksempelbyexam",
)
READER = Reader(
    address="aase@example.org",
    message_id="<8b7c.1f@eksempelby.example>",
    date=dt.datetime(2026, 11, 23, 9, tzinfo=ZoneInfo("Europe/Copenhagen")),
    unsubscribe_url="https://fristed.example/nyhedsbrev/afmeld/nGle/",
    manage_url="https://fristed.example/nyhedsbrev/mine-valg/",
    unsubscribe_mailto="mailto:retur@eksempelby.example?subject=afmeld%20nGle",
)


def read(envelope=ENVELOPE, reader=READER):
    raw = shared_headers(envelope, "=_b") + own_headers(reader)
    return {name: str(value) for name, value in message_from_bytes(raw, policy=SMTP).items()}


def test_a_newsletter_has_every_header_it_needs():
    assert read() == {
        "From": "Fristed <post@eksempelby.example>",
        "Subject": "Suppe på torsdag",
        "List-Id": "Nyt fra værestederne <nyt.nyhedsbrev.eksempelby.example>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "List-Help": "<https://fristed.example/nyhedsbrev/>",
        "List-Archive": "<https://fristed.example/nyhedsbrev/>",
        "Feedback-ID": "8b7c00000000:nyt:newsletter:eksempelbyexam",
        "Precedence": "bulk",
        "X-Auto-Response-Suppress": "OOF, AutoReply",
        "Content-Language": "da",
        "MIME-Version": "1.0",
        "Content-Type": 'multipart/alternative; boundary="=_b"',
        "To": "aase@example.org",
        "Date": "Mon, 23 Nov 2026 09:00:00 +0100",
        "Message-ID": "<8b7c.1f@eksempelby.example>",
        "List-Unsubscribe": (
            "<https://fristed.example/nyhedsbrev/afmeld/nGle/>,"
            " <mailto:retur@eksempelby.example?subject=afmeld%20nGle>"
        ),
    }


def test_mail_made_by_itself_says_so():
    assert read(replace(ENVELOPE, automatic=True))["Auto-Submitted"] == "auto-generated"


def test_without_a_mailbox_there_is_one_way_to_leave():
    way = read(reader=replace(READER, unsubscribe_mailto=""))["List-Unsubscribe"]

    assert way == "<https://fristed.example/nyhedsbrev/afmeld/nGle/>"


def test_the_same_copy_always_has_the_same_name():
    first = message_id(DISPATCH, AASE, key=b"k", domain="by.example")

    assert first == message_id(DISPATCH, AASE, key=b"k", domain="by.example")
    assert first == "<8b7c0000000040008000000000000001.61ebe1f9370a40c420694ba50fe985f9@by.example>"


def test_the_name_of_a_copy_tells_nobody_who_reads_it():
    with_another_key = message_id(DISPATCH, AASE, key=b"other", domain="by.example")

    assert with_another_key != message_id(DISPATCH, AASE, key=b"k", domain="by.example")
    assert AASE.hex not in with_another_key


@pytest.mark.parametrize(
    "broken",
    [
        {"subject": "Hej\r\nBcc: alle@example.org"},
        {"from_name": "Fristed\r\nBcc: alle@example.org"},
        {"from_address": "post@by.example\r\nBcc: alle@example.org"},
        {"list_name": "Nyt\nX: y"},
        {"list_id": "nyt by>"},
        {"help_url": "https://by.example/>\r\nX: y"},
        {"feedback_id": "a\r\nX: y"},
    ],
)
def test_nothing_in_the_envelope_can_carry_another_header(broken):
    with pytest.raises(MimeError):
        shared_headers(replace(ENVELOPE, **broken), "=_b")


@pytest.mark.parametrize(
    "broken",
    [
        {"address": "a@example.org\r\nBcc: b@example.org"},
        {"address": "a@example.org, b@example.org"},
        {"message_id": "<a@b>\r\nX: y"},
        {"unsubscribe_url": "https://by.example/>, <mailto:b@example.org"},
        {"unsubscribe_url": "javascript:alert(1)"},
        {"unsubscribe_url": 'https://by.example/"onclick="'},
        {"unsubscribe_mailto": "mailto:a@b.dk>\r\nX: y"},
    ],
)
def test_nothing_of_a_reader_can_carry_another_header(broken):
    with pytest.raises(MimeError):
        own_headers(replace(READER, **broken))


def test_a_mail_that_unsubscribes_is_understood_however_it_comes_back():
    address = leaving_mail("retur@by.example", "abcdEFGH12345678_-")

    assert address == "mailto:retur@by.example?subject=afmeld%20abcdEFGH12345678_-"
    assert leaving_key("Re: Afmeld  abcdEFGH12345678_-") == "abcdEFGH12345678_-"


@pytest.mark.parametrize("subject", ["", "Fraværende til mandag", "afmeld", "afmeld kort"])
def test_other_mail_unsubscribes_nobody(subject):
    assert leaving_key(subject) == ""


def test_without_a_mailbox_there_is_no_address_to_write_to():
    assert leaving_mail("", "abcdEFGH12345678_-") == ""


def test_a_date_without_a_time_zone_is_refused():
    with pytest.raises(ValueError, match="without a time zone"):
        own_headers(replace(READER, date=dt.datetime(2026, 11, 23, 9)))
