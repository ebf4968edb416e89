"""Calendars as programs fetch them: whole files, conditions, and addresses that are gone."""

import datetime as dt
import re
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest
import time_machine
from django.http import QueryDict
from django.test import Client
from django.utils import translation
from pytest_django import DjangoAssertNumQueries
from wagtail.contrib.redirects.models import Redirect

from activities.filters import CalendarFilter
from activities.models import ActivityPage, CalendarEntry, ScheduleBreak, Tombstone
from activities.taxonomy import ActivityType, ChangeKind, PlaceKind, SignUp
from core.models import ContentVersion, SiteSettings
from directory.models import SecretAddress, VenuePage
from directory.taxonomy import PriceType
from tests.factories.activities import (
    make_activity,
    make_change,
    make_schedule,
    make_shared_event,
)
from tests.factories.directory import make_district, make_venue
from tests.factories.pages import SiteTree

pytestmark = pytest.mark.sqlite_is_enough

DATA = Path(__file__).resolve().parents[1] / "data"
NOW = dt.datetime(2026, 11, 23, 9, tzinfo=dt.UTC)
TUESDAY = dt.datetime(2026, 11, 24, 17, 30)
VISIT = "/steder/perlen/faellesspisning/kalender.ics"


@pytest.fixture(autouse=True)
def at_nine() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


