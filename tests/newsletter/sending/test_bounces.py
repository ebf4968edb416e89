"""What comes back: reports on messages of ours, requests to leave, and anything else."""

import datetime as dt
import socketserver
import threading

import pytest
from django.db import OperationalError, connection

from newsletter.actions.sending import read_mailbox, take_returned
from newsletter.bounce_address import bounce_address, delivery_of
from newsletter.domain.bounces import read_returned
from newsletter.models import Delivery, Subscriber, Suppression
from newsletter.taxonomy import ReaderState, SuppressionReason
from newsletter.tokens import unsubscribe_key
from tests.factories.newsletter import topic
from tests.factories.sending import make_dispatch, make_readers

pytestmark = pytest.mark.django_db
REPORT = """\
From: MAILER-DAEMON@mx.example
To: {to}
Subject: Undelivered Mail Returned to Sender
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

Den kom ikke frem.
--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example

Final-Recipient: rfc822; nogen@example.org
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 {status} no such user

--b--
"""


@pytest.fixture
def sent(sink, clock, work, settings):
    """One message that was sent, and its row."""
    settings.NEWSLETTER_BOUNCE_ADDRESS = "retur@kommune.example"
    make_readers(1)
    make_dispatch(clock())
    work()
    return Delivery.objects.get()


def report(to, status="5.1.1", action="failed"):
    return REPORT.format(to=to, status=status, action=action).replace("\n", "\r\n").encode()


def test_an_address_of_ours_names_its_message_and_a_made_up_one_none(settings):
    settings.NEWSLETTER_BOUNCE_ADDRESS = "retur@kommune.example"
    address = bounce_address(4711)

    assert address.startswith("retur+4711-")
    assert delivery_of(f"<{address.upper()}>") == 4711
    assert delivery_of(address.replace("4711", "4712")) is None
    assert delivery_of(address.replace("kommune", "anden")) is None
    assert delivery_of("retur@kommune.example") is None


def test_without_a_bounce_address_mail_comes_from_the_ordinary_sender(settings):
    settings.NEWSLETTER_BOUNCE_ADDRESS = ""
    settings.DEFAULT_FROM_EMAIL = "Nyhedsbrev <post@kommune.example>"

    assert bounce_address(1) == "post@kommune.example"


def test_a_report_that_the_address_does_not_exist_strikes_it_off(sent, clock):
    said = take_returned(read_returned(report(bounce_address(sent.pk))), now=clock())

    sent.refresh_from_db()
    assert (said, sent.state, sent.bounced_at, sent.bounced_hard) == (
        "bounced",
        "sent",
        clock(),
        True,
    )
    assert Suppression.objects.get().reason == SuppressionReason.HARD
    assert Subscriber.objects.get().state == ReaderState.STOPPED


def test_a_full_mailbox_strikes_off_only_the_fifth_time_within_thirty_days(sent, sink, clock, work):
    full = "5.2.2"
    for number in range(5):
        assert not Suppression.objects.exists()
        row = Delivery.objects.latest("pk")
        take_returned(read_returned(report(bounce_address(row.pk), full)), now=clock())
        clock.move(days=5)
        make_dispatch(clock(), key=f"nr {number}")
        work()

    assert Suppression.objects.count() == 1


def test_the_same_report_twice_counts_once(sent, clock):
    for _ in range(6):
        take_returned(read_returned(report(bounce_address(sent.pk), "5.2.2")), now=clock())

    assert not Suppression.objects.exists()


def test_a_delay_changes_nothing(sent, clock):
    late = report(bounce_address(sent.pk), "4.4.1", "delayed")

    assert take_returned(read_returned(late), now=clock()) == "other"
    assert Delivery.objects.get().bounced_at is None


def test_a_report_under_a_made_up_address_strikes_nobody_off(sent, clock):
    forged = report(f"retur+{sent.pk}-000000000000@kommune.example")

    assert take_returned(read_returned(forged), now=clock()) == "other"
    assert not Suppression.objects.exists()


def test_a_complaint_strikes_off_as_a_complaint(sent, clock):
    raw = report(bounce_address(sent.pk)).replace(
        b"report-type=delivery-status", b"report-type=feedback-report"
    )

    assert take_returned(read_returned(raw), now=clock()) == "complaint"
    assert Suppression.objects.get().reason == SuppressionReason.COMPLAINT


