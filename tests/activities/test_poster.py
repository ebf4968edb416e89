"""The printed programme: what stands on it, the PDF that carries it, and what it costs."""

import datetime as dt
import io
import re
import sys
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.http import QueryDict
from django.test import Client
from pypdf import PdfReader
from pytest_django import DjangoAssertNumQueries

from activities.models import Occurrence
from activities.poster.asked import Asked, read
from activities.poster.entries import lines_between
from activities.poster.layout import Layout, arranged, first_guess, layouts
from activities.poster.programme import Programme, venue_programme
from activities.taxonomy import ChangeKind
from core.models import ContentVersion
from directory.models import SecretAddress, VenuePage
from tests.factories.activities import (
    make_activity,
    make_change,
    make_schedule,
    make_shared_event,
)
from tests.factories.directory import make_exception, make_venue
from tests.factories.pages import SiteTree

pytestmark = pytest.mark.sqlite_is_enough

NOW = dt.datetime(2026, 11, 23, 12, 40, tzinfo=dt.UTC)
TODAY = dt.date(2026, 11, 23)
MONDAY, TUESDAY = dt.date(2026, 11, 23), dt.date(2026, 11, 24)
OPEN = [(day, "9.00", "16.00") for day in range(5)]
WEEK = Asked(2026, 48)


@pytest.fixture(autouse=True)
def clock_stands() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


def programme(venue: VenuePage, asked: Asked = WEEK) -> Programme:
    return venue_programme(
        venue,
        Occurrence.objects.public(),
        asked,
        TODAY,
        page_url="https://fristed.example/steder/perlen/",
        follow_url="https://fristed.example/abonner/?sted=perlen",
    )


def fill(venue: VenuePage, count: int) -> None:
    """Make `count` dates in week 48, spread over its days."""
    for number in range(count):
        day, hour = MONDAY + dt.timedelta(days=number % 7), 9 + number // 7
        plan = make_schedule(day, f"{hour}.00", f"{hour}.45", key="p")
        make_activity(venue, "Kaffe og kort", slug=f"nr-{number}", schedules=[plan])


def pdf_of(client: Client, path: str) -> PdfReader:
    response = client.get(path)
    assert response.status_code == 200, response.content[:200]
    return PdfReader(io.BytesIO(response.content))


def tags(reader: PdfReader) -> set[str]:
    """Return the names of all elements of a PDF's structure."""
    found: set[str] = set()

    def walk(node: Any) -> None:
        node = node.get_object() if hasattr(node, "get_object") else node
        if isinstance(node, list):
            for each in node:
                walk(each)
        elif isinstance(node, dict):
            found.update([str(node["/S"])] if "/S" in node else [])
            walk(node.get("/K", []))

    walk(reader.trailer["/Root"]["/StructTreeRoot"]["/K"])
    return found


@pytest.mark.parametrize(
    ("query", "asked"),
    [
        ("", Asked(2026, 48)),
        ("uge=2026-W53&format=a3", Asked(2026, 53, paper="a3")),
        ("maaned=2026-12&format=stor", Asked(2026, 12, by_month=True, paper="stor")),
    ],
)
def test_query_asks_for_a_week_or_a_month(query: str, asked: Asked) -> None:
    assert read(QueryDict(query), TODAY) == (asked, [])


@pytest.mark.parametrize(
    "query",
    ["uge=48", "maaned=2026-13", "uge=2026-W54", "format=a5", "uge=2026-W48&maaned=2026-12"],
)
def test_value_nobody_knows_is_told_and_this_week_is_shown(query: str) -> None:
    asked, problems = read(QueryDict(query), TODAY)

    assert (asked, len(problems)) == (WEEK, 1)


def test_programme_of_a_far_away_year_is_refused() -> None:
    assert len(read(QueryDict("uge=2199-W02"), TODAY)[1]) == 1


def test_week_and_month_lead_to_each_other() -> None:
    first_week_of_2027 = Asked(2026, 53)

    assert first_week_of_2027.as_month() == Asked(2026, 12, by_month=True)
    assert first_week_of_2027.shifted(1) == Asked(2027, 1)
    assert Asked(2026, 12, by_month=True).as_week() == Asked(2026, 49)
    assert WEEK.query() == "uge=2026-W48&format=a4"


def test_days_tell_their_hours_and_why_they_are_others(home: SiteTree) -> None:
    venue = make_venue(hours=OPEN)
    make_exception(venue, TUESDAY, note="Personaledag")

    days = programme(venue).days

    assert [(day.title, day.hours, day.special) for day in days[:3]] == [
        ("Mandag", "kl. 9–16", ""),
        ("Tirsdag", "", "Lukket: personaledag."),
        ("Onsdag", "kl. 9–16", ""),
    ]
    assert [day.special for day in days[5:]] == ["Lukket.", "Lukket."]


