"""A venue's page and the list of venues, as a visitor gets them."""

import datetime as dt
import html
import json
import re

import pytest
import time_machine
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from core.domain.dates import COPENHAGEN
from directory.actions import make_address_secret, merge_venue, move_venue, verify_venue
from directory.models import Amenity, VenuePage
from tests.factories.directory import make_district, make_exception, make_notice, make_venue

pytestmark = pytest.mark.sqlite_is_enough

WEEK = [(day, "9.00", "16.00") for day in range(7)]
NOON = dt.datetime(2026, 11, 23, 12, 0, tzinfo=COPENHAGEN)
TODAY = NOON.date()
ADDRESS = ("Ågade 4", "9999", "Fuglekvarteret", "56.1", "10.2", "Toldboden", "den blå dør")


@pytest.fixture(autouse=True)
def empty_cache():
    cache.clear()


@pytest.fixture
def clock():
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


def words(client: Client, address: str) -> str:
    """The visible text of a page, on one line."""
    response = client.get(address)
    assert response.status_code == 200
    body = re.sub(r"<(script|style)\b.*?</\1>", " ", response.content.decode(), flags=re.S)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", body)).split())


def names(client: Client, query: str = "") -> list[str]:
    """The venues in the list, in order."""
    found = client.get(f"/steder/{query}").context["listing"].rows
    return [row["name"] for row in found]


def test_page_says_that_it_is_open_and_until_when(home, clock, client: Client):
    make_venue(hours=WEEK)

    assert "Åbent nu. Lukker kl. 16." in words(client, "/steder/perlen/")


def test_page_says_closed_from_the_second_it_closes(home, clock, client: Client):
    make_venue(hours=WEEK)

    clock.move_to(NOON.replace(hour=15, minute=59, second=59))
    before = words(client, "/steder/perlen/")
    clock.move_to(NOON.replace(hour=16))
    after = words(client, "/steder/perlen/")

    assert "Åbent nu." in before
    assert "Åbent nu." not in after
    assert "Lukket nu." in after


def test_list_counts_open_doors_from_the_second_they_close(home, clock, client: Client):
    make_venue(hours=WEEK)

    clock.move_to(NOON.replace(hour=15, minute=59, second=59))
    before = words(client, "/steder/")
    clock.move_to(NOON.replace(hour=16))
    after = words(client, "/steder/")

    assert "1 sted har åbent nu" in before
    assert "Ingen steder har åbent lige nu" in after


def test_title_names_the_venue_and_its_kind(home, clock, client: Client):
    make_venue()

    assert (
        "<title>Perlen – værested – Fristed</title>"
        in client.get("/steder/perlen/").content.decode()
    )


def test_page_tells_when_the_venue_confirmed_it(home, clock, client: Client):
    venue = make_venue()
    verify_venue(venue, by=None, now=NOON - dt.timedelta(weeks=3))

    assert "Bekræftet af stedet for 3 uger siden" in words(client, "/steder/perlen/")


def test_holidays_ahead_say_ask_until_somebody_has_answered(home, clock, client: Client):
    clock.move_to(dt.datetime(2026, 12, 7, 12, tzinfo=COPENHAGEN))
    venue = make_venue(hours=WEEK)
    eve = dt.date(2026, 12, 24)

    unanswered = words(client, "/steder/perlen/")
    make_exception(
        venue, eve, closed=False, opens=dt.time(12), closes=dt.time(20), reason="christmas"
    )
    answered = words(client, "/steder/perlen/")

    assert "Torsdag den 24. december Juleaften: ring og hør." in unanswered
    assert "Torsdag den 24. december Juleaften Kl. 12–20." in answered


def test_notices_show_only_between_their_moments(home, clock, client: Client):
    venue = make_venue()
    make_notice(venue, NOON, NOON + dt.timedelta(hours=1), title="Varmen er gået")

    during = words(client, "/steder/perlen/")
    clock.move_to(NOON + dt.timedelta(hours=1))
    afterwards = words(client, "/steder/perlen/")

    assert "Varmen er gået" in during
    assert "Varmen er gået" not in afterwards


def test_quick_exit_stands_on_pages_for_people_exposed_to_violence(home, clock, client: Client):
    make_venue("Kvindehuset", target_groups=["violence"])
    make_venue("Perlen")

    assert "Hurtig udgang" in words(client, "/steder/kvindehuset/")
    assert "Hurtig udgang" not in words(client, "/steder/perlen/")


