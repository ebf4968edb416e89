"""What OS2display reads, in the shape its calendar and news feeds ask for."""

import datetime as dt
from collections.abc import Iterator

import feedparser
import pytest
import time_machine
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from directory.models import SecretAddress, VenuePage
from tests.factories.activities import (
    make_activity,
    make_change,
    make_schedule,
    make_shared_event,
)
from tests.factories.directory import make_district, make_venue
from tests.factories.pages import SiteTree

pytestmark = pytest.mark.sqlite_is_enough

NOW = dt.datetime(2026, 11, 23, 12, 40, tzinfo=dt.UTC)
MONDAY = dt.date(2026, 11, 23)
TUESDAY = dt.datetime(2026, 11, 24, 17, 30)
DATA = "/data/os2display"
PATHS = [
    f"{DATA}/locations.json",
    f"{DATA}/resources.json",
    f"{DATA}/events.json",
    f"{DATA}/feed.rss",
    f"{DATA}/perlen/feed.rss",
]


@pytest.fixture(autouse=True)
def clock_stands() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


def weekly_until_december(venue: VenuePage, title: str = "Fællesspisning") -> None:
    plan = make_schedule(key="p", until_on=dt.date(2026, 11, 30))
    make_activity(venue, title, schedules=[plan])


def test_locations_are_the_municipality_and_districts_of_open_addresses(
    client: Client, home: SiteTree
) -> None:
    make_venue(district=make_district("Nørrebro"))
    make_venue("Kvindehuset", address_public=False)

    found = client.get(f"{DATA}/locations.json").json()

    assert [each["displayName"] for each in found][1:] == ["Nørrebro"]
    assert found[1]["id"] == "bydel-noerrebro"
    assert found[0]["id"].startswith("kommune-")


def test_resources_are_the_venues(client: Client, home: SiteTree) -> None:
    venue = make_venue(district=make_district("Nørrebro"))
    make_venue("Kladden", live=False)

    assert client.get(f"{DATA}/resources.json").json() == [
        {
            "id": str(venue.uid),
            "locationId": "bydel-noerrebro",
            "name": "Perlen",
            "displayName": "Perlen",
            "includedInEvents": True,
        }
    ]


def test_event_has_both_names_and_times_with_their_offset(client: Client, home: SiteTree) -> None:
    venue = make_venue()
    weekly_until_december(venue)

    assert client.get(f"{DATA}/events.json").json() == [
        {
            "title": "Fællesspisning",
            "startTime": "2026-11-24T17:30:00+01:00",
            "endTime": "2026-11-24T19:30:00+01:00",
            "resourceId": str(venue.uid),
            "resourceDisplayName": "Perlen",
            "displayName": "Perlen",
        }
    ]


def test_cancelled_event_stays_with_the_word_in_its_title(client: Client, home: SiteTree) -> None:
    meal = make_activity(make_venue())
    make_change(meal, TUESDAY, reason="bussen er i stykker")

    titles = [each["title"] for each in client.get(f"{DATA}/events.json").json()]
    first = feedparser.parse(client.get(f"{DATA}/feed.rss").content).entries[0]

    assert titles[:2] == ["AFLYST: Fællesspisning", "Fællesspisning"]
    assert first.title == "Tirsdag den 24. november kl. 17.30: AFLYST: Fællesspisning"
    assert "Aflyst: Bussen er i stykker." in first.summary


def test_shared_event_is_at_every_venue_that_said_yes_and_nowhere_else(
    client: Client, home: SiteTree
) -> None:
    lead, yes, invited = make_venue(), make_venue("Havnen"), make_venue("Broen")
    plan = [make_schedule(MONDAY, key="p", until_on=dt.date(2026, 11, 29))]
    make_shared_event(home.shared, lead, yes, schedules=plan)
    make_shared_event(
        home.shared,
        lead,
        invited,
        accepted=False,
        title="Julefest",
        schedules=[make_schedule(MONDAY, key="p", until_on=dt.date(2026, 11, 29))],
    )

    found = [
        (each["title"], each["resourceDisplayName"])
        for each in client.get(f"{DATA}/events.json").json()
    ]

    assert sorted(found) == [
        ("Julefest", "Perlen"),
        ("Sommerfest", "Havnen"),
        ("Sommerfest", "Perlen"),
    ]


def test_event_without_a_public_venue_is_left_out(client: Client, home: SiteTree) -> None:
    make_activity(make_venue("Kladden", live=False))

    assert client.get(f"{DATA}/events.json").json() == []


def test_feed_has_the_soonest_first_with_the_day_in_the_title(
    client: Client, home: SiteTree
) -> None:
    venue = make_venue()
    plan = make_schedule(dt.date(2026, 11, 25), "10.00", "12.00", key="p")
    make_activity(venue, "Træværksted", schedules=[plan])
    weekly_until_december(venue)

    feed = feedparser.parse(client.get(f"{DATA}/perlen/feed.rss").content)

    assert feed.bozo == 0
    assert [entry.title for entry in feed.entries][:2] == [
        "Tirsdag den 24. november kl. 17.30: Fællesspisning",
        "Onsdag den 25. november kl. 10: Træværksted",
    ]
    assert feed.entries[0].summary == "<p>Til kl. 19.30 · Perlen · gratis. Vi spiser sammen.</p>"
    assert len({entry.id for entry in feed.entries}) == len(feed.entries)


def test_feed_lets_go_of_a_date_when_it_ends(client: Client, home: SiteTree) -> None:
    plan = make_schedule(MONDAY, "13.00", "14.00", key="p", until_on=dt.date(2026, 11, 29))
    make_activity(make_venue(), schedules=[plan])

    before = client.get(f"{DATA}/feed.rss")
    with time_machine.travel(NOW + dt.timedelta(minutes=21), tick=False):
        after = client.get(f"{DATA}/feed.rss", headers={"If-None-Match": before["ETag"]})

    assert len(feedparser.parse(before.content).entries) == 1
    assert after.status_code == 200
    assert feedparser.parse(after.content).entries == []


@pytest.mark.parametrize("path", PATHS)
def test_answer_is_known_again_and_sets_no_cookie(
    client: Client, home: SiteTree, path: str
) -> None:
    make_activity(make_venue())

    first = client.get(path)
    again = client.get(path, headers={"If-None-Match": first["ETag"]})

    assert (first.status_code, again.status_code) == (200, 304)
    assert not first.cookies


@pytest.mark.parametrize("path", PATHS)
def test_secret_address_is_in_no_answer(client: Client, home: SiteTree, path: str) -> None:
    venue = make_venue("Perlen", address_public=False)
    SecretAddress.objects.create(venue=venue, street="Skjulvej 9", city="Langtbortistan")
    make_activity(venue)

    text = client.get(path).content.decode()

    assert [word for word in ("Skjulvej", "Langtbort") if word in text] == []


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("path", PATHS)
def test_answer_costs_the_same_for_one_and_for_three(
    client: Client,
    home: SiteTree,
    django_assert_max_num_queries: DjangoAssertNumQueries,
    path: str,
    count: int,
) -> None:
    venue = make_venue()
    for number in range(count):
        make_venue(f"Sted {number}")
        weekly_until_december(venue, f"Kaffe {number}")

    with django_assert_max_num_queries(9):
        client.get(path)


def test_feed_of_a_venue_that_is_not_there_is_missing(client: Client, home: SiteTree) -> None:
    assert client.get(f"{DATA}/findes-ikke/feed.rss").status_code == 404
