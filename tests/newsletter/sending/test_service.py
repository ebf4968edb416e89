"""A mail service by HTTP, through django-anymail: the whole call is the last word."""

import pytest
from anymail.exceptions import AnymailAPIError, AnymailRecipientsRefused
from django.core import mail

from newsletter.models import Delivery
from newsletter.sending_taxonomy import DispatchState
from tests.factories.sending import make_dispatch, make_readers
from tests.harness.mail_service import Service

pytestmark = pytest.mark.django_db


@pytest.fixture
def service(settings, monkeypatch):
    settings.NEWSLETTER_RELAY = "service"
    settings.NEWSLETTER_SERVICE = "tests.harness.mail_service.Service"
    settings.NEWSLETTER_BOUNCE_ADDRESS = ""
    monkeypatch.setattr(Service, "trouble", None)
    monkeypatch.setattr(Service, "asked", 0)
    return Service


def failing(code, words="nej"):
    error = AnymailAPIError(words)
    error.status_code = code
    error.response = type("Response", (), {"reason": "", "text": "", "json": lambda self: {}})()
    return error


def test_a_message_goes_over_in_its_parts(service, clock, work, states):
    make_readers(2)
    make_dispatch(clock())

    assert work() == 2

    first = mail.outbox[0]
    assert (first.to, first.subject) == (["laeser0@example.org"], "Nyt fra værestederne")
    assert "kop kaffe" in first.body
    assert first.alternatives[0].mimetype == "text/html"
    assert first.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert set(states().values()) == {"sent"}


def test_no_answer_is_doubt_and_is_sent_once_more(service, clock, work, states):
    make_readers(1)
    make_dispatch(clock())
    service.trouble = AnymailAPIError("Error posting")

    work()
    service.trouble = None
    work()

    row = Delivery.objects.get()
    assert (row.state, row.repeated, service.asked) == ("sent", True, 2)


@pytest.mark.parametrize("code", [500, 502, 200])
def test_an_error_of_the_service_itself_is_doubt(service, clock, work, states, code):
    make_readers(1)
    make_dispatch(clock(), doubt_policy="hold")
    service.trouble = failing(code)

    work()

    assert states() == {"laeser0@example.org": "doubt"}


def test_a_refused_message_fails_and_a_refused_receiver_too(service, clock, work, states):
    make_readers(1)
    make_dispatch(clock())
    service.trouble = failing(422)
    work()
    assert states() == {"laeser0@example.org": "failed refused"}

    make_dispatch(clock(), key="to")
    service.trouble = AnymailRecipientsRefused()
    work()
    assert set(Delivery.objects.values_list("state", flat=True)) == {"failed"}


@pytest.mark.parametrize("code", [401, 429])
def test_a_no_to_us_costs_no_reader_a_try(service, clock, work, states, code):
    make_readers(2)
    dispatch = make_dispatch(clock())
    service.trouble = failing(code)

    work()

    assert set(states().values()) == {"queued"}
    assert {row.tries for row in Delivery.objects.all()} == {0}
    dispatch.refresh_from_db()
    assert (dispatch.state, dispatch.setbacks) == (DispatchState.SENDING, 1)


def test_a_connection_that_was_never_made_is_no_doubt(service, clock, work, states):
    make_readers(1)
    make_dispatch(clock())
    service.trouble = AnymailAPIError("Failed to establish a new connection")

    work()

    assert states() == {"laeser0@example.org": "queued"}
