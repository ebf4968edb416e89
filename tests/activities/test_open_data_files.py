"""Open data as files: price, freshness, the venues, and the description for programs."""

import datetime as dt
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from jsonschema import Draft202012Validator, FormatChecker
from openapi_spec_validator import validate
from pytest_django import DjangoAssertNumQueries

from activities.filters import KEYS, KINDS, PERIODS
from activities.taxonomy import ActivityType, PlaceKind
from core.models import ContentVersion
from directory.models import VenueVerification
from directory.taxonomy import PriceType
from tests.factories.activities import make_activity, make_change, make_shared_event
from tests.factories.directory import make_district, make_exception, make_organisation, make_venue
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
TUESDAY = dt.datetime(2026, 11, 24, 17, 30)


@pytest.fixture(autouse=True)
def at_nine() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def openapi(root: Path) -> dict[str, Any]:
    return json.loads((root / "docs/openapi.json").read_text(encoding="utf-8"))


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
