"""Open data as other systems fetch it: whole files, their schemas, and what must not be in them."""

import datetime as dt
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
import time_machine
from django.core.files.images import ImageFile
from django.db import OperationalError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from jsonschema import Draft202012Validator, FormatChecker
from openapi_spec_validator import validate
from PIL import Image
from pytest_django import DjangoAssertNumQueries

from activities.filters import KEYS, KINDS, PERIODS
from activities.outlets.event_database import PICTURE
from activities.taxonomy import ActivityType, ChangeKind, PlaceKind
from core.models import ContentVersion, FristedImage
from directory.models import Amenity, SecretAddress, VenuePage, VenueVerification
from directory.taxonomy import Fact, PriceType
from tests.factories.activities import make_activity, make_change, make_schedule, make_shared_event
from tests.factories.directory import make_district, make_exception, make_organisation, make_venue
from tests.factories.pages import SiteTree

NOW = dt.datetime(2026, 11, 23, 9, tzinfo=dt.UTC)
TODAY = NOW.date()
TUESDAY = dt.datetime(2026, 11, 24, 17, 30)
EVENTS, VENUES = "/data/begivenheder.json", "/data/steder.json"


@pytest.fixture(autouse=True)
def at_nine() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def openapi(root: Path) -> dict[str, Any]:
    return json.loads((root / "docs/openapi.json").read_text(encoding="utf-8"))


def fetched(client: Client, path: str) -> dict[str, Any]:
    response = client.get(path)
    assert (response.status_code, response["Content-Type"]) == (
        200,
        "application/json; charset=utf-8",
    )
    return json.loads(response.content)


def events(client: Client, query: str = "") -> list[dict[str, Any]]:
    return fetched(client, f"{EVENTS}{query}")["events"]


def make_full_venue(**fields: Any) -> VenuePage:
    """A venue with something in every field that other systems ask about."""
    values = {
        "uid": UUID(int=1),
        "summary": "Et hus med varm kaffe",
        "description": "<p>Vi bor ved havnen.</p>",
        "district": fields.get("district") or make_district("Havnen"),
        "organisation": fields.get("organisation") or make_organisation(),
        "email": "perlen@eksempelby.example",
        "phone_note": "Spørg efter Rikke",
        "latitude": 56.0259,
        "longitude": 10.2381,
        "stop": "Havnen, linje 3",
        "step_free": Fact.YES,
        "lift": Fact.NO,
        "languages_spoken": "dansk, engelsk og arabisk",
        "food_price_type": PriceType.FREE,
        "age_min": 18,
        "hours": [(0, "10.00", "16.00"), (4, "20.00", "02.00")],
        "target_groups": ["loneliness"],
    } | fields
    venue = make_venue(**values)
    venue.amenities = [Amenity.objects.get(code="coffee")]
    venue.save()
    return venue


def make_meal(venue: VenuePage, **fields: Any) -> Any:
    values = {
        "uid": UUID(int=7),
        "schedules": [make_schedule(dt.date(2026, 11, 24), until_on=dt.date(2026, 12, 1))],
        "activity_type": ActivityType.MEAL,
        "body": f'<p>Mad &amp; snak. <a linktype="page" id="{venue.pk}">Se stedet</a></p>',
        "room": "Køkkenet",
        "price_type": PriceType.FIXED,
        "price": 2500,
    } | fields
    return make_activity(venue, **values)


def make_photo(*, copied: bool = True, **fields: Any) -> FristedImage:
    """A picture with the copy that the feed uses; Wagtail leaves files open that it makes."""
    file = io.BytesIO()
    Image.new("RGB", (40, 30), "seagreen").save(file, "JPEG")
    values = {"title": "Bål", "width": 40, "height": 30} | fields
    values.setdefault("file", ImageFile(file, name="baal.jpg"))
    photo = FristedImage.objects.create(**values)
    if copied:
        small = ImageFile(file, name="baal.lille.jpg")
        photo.renditions.create(filter_spec=PICTURE, width=40, height=30, file=small)
    return photo


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
    make_venue("Stuen", live=False)

    assert events(client) == []
    assert [one["name"] for one in fetched(client, VENUES)["contents"]] == ["Perlen"]


