import datetime as dt

import icalendar
import pytest
import time_machine
from django.urls import reverse

from core.logs import without_secrets
from directory.taxonomy import Role
from staff.models import ExchangeEvent, PersonalCalendar
from staff.models.exchange import ExchangeKind
from tests.factories.activities import make_activity
from tests.factories.core import make_user
from tests.factories.directory import make_venue

NOW = dt.datetime(2026, 11, 23, 8, 5, tzinfo=dt.UTC)

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_is_enough]


@pytest.fixture(autouse=True)
def at_now():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def perlen(home):
    return make_venue("Perlen")


@pytest.fixture
def person(perlen):
    return make_user("vagt@fristed.example", role=Role.STAFF, venue=perlen)


@pytest.fixture
def mine(client, person):
    client.force_login(person)
    return client


def address_in(answer):
    text = answer.content.decode()
    start = text.index("https://fristed.example/intern/kalender/")
    return text[start : text.index(".ics", start) + 4].removeprefix("https://fristed.example")


def make_address(client, **fields):
    return address_in(client.post(reverse("staff_calendar"), {"internal": "on"} | fields))


def titles(client, address):
    calendar = icalendar.Calendar.from_ical(client.get(address).content)
    return sorted(str(event["summary"]) for event in calendar.walk("VEVENT"))


def test_calendar_holds_the_chosen_places_and_what_is_internal(mine, client, perlen):
    make_activity(perlen, "Fællesspisning")
    make_activity(make_venue("Kahytten"), "Kor")
    ExchangeEvent.objects.create(
        kind=ExchangeKind.COURSE,
        title="Kursus i konflikter",
        place="Rådhuset",
        starts_at=NOW + dt.timedelta(days=3),
        ends_at=NOW + dt.timedelta(days=3, hours=2),
    )
    address = make_address(mine, venues=[perlen.pk])

    mine.logout()

    assert titles(client, address) == ["Fællesspisning", "Kursus i konflikter"]


def test_nothing_internal_when_it_is_not_chosen(mine, perlen):
    ExchangeEvent.objects.create(
        kind=ExchangeKind.COURSE,
        title="Kursus",
        place="Rådhuset",
        starts_at=NOW + dt.timedelta(days=3),
        ends_at=NOW + dt.timedelta(days=4),
    )
    address = make_address(mine, internal="")

    assert titles(mine, address) == []


def test_address_is_told_once_and_only_its_hash_is_stored(mine):
    address = make_address(mine)
    token = address.rsplit("/", 1)[1].removesuffix(".ics")

    again = mine.get(reverse("staff_calendar")).content.decode()

    assert token not in again
    assert token not in str(PersonalCalendar.objects.values())
    assert len(token) >= 22


def test_new_address_stops_the_old_one_and_stopping_stops_both(mine):
    old = make_address(mine)
    new = make_address(mine, act="new")
    both = [mine.get(old).status_code, mine.get(new).status_code]
    mine.post(reverse("staff_calendar"), {"act": "stop"})

    assert both == [404, 200]
    assert mine.get(new).status_code == 404


def test_wrong_and_revoked_address_get_the_same_answer(mine):
    old = make_address(mine)
    make_address(mine, act="new")

    revoked, wrong = mine.get(old), mine.get("/intern/kalender/AAAAAAAAAAAAAAAAAAAAAA.ics")

    assert revoked.status_code == wrong.status_code == 404
    assert revoked.content == wrong.content


def test_address_of_somebody_who_has_left_is_not_found(mine, person):
    address = make_address(mine)

    person.is_active = False
    person.save()

    assert mine.get(address).status_code == 404


def test_owner_sees_when_it_was_last_fetched(mine):
    address = make_address(mine)

    mine.get(address)

    assert PersonalCalendar.objects.get().fetched_at == NOW
    assert "Din kalender er sidst hentet" in mine.get(reverse("staff_calendar")).content.decode()


def test_address_leaks_nowhere(mine):
    address = make_address(mine)

    answer = mine.get(address)

    assert answer["Referrer-Policy"] == "no-referrer"
    assert answer["Cache-Control"] == "private, no-store"
    assert without_secrets(f"GET {address}") == "GET /intern/kalender/….ics"


def test_same_calendar_is_not_sent_twice(mine):
    address = make_address(mine)
    etag = mine.get(address)["ETag"]

    assert mine.get(address, headers={"If-None-Match": etag}).status_code == 304


def test_changing_what_it_holds_keeps_the_address(mine, perlen):
    make_activity(perlen, "Fællesspisning")
    address = make_address(mine)

    mine.post(reverse("staff_calendar"), {"venues": [perlen.pk]})

    assert titles(mine, address) == ["Fællesspisning"]


def test_the_address_of_somebody_who_left_stays_dead_when_they_come_back(
    mine, client, person, perlen
):
    address = make_address(mine)
    person.memberships.get().delete()
    person.is_active = True
    person.save()

    person.memberships.create(role=Role.VOLUNTEER, venue=perlen)

    assert client.get(address).status_code == 404
