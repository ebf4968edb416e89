import datetime as dt

import pytest
import time_machine
from django.urls import reverse

from core.models import OutgoingMail
from directory.taxonomy import Role
from staff.actions.exchange import (
    ExchangeError,
    cancel_event,
    remind_colleagues,
    reopen_event,
    save_event,
    sign_off,
    sign_up,
    start_round,
)
from staff.exchange import exchange_figures, exchanges_by_venue, matrix
from staff.models import ExchangeEvent, Lesson, SignUp, Wish
from staff.models.exchange import SeatState
from tests.factories.core import make_user
from tests.factories.directory import make_venue
from tests.factories.exchange import make_visit

NOW = dt.datetime(2026, 11, 23, 8, 5, tzinfo=dt.UTC)
HOUR, DAY = dt.timedelta(hours=1), dt.timedelta(days=1)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def at_now():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def venues(home):
    return [make_venue(name) for name in ("Perlen", "Kahytten", "Lygten")]


@pytest.fixture
def people(venues):
    return [
        make_user(f"{venue.slug}@fristed.example", role=Role.STAFF, venue=venue) for venue in venues
    ]


def states(event):
    return [(row.user.email.split("@")[0], row.state) for row in event.sign_ups.all()]


def test_the_last_place_goes_to_the_first_and_the_next_wait(venues, people):
    event = make_visit(venues[0], NOW, seats=1)

    for number, person in enumerate(people):
        sign_up(event, person, venue=None, now=NOW + number * HOUR)

    assert states(event) == [("perlen", "going"), ("kahytten", "waiting"), ("lygten", "waiting")]


def test_whoever_waits_longest_moves_up_and_is_told(venues, people):
    event = make_visit(venues[0], NOW, seats=1)
    for number, person in enumerate(people):
        sign_up(event, person, venue=None, now=NOW + number * HOUR)

    sign_off(event, people[0], now=NOW + 4 * HOUR)

    mail = OutgoingMail.objects.get()
    assert dict(states(event)) == {"perlen": "off", "kahytten": "going", "lygten": "waiting"}
    assert (mail.to, mail.subject) == (
        "kahytten@fristed.example",
        "Du har fået en plads: Besøg på Perlen",
    )


def test_more_places_let_those_in_who_wait(venues, people):
    event = make_visit(venues[0], NOW, seats=1)
    for person in people:
        sign_up(event, person, venue=None, now=NOW)
    event.seats = 2

    save_event(event, by=people[0], now=NOW)

    assert [state for _name, state in states(event)] == ["going", "going", "waiting"]


def test_signing_up_twice_keeps_the_place(venues, people):
    event = make_visit(venues[0], NOW, seats=1)

    first = sign_up(event, people[0], venue=None, now=NOW)
    again = sign_up(event, people[0], venue=None, now=NOW + HOUR)

    assert first == again
    assert SignUp.objects.count() == 1


@pytest.mark.parametrize(
    ("fields", "code"),
    [({"cancelled_at": NOW}, "cancelled"), ({"starts_at": NOW}, "over")],
)
def test_nobody_signs_up_for_what_is_off_or_has_begun(venues, people, fields, code):
    event = make_visit(venues[0], NOW, **fields)

    with pytest.raises(ExchangeError) as caught:
        sign_up(event, people[0], venue=None, now=NOW)

    assert caught.value.code == code


def test_cancelling_and_taking_it_back_tell_everybody_each_time(venues, people):
    event = make_visit(venues[0], NOW)
    sign_up(event, people[1], venue=None, now=NOW)

    cancel_event(event, reason="Vi er syge.", now=NOW)
    event.refresh_from_db()
    reopen_event(event, now=NOW)
    event.refresh_from_db()
    cancel_event(event, reason="Igen.", now=NOW)

    assert [mail.subject for mail in OutgoingMail.objects.order_by("pk")] == [
        "Aflyst: Besøg på Perlen",
        "Det bliver til noget alligevel: Besøg på Perlen",
        "Aflyst: Besøg på Perlen",
    ]
    assert "Vi er syge." in OutgoingMail.objects.order_by("pk")[0].text


def test_reminder_comes_once_and_the_question_afterwards_once(venues, people):
    event = make_visit(venues[0], NOW)
    sign_up(event, people[1], venue=None, now=NOW)

    for days in range(11):
        remind_colleagues(now=NOW + days * DAY)

    assert [mail.subject for mail in OutgoingMail.objects.order_by("pk")] == [
        "Snart: Besøg på Perlen",
        "Hvad lærte du af Besøg på Perlen?",
    ]


def test_round_keeps_the_time_of_the_clock_over_the_change_to_summer_time(venues, people):
    start_round(
        title="Forårsrunde",
        venues=venues[:2],
        first=dt.datetime(2027, 3, 22, 13, 30),
        minutes=90,
        every_days=7,
        seats=6,
        by=people[0],
    )

    rows = ExchangeEvent.objects.values_list("title", "starts_at", "seats")
    assert list(rows) == [
        ("Forårsrunde: Perlen", dt.datetime(2027, 3, 22, 12, 30, tzinfo=dt.UTC), 6),
        ("Forårsrunde: Kahytten", dt.datetime(2027, 3, 29, 11, 30, tzinfo=dt.UTC), 6),
    ]