def test_a_mail_to_unsubscribe_ends_the_subscription(sent, clock):
    reader = Subscriber.objects.get()
    key = unsubscribe_key(reader.pk, topic())
    raw = f"To: retur@kommune.example\r\nSubject: Re: afmeld {key}\r\n\r\nHej\r\n".encode()

    assert take_returned(read_returned(raw), now=clock()) == "left"
    assert reader.subscriptions.get().state == "ended"
    assert take_returned(read_returned(raw.replace(b"afmeld", b"hej")), now=clock()) == "other"


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\x00\xff\xfe",
        b"Subject: =?utf-8?q?=ff?=\r\n\r\n",
        b"Content-Type: multipart/report; boundary=\r\n\r\n--\r\n",
        b"Content-Type: message/delivery-status\r\n\r\nAction: failed\r\n",
        b"To: " + b"a@b," * 5000 + b"\r\n\r\n",
    ],
)
def test_odd_mail_is_left_alone(raw, clock):
    assert take_returned(read_returned(raw), now=clock()) == "other"


class Pop(socketserver.StreamRequestHandler):
    """A mailbox with the server's mails."""

    def handle(self):
        say = lambda words: self.wfile.write(words.encode() + b"\r\n")  # noqa: E731
        say("+OK")
        marked = set()
        mails = list(self.server.mails)
        for raw in self.rfile:
            word, _, rest = raw.decode().strip().partition(" ")
            if word == "LIST" and rest:
                say(f"+OK {rest} {len(mails[int(rest) - 1])}")
            elif word == "LIST":
                say("+OK")
                for number, mail in enumerate(mails, start=1):
                    say(f"{number} {len(mail)}")
                say(".")
            elif word == "RETR":
                say("+OK")
                self.wfile.write(mails[int(rest) - 1].replace(b"\r\n.", b"\r\n.."))
                say(".")
            elif word == "DELE":
                marked.add(int(rest) - 1)
                say("+OK")
            elif word == "QUIT":
                kept = [mail for number, mail in enumerate(mails) if number not in marked]
                self.server.mails[:] = kept
                say("+OK")
                return
            elif word == "PASS" and rest != "hemmelig":
                say("-ERR no")
            else:
                say("+OK")


@pytest.fixture
def mailbox(settings):
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Pop) as server:
        server.daemon_threads = True
        server.mails = []
        port = server.server_address[1]
        settings.NEWSLETTER_BOUNCE_MAILBOX = f"pop3://retur:hemmelig@127.0.0.1:{port}"
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


def test_the_mailbox_is_emptied_and_acted_on(sent, mailbox, clock):
    mailbox.mails += [b"Subject: Tilbud\r\n\r\nKob nu\r\n", report(bounce_address(sent.pk))]

    assert read_mailbox(now=clock()) == 2

    assert mailbox.mails == []
    assert Suppression.objects.count() == 1
    assert read_mailbox(now=clock()) == 0


def test_a_returned_mail_stays_in_the_mailbox_while_the_database_is_away(sent, mailbox, clock):
    mailbox.mails += [report(bounce_address(sent.pk))]

    def away(*_query):
        raise OperationalError("the database is away")

    with connection.execute_wrapper(away), pytest.raises(OperationalError):
        read_mailbox(now=clock())
    kept = len(mailbox.mails)

    assert (kept, read_mailbox(now=clock())) == (1, 1)
    assert Suppression.objects.count() == 1


def test_a_mailbox_that_cannot_be_opened_is_logged_without_its_password(
    mailbox, settings, clock, caplog
):
    settings.NEWSLETTER_BOUNCE_MAILBOX = settings.NEWSLETTER_BOUNCE_MAILBOX.replace(
        "hemmelig", "forkert"
    )

    assert read_mailbox(now=clock()) == 0
    assert "The bounce mailbox cannot be read" in caplog.text
    assert "forkert" not in caplog.text


def test_without_a_mailbox_nothing_is_read(settings, clock):
    settings.NEWSLETTER_BOUNCE_MAILBOX = ""

    assert read_mailbox(now=clock()) == 0


def test_an_old_bounce_does_not_count_any_more(sent, clock):
    Delivery.objects.update(bounced_at=clock() - dt.timedelta(days=31))
    raw = report(bounce_address(sent.pk), "5.2.2")

    take_returned(read_returned(raw), now=clock())

    assert not Suppression.objects.exists()