def test_files_cost_the_same_however_much_there_is(client: Client, home: SiteTree) -> None:
    counts = []
    for number in range(3):
        venue = make_full_venue(
            title=f"Sted {number}",
            uid=UUID(int=number + 20),
            district=make_district(f"Bydel {number}"),
            organisation=make_organisation(f"Forening {number}"),
        )
        make_meal(venue, uid=UUID(int=number + 10), photo=make_photo())
        make_shared_event(home.shared, venue, make_venue(f"Vært {number}"), title=f"Fest {number}")
        fetched(client, EVENTS)  # what is asked once a process
        ContentVersion.bump()
        with CaptureQueriesContext(connection) as queries:
            fetched(client, EVENTS)
        with CaptureQueriesContext(connection) as more:
            fetched(client, VENUES)
        counts.append((len(queries), len(more)))

    assert counts == [counts[0]] * 3


@pytest.mark.parametrize("path", [EVENTS, VENUES, f"{EVENTS}?page=1&limit=1"])
def test_reader_with_the_file_is_told_so_with_one_query(
    client: Client, home: SiteTree, django_assert_num_queries: DjangoAssertNumQueries, path: str
) -> None:
    make_activity(make_venue())
    first = client.get(path)

    with django_assert_num_queries(1):
        again = client.get(path, headers={"If-None-Match": first["ETag"]})
    since = client.get(path, headers={"If-Modified-Since": first["Last-Modified"]})

    assert [again.status_code, since.status_code] == [304, 304]
    assert first.cookies == {}
    assert first["Access-Control-Allow-Origin"] == "*"


def test_file_changes_with_the_content_and_with_the_day(client: Client, home: SiteTree) -> None:
    page = make_activity(make_venue())
    tags = [client.get(EVENTS)["ETag"], client.get(EVENTS)["ETag"]]

    make_change(page, TUESDAY)
    tags.append(client.get(EVENTS)["ETag"])
    with time_machine.travel(dt.datetime(2026, 11, 23, 23, 1, tzinfo=dt.UTC), tick=False):
        tags.append(client.get(EVENTS)["ETag"])

    assert tags[0] == tags[1]
    assert len(set(tags)) == 3


def test_venue_is_a_service_at_a_location(client: Client, home: SiteTree) -> None:
    venue = make_full_venue()
    make_exception(venue, dt.date(2026, 12, 24), reason="christmas")
    VenueVerification.objects.create(venue=venue, verified_at=NOW)

    found = fetched(client, VENUES)
    (service,) = found["contents"]
    (place,) = service["service_at_locations"]

    assert found["total_items"] == found["size"] == 1
    assert service["description"] == "Et hus med varm kaffe.\n\nVi bor ved havnen."
    assert service["fees_description"] == "Hvad koster maden? Maden er gratis."
    assert service["assured_date"] == "2026-11-23"
    assert service["organization"]["name"] == "Eksempelby Kommune"
    assert [one["name"] for one in service["languages"]] == ["dansk", "engelsk", "arabisk"]
    assert [without(row, "id") for row in service["schedules"]] == [
        {"freq": "WEEKLY", "byday": "MO", "opens_at": "10:00", "closes_at": "16:00"},
        {"freq": "WEEKLY", "byday": "FR", "opens_at": "20:00", "closes_at": "02:00"},
        {
            "valid_from": "2026-12-24",
            "valid_to": "2026-12-24",
            "description": "Lukket.",
            "notes": "Jul og nytår.",
        },
    ]
    assert without(place["location"]["addresses"][0], "id") == {
        "address_1": "Ågade 4",
        "city": "Eksempelby",
        "region": "Havnen",
        "state_province": "Eksempelby",
        "postal_code": "9999",
        "country": "DK",
        "address_type": "physical",
    }
    assert [(row["description"], row["details"]) for row in place["location"]["accessibility"]] == [
        ("Adgang uden trin", "Ja."),
        ("Elevator", "Nej."),
    ]