def body(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    return content(response).decode()


def content(response: object) -> bytes:
    return b"".join(response.streaming_content) if response.streaming else response.content


def titles(client: Client, path: str) -> list[str]:
    """The titles of a calendar's entries, in order."""
    marks = [line for line in body(client, path).split("\r\n") if line.startswith("SUMMARY:")]
    return [mark.removeprefix("SUMMARY:") for mark in marks]


def sequences(text: bytes) -> set[str]:
    return set(re.findall(r"^SEQUENCE:(\d+)", text.decode(), re.MULTILINE))


def data(name: str) -> str:
    return (DATA / name).read_bytes().decode()


def make_rich_activity(venue: VenuePage) -> ActivityPage:
    """A weekly meal with all that a calendar can say of it."""
    page = make_activity(
        venue,
        refresh=False,
        uid=UUID(int=7),
        schedules=[make_schedule(dt.date(2026, 9, 1), until_on=dt.date(2027, 6, 29))],
        activity_type=ActivityType.MEAL,
        body="<p>Vi laver mad &amp; spiser sammen.</p><ul><li>Kl. 17.30: mad</li></ul>",
        who_text="Alle, der har lyst; også dig",
        room="Køkkenet, 1. sal",
        price_type=PriceType.FIXED,
        price=2500,
        price_note="du kan betale en anden dag",
        sign_up=SignUp.CALL,
    )
    ScheduleBreak.objects.create(
        activity=page, first_on=dt.date(2026, 12, 21), until_on=dt.date(2027, 1, 3)
    )
    make_change(page, TUESDAY, reason="Ovnen er i stykker", refresh=False)
    make_change(
        page,
        dt.datetime(2026, 12, 1, 17, 30),
        ChangeKind.MOVED,
        starts_on=dt.date(2026, 12, 3),
        starts_at=dt.time(18),
        ends_at=dt.time(20),
        place="Eksempelby Kirke, Kirkestræde 1",
        refresh=False,
    )
    make_change(
        page,
        dt.datetime(2026, 12, 8, 17, 30),
        ChangeKind.NOTE,
        note="Vi får besøg af koret",
        refresh=False,
    )
    make_change(
        page,
        None,
        ChangeKind.EXTRA,
        starts_on=dt.date(2026, 12, 24),
        starts_at=dt.time(12),
        ends_at=dt.time(14),
        reason="Det er juleaften",
    )
    return page


def test_activity_calendar_is_this_file(client: Client, home: SiteTree) -> None:
    make_rich_activity(make_venue(latitude=56.1629, longitude=10.2039))

    assert body(client, VISIT) == data("calendar_activity.ics")


def test_city_calendar_is_this_file(client: Client, home: SiteTree) -> None:
    settings = SiteSettings.for_site(home.home.get_site())
    settings.municipality = "Eksempelby Kommune"
    settings.save()
    perlen, blaakilde = make_venue(), make_venue("Blåkilde")
    odd = make_schedule(dt.date(2026, 9, 8), weeks="odd", key="plan2")
    nth = make_schedule(dt.date(2026, 9, 10), frequency="monthly", nth=2, key="plan3")
    make_activity(perlen, "Gåtur", uid=UUID(int=1), schedules=[odd, nth], activity_type="meal")
    once = make_schedule(dt.date(2026, 12, 12), frequency="once", starts="20.00", ends="01.00")
    make_shared_event(
        home.shared,
        perlen,
        blaakilde,
        title="Julefrokost",
        uid=UUID(int=2),
        schedules=[once],
        activity_type=ActivityType.MEAL,
    )

    assert body(client, "/kalender.ics") == data("calendar_city.ics")


def test_secret_address_is_in_no_calendar(client: Client, home: SiteTree) -> None:
    venue = make_venue("Kvindehuset", address_public=False)
    SecretAddress.objects.create(venue=venue, street="Skjulevej 3", postal_code="9999")
    make_activity(venue, uid=UUID(int=3), activity_type=ActivityType.MEAL)
    elsewhere = make_venue("Caféen")
    make_activity(
        elsewhere,
        "Besøg",
        uid=UUID(int=4),
        place_kind=PlaceKind.OTHER_VENUE,
        place_venue=venue,
        activity_type=ActivityType.MEAL,
    )
    # Even a leftover from before the address became secret is not told.
    VenuePage.objects.filter(pk=venue.pk).update(street="Skjulevej 3", latitude=56, longitude=10)

    text = body(client, "/kalender.ics")

    assert text.count("LOCATION:Kvindehuset\r\n") == 2
    assert [word for word in ("Skjulevej", "GEO", "APPLE", "9999") if word in text] == []


def test_date_calendar_is_this_file(client: Client, home: SiteTree) -> None:
    make_rich_activity(make_venue())

    response = client.get("/steder/perlen/faellesspisning/20261124T173000.ics")

    assert content(response).decode() == data("calendar_date.ics")
    assert response["Content-Disposition"] == (
        'attachment; filename="faellesspisning-2026-11-24.ics"'
    )


def test_calendar_does_not_change_unless_the_content_does(client: Client, home: SiteTree) -> None:
    page = make_rich_activity(make_venue())
    before = client.get("/kalender.ics")
    texts = [content(before)]

    with time_machine.travel(NOW + dt.timedelta(hours=1), tick=False):
        same = client.get("/kalender.ics")
        texts.append(content(same))
        make_change(page, dt.datetime(2026, 12, 15, 17, 30))
        after = client.get("/kalender.ics")
        texts.append(content(after))

    assert texts[0] == texts[1]
    assert [sequences(text) for text in texts[1:]] == [{"0", "1"}, {"1", "2"}]
    assert same["ETag"] == before["ETag"] != after["ETag"]
    assert [same["Last-Modified"], after["Last-Modified"]] == [
        "Mon, 23 Nov 2026 09:00:00 GMT",
        "Mon, 23 Nov 2026 10:00:00 GMT",
    ]


def test_editors_language_is_not_the_calendars(client: Client, home: SiteTree) -> None:
    with translation.override("en"):
        make_rich_activity(make_venue(latitude=56.1629, longitude=10.2039))

    assert body(client, VISIT) == data("calendar_activity.ics")


def test_venue_calendar_has_own_and_accepted_events(client: Client, home: SiteTree) -> None:
    perlen, blaakilde, caféen = make_venue(), make_venue("Blåkilde"), make_venue("Caféen")
    make_activity(perlen, "Kaffe")
    make_activity(blaakilde, "Te")
    make_shared_event(home.shared, perlen, blaakilde)
    make_shared_event(home.shared, perlen, caféen, title="Høstfest", accepted=False)

    assert titles(client, "/steder/perlen/kalender.ics") == ["Kaffe", "Sommerfest", "Høstfest"]
    assert titles(client, "/steder/blaakilde/kalender.ics") == ["Te", "Sommerfest"]
    assert titles(client, "/steder/cafeen/kalender.ics") == []
    assert titles(client, "/faelles/kalender.ics") == ["Sommerfest", "Høstfest"]
    assert titles(client, "/faelles/sommerfest/kalender.ics") == ["Sommerfest"]


def test_drafts_are_in_no_calendar(client: Client, home: SiteTree) -> None:
    draft = make_activity(make_venue(), live=False)

    assert titles(client, "/kalender.ics") == []
    assert titles(client, "/steder/perlen/kalender.ics") == []
    assert client.get(f"/steder/perlen/{draft.slug}/kalender.ics").status_code == 404


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["Kaffe", "Te", "Koncert"]),
        ("sted=perlen", ["Kaffe", "Koncert"]),
        ("sted=perlen&sted=blaakilde", ["Kaffe", "Te", "Koncert"]),
        ("type=meal", ["Kaffe"]),
        ("art=varierende", ["Koncert"]),
        ("art=faelles", []),
        ("gratis=1", ["Te", "Koncert"]),
        ("bydel=noerrebro", ["Te"]),
        ("q=koncerten", ["Koncert"]),
        ("periode=idag", []),
        ("periode=imorgen", ["Kaffe", "Te"]),
        ("fra=2026-12-12&til=2026-12-12", ["Koncert"]),
        ("type=&ukendt=1&visning=maaned", ["Kaffe", "Te", "Koncert"]),
    ],
)
def test_city_calendar_takes_the_filters_of_the_list(
    client: Client, home: SiteTree, query: str, found: list[str]
) -> None:
    perlen = make_venue()
    blaakilde = make_venue("Blåkilde", district=make_district())
    make_activity(perlen, "Kaffe", activity_type="meal", price_type=PriceType.FIXED, price=500)
    make_activity(blaakilde, "Te")
    once = make_schedule(dt.date(2026, 12, 12), frequency="once")
    make_activity(perlen, "Koncert", kind="varying", schedules=[once])

    assert titles(client, f"/kalender.ics?{query}") == found


