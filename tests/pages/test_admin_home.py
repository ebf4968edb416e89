"""The admin's front page: what an editor needs today."""

import datetime as dt

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from activities.models import Occurrence
from activities.taxonomy import HostStatus
from directory.permissions import sync_groups
from directory.taxonomy import Role
from staff.models import PageReport
from tests.factories.activities import (
    make_activity,
    make_change,
    make_host,
    make_schedule,
    make_shared_event,
)
from tests.factories.core import make_user
from tests.factories.directory import make_venue

# Monday at 9.05 in Denmark.
NOW = dt.datetime(2026, 11, 23, 8, 5, tzinfo=dt.UTC)
EVERY_DAY = {"weekdays": [0, 1, 2, 3, 4, 5, 6]}

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_is_enough]


@pytest.fixture(autouse=True)
def at_now():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def perlen(home):
    return make_venue("Perlen")


def sign_in(client, role, venue=None):
    user = make_user(role=role, venue=venue)
    sync_groups(user)
    client.force_login(user)


def shown(client):
    return client.get("/admin/").content.decode()


def daily(venue, title, starts, ends):
    plan = make_schedule(dt.date(2026, 11, 16), starts, ends, **EVERY_DAY)
    return make_activity(venue, title, schedules=[plan])


def test_editor_sees_what_is_left_of_today_and_tomorrow_with_what_can_be_done(client, perlen):
    daily(perlen, "Morgenmad", "7.00", "8.30")
    supper = daily(perlen, "Aftensmad", "18.00", "19.00")
    daily(make_venue("Kahytten"), "Kor", "18.00", "19.00")
    sign_in(client, Role.EDITOR, perlen)

    page = shown(client)

    today = Occurrence.objects.get(activity=supper, local_date=dt.date(2026, 11, 23))
    assert page.count("Aftensmad</b>") == 2
    assert page.count("Morgenmad</b>") == 1
    assert "I dag, mandag den 23. november" in page
    assert "I morgen, tirsdag den 24. november" in page
    assert f"/admin/datoer/dato/{today.pk}/aflys/" in page
    assert "Kor" not in page


def test_what_waits_is_counted_and_leads_on(client, home, perlen):
    event = make_shared_event(home.shared, make_venue("Kahytten"))
    make_host(event, perlen, status=HostStatus.INVITED)
    PageReport.objects.create(venue=perlen, path="/", text="Døren var låst.", created_at=NOW)
    sign_in(client, Role.EDITOR, perlen)

    page = shown(client)

    assert "1 invitation til et fælles arrangement venter på jeres svar" in page
    assert "1 ting venter på, at I siger, om den stadig er rigtig" in page
    assert "1 besøgende har meldt en fejl på en side" in page


def test_drafts_that_wait_are_named(client, perlen):
    perlen.title = "Perlen på havnen"
    perlen.save_revision()
    sign_in(client, Role.EDITOR, perlen)

    assert "Perlen på havnen" in shown(client)


@pytest.mark.parametrize(
    ("role", "starts"),
    [
        (Role.EDITOR, ["Ny aktivitet", "Ny besked"]),
        (Role.VOLUNTEER, ["Ny aktivitet"]),
        (Role.COMMUNICATION, ["Ny aktivitet", "Ny besked", "Nyt nyhedsbrev"]),
    ],
)
def test_everybody_is_offered_what_they_may_begin(client, perlen, role, starts):
    sign_in(client, role, None if role == Role.COMMUNICATION else perlen)

    page = shown(client)

    offered = ["Ny aktivitet", "Ny besked", "Nyt nyhedsbrev"]
    assert [words for words in offered if f">{words}</a>" in page] == starts


def test_a_volunteer_sees_the_days_and_can_change_nothing(client, perlen):
    daily(perlen, "Aftensmad", "18.00", "19.00")
    sign_in(client, Role.VOLUNTEER, perlen)

    page = shown(client)

    assert page.count("Aftensmad</b>") == 2
    assert "Der er ikke noget her, der venter på dig." in page
    assert ("/aflys/" in page, "/datoer/" in page) == (False, False)


@pytest.mark.parametrize(
    ("role", "may_cancel"), [(Role.COMMUNICATION, True), (Role.AREA_HEAD, False)]
)
def test_who_looks_after_all_places_sees_what_is_unusual(client, home, perlen, role, may_cancel):
    daily(perlen, "Aftensmad", "18.00", "19.00")
    walk = daily(perlen, "Gåtur", "15.00", "16.00")
    make_change(walk, dt.datetime(2026, 11, 23, 15, 0), reason="Det regner.")
    plan = make_schedule(dt.date(2026, 11, 24), "19.00", "21.00")
    make_shared_event(home.shared, perlen, title="Bål", schedules=[plan])
    sign_in(client, role)

    page = shown(client)

    assert [page.count(f"{title}</b>") for title in ("Gåtur", "Bål", "Aftensmad")] == [1, 1, 0]
    assert ("/aflys/" in page) is may_cancel


def test_a_day_without_anything_unusual_is_told(client, perlen):
    daily(perlen, "Aftensmad", "18.00", "19.00")
    sign_in(client, Role.COMMUNICATION)

    assert shown(client).count("Alt er, som det plejer.") == 2


def test_number_of_queries_does_not_grow(client, perlen):
    sign_in(client, Role.EDITOR, perlen)
    counts = []
    for number in range(1, 7):
        daily(perlen, f"Aktivitet {number}", "18.00", "19.00")
        if number in (2, 6):
            client.get("/admin/")
            with CaptureQueriesContext(connection) as queries:
                client.get("/admin/")
            counts.append(len(queries))

    assert counts[0] == counts[1]