def test_venue_has_the_codes_that_municipalities_share(client: Client, home: SiteTree) -> None:
    make_full_venue()

    (service,) = fetched(client, VENUES)["contents"]

    codes = [
        (one["link_type"], one["taxonomy_term"]["code"], one["taxonomy_term"]["name"])
        for one in service["attributes"]
    ]
    assert codes == [
        ("venue_type", "drop_in_centre", "Værested"),
        ("ffb", "9401777d-bdc5-4f52-9804-63c8cae9a792", "Værested"),
        ("target_group", "loneliness", "Ensomhed"),
        ("ffb", "16075f99-3694-4878-a48d-b2f4b515cb76", "Ensomhed"),
        ("amenity", "coffee", "Kaffe og te"),
        ("referral", "none", "Ingen henvisning"),
        ("gender_policy", "all", "Alle"),
        ("pets_policy", "unknown", "Vi ved det ikke"),
    ]


def without(row: dict[str, Any], *names: str) -> dict[str, Any]:
    return {key: value for key, value in row.items() if key not in names}


def test_description_for_programs_is_valid_and_served(
    client: Client, openapi: dict[str, Any]
) -> None:
    validate(openapi)

    assert fetched(client, "/data/openapi.json") == openapi


@pytest.fixture
def much(home: SiteTree) -> SiteTree:
    """Something of everything that the answers can hold."""
    venue = make_full_venue()
    make_exception(venue, dt.date(2026, 12, 24), reason="christmas")
    make_exception(
        venue, dt.date(2026, 12, 27), closed=False, opens=dt.time(12), closes=dt.time(14)
    )
    page = make_meal(venue)
    make_change(page, TUESDAY, reason="Ovnen er i stykker")
    bare = make_venue("Stuen", street="", phone="")
    make_activity(bare, "Te", price_type=PriceType.UNKNOWN)
    make_activity(bare, "Bad", place_kind=PlaceKind.ADDRESS, place_name="Stranden")
    make_activity(make_venue("Kvindehuset", address_public=False), "Snak")
    make_shared_event(home.shared, venue, bare)
    return home


VALUES = {"code": "0m3", "venue": "perlen"}


def test_answers_are_as_described(
    client: Client, much: SiteTree, openapi: dict[str, Any], subtests: pytest.Subtests
) -> None:
    for path, methods in openapi["paths"].items():
        with subtests.test(path):
            response = client.get(path.format(**VALUES))

            content = methods["get"]["responses"]["200"]["content"]
            media_type = response["Content-Type"].partition(";")[0]
            assert (response.status_code, list(content)) == (200, [media_type])
            if media_type == "application/json":
                schema = content[media_type]["schema"] | {"components": openapi["components"]}
                checker = Draft202012Validator(schema, format_checker=FormatChecker())
                assert [error.message for error in checker.iter_errors(response.json())] == []


def test_filters_are_described_as_they_are(openapi: dict[str, Any]) -> None:
    parameters = openapi["components"]["parameters"]

    assert tuple(parameters) == KEYS
    assert parameters["type"]["schema"]["items"]["enum"] == ActivityType.values
    assert parameters["art"]["schema"]["items"]["enum"] == list(KINDS)
    assert parameters["periode"]["schema"]["enum"] == list(PERIODS)


def test_page_for_people_lists_every_file(
    client: Client, home: SiteTree, openapi: dict[str, Any]
) -> None:
    response = client.get("/data/")

    html = response.content.decode()
    files = [path for path in openapi["paths"] if path.startswith("/data/") and "{" not in path]
    assert [path for path in files if f'href="{path}"' not in html] == []
    assert "CC BY 4.0" in html
    assert response.cookies == {}
