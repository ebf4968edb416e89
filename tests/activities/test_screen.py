"""A venue's info screen: what it shows, until when it holds, and what it costs."""

import datetime as dt
from collections.abc import Iterator

import pytest
import time_machine
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from activities.models import Occurrence
from activities.screen.content import ScreenContent, screen_content
from directory.models import Notice, SecretAddress, VenuePage
from tests.factories.activities import make_activity, make_change, make_schedule
from tests.factories.directory import make_notice, make_venue
from tests.factories.pages import SiteTree

pytestmark = pytest.mark.sqlite_is_enough

NOW = dt.datetime(2026, 11, 23, 12, 40, tzinfo=dt.UTC)  # a Monday, 13.40 on the wall
HOUR = dt.timedelta(hours=1)
MONDAY = dt.date(2026, 11, 23)
OPEN = [(day, "9.00", "16.00") for day in range(5)]


@pytest.fixture(autouse=True)
def clock_stands() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


def content(venue: VenuePage, now: dt.datetime = NOW) -> ScreenContent:
    return screen_content(venue, Occurrence.objects.public(), Notice.objects.all(), now)


def make_date(venue: VenuePage, title: str, starts: str, ends: str, day: dt.date = MONDAY) -> None:
    make_activity(venue, title, schedules=[make_schedule(day, starts, ends, key="p")])


def test_screen_shows_now_and_later_today_and_the_coming_days(home: SiteTree) -> None:
    venue = make_venue(hours=OPEN)
    make_date(venue, "Morgenmad", "9.00", "10.00")
    make_date(venue, "Træværksted", "13.00", "15.00")
    make_date(venue, "Kaffe", "15.00", "16.00")
    make_date(venue, "Bad", "10.00", "11.00", MONDAY + dt.timedelta(days=2))

    shown = content(venue)

    assert [(card.title, card.is_now) for card in shown.today_cards] == [
        ("Træværksted", True),
        ("Kaffe", False),
    ]
    assert [(day.title, [card.title for card in day.cards]) for day in shown.days] == [
        ("Onsdag den 25. november", ["Bad"])
    ]
    assert shown.status.is_open


def test_screen_shows_messages_of_the_venue_and_of_the_municipality(home: SiteTree) -> None:
    venue, other = make_venue(), make_venue("Havnen")
    make_notice(venue, NOW - HOUR, NOW + HOUR, "Nyt gulv")
    make_notice(None, NOW - 2 * HOUR, NOW + HOUR, "Glat føre")
    make_notice(other, NOW - HOUR, NOW + HOUR, "Lukket")
    make_notice(venue, NOW + HOUR, NOW + 2 * HOUR, "Senere")

    assert [notice.title for notice in content(venue).notices] == ["Nyt gulv", "Glat føre"]


@pytest.mark.parametrize(
    ("hour", "dark", "changes"),
    [(5, True, 6), (12, False, 19), (19, True, 23)],  # UTC; the wall is an hour ahead
)
def test_screen_is_dark_at_night_and_says_when_it_changes(
    home: SiteTree, hour: int, dark: bool, changes: int
) -> None:
    shown = content(make_venue(), dt.datetime(2026, 11, 23, hour, 30, tzinfo=dt.UTC))

    assert shown.is_dark is dark
    assert shown.next_change == dt.datetime(2026, 11, 23, changes, tzinfo=dt.UTC)


def test_screen_is_kept_no_longer_than_until_the_next_thing_begins(
    client: Client, home: SiteTree
) -> None:
    venue = make_venue(hours=OPEN)
    make_date(venue, "Kaffe", "13.41", "14.00")

    first = client.get("/skaerm/perlen/")
    with time_machine.travel(NOW + dt.timedelta(seconds=50), tick=False):
        near = client.get("/skaerm/perlen/")
    with time_machine.travel(NOW + dt.timedelta(seconds=61), tick=False):
        later = client.get("/skaerm/perlen/", headers={"If-None-Match": first["ETag"]})

    assert near["Cache-Control"] == "public, max-age=10"
    assert later.status_code == 200
    assert "row is-now" in later.content.decode()


def test_screen_that_has_not_changed_answers_304_and_sets_no_cookie(
    client: Client, home: SiteTree
) -> None:
    make_venue(hours=OPEN)

    first = client.get("/skaerm/perlen/")
    again = client.get("/skaerm/perlen/", headers={"If-None-Match": first["ETag"]})

    assert (again.status_code, again.content) == (304, b"")
    assert not first.cookies
    assert '<meta http-equiv="refresh" content="60">' in first.content.decode()


def test_cancelled_date_says_so_in_words_and_why(client: Client, home: SiteTree) -> None:
    meal = make_activity(make_venue())
    make_change(meal, dt.datetime(2026, 11, 24, 17, 30), reason="bussen er i stykker")

    shown = client.get("/skaerm/perlen/").content.decode()

    assert '<b class="row-mark">Aflyst</b>' in shown
    assert "Bussen er i stykker." in shown


def test_secret_address_is_not_on_a_screen(client: Client, home: SiteTree) -> None:
    venue = make_venue("Kvindehuset", address_public=False)
    SecretAddress.objects.create(venue=venue, street="Skjulvej 9", city="Langtbortistan")
    make_activity(venue)

    shown = client.get("/skaerm/kvindehuset/").content.decode()

    assert [word for word in ("Skjulvej", "Langtbort") if word in shown] == []


def test_venue_that_is_not_there_has_no_screen(client: Client, home: SiteTree) -> None:
    make_venue("Kladden", live=False)

    assert client.get("/skaerm/kladden/").status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_screen_asks_as_little_for_three_dates_as_for_one(
    client: Client,
    home: SiteTree,
    django_assert_max_num_queries: DjangoAssertNumQueries,
    count: int,
) -> None:
    venue = make_venue(hours=OPEN)
    for number in range(count):
        make_date(venue, f"Kaffe {number}", "15.00", "16.00")
        make_notice(venue, NOW - HOUR, NOW + HOUR, f"Besked {number}")
    client.get("/steder/perlen/")

    with django_assert_max_num_queries(15):
        client.get("/skaerm/perlen/")
