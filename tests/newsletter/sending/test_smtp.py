"""The SMTP line itself: dots, goodbyes, replies that make no sense, and a login."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from newsletter.domain.sending import Answer
from newsletter.transport import LineLost, Offer, Refused, RelayAway, open_line
from newsletter.transport.smtp import Relay, SmtpLine
from tests.harness.mail_sink import DATA, DOT, MAIL, RCPT, running_sink
from tests.harness.servers import free_port


@pytest.fixture
def server():
    with running_sink() as sink:
        yield sink


def line_to(sink, **more):
    return SmtpLine(Relay("127.0.0.1", sink.port, answer_seconds=0.5, **more))


def offer(message=b"Subject: Hej\r\n\r\nHej\r\n", receiver="aase@example.org"):
    return Offer("retur@kommune.example", receiver, message, lambda: None)


def test_dots_at_the_beginning_of_lines_arrive_as_they_are(server):
    line = line_to(server)
    message = b".a\r\n\r\n.\r\n..b\r\nc.\r\n"

    line.offer(offer(message))
    assert line.commit() == Answer(250, "taken")
    line.close()

    assert server.mails[0].body == message


def test_a_message_without_a_last_line_break_gets_one(server):
    line = line_to(server)
    line.offer(offer(b"Subject: Hej\r\n\r\nHej"))
    line.commit()
    line.close()

    assert server.mails[0].body == b"Subject: Hej\r\n\r\nHej\r\n"


def test_what_was_offered_and_dropped_is_gone(server):
    line = line_to(server)
    line.offer(offer())
    line.drop()

    with pytest.raises(LineLost):
        line.offer(offer())
    assert server.mails == []


def test_a_goodbye_in_the_middle_of_a_message_delivers_nothing(server):
    line = line_to(server)
    line.offer(offer())
    line.close()

    assert server.mails == []


@pytest.mark.parametrize(
    ("stage", "reply", "trouble"),
    [
        (MAIL, "550 no", RelayAway),
        (MAIL, "451 no", RelayAway),
        (RCPT, "550 5.1.1 no", Refused),
        (RCPT, "452 full", Refused),
        (RCPT, "421 closing", RelayAway),
        (DATA, "554 no", Refused),
        (DATA, "451 no", RelayAway),
        (DATA, "250 what", RelayAway),
    ],
)
@pytest.mark.parametrize("pipelining", [True, False])
def test_a_no_means_what_it_is_about(server, stage, reply, trouble, pipelining):
    server.pipelining = pipelining
    line = line_to(server)
    server.rule = lambda step: reply if step.name == stage else None

    with pytest.raises(trouble):
        line.offer(offer())
    line.drop()

    assert server.mails == []


@pytest.mark.parametrize("pipelining", [True, False])
def test_the_next_message_after_a_no_goes_through(server, pipelining):
    server.pipelining = pipelining
    line = line_to(server)
    server.rule = lambda step: "550 no" if step.name == RCPT and "x@" in step.receiver else None
    with pytest.raises(Refused):
        line.offer(offer(receiver="x@example.org"))

    line.offer(offer())
    line.commit()
    line.close()

    assert (server.receivers(), server.connections) == (["aase@example.org"], 1)


@pytest.mark.parametrize("reply", ["354 more", "abc", "199 hm"])
def test_a_reply_to_the_dot_that_makes_no_sense_is_no_answer(server, reply):
    line = line_to(server)
    server.rule = lambda step: reply if step.name == DOT else None
    line.offer(offer())

    with pytest.raises(LineLost):
        line.commit()


def test_a_server_without_login_or_tls_refuses_who_asks_for_them(server):
    for more in ({"user": "os", "password": "hemmelig"}, {"starttls": True}):
        with pytest.raises(RelayAway) as refused:
            line_to(server, **more)
        assert "hemmelig" not in str(refused.value)


def test_nobody_there_is_a_relay_that_is_away():
    with pytest.raises(RelayAway):
        SmtpLine(Relay("127.0.0.1", free_port()))


def test_a_way_that_does_not_exist_stops_with_a_clear_line(settings):
    settings.NEWSLETTER_RELAY = "pigeon"

    with pytest.raises(ImproperlyConfigured, match="smtp, service, outbox"):
        open_line()
