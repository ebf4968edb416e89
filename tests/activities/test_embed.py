"""The programme in a frame on other people's pages."""

import datetime as dt
import re
from collections.abc import Iterator

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.html import escape
from wagtail.contrib.redirects.models import Redirect

from activities.filters import CalendarFilter
from activities.outlets.embed import SHOWN, snippet
from core.models import ContentVersion
from directory.models import VenueMove, VenuePage
from tests.factories.activities import make_activity, make_change, make_schedule
from tests.factories.directory import make_venue
from tests.factories.pages import SiteTree

pytestmark = pytest.mark.sqlite_is_enough

NOW = dt.datetime(2026, 11, 23, 9, tzinfo=dt.UTC)
TUESDAY = dt.datetime(2026, 11, 24, 17, 30)


@pytest.fixture(autouse=True)
def at_nine() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


def shown(html: str) -> list[tuple[str, list[str]]]:
    """The days of a frame with the titles under each."""
    days = re.split(r'<h2 class="embed-day"', html)[1:]
    return [
        (re.search(r'id="([^"]+)"', day)[1], re.findall(r'rel="noopener">([^<]+)</a></h3>', day))
        for day in days
    ]


def make_week(venue: VenuePage) -> None:
    once = [make_schedule(dt.date(2026, 11, 24), "17.30", frequency="once")]
    make_activity(venue, "Mad", schedules=once, activity_type="meal")
    make_activity(venue, "Tur", schedules=[make_schedule(dt.date(2026, 11, 26), frequency="once")])


def test_frame_shows_coming_dates_of_a_venue(client: Client, home: SiteTree) -> None:
    make_week(make_venue())
    make_activity(make_venue("Stuen"), "Te")

    html = client.get("/embed/perlen/").content.decode()

    assert shown(html) == [("2026-11-24", ["Mad"]), ("2026-11-26", ["Tur"])]
    assert "<title>Det sker på Perlen – Fristed</title>" in re.sub(r"\s+", " ", html)


def test_frame_takes_the_choices_of_the_calendar(client: Client, home: SiteTree) -> None:
    make_week(make_venue())

    html = client.get("/embed/?sted=perlen&type=meal").content.decode()

    assert shown(html) == [("2026-11-24", ["Mad"])]
    assert 'href="/aktiviteter/?sted=perlen&amp;type=meal" target="_top"' in html
    assert 'href="/abonner/?sted=perlen&amp;type=meal" target="_top"' in html


def test_every_link_leaves_the_frame_and_nothing_else_is_there(
    client: Client, home: SiteTree
) -> None:
    make_week(make_venue())

    html = client.get("/embed/").content.decode()

    links = re.findall(r"<a [^>]*>", html)
    inside = '<a class="skip" href="#indhold">'
    assert [link for link in links if 'target="_top" rel="noopener"' not in link] == [inside]
    assert [
        part for part in ("<script", "<form", "<nav", "<footer", "style=") if part in html
    ] == []
    assert '<meta name="robots" content="noindex">' in html
    assert '<link rel="canonical" href="http://testserver/aktiviteter/">' in html


def test_frame_may_stand_anywhere_and_no_other_page_may(client: Client, home: SiteTree) -> None:
    make_venue()

    frame, page = client.get("/embed/perlen/"), client.get("/steder/perlen/")

    assert policy(frame)["frame-ancestors"] == "*"
    assert policy(frame)["script-src"] == "'none'"
    assert policy(page)["frame-ancestors"] == "'self'"
    assert policy(client.get("/embed/findes-ikke/"))["frame-ancestors"] == "*"
    assert not frame.has_header("X-Frame-Options")


def policy(response: object) -> dict[str, str]:
    parts = (part.strip().partition(" ") for part in response["Content-Security-Policy"].split(";"))
    return {name: value for name, _space, value in parts}