def test_month_lists_only_days_with_something_to_say(home: SiteTree) -> None:
    venue = make_venue(hours=OPEN)
    make_activity(venue, schedules=[make_schedule(dt.date(2026, 12, 8), key="p")])

    found = programme(venue, Asked(2026, 12, by_month=True))

    assert [day.date.day for day in found.days] == [8, 15, 22, 24, 25, 26, 29, 31]
    assert found.week_hours == ("Mandag–fredag kl. 9–16",)


def test_cancelled_line_says_so_and_why(home: SiteTree) -> None:
    meal = make_activity(make_venue())
    make_change(meal, dt.datetime(2026, 11, 24, 17, 30), reason="bussen er i stykker")

    (line,) = lines_between(Occurrence.objects.public(), MONDAY, TUESDAY)[0]

    assert (line.change, line.news, line.until, line.details) == (
        "cancelled",
        "Bussen er i stykker.",
        "",
        "",
    )


def test_moved_date_stands_on_both_days(home: SiteTree) -> None:
    meal = make_activity(make_venue())
    make_change(
        meal,
        dt.datetime(2026, 11, 24, 17, 30),
        ChangeKind.MOVED,
        starts_on=dt.date(2026, 11, 26),
        starts_at=dt.time(14),
        ends_at=dt.time(15),
    )

    lines = lines_between(Occurrence.objects.public(), MONDAY, dt.date(2026, 11, 29))[0]
    left = lines_between(Occurrence.objects.public(), TUESDAY, TUESDAY)[0]

    assert [(line.starts.day, line.change, line.time) for line in lines] == [
        (24, "away", "17.30"),
        (26, "moved", "14.00"),
    ]
    assert [line.change for line in left] == ["away"]


def test_shared_event_stands_on_the_poster_of_a_venue_that_said_yes(home: SiteTree) -> None:
    lead, yes, invited = make_venue(), make_venue("Havnen"), make_venue("Broen")
    make_shared_event(home.shared, lead, yes, schedules=[make_schedule(MONDAY, key="p")])
    make_shared_event(
        home.shared,
        lead,
        invited,
        accepted=False,
        title="Julefest",
        schedules=[make_schedule(MONDAY, key="p")],
    )

    assert [line.title for line in programme(yes).days[0].lines] == ["Sommerfest"]
    assert programme(invited).days[0].lines == ()


def test_secret_address_is_not_on_a_poster(client: Client, home: SiteTree) -> None:
    venue = make_venue("Kvindehuset", address_public=False)
    SecretAddress.objects.create(venue=venue, street="Skjulvej 9", city="Langtbortistan")
    make_activity(venue)

    page = client.get("/steder/kvindehuset/program/").content.decode()
    text = pdf_of(client, "/steder/kvindehuset/program.pdf").pages[0].extract_text()

    assert [word for word in ("Skjulvej", "Langtbort") if word in page + text] == []
    assert "Kvindehuset" in text


@pytest.mark.parametrize("count", [3, 20, 60])
def test_both_columns_are_about_as_long_and_hold_everything(home: SiteTree, count: int) -> None:
    venue = make_venue(hours=OPEN)
    fill(venue, count)
    found = programme(venue)

    left, right = arranged(found, Layout("a4", 2, 6))

    told = [line for day in (*left, *right) for line in day.lines]
    assert told == [line for day in found.days for line in day.lines]
    lengths = [sum(day.weight for day in column) for column in (left, right)]
    assert abs(lengths[0] - lengths[1]) < 4


def test_few_dates_are_set_large_and_many_small(home: SiteTree) -> None:
    few, many = make_venue("Få"), make_venue("Mange")
    fill(few, 3)
    fill(many, 60)

    assert layouts(programme(few))[0] == Layout("a4", 1, 1)
    assert first_guess(programme(many)) == Layout("a4", 2, 6)
    assert layouts(programme(many, WEEK.on("stor"))) == [Layout("stor", 1, 1, flows=True)]


def test_pdf_is_tagged_danish_and_titled(client: Client, home: SiteTree) -> None:
    make_activity(make_venue(hours=OPEN))

    reader = pdf_of(client, "/steder/perlen/program.pdf")

    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "da"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert "Uge 48" in str(reader.metadata and reader.metadata.title)
    assert re.search(r"pdfuaid:part\W+1", root["/Metadata"].get_data().decode())
    assert {"/H1", "/H2", "/P", "/L", "/LI", "/Figure"} <= tags(reader)


def test_sixty_dates_fit_on_one_sheet(client: Client, home: SiteTree) -> None:
    fill(make_venue("Netværkshuset Regnbuen for kvinder på Nørrebro", slug="regnbuen"), 60)

    reader = pdf_of(client, "/steder/regnbuen/program.pdf")

    assert len(reader.pages) == 1
    assert reader.pages[0].extract_text().count("Kaffe og kort") == 60


