"""Following the calendar: short addresses, their calendars, and the page that hands them out."""

import datetime as dt
import re
from collections.abc import Iterator
from urllib.parse import unquote

import pytest
import time_machine
from django.db import connection
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from activities.abonner import TYPE_NUMBERS, addresses, code_of, filter_of
from activities.filters import KINDS, CalendarFilter
from activities.taxonomy import ActivityType
from core.models import ContentVersion
from directory.models import District, VenueMove, VenuePage
from tests.factories.activities import make_activity, make_change, make_schedule, make_shared_event
from tests.factories.directory import make_district, make_venue
from tests.factories.pages import SiteTree

pytestmark = pytest.mark.sqlite_is_enough

NOW = dt.datetime(2026, 11, 23, 9, tzinfo=dt.UTC)
TODAY = NOW.date()
TUESDAY = dt.datetime(2026, 11, 24, 17, 30)
EVERYTHING = "0m3"


@pytest.fixture(autouse=True)
def at_nine() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


def wanted(query: str) -> CalendarFilter:
    found, problems = CalendarFilter.parse(QueryDict(query), today=TODAY)
    assert problems == []
    return found


def body(client: Client, path: str) -> str:
    response = client.get(path)
    assert (response.status_code, response["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    return response.getvalue().decode()


def titles(client: Client, path: str) -> list[str]:
    return re.findall(r"^SUMMARY:(.*)\r$", body(client, path), re.MULTILINE)


def code_path(query: str) -> str:
    return f"/kalender/{code_of(wanted(query))}.ics"


@pytest.fixture
def places(home: SiteTree) -> SiteTree:
    """Two venues in two districts, with a meal, some tea, and a party held by both."""
    perlen = make_venue(district=make_district("Havnen"))
    stuen = make_venue("Stuen", district=make_district("Vestbyen"))
    make_activity(perlen, "Mad", activity_type="meal")
    make_activity(stuen, "Te", price_type="fixed", price=500)
    once = make_schedule(dt.date(2026, 12, 12), frequency="once")
    make_shared_event(home.shared, perlen, stuen, title="Julefest", schedules=[once])
    return home


QUERIES = st.fixed_dictionaries(
    {
        "sted": st.sets(st.sampled_from(["perlen", "stuen"])),
        "bydel": st.sets(st.sampled_from(["havnen", "vestbyen"])),
        "type": st.sets(st.sampled_from(ActivityType.values)),
        "maalgruppe": st.sets(st.sampled_from(["loneliness", "alcohol", "everyone"])),
        "art": st.sets(st.sampled_from(sorted(KINDS))),
        "gratis": st.sets(st.just("1")),
        "q": st.sets(st.sampled_from(["mad", "Ærø og åen", "☕ kaffe"]), max_size=1),
    }
)


@given(QUERIES)
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_filter_comes_back_from_its_code(
    places: SiteTree, values: dict[str, set[str]]
) -> None:
    query = QueryDict(mutable=True)
    for key, chosen in values.items():
        query.setlist(key, sorted(chosen))
    filter_, _problems = CalendarFilter.parse(query, today=TODAY)

    code = code_of(filter_)

    assert filter_of(code, today=TODAY) == filter_
    assert filter_.words or len(code) <= 40


def test_every_type_has_a_number_of_its_own() -> None:
    assert set(TYPE_NUMBERS) == set(ActivityType.values)
    assert len(set(TYPE_NUMBERS.values())) == len(TYPE_NUMBERS)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["Mad", "Te", "Julefest"]),
        ("sted=perlen", ["Mad", "Julefest"]),
        ("bydel=vestbyen", ["Te"]),
        ("type=meal&gratis=1", ["Mad"]),
        ("art=faelles", ["Julefest"]),
        ("q=julefesten", ["Julefest"]),
    ],
)
def test_short_address_has_what_the_filter_has(
    client: Client, places: SiteTree, query: str, found: list[str]
) -> None:
    assert titles(client, code_path(query)) == titles(client, f"/kalender.ics?{query}") == found


def test_short_address_says_what_it_is(client: Client, places: SiteTree) -> None:
    path = code_path("sted=perlen&type=meal")

    text = body(client, path)

    assert "NAME:Det sker: Perlen\\, Spisning\r\n" in text
    assert f"SOURCE;VALUE=URI:https://fristed.example{path}\r\n" in text
    assert "URL:https://fristed.example/aktiviteter/?sted=perlen&type=meal\r\n" in text


def test_google_keeps_a_cancelled_date_with_the_word(client: Client, places: SiteTree) -> None:
    page = make_activity(VenuePage.objects.get(slug="stuen"), "Strik")
    make_change(page, TUESDAY, reason="Vi er syge")
    plain = code_path("sted=stuen")

    text = body(client, plain)
    google = body(client, plain.replace(".ics", "g.ics"))

    assert text.count("STATUS:CANCELLED") == 1
    assert google.count("STATUS:CANCELLED") == 0
    assert "SUMMARY:AFLYST: Strik\r\n" in google
    assert without_source(google) == without_source(text).replace("CANCELLED", "CONFIRMED")


def without_source(text: str) -> str:
    return re.sub(r"SOURCE;.*\r\n( .*\r\n)*", "", text)


@pytest.mark.postgresql_too
@pytest.mark.parametrize("code", ["zzzz", "0m4", "0M3", "g", "0gm3", "a" * 900, "æ", "%00", "0m3."])
@pytest.mark.parametrize("suffix", ["", "g"])
def test_garbled_address_is_told_in_one_line(
    client: Client, home: SiteTree, code: str, suffix: str
) -> None:
    response = client.get(f"/kalender/{code}{suffix}.ics")

    assert response.status_code in ({400, 404} if code == "%00" else {404})
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert response.content.decode().count("\n") <= 1