def test_frame_sets_no_cookie_and_can_be_kept(client: Client, home: SiteTree) -> None:
    first = client.get("/embed/", headers={"Accept-Encoding": "identity"})

    again = client.get("/embed/", headers={"If-None-Match": first["ETag"]})

    assert first.cookies == {}
    assert again.status_code == 304
    assert again["Content-Security-Policy"] == first["Content-Security-Policy"]


def test_cancelled_date_says_so_in_words(client: Client, home: SiteTree) -> None:
    page = make_activity(make_venue(), "Mad")
    make_change(page, TUESDAY, reason="Ovnen er i stykker")

    html = client.get("/embed/perlen/").content.decode()

    entry = html.split('<li class="entry is-cancelled">')[1].split("</li>")[0]
    assert "<b>Aflyst</b>" in entry
    assert "Ovnen er i stykker." in entry


def test_frame_says_what_it_does_not_know_and_when_there_is_nothing(
    client: Client, home: SiteTree
) -> None:
    html = client.get("/embed/?type=dans").content.decode()

    assert "Vi kender ikke “dans”." in html
    assert "Der er ikke planlagt noget lige nu." in html


def test_long_programme_is_cut_and_says_so(client: Client, home: SiteTree) -> None:
    make_activity(make_venue(), "Mad")

    html = client.get("/embed/perlen/").content.decode()

    assert sum(len(titles) for _day, titles in shown(html)) == SHOWN
    assert "Se mere, der sker" in html


def test_renamed_and_merged_venues_are_still_shown(client: Client, home: SiteTree) -> None:
    perlen, stuen = make_venue(), make_venue("Stuen")
    VenueMove.objects.create(
        venue=stuen, kind="merged", on=NOW.date(), successor=perlen, done_at=NOW
    )
    VenuePage.objects.filter(pk=stuen.pk).update(live=False)
    ContentVersion.bump()

    merged, unknown = client.get("/embed/stuen/?type=meal"), client.get("/embed/ukendt/")

    assert (merged.status_code, merged["Location"]) == (302, "/embed/perlen/?type=meal")
    assert (unknown.status_code, unknown.content.decode()) == (
        404,
        "Vi kan ikke finde den. Måske har stedet fået et nyt navn.\n",
    )


def test_renamed_venue_is_found_by_its_old_name(client: Client, home: SiteTree) -> None:
    venue = make_venue("Stuerne")
    Redirect.objects.create(
        old_path="/steder/stuen", site=home.home.get_site(), redirect_page=venue
    )

    response = client.get("/embed/stuen/")

    assert (response.status_code, response["Location"]) == (302, "/embed/stuerne/")


@pytest.mark.parametrize(
    ("wanted", "path", "query", "name"),
    [
        (CalendarFilter(), "/embed/", "", ""),
        (CalendarFilter(venues=("perlen",)), "/embed/perlen/", "?sted=perlen", "Perlen"),
        (
            CalendarFilter(venues=("perlen",), free=True),
            "/embed/?sted=perlen&gratis=1",
            "?sted=perlen&gratis=1",
            'Perlen "P"',
        ),
    ],
)
def test_snippet_has_a_frame_and_a_link_for_want_of_it(
    wanted: CalendarFilter, path: str, query: str, name: str
) -> None:
    title = escape(f"Det sker: {name or 'alt'}")

    assert snippet(wanted, name) == (
        f'<iframe src="https://fristed.example{escape(path)}" title="{title}" width="100%"'
        ' height="600" loading="lazy" style="border:0"></iframe>\n'
        f'<p><a href="https://fristed.example/aktiviteter/{escape(query)}">{title}</a></p>'
    )


def test_frame_asks_the_same_number_of_questions(client: Client, home: SiteTree) -> None:
    counts = []
    for number in range(4):
        page = make_activity(make_venue(f"Sted {number}"), f"Ting {number}")
        make_change(page, TUESDAY)
        client.get("/embed/?gratis=1")
        ContentVersion.bump()
        with CaptureQueriesContext(connection) as queries:
            client.get("/embed/?gratis=1")
        counts.append(len(queries))

    assert counts == [counts[0]] * 4
