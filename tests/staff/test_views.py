"""The internal section shows one's own venues and is closed to everybody else."""

import datetime as dt

import pytest
from django.test import Client

from tests.factories.activities import make_activity
from tests.factories.core import make_user
from tests.factories.directory import make_venue

pytestmark = pytest.mark.sqlite_is_enough


@pytest.fixture
def today(time_machine) -> dt.date:
    time_machine.move_to(dt.datetime(2026, 11, 23, 12, 0, tzinfo=dt.UTC), tick=False)
    return dt.date(2026, 11, 23)


def test_a_visitor_is_asked_to_log_in(home, client: Client) -> None:
    answer = client.get("/intern/")

    assert (answer.status_code, answer["Location"]) == (302, "/admin/login/?next=/intern/")


def test_a_person_sees_the_week_of_their_own_venue_only(home, client: Client, today) -> None:
    perlen = make_venue(title="Perlen")
    make_activity(perlen, title="Fællesspisning")
    other = make_venue(title="Kahytten")
    make_activity(other, title="Brætspil")
    client.force_login(make_user(role="staff", venue=perlen))

    text = client.get("/intern/").content.decode()

    assert ("Fællesspisning" in text, "Brætspil" in text) == (True, False)


def test_somebody_without_a_role_is_refused(home, client: Client) -> None:
    client.force_login(make_user(email="ny@eksempelby.example"))

    assert client.get("/intern/").status_code == 403