def test_series_is_whole_where_only_a_day_was_asked_for(client: Client, home: SiteTree) -> None:
    make_rich_activity(make_venue())

    day = body(client, "/kalender.ics?periode=imorgen")

    assert day.count("BEGIN:VEVENT") == body(client, "/kalender.ics").count("BEGIN:VEVENT") == 5


@pytest.mark.postgresql_too
@pytest.mark.parametrize(
    "query",
    ["periode=engang", "sted=ukendt", "sted=%00%0D%0A", "fra=2026-02-30", "q=" + "a" * 9999],
)
def test_unknown_filter_is_told_in_one_line(client: Client, home: SiteTree, query: str) -> None:
    _wanted, problems = CalendarFilter.parse(QueryDict(query), today=NOW.date())

    response = client.get(f"/kalender.ics?{query}")

    line = " ".join(problems[0].message.split())
    assert (response.status_code, response.content.decode()) == (400, f"{line}\n")
    assert response["Content-Type"] == "text/plain; charset=utf-8"


ADDRESSES = [
    "/kalender.ics",
    "/kalender.ics?sted=perlen&periode=uge",
    "/steder/perlen/kalender.ics",
    "/faelles/kalender.ics",
    VISIT,
    "/steder/perlen/faellesspisning/20261124T173000.ics",
]