def test_places_have_met_when_somebody_was_at_the_other(venues, people):
    perlen, kahytten, _lygten = venues
    event = make_visit(perlen, NOW, starts_at=NOW - DAY, ends_at=NOW - DAY + HOUR)
    SignUp.objects.create(event=event, user=people[1], venue=kahytten, at=NOW)
    SignUp.objects.create(event=event, user=people[2], venue=venues[2], at=NOW, state=SeatState.OFF)
    make_visit(perlen, NOW, starts_at=NOW - DAY, ends_at=NOW, cancelled_at=NOW)
    first, last = dt.date(2026, 11, 1), dt.date(2026, 11, 23)

    rows = {row.venue.title: row.counts for row in matrix(first, last, venues)}
    figures = exchange_figures(first, last, venues)
    by_venue = exchanges_by_venue(first, last)

    assert rows == {
        "Perlen": (None, 1, 0),
        "Kahytten": (1, None, 0),
        "Lygten": (0, 0, None),
    }
    assert (figures.events, figures.participations) == (1, 1)
    assert (figures.pairs_met, figures.pairs_possible) == (1, 3)
    assert by_venue == {perlen.pk: 1, kahytten.pk: 1}


FORM = {
    "kind": "visit",
    "title": "Kaffe på Perlen",
    "place": "",
    "day": "30.11.2026",
    "starts": "13.30",
    "ends": "15",
    "seats": "4",
    "text": "",
}


def test_visit_is_planned_and_joined_in_the_browser_way(client, venues, people):
    client.force_login(people[0])
    made = client.post(reverse("exchange_new"), FORM | {"venue": venues[0].pk})
    client.force_login(people[1])
    client.post(f"{made.url}plads/", {"act": "on"})

    shown = client.get(made.url).content.decode()

    assert "Mandag den 30. november 2026 kl. 13.30–15" in shown
    assert SignUp.objects.get().venue == venues[1]
    assert "1 kommer" in shown


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"ends": "13.00"}, "Det slutter, før det begynder."),
        ({"day": "1.11.2026"}, "Det tidspunkt er gået."),
        ({"venue": ""}, "Skriv, hvor det er: Vælg et sted, eller skriv hvor."),
    ],
)
def test_bad_input_is_told_beside_its_field(client, venues, people, fields, words):
    client.force_login(people[0])

    answer = client.post(reverse("exchange_new"), FORM | {"venue": venues[0].pk} | fields)

    assert words in answer.content.decode()
    assert not ExchangeEvent.objects.exists()


def test_volunteer_joins_but_does_not_plan(client, venues):
    client.force_login(make_user("fri@fristed.example", role=Role.VOLUNTEER, venue=venues[1]))
    event = make_visit(venues[0], NOW)

    assert client.get(reverse("exchange_new")).status_code == 403
    assert client.post(reverse("exchange_call_off", args=[event.pk])).status_code == 403
    assert client.post(reverse("exchange_seat", args=[event.pk]), {"act": "on"}).status_code == 302
    assert SignUp.objects.get().state == SeatState.GOING


def test_only_those_who_were_there_tell_what_they_learned(client, venues, people):
    event = make_visit(venues[0], NOW, starts_at=NOW - DAY, ends_at=NOW - DAY + HOUR)
    SignUp.objects.create(event=event, user=people[1], venue=venues[1], at=NOW - 2 * DAY)
    address = reverse("exchange_lesson", args=[event.pk])

    client.force_login(people[2])
    refused = client.post(address, {"words": "Hvad som helst"}).status_code
    client.force_login(people[1])
    client.post(address, {"words": "Deres morgenmøde er kort."})

    assert refused == 403
    assert Lesson.objects.get().text == "Deres morgenmøde er kort."


def test_wish_of_another_place_is_not_taken_off(client, venues, people):
    client.force_login(people[0])
    client.post(
        reverse("exchange_wish"),
        {"kind": "offer", "venue": venues[0].pk, "other": "", "text": "Torsdage"},
    )
    wish = Wish.objects.get()
    address = reverse("exchange_wish_settle", args=[wish.pk])

    client.force_login(people[1])
    refused = client.post(address).status_code
    client.force_login(people[0])
    client.post(address)

    wish.refresh_from_db()
    assert refused == 403
    assert wish.closed_at == NOW


def test_internal_matters_are_behind_the_login(client, venues):
    event = make_visit(venues[0], NOW)
    names = [("exchange", []), ("exchange_event", [event.pk]), ("exchange_matrix", [])]

    found = {client.get(reverse(name, args=args)).status_code for name, args in names}
    client.force_login(make_user("fremmed@fristed.example"))
    strange = {client.get(reverse(name, args=args)).status_code for name, args in names}

    assert (found, strange) == ({302}, {403})