def test_data_for_machines_has_hours_deviations_and_address(home, clock, client: Client):
    venue = make_venue(hours=[(0, "20.00", "2.00")], summary="Te </script> & kage")
    make_exception(venue, dt.date(2026, 12, 1))
    body = client.get("/steder/perlen/").content.decode()

    data = json.loads(re.search(r'ld\+json">(.*?)</script>', body, re.S)[1])

    assert data == {
        "@context": "https://schema.org",
        "@type": "CivicStructure",
        "@id": "http://fristed.example/steder/perlen/#sted",
        "name": "Perlen",
        "description": "Te </script> & kage",
        "url": "http://fristed.example/steder/perlen/",
        "telephone": "12 34 56 78",
        "openingHoursSpecification": [
            {
                "@type": "OpeningHoursSpecification",
                "dayOfWeek": "https://schema.org/Monday",
                "opens": "20:00",
                "closes": "02:00",
            }
        ],
        "specialOpeningHoursSpecification": [
            {
                "@type": "OpeningHoursSpecification",
                "opens": "00:00",
                "closes": "00:00",
                "validFrom": "2026-12-01",
                "validThrough": "2026-12-01",
            }
        ],
        "address": {
            "@type": "PostalAddress",
            "streetAddress": "Ågade 4",
            "postalCode": "9999",
            "addressLocality": "Eksempelby",
            "addressCountry": "DK",
        },
    }


@pytest.mark.postgresql_too
def test_a_secret_address_is_in_no_page_and_in_no_search(home, clock, client: Client):
    venue = make_venue(
        district=make_district("Fuglekvarteret"),
        latitude=56.1,
        longitude=10.2,
        stop="Toldboden",
        directions="Gå til den blå dør",
    )
    make_address_secret(venue)

    pages = [
        client.get(address).content.decode()
        for address in ("/steder/perlen/", "/steder/", "/steder/?sorter=navn")
    ]

    assert [part for part in ADDRESS for page in pages if part in page] == []
    assert "Adressen er hemmelig." in words(client, "/steder/perlen/")
    assert names(client, "?q=Ågade") == []
    assert names(client, "?bydel=fuglekvarteret") == []
    assert client.get("/steder/?hund=1").context["listing"].map is None
    assert client.get("/steder/?aabent=0").context["listing"].map is None


def test_a_merged_venue_leads_to_its_successor_from_the_day_on(home, clock, client: Client):
    old, new = make_venue("Stuen"), make_venue("Kahytten")
    merge_venue(old, new, on=TODAY + dt.timedelta(days=1))

    before = words(client, "/steder/stuen/")
    listed = names(client)
    clock.move_to(NOON + dt.timedelta(days=1))
    after = client.get("/steder/stuen/")
    below = client.get("/steder/stuen/fællesspisning/")

    assert "Stuen bliver en del af Kahytten tirsdag den 24. november 2026." in before
    assert listed == ["Kahytten", "Stuen"]
    assert (after.status_code, after["Location"]) == (301, "/steder/kahytten/")
    assert (below.status_code, below["Location"]) == (301, "/steder/kahytten/")
    assert names(client) == ["Kahytten"]


def test_a_move_is_told_before_the_day(home, clock, client: Client):
    venue = make_venue()
    move_venue(venue, on=dt.date(2026, 12, 1), street="Nygade 3")

    text = words(client, "/steder/perlen/")

    assert "Perlen flytter til Nygade 3 tirsdag den 1. december 2026." in text


@pytest.mark.parametrize("address", ["/steder/", "/steder/?q=perlen&behov=mad&aabent=1"])
def test_list_costs_as_much_for_three_venues_as_for_one(home, clock, client: Client, address):
    costs = []
    for name in ("Perlen", "Stuen", "Kahytten"):
        venue = make_venue(name, hours=WEEK, target_groups=["alcohol"])
        venue.amenities = list(Amenity.objects.filter(code="hot_meal"))
        venue.save()
        costs.append(_queries(client, address))

    assert costs[0] == costs[2]


def test_page_costs_as_much_with_many_rows_as_with_few(home, clock, client: Client):
    few = make_venue("Perlen", hours=WEEK[:1])
    many = make_venue("Stuen", hours=WEEK, target_groups=["alcohol", "drugs"])
    for venue, count in ((few, 1), (many, 3)):
        for number in range(count):
            make_exception(venue, TODAY + dt.timedelta(days=number + 2))
            make_notice(venue, NOON, NOON + dt.timedelta(days=1), title=f"Besked {number}")

    assert _queries(client, "/steder/perlen/") == _queries(client, "/steder/stuen/")


def _queries(client: Client, address: str) -> int:
    client.get(address)
    cache.clear()
    with CaptureQueriesContext(
        connection,
    ) as found:
        assert client.get(address).status_code == 200
    return len(found)


