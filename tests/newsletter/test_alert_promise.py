"""Whoever cancels or moves a date reads beforehand that readers get a mail about it."""

import datetime as dt

import pytest

from activities.models import Occurrence
from core.followers import readers_are_told
from tests.factories.activities import make_activity
from tests.factories.core import make_user
from tests.factories.directory import make_venue
from tests.factories.newsletter import make_reader, topic

NOW = dt.datetime(2026, 3, 2, 8, tzinfo=dt.UTC)  # a Monday; it takes place on Tuesdays 17.30
PROMISE = "De, der følger stedet på mail, får besked inden for fem minutter."

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_is_enough]


@pytest.fixture(autouse=True)
def monday(time_machine):
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def perlen(home):
    return make_venue("Perlen")


@pytest.fixture
def coming(perlen):
    """The next two dates of a meal: one within seven days, one after."""
    meal = make_activity(perlen, "Fællesspisning")
    return list(Occurrence.objects.filter(activity=meal).order_by("starts_at")[:2])


def follow(*venues):
    make_reader("aase@example.org", topic("aflysninger"), venues=venues)


def test_a_mail_is_promised_when_somebody_follows_the_place(coming, perlen):
    follow(perlen)

    assert [readers_are_told(date.pk, NOW) for date in coming] == [True, False]


def test_no_mail_is_promised_when_only_other_places_are_followed(coming):
    follow(make_venue("Stuen"))

    assert [readers_are_told(date.pk, NOW) for date in coming] == [False, False]


@pytest.mark.parametrize("act", ["aflys", "flyt"])
def test_the_form_says_that_readers_get_a_mail(client, coming, perlen, act):
    client.force_login(make_user(role="staff", venue=perlen))
    address = f"/intern/dato/{coming[0].pk}/{act}/"
    before = client.get(address).content.decode()
    follow(perlen)

    after = client.get(address).content.decode()

    assert [PROMISE in before, PROMISE in after] == [False, True]