@pytest.mark.parametrize("path", ADDRESSES)
def test_reader_with_the_file_is_told_so_with_one_query(
    client: Client,
    home: SiteTree,
    django_assert_num_queries: DjangoAssertNumQueries,
    path: str,
) -> None:
    make_rich_activity(make_venue())
    etag = client.get(path)["ETag"]

    with django_assert_num_queries(1):
        response = client.get(path, headers={"If-None-Match": etag})

    assert (response.status_code, response.content) == (304, b"")
    assert response["ETag"] == etag


@pytest.mark.parametrize("path", ADDRESSES)
def test_reader_with_a_date_is_told_so_too(client: Client, home: SiteTree, path: str) -> None:
    make_rich_activity(make_venue())
    since = client.get(path)["Last-Modified"]

    assert client.get(path, headers={"If-Modified-Since": since}).status_code == 304
    assert client.get(path, headers={"If-Modified-Since": "i går"}).status_code == 200


@pytest.mark.parametrize("path", ADDRESSES)
def test_head_answers_like_get_without_the_file(client: Client, home: SiteTree, path: str) -> None:
    make_rich_activity(make_venue())

    got, head = client.get(path), client.head(path)

    assert head.status_code == 200
    assert content(head) == b""
    assert {name: head[name] for name in ("ETag", "Last-Modified", "Content-Type")} == {
        name: got[name] for name in ("ETag", "Last-Modified", "Content-Type")
    }


@pytest.mark.parametrize("path", ADDRESSES)
def test_calendars_set_no_cookie_and_are_public(client: Client, home: SiteTree, path: str) -> None:
    make_rich_activity(make_venue())

    response = client.get(path, headers={"Accept-Encoding": "gzip"})

    assert response.cookies == {}
    assert response["Cache-Control"] == "public, max-age=300"
    assert not response.has_header("Vary")
    assert not response.has_header("Content-Encoding")


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options"])
def test_calendars_are_only_read(client: Client, home: SiteTree, method: str) -> None:
    response = getattr(client, method)("/kalender.ics")

    assert (response.status_code, response["Allow"]) == (405, "GET, HEAD")


def test_filter_by_period_holds_until_midnight(client: Client, home: SiteTree) -> None:
    today = client.get("/kalender.ics?periode=idag")["ETag"]

    with time_machine.travel(dt.datetime(2026, 11, 23, 22, 58, tzinfo=dt.UTC), tick=False):
        late = client.get("/kalender.ics?periode=idag")
    with time_machine.travel(dt.datetime(2026, 11, 23, 23, 0, tzinfo=dt.UTC), tick=False):
        next_day = client.get(
            "/kalender.ics?periode=idag",
            headers={"If-Modified-Since": late["Last-Modified"]},
        )

    assert (late["ETag"], late["Cache-Control"]) == (today, "public, max-age=120")
    assert next_day.status_code == 200
    assert next_day["ETag"] != today


@pytest.mark.parametrize(
    "path",
    [
        "/steder/ukendt/kalender.ics",
        "/steder/perlen/ukendt/kalender.ics",
        "/steder/ukendt/faellesspisning/kalender.ics",
        "/faelles/faellesspisning/kalender.ics",
        "/steder/perlen/faellesspisning/20261125T173000.ics",
        "/steder/perlen/faellesspisning/20269999T999999.ics",
    ],
)
@pytest.mark.parametrize(
    "headers", [{}, {"If-None-Match": "*"}, {"If-Modified-Since": "Tue, 24 Nov 2026 12:00:00 GMT"}]
)
def test_calendar_that_never_was_is_told_in_one_line(
    client: Client, home: SiteTree, path: str, headers: dict[str, str]
) -> None:
    make_activity(make_venue())

    response = client.get(path, headers=headers)

    assert response.status_code == 404
    assert response.content.decode() == (
        "Vi kan ikke finde den. Måske har stedet fået et nyt navn.\n"
    )


