"""The feed for the event database: its names, what it must hold, and what must not be in it."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.db import OperationalError, connection
from django.test import Client

from activities.taxonomy import ChangeKind, PlaceKind
from core.models import ContentVersion
from directory.models import SecretAddress, VenuePage
from tests.factories.activities import make_activity, make_change, make_schedule, make_shared_event
from tests.factories.directory import make_venue
from tests.factories.open_data import (
    EVENTS,
    VENUES,
    fetched,
    make_full_venue,
    make_meal,
    make_photo,
)
from tests.factories.pages import SiteTree

pytestmark = pytest.mark.sqlite_is_enough

NOW = dt.datetime(2026, 11, 23, 9, tzinfo=dt.UTC)
TODAY = NOW.date()
TUESDAY = dt.datetime(2026, 11, 24, 17, 30)


@pytest.fixture(autouse=True)
def at_nine() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


def events(client: Client, query: str = "") -> list[dict[str, Any]]:
    return fetched(client, f"{EVENTS}{query}")["events"]


def test_event_has_their_names_for_everything(client: Client, home: SiteTree) -> None:
    page = make_meal(make_full_venue())
    make_change(page, TUESDAY, reason="Ovnen er i stykker")

    (event,) = events(client)

    url = "https://fristed.example/steder/perlen/"
    mail = "perlen@eksempelby.example"
    assert event == {
        "id": "00000000-0000-0000-0000-000000000007",
        "title": "Fællesspisning",
        "excerpt": "Vi spiser sammen.",
        "description": (
            f'<p>Vi spiser sammen.</p><p>Mad &amp; snak. <a href="{url}">Se stedet</a></p>'
        ),
        "url": f"{url}faellesspisning/",
        "image": None,
        "publicAccess": True,
        "tags": ["Værested", "Spisning"],
        "occurrences": [
            {
                "start": "2026-11-24T17:30:00+01:00",
                "end": "2026-11-24T19:30:00+01:00",
                "price": "25 kr.",
                "room": "Køkkenet",
                "status": "cancelled",
            },
            {
                "start": "2026-12-01T17:30:00+01:00",
                "end": "2026-12-01T19:30:00+01:00",
                "price": "25 kr.",
                "room": "Køkkenet",
                "status": None,
            },
        ],
        "location": {
            "name": "Perlen",
            "street": "Ågade 4",
            "postalCode": "9999",
            "city": "Eksempelby",
            "country": "Danmark",
            "telephone": "12 34 56 78",
            "mail": mail,
            "url": url,
            "disabilityAccess": True,
            "coordinates": {"latitude": "56.025900", "longitude": "10.238100"},
        },
        "organization": {"name": "Perlen", "mail": mail, "url": url},
        "partners": [],
    }


def test_feed_runs_from_today_for_six_months(client: Client, home: SiteTree, settings: Any) -> None:
    make_activity(make_venue(), schedules=[make_schedule(dt.date(2026, 3, 3))])

    dates = [date["start"][:10] for date in events(client)[0]["occurrences"]]
    settings.FRISTED_EVENT_FEED_MONTHS = 1
    ContentVersion.bump()
    fewer = [date["start"] for date in events(client)[0]["occurrences"]]

    assert (dates[0], dates[-1]) == ("2026-11-24", "2027-05-18")
    assert (len(fewer), fewer[-1]) == (5, "2026-12-22T17:30:00+01:00")


def test_dates_keep_wall_time_when_the_clock_changes(client: Client, home: SiteTree) -> None:
    make_activity(make_venue())

    starts = {date["start"][10:] for date in events(client)[0]["occurrences"]}

    assert starts == {"T17:30:00+01:00", "T17:30:00+02:00"}


def test_moved_date_is_where_and_when_it_is_now(client: Client, home: SiteTree) -> None:
    page = make_meal(make_venue())
    make_change(
        page,
        TUESDAY,
        ChangeKind.MOVED,
        starts_on=dt.date(2026, 11, 25),
        starts_at=dt.time(18),
        ends_at=dt.time(20),
        place="Kirken",
    )

    first = events(client)[0]["occurrences"][0]

    assert (first["start"], first["room"], first["status"]) == (
        "2026-11-25T18:00:00+01:00",
        "Kirken",
        None,
    )


def test_shared_event_has_its_hosts_who_said_yes(client: Client, home: SiteTree) -> None:
    perlen, stuen, caféen = make_venue(), make_venue("Stuen"), make_venue("Caféen")
    page = make_shared_event(home.shared, perlen, stuen, open_to_public=False)
    make_shared_event(home.shared, stuen, caféen, title="Høstfest", accepted=False)

    found = {event["title"]: event for event in events(client)}

    assert found["Sommerfest"]["organization"]["name"] == "Perlen"
    assert [one["name"] for one in found["Sommerfest"]["partners"]] == ["Stuen"]
    assert found["Sommerfest"]["publicAccess"] is page.open_to_public is False
    assert found["Sommerfest"]["tags"] == ["Værested", "Samvær", "Fælles", "Gratis"]
    assert found["Høstfest"]["partners"] == []


def test_secret_address_is_in_no_file(client: Client, home: SiteTree) -> None:
    venue = make_venue("Kvindehuset", address_public=False)
    SecretAddress.objects.create(venue=venue, street="Skjulevej 3", postal_code="9999")
    make_activity(venue)
    make_activity(
        make_venue("Caféen"), "Besøg", place_kind=PlaceKind.OTHER_VENUE, place_venue=venue
    )
    # Even a leftover from before the address became secret is not told.
    VenuePage.objects.filter(pk=venue.pk).update(
        street="Skjulevej 3", latitude=56.5, longitude=10.5, stop="Skjulestop", directions="Bagom"
    )
    ContentVersion.bump()

    found = events(client)
    texts = [client.get(path).content.decode() for path in (EVENTS, VENUES)]

    assert [event["location"] for event in found] == [None, None]
    words = ("Skjule", "56.5", "10.5", "Bagom")
    assert [word for word in words for text in texts if word in text] == []
    assert found[0]["organization"]["name"] == "Kvindehuset"


@pytest.mark.parametrize(
    ("fields", "location", "room"),
    [
        (
            {
                "place_name": "Svømmehallen",
                "place_street": "Badevej 1",
                "place_postal_code": "9999",
                "place_city": "Eksempelby",
                "room": "Det lille bassin",
            },
            {
                "name": "Svømmehallen",
                "street": "Badevej 1",
                "postalCode": "9999",
                "city": "Eksempelby",
                "country": "Danmark",
            },
            "Det lille bassin",
        ),
        ({"place_name": "Stranden", "room": "Ved kiosken"}, None, "Stranden, Ved kiosken"),
        ({"place_street": "Badevej 1"}, None, "Badevej 1"),
    ],
)
def test_place_without_a_whole_address_is_a_room(
    client: Client,
    home: SiteTree,
    fields: dict[str, str],
    location: dict[str, str] | None,
    room: str,
) -> None:
    make_activity(make_venue(), place_kind=PlaceKind.ADDRESS, **fields)

    (event,) = events(client)

    assert (event["location"], event["occurrences"][0]["room"]) == (location, room)


@pytest.mark.parametrize(
    ("until", "shown"), [(None, True), (TODAY, True), (TODAY.replace(day=22), False)]
)
def test_picture_is_told_while_those_on_it_agree(
    client: Client, home: SiteTree, until: dt.date | None, shown: bool
) -> None:
    make_activity(make_venue(), photo=make_photo(consent_expires_on=until))

    image = events(client)[0]["image"]

    assert (image is not None) is shown
    assert image is None or image.startswith("https://fristed.example/media/images/")


def test_text_is_safe_and_links_are_whole(client: Client, home: SiteTree) -> None:
    links = '<a href="javascript:x()">a</a><a href="tel:1">b</a>'
    body = f'<p onclick="x()">Hej\x07<script>x()</script>{links}</p>'
    make_activity(make_venue(), summary="Mad < snak & sang", body=body)

    (event,) = events(client)

    assert event["description"] == "<p>Mad &lt; snak &amp; sang</p><p>Hej<a>a</a><a>b</a></p>"
    assert event["excerpt"] == "Mad < snak & sang"


def test_feed_is_whole_or_an_error(client: Client, home: SiteTree) -> None:
    make_activity(make_venue())
    client.raise_request_exception = False

    def fail_late(execute: Any, sql: str, *rest: Any) -> Any:
        if "activities_activityhost" in sql:
            raise OperationalError("the database went away")
        return execute(sql, *rest)

    with connection.execute_wrapper(fail_late):
        response = client.get(EVENTS)

    assert response.status_code == 500
    assert b"Perlen" not in response.content


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # Wagtail's file
def test_lost_picture_is_no_reason_to_tell_nothing(client: Client, home: SiteTree) -> None:
    make_activity(make_venue(), photo=make_photo(copied=False, file="tabt.jpg"))

    assert [event["image"] for event in events(client)] == [None]


def test_pages_of_the_feed_hang_together(client: Client, home: SiteTree) -> None:
    venue = make_venue()
    for number in range(5):
        make_activity(venue, f"Ting {number}")

    pages = [events(client, f"?page={page}&limit=2") for page in (1, 2, 3, 4)]

    assert [[event["title"] for event in page] for page in pages] == [
        ["Ting 0", "Ting 1"],
        ["Ting 2", "Ting 3"],
        ["Ting 4"],
        [],
    ]
    assert (
        events(client) == [event for page in pages for event in page] == events(client, "?page=1")
    )


@pytest.mark.parametrize(
    "query",
    ["limit=0", "page=0", "page=-1", "limit=1001", "limit=mange", "page=٣", "page=9" + "9" * 90],
)
def test_unusable_page_is_told_in_one_line(client: Client, home: SiteTree, query: str) -> None:
    response = client.get(f"{EVENTS}?{query}")

    assert (response.status_code, response.content.decode()) == (
        400,
        "page og limit er hele tal; limit er højst 1000.\n",
    )


def test_drafts_are_in_no_file(client: Client, home: SiteTree) -> None:
    make_activity(make_venue(), live=False)
    closed = make_venue("Stuen", live=False)
    make_activity(
        make_venue("Caféen"), "Besøg", place_kind=PlaceKind.OTHER_VENUE, place_venue=closed
    )

    assert [event["location"] for event in events(client)] == [None]
    assert [one["name"] for one in fetched(client, VENUES)["contents"]] == ["Caféen", "Perlen"]