@pytest.mark.parametrize(("paper", "width"), [("a4", 595), ("a3", 842), ("stor", 595)])
def test_paper_has_the_size_that_was_asked_for(
    client: Client, home: SiteTree, paper: str, width: int
) -> None:
    make_activity(make_venue())

    reader = pdf_of(client, f"/steder/perlen/program.pdf?format={paper}")

    assert round(float(reader.pages[0].mediabox.width)) == width


def test_large_print_has_no_small_letters(client: Client, home: SiteTree) -> None:
    meal = make_activity(make_venue(hours=OPEN))
    make_change(meal, dt.datetime(2026, 11, 24, 17, 30), reason="Bussen er i stykker")
    reader = pdf_of(client, "/steder/perlen/program.pdf?format=stor")
    sizes: set[float] = set()

    def note(text: str, _cm: Any, matrix: list[float], _font: Any, size: float) -> None:
        if text.strip():
            sizes.add(round(abs(size * matrix[3]) or size, 1))

    for page in reader.pages:
        page.extract_text(visitor_text=note)

    assert min(sizes) >= 16


def test_programme_of_all_venues_names_them(client: Client, home: SiteTree) -> None:
    make_activity(make_venue("Perlen"))
    make_activity(make_venue("Havnen"), "Kortspil")

    text = pdf_of(client, "/program.pdf").pages[0].extract_text()

    assert "Perlen" in text
    assert "Havnen" in text


def test_file_has_a_name_a_tag_and_no_cookie(client: Client, home: SiteTree) -> None:
    make_activity(make_venue())
    path = "/steder/perlen/program.pdf?uge=2026-W48&format=a3"

    first = client.get(path)
    again = client.get(path, headers={"If-None-Match": first["ETag"]})

    assert first["Content-Disposition"] == 'inline; filename="program-perlen-2026-w48-a3.pdf"'
    assert first["Content-Type"] == "application/pdf"
    assert not first.cookies
    assert again.status_code == 304


def test_change_makes_a_new_file(client: Client, home: SiteTree) -> None:
    meal = make_activity(make_venue())
    before = client.get("/steder/perlen/program.pdf")
    make_change(meal, dt.datetime(2026, 11, 24, 17, 30))
    ContentVersion.bump()

    after = client.get("/steder/perlen/program.pdf", headers={"If-None-Match": before["ETag"]})

    assert after.status_code == 200
    assert "Aflyst" in PdfReader(io.BytesIO(after.content)).pages[0].extract_text()


def test_kept_file_is_not_made_again(
    client: Client, home: SiteTree, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    make_activity(make_venue())
    first = client.get("/steder/perlen/program.pdf").content

    with django_assert_num_queries(3):
        again = client.get("/steder/perlen/program.pdf?format=a4&uge=2026-W48").content

    assert again == first


@pytest.mark.parametrize("query", ["uge=48", "format=a5", "maaned=2026-13"])
def test_wrong_value_is_one_plain_line_for_the_file_and_a_note_on_the_page(
    client: Client, home: SiteTree, query: str
) -> None:
    make_venue()

    file = client.get(f"/steder/perlen/program.pdf?{query}")
    page = client.get(f"/steder/perlen/program/?{query}")

    assert (file.status_code, file["Content-Type"]) == (400, "text/plain; charset=utf-8")
    assert file.content.count(b"\n") == 1
    assert page.status_code == 200
    assert file.content.decode().strip() in page.content.decode()


def test_machine_without_pango_leads_to_the_page_for_printing(
    client: Client, home: SiteTree, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_venue()
    monkeypatch.setitem(sys.modules, "weasyprint", None)

    answer = client.get("/steder/perlen/program.pdf?format=a3")

    assert answer.status_code == 302
    assert answer["Location"] == "/steder/perlen/program/?uge=2026-W48&format=a3&pdf=nej"
    assert client.get(answer["Location"]).context["no_pdf"] is True


@pytest.mark.parametrize("name", ["program.pdf", "program/"])
def test_venue_that_is_not_there_has_no_programme(
    client: Client, home: SiteTree, name: str
) -> None:
    make_venue("Kladden", live=False)

    assert client.get(f"/steder/kladden/{name}").status_code == 404
    assert client.get(f"/steder/findes-ikke/{name}").status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_page_asks_as_little_for_three_dates_as_for_one(
    client: Client,
    home: SiteTree,
    django_assert_max_num_queries: DjangoAssertNumQueries,
    count: int,
) -> None:
    fill(make_venue(hours=OPEN), count)
    client.get("/steder/perlen/program/?uge=2026-W30")

    with django_assert_max_num_queries(13):
        client.get("/steder/perlen/program/")


def test_venue_page_leads_to_its_programme(client: Client, home: SiteTree) -> None:
    make_venue()

    assert 'href="/steder/perlen/program/"' in client.get("/steder/perlen/").content.decode()