def test_unknown_code_says_where_to_get_a_new_one(client: Client, home: SiteTree) -> None:
    assert client.get("/kalender/zzzz.ics").content.decode() == (
        "Vi kender ikke denne kalender. Lav en ny adresse på siden /abonner/.\n"
    )


def test_deleted_venue_leaves_the_rest(client: Client, places: SiteTree) -> None:
    both, one = code_path("sted=perlen&sted=stuen"), code_path("sted=stuen&type=meal")
    VenuePage.objects.get(slug="stuen").delete()
    ContentVersion.bump()

    gone = client.get(one)

    assert "Mad" in titles(client, both)
    assert (gone.status_code, gone.content.decode()) == (
        410,
        "Det, som denne kalender handlede om, er her ikke længere.\n",
    )


def test_hidden_venue_s_calendar_waits_with_what_others_hold(
    client: Client, places: SiteTree
) -> None:
    path = code_path("sted=stuen&type=social")
    VenuePage.objects.get(slug="stuen").unpublish()

    assert titles(client, path) == ["Julefest"]


def test_merged_venue_s_followers_follow_the_new_one(client: Client, places: SiteTree) -> None:
    path = code_path("sted=stuen")
    stuen, perlen = (VenuePage.objects.get(slug=slug) for slug in ("stuen", "perlen"))
    VenueMove.objects.create(venue=stuen, kind="merged", on=TODAY, successor=perlen, done_at=NOW)
    VenuePage.objects.filter(pk=stuen.pk).update(live=False)
    ContentVersion.bump()

    assert titles(client, path) == ["Mad", "Julefest"]


def test_renamed_venue_and_district_keep_the_address(client: Client, places: SiteTree) -> None:
    path = code_path("sted=stuen&bydel=vestbyen")
    District.objects.filter(slug="vestbyen").update(slug="vesterbro")
    VenuePage.objects.filter(slug="stuen").update(slug="stuerne")
    ContentVersion.bump()

    assert titles(client, path) == ["Te"]


def test_reader_with_the_file_is_told_so_with_one_query(
    client: Client, places: SiteTree, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    path = code_path("sted=perlen&type=meal")
    etag = client.get(path)["ETag"]

    with django_assert_num_queries(1):
        response = client.get(path, headers={"If-None-Match": etag})

    assert (response.status_code, response["ETag"]) == (304, etag)
    assert client.get(path.replace(".ics", "g.ics"))["ETag"] != etag


def test_addresses_are_short_and_without_a_query(places: SiteTree) -> None:
    found = addresses(wanted("sted=perlen&type=meal&gratis=1"))

    assert re.fullmatch(r"https://fristed\.example/kalender/[0-9a-fh-z]{5,20}\.ics", found.ics)
    assert found.webcal == found.ics.replace("https://", "webcal://")
    assert found.google == found.ics.replace(".ics", "g.ics")
    assert unquote(found.google_add) == (
        f"https://calendar.google.com/calendar/r?cid={found.webcal.replace('.ics', 'g.ics')}"
    )
    assert addresses(CalendarFilter()).ics == "https://fristed.example/kalender.ics"


def test_page_hands_out_the_address_of_what_is_chosen(client: Client, places: SiteTree) -> None:
    response = client.get("/abonner/?sted=perlen&type=meal&periode=idag")

    html = response.content.decode()
    found = addresses(wanted("sted=perlen&type=meal"))
    assert [text in html for text in (found.ics, found.google, f'href="{found.webcal}"')] == [
        True
    ] * 3
    assert "Du følger: <b>Perlen, Spisning</b>." in html
    assert "De næste fire uger er der 4 datoer." in html
    assert f'href="{found.google_add}"' in html
    assert '<meta name="robots" content="noindex">' in html
    assert re.search(r'<svg viewBox="0 0 \d+ \d+" aria-hidden="true"', html)


def test_page_without_a_choice_hands_out_the_whole_calendar(
    client: Client, places: SiteTree
) -> None:
    html = client.get("/abonner/").content.decode()

    assert "Du følger alt, hvad der sker." in html
    assert 'value="https://fristed.example/kalender.ics"' in html
    assert f"/kalender/{EVERYTHING}g.ics" in html
    assert 'type="date"' not in html
    assert "&lt;iframe src=&quot;https://fristed.example/embed/&quot;" in html


def test_page_tells_what_it_does_not_know(client: Client, home: SiteTree) -> None:
    response = client.get("/abonner/?sted=findes-ikke")

    assert "Vi kender ikke “findes-ikke”." in response.content.decode()
    assert response.cookies == {}


def test_page_asks_the_same_number_of_questions(client: Client, places: SiteTree) -> None:
    path = "/abonner/?sted=perlen&type=meal&bydel=havnen&maalgruppe=loneliness"
    counts = []
    for number in range(3):
        make_activity(make_venue(f"Sted {number}"), f"Ting {number}")
        client.get(path)
        ContentVersion.bump()
        with CaptureQueriesContext(connection) as queries:
            client.get(path)
        counts.append(len(queries))

    assert counts == [counts[0]] * 3


@pytest.mark.parametrize(
    ("path", "link"),
    [
        ("/aktiviteter/?sted=perlen&periode=idag", "/abonner/?sted=perlen"),
        ("/steder/perlen/", "/abonner/?sted=perlen"),
        ("/faelles/", "/abonner/?art=faelles"),
        ("/steder/perlen/mad/", "/abonner/"),
        ("/", "/abonner/"),
    ],
)
def test_pages_lead_to_the_same_choice(
    client: Client, places: SiteTree, path: str, link: str
) -> None:
    html = client.get(path, HTTP_HOST="fristed.example").content.decode()

    assert f'href="{link}"' in html
