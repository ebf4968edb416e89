"""Kendskab: who is told what, and who is not, when places change hands."""

import datetime as dt

import pytest

from core.models import OutgoingMail
from directory.taxonomy import Role
from staff.actions.exchange import cancel_event, reopen_event, sign_off, sign_up
from staff.models import ExchangeEvent
from tests.factories.core import make_user
from tests.factories.directory import make_venue
from tests.factories.exchange import make_visit

NOW = dt.datetime(2026, 11, 23, 8, 5, tzinfo=dt.UTC)
HOUR, DAY = dt.timedelta(hours=1), dt.timedelta(days=1)


@pytest.fixture(autouse=True)
def at_now(time_machine):
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def venues(home):
    return [make_venue(name) for name in ("Perlen", "Kahytten", "Lygten")]


@pytest.fixture
def people(venues):
    return [
        make_user(f"{venue.slug}@fristed.example", role=Role.STAFF, venue=venue) for venue in venues
    ]


def states(event):
    rows = event.sign_ups.order_by("user__email")
    return [(row.user.email.split("@")[0], row.state) for row in rows]


@pytest.mark.parametrize("fields", [{"cancelled_at": NOW}, {"starts_at": NOW - HOUR}])
def test_nobody_moves_up_at_what_is_off_or_has_begun(venues, people, fields):
    event = make_visit(venues[0], NOW, seats=1)
    for person in people:
        sign_up(event, person, venue=None, now=NOW)
    ExchangeEvent.objects.filter(pk=event.pk).update(**fields)

    sign_off(event, people[0], now=NOW)

    assert states(event) == [("kahytten", "waiting"), ("lygten", "waiting"), ("perlen", "off")]
    assert not OutgoingMail.objects.exists()


def test_a_place_given_back_while_it_was_off_goes_to_whoever_waits(venues, people):
    event = make_visit(venues[0], NOW, seats=1)
    for person in people:
        sign_up(event, person, venue=None, now=NOW)
    cancel_event(event, reason="", now=NOW)
    sign_off(event, people[0], now=NOW)

    reopen_event(event, now=NOW)

    assert dict(states(event)) == {"perlen": "off", "kahytten": "going", "lygten": "waiting"}


def test_whoever_moves_up_a_second_time_is_told_again(venues, people):
    event = make_visit(venues[0], NOW, seats=1)
    for hours in (0, 2):
        now = NOW + hours * HOUR
        sign_up(event, people[0], venue=None, now=now)
        sign_up(event, people[1], venue=None, now=now)
        sign_off(event, people[0], now=now + HOUR)
        if not hours:
            sign_off(event, people[1], now=now + HOUR)

    told = OutgoingMail.objects.filter(purpose="exchange_moved_up")
    assert [mail.to for mail in told] == ["kahytten@fristed.example"] * 2


def test_a_button_pressed_twice_tells_nobody_twice(venues, people):
    event = make_visit(venues[0], NOW)
    sign_up(event, people[0], venue=None, now=NOW)

    for _press in range(2):
        cancel_event(event, reason="Sygdom", now=NOW)
    for _press in range(2):
        reopen_event(event, now=NOW)

    told = OutgoingMail.objects.order_by("pk").values_list("purpose", flat=True)
    assert list(told) == ["exchange_cancelled", "exchange_reopened"]


def test_a_colleague_who_has_left_gets_no_mail(venues, people):
    event = make_visit(venues[0], NOW)
    for person in people[:2]:
        sign_up(event, person, venue=None, now=NOW)
    people[0].memberships.get().delete()

    cancel_event(event, reason="Sygdom", now=NOW)

    assert [mail.to for mail in OutgoingMail.objects.all()] == ["kahytten@fristed.example"]