@pytest.fixture
def three(home, clock) -> list[VenuePage]:
    harbour = make_district("Havnen")
    perlen = make_venue(
        "Perlen", hours=WEEK, district=harbour, pets_policy="welcome", anonymous_ok="yes"
    )
    perlen.amenities = list(Amenity.objects.filter(code__in=["hot_meal", "shower"]))
    perlen.save()
    night = make_venue(
        "Ålborghuset", venue_type="night_cafe", hours=[(d, "20.00", "8.00") for d in range(7)]
    )
    night.amenities = list(Amenity.objects.filter(code__in=["overnight", "hot_meal"]))
    night.save()
    women = make_venue("Kvindehuset", gender_policy="women_only", target_groups=["violence"])
    return [perlen, night, women]


@pytest.mark.postgresql_too
@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["Perlen", "Kvindehuset", "Ålborghuset"]),
        ("?sorter=navn", ["Kvindehuset", "Perlen", "Ålborghuset"]),
        ("?aabent=1", ["Perlen"]),
        ("?behov=mad", ["Perlen", "Ålborghuset"]),
        ("?behov=mad&behov=bad", ["Perlen"]),
        ("?behov=sove", ["Ålborghuset"]),
        ("?behov=hund", ["Perlen"]),
        ("?behov=kvinder", ["Kvindehuset"]),
        ("?kvinder=1", ["Kvindehuset"]),
        ("?hund=1&anonym=1", ["Perlen"]),
        ("?type=night_cafe&type=drop_in_centre", ["Perlen", "Kvindehuset", "Ålborghuset"]),
        ("?type=night_cafe", ["Ålborghuset"]),
        ("?bydel=havnen", ["Perlen"]),
        ("?maalgruppe=violence", ["Kvindehuset"]),
        ("?facilitet=shower", ["Perlen"]),
        ("?q=natcafeer", ["Ålborghuset"]),
        ("?q=brusebad", ["Perlen"]),
        ("?q=partnervold", ["Kvindehuset"]),
        ("?q=perl", ["Perlen"]),
        ("?q=ingenting", []),
        ("?side=99999999999999999999", ["Perlen", "Kvindehuset", "Ålborghuset"]),
    ],
)
def test_filters_find(three, client: Client, query, found):
    assert names(client, query) == found


@pytest.mark.parametrize(
    "query",
    [
        "?type=%00",
        "?behov=🐕",
        "?bydel=' OR 1=1",
        "?aabent=ja",
        "?sorter=-pk",
        "?maalgruppe=" + "x" * 3000,
        "?facilitet=<script>",
    ],
)
def test_unknown_values_are_left_out_and_named(three, client: Client, query):
    listing = client.get(f"/steder/{query}").context["listing"]

    assert len(listing.rows) == 3
    assert listing.unknown.startswith("Vi kender ikke") or query == "?type=%00"


@pytest.mark.parametrize("text", ["x" * 10_000, "\x00", "🐕🐕", "---", "\u202e", " "])
def test_odd_searches_never_fail(three, client: Client, text):
    assert client.get("/steder/", {"q": text}).status_code == 200


def test_each_choice_can_be_taken_away(three, client: Client):
    chosen = (
        client.get("/steder/?q=mad&behov=mad&behov=bad&hund=1&aabent=1&type=zz")
        .context["listing"]
        .chosen
    )

    assert chosen == [
        {"label": "“mad”", "remove_url": "?behov=mad&behov=bad&hund=1&aabent=1"},
        {"label": "Mad", "remove_url": "?q=mad&behov=bad&hund=1&aabent=1"},
        {"label": "Bad og tøj", "remove_url": "?q=mad&behov=mad&hund=1&aabent=1"},
        {"label": "Hunde må komme med", "remove_url": "?q=mad&behov=mad&behov=bad&aabent=1"},
        {"label": "Åbent nu", "remove_url": "?q=mad&behov=mad&behov=bad&hund=1"},
    ]


def test_an_empty_list_says_who_opens_first_or_what_to_do(three, client: Client):
    shut = words(client, "/steder/?behov=sove&aabent=1")
    nothing = words(client, "/steder/?behov=sove&hund=1")

    assert "Ingen af dem har åbent lige nu Ålborghuset åbner først, kl. 20." in shut
    assert "Ingen steder passer til det, du har valgt Fjern et valg, eller se alle steder." in (
        nothing
    )


def test_pins_carry_the_numbers_of_the_list(home, clock, client: Client):
    make_venue("Perlen", latitude=56.15, longitude=10.2)
    make_venue("Hemmelig", address_public=False)
    make_venue("Stuen", latitude=56.16, longitude=10.21)

    listing = client.get("/steder/?sorter=navn").context["listing"]

    assert [(row["name"], row["number"]) for row in listing.rows] == [
        ("Hemmelig", ""),
        ("Perlen", "1"),
        ("Stuen", "2"),
    ]
    assert [(pin["name"], pin["url"]) for pin in listing.map["pins"]] == [
        ("Perlen", "#sted-1"),
        ("Stuen", "#sted-2"),
    ]
