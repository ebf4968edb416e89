import datetime as dt
import smtplib

import pytest
from django.core import mail as locmem
from django.core.mail.backends.base import BaseEmailBackend

from core.models import KeptMail, OutgoingMail
from core.post import Attachment, PostError, forget_old_mail, post, post_template, send_waiting

NOW = dt.datetime(2026, 11, 23, 9, 0, tzinfo=dt.UTC)

pytestmark = pytest.mark.django_db


class RefusingRelay(BaseEmailBackend):
    """Answers each mail with `answers`, one after the other."""

    answers: list[Exception] = []

    def send_messages(self, email_messages):
        raise self.answers.pop(0)


def letter(**more):
    values = {"purpose": "hello", "to": "mette@example.org", "subject": "Hej", "text": "Hej Mette"}
    return post(**{**values, "now": NOW, **more})


def refuse(settings, *answers):
    RefusingRelay.answers = list(answers)
    settings.EMAIL_BACKEND = "tests.core.test_post.RefusingRelay"


def test_mail_leaves_once_and_is_wiped():
    letter(html="<p>Hej</p>", attachments=[Attachment("a.pdf", "application/pdf", b"%PDF")])

    assert send_waiting(now=NOW) == 1
    assert send_waiting(now=NOW) == 0

    [sent] = locmem.outbox
    row = OutgoingMail.objects.get()
    assert (sent.to, sent.subject, sent.body) == (["mette@example.org"], "Hej", "Hej Mette")
    assert sent.alternatives == [("<p>Hej</p>", "text/html")]
    assert sent.attachments == [("a.pdf", b"%PDF", "application/pdf")]
    assert (row.sent_at, row.text, row.html, row.attachments.count()) == (NOW, "", "", 0)


def test_every_try_is_the_same_message():
    row = letter()

    headers = [dict(post_headers(row)), dict(post_headers(row))]

    assert headers[0] == headers[1]
    assert headers[0]["Message-ID"] == row.message_id
    assert headers[0]["Date"] == "Mon, 23 Nov 2026 09:00:00 +0000"
    assert headers[0]["Auto-Submitted"] == "auto-generated"


def post_headers(row):
    from core.post import message_of

    return message_of(row).extra_headers


def test_mail_with_a_known_key_is_written_once():
    first, second = letter(key="round-1-venue-2"), letter(key="round-1-venue-2", subject="Igen")

    assert second == first
    assert OutgoingMail.objects.count() == 1


def test_mail_for_later_waits():
    letter(due_at=NOW + dt.timedelta(hours=1))

    assert send_waiting(now=NOW) == 0
    assert send_waiting(now=NOW + dt.timedelta(hours=1)) == 1


@pytest.mark.parametrize(
    "answer",
    [
        smtplib.SMTPDataError(451, b"later"),
        smtplib.SMTPServerDisconnected("gone"),
        smtplib.SMTPAuthenticationError(535, b"who are you"),
        smtplib.SMTPRecipientsRefused({"mette@example.org": (450, b"greylisted")}),
        ConnectionRefusedError(),
    ],
)
def test_what_may_pass_is_tried_again_after_a_minute(settings, answer):
    refuse(settings, answer)
    letter()

    send_waiting(now=NOW)

    row = OutgoingMail.objects.get()
    assert (row.sent_at, row.failed_at, row.tries) == (None, None, 1)
    assert row.due_at == NOW + dt.timedelta(minutes=1)


def test_what_the_relay_refuses_for_good_is_given_up_with_its_words(settings):
    refuse(settings, smtplib.SMTPRecipientsRefused({"mette@example.org": (550, b"no such user")}))
    letter()

    send_waiting(now=NOW)

    row = OutgoingMail.objects.get()
    assert (row.failed_at, row.problem) == (NOW, "550 no such user")


def test_mail_is_given_up_when_its_time_is_over(settings):
    refuse(settings, *[OSError("the relay is away")] * 40)
    letter(expires_at=NOW + dt.timedelta(hours=4))

    for hours in range(6):
        send_waiting(now=NOW + dt.timedelta(hours=hours))

    assert OutgoingMail.objects.get().problem == "the relay is away"
    assert OutgoingMail.objects.get().failed_at is not None


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"to": "mette"}, "address"),
        ({"to": "mette@example.org\nBcc: x@example.org"}, "address"),
        ({"subject": "Hej\nBcc: x@example.org"}, "line_break"),
        ({"headers": {"X-A": "b\r\nBcc: x@example.org"}}, "line_break"),
    ],
)
def test_what_would_write_headers_is_refused(more, code):
    with pytest.raises(PostError) as caught:
        letter(**more)

    assert caught.value.code == code
    assert not OutgoingMail.objects.exists()


def test_addresses_are_forgotten_after_a_week_and_keys_stay():
    letter()
    letter(key="once")
    send_waiting(now=NOW)

    forget_old_mail(now=NOW + dt.timedelta(days=8))

    rows = OutgoingMail.objects.values_list("key", "to", "subject")
    assert list(rows) == [("once", "", "")]


def test_template_makes_text_without_escapes(venue_source):
    post_template(
        template="mail/activities/calendar_unread",
        context={"source": venue_source, "url": "https://fristed.example/admin/"},
        to="leder@example.org",
        purpose="calendar_unread",
        now=NOW,
    )

    row = OutgoingMail.objects.get()
    assert row.subject == "Vi kan ikke længere læse kalenderen “Mad & kaffe”"
    assert "Kalenderen “Mad & kaffe” fra Huset kunne ikke hentes" in row.text


@pytest.fixture
def venue_source():
    class Named:
        name = "Mad & kaffe"

        class venue:
            title = "Huset"

    return Named


def test_without_a_relay_mail_is_kept(settings):
    settings.EMAIL_BACKEND = "core.outbox.OutboxBackend"
    letter()

    send_waiting(now=NOW)

    kept = KeptMail.objects.get()
    assert (kept.to, kept.subject) == ("mette@example.org", "Hej")
    assert b"Hej Mette" in bytes(kept.raw)