@pytest.mark.parametrize("path", [VISIT, "/steder/perlen/faellesspisning/20261124T173000.ics"])
def test_deleted_calendar_is_gone_for_good(client: Client, home: SiteTree, path: str) -> None:
    page = make_activity(make_venue())
    etag = client.get(path)["ETag"]
    Tombstone.objects.create(url_path=page.url_path, uid=page.uid, deleted_at=NOW)
    page.delete()
    ContentVersion.bump()

    response = client.get(path, headers={"If-None-Match": etag})

    assert response.status_code == 410
    assert response.content.decode() == "Den er slettet og kommer ikke igen.\n"


def marks(client: Client, path: str) -> list[str]:
    """What a calendar says of each entry's number and state."""
    return re.findall(
        r"^(?:SEQUENCE|STATUS):.+?$", body(client, path).replace("\r", ""), re.MULTILINE
    )


def test_deleted_activity_with_dates_to_come_is_told_as_cancelled_for_a_month(
    client: Client, home: SiteTree
) -> None:
    venue = make_venue()
    page = make_activity(venue)
    paths = ("/kalender.ics", "/steder/perlen/kalender.ics", "/kalender.ics?type=social")
    before = [marks(client, path) for path in paths]

    page.delete()
    told = [marks(client, path) for path in paths]
    with time_machine.travel(NOW + dt.timedelta(days=31), tick=False):
        ContentVersion.bump()
        later = [marks(client, path) for path in paths]

    assert before == [["SEQUENCE:0", "STATUS:CONFIRMED"]] * 3
    assert told == [["SEQUENCE:2", "STATUS:CANCELLED"]] * 2 + [[]]
    assert later == [[], [], []]


def test_deleted_activity_that_was_over_leaves_nothing(client: Client, home: SiteTree) -> None:
    day = dt.date(2026, 11, 3)
    over = make_schedule(day, frequency="once", weekdays=[])
    make_activity(make_venue(), schedules=[over]).delete()

    assert marks(client, "/kalender.ics") == []


def test_renamed_venue_keeps_its_subscribers(client: Client, home: SiteTree) -> None:
    venue = make_venue("Blåkilde")
    Redirect.objects.create(
        old_path="/steder/perlen", site=home.home.get_site(), redirect_page=venue
    )

    response = client.get("/steder/perlen/kalender.ics")

    assert (response.status_code, response["Location"]) == (
        301,
        "/steder/blaakilde/kalender.ics",
    )


@pytest.mark.parametrize(
    ("path", "number"),
    [
        ("/kalender.ics", 5),
        ("/kalender.ics?sted=perlen&type=social&periode=maaned", 7),
        ("/steder/perlen/kalender.ics", 7),
        ("/faelles/kalender.ics", 4),
    ],
)
@pytest.mark.parametrize("activities", [1, 3])
def test_number_of_queries_does_not_grow(
    client: Client,
    home: SiteTree,
    django_assert_max_num_queries: DjangoAssertNumQueries,
    path: str,
    number: int,
    activities: int,
) -> None:
    venue, other = make_venue(), make_venue("Blåkilde")
    for each in range(activities):
        make_activity(venue, f"Kaffe {each}")
        make_shared_event(home.shared, venue, other, title=f"Fest {each}")
    SiteSettings.for_site(home.home.get_site())
    client.get(path)

    with django_assert_max_num_queries(number):
        text = body(client, path)

    assert text.count("BEGIN:VEVENT") == (
        activities if path.startswith("/faelles") else 2 * activities
    )


def test_large_calendar_comes_in_pieces(client: Client, home: SiteTree) -> None:
    page = make_activity(make_venue())
    CalendarEntry.objects.filter(pk=page.pk).update(ical="X" * 600_000)

    pieces = list(client.get("/kalender.ics").streaming_content)

    assert len(pieces) == 2
    assert pieces[0].startswith(b"BEGIN:VCALENDAR\r\n")
    assert pieces[1] == b"END:VCALENDAR\r\n"
