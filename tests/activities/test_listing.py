import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from activities.actions import refresh_activity
from activities.listing import ROWS, calendar_context
from activities.models import ActivityPage, Occurrence
from activities.taxonomy import Frequency
from tests.factories.activities import make_activity, make_schedule, make_shared_event
from tests.factories.directory import make_district, make_venue

# Monday at 13.40 in Denmark.
NOW = dt.datetime(2026, 11, 23, 12, 40, tzinfo=dt.UTC)
LAST_SUNDAY = dt.date(2026, 11, 22)


def weekly(first_on: dt.date, starts: str = "17.30", ends: str = "19.30"):
    return [make_schedule(first_on, starts, ends)]


def once(day: dt.date, starts: str = "14.00", ends: str = "15.00"):
    return [make_schedule(day, starts, ends, frequency=Frequency.ONCE)]


def context(query: str = "", now: dt.datetime = NOW) -> dict[str, Any]:
    """Return the calendar's context for an address, with the request it belongs to."""
    request = RequestFactory().get(f"/aktiviteter/{query}")
    found = calendar_context(request, Occurrence.objects.public(), now)
    return found | {"request": request}


def refresh_all(now: dt.datetime = NOW) -> None:
    for key in ActivityPage.objects.values_list("pk", flat=True):
        refresh_activity(key, now=now)


def titles(found: dict[str, Any]) -> list[tuple[str, list[str]]]:
    """Return what is shown: each day's heading with its titles."""
    return [
        (f"{day['title']} {day['date_text']}", [card.title for card in day["cards"]])
        for day in found["days"]
    ]


@pytest.fixture
def week(home) -> None:
    """A Monday and a Tuesday activity at two places, and a party held by both."""
    perlen = make_venue(district=make_district("Havnen"))
    stuen = make_venue("Stuen", district=make_district("Vestbyen"))
    make_activity(
        perlen, "Kaffe", schedules=weekly(dt.date(2026, 11, 2), "14.00", "15.30"), refresh=False
    )
    make_activity(
        stuen,
        "Strik",
        schedules=weekly(dt.date(2026, 11, 3)),
        price_type="fixed",
        price=1000,
        activity_type="creative",
        refresh=False,
    )
    make_shared_event(
        home.shared,
        perlen,
        stuen,
        title="Julefest",
        schedules=once(dt.date(2026, 11, 28)),
        refresh=False,
    )
    refresh_all()


def test_the_list_begins_now_and_stands_by_day(week):
    found = context()

    assert found["heading"] == "Det sker fra uge 48 og frem"
    assert titles(found)[:4] == [
        ("I dag mandag den 23. november", ["Kaffe"]),
        ("I morgen tirsdag den 24. november", ["Strik"]),
        ("Lørdag den 28. november", ["Julefest"]),
        ("Mandag den 30. november", ["Kaffe"]),
    ]


def test_a_week_has_its_number_and_its_count(week):
    found = context("?fra=2026-11-23&til=2026-11-29")

    assert (found["heading"], found["result_text"]) == ("Det sker i uge 48", "3 ting i uge 48:")
    assert [day["count"] for day in found["strip"]] == [1, 1, 0, 0, 0, 1, 0]
    assert [day["current"] for day in found["strip"]] == [True, *[False] * 6]
    assert found["around"]["next"]["url"] == "?fra=2026-11-30&til=2026-12-06"


def test_week_53_leads_to_week_1(week):
    found = context("?fra=2026-12-28&til=2027-01-03")

    assert found["heading"] == "Det sker i uge 53"
    assert [step["label"] for step in found["around"].values()] == ["Uge 52", "Uge 1"]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("?sted=stuen", ["Strik", "Julefest"]),
        ("?bydel=havnen", ["Kaffe", "Julefest"]),
        ("?type=creative", ["Strik"]),
        ("?gratis=1", ["Kaffe", "Julefest"]),
        ("?art=faelles", ["Julefest"]),
        ("?q=kaffe", ["Kaffe"]),
        ("?sted=perlen&sted=stuen&gratis=1", ["Kaffe", "Julefest"]),
    ],
)
def test_filters_leave_what_was_asked_for(week, query, expected):
    found = context(f"{query}&fra=2026-11-23&til=2026-11-29")

    assert [card.title for day in found["days"] for card in day["cards"]] == expected


def test_what_is_chosen_can_be_read_and_taken_away(week):
    found = context("?periode=idag&sted=perlen&gratis=1")

    assert found["chosen"] == [
        {"label": "i dag", "remove_url": "?sted=perlen&gratis=1"},
        {"label": "Perlen", "remove_url": "?periode=idag&gratis=1"},
        {"label": "Gratis", "remove_url": "?periode=idag&sted=perlen"},
    ]
    assert found["follow_url"] == "/abonner/?sted=perlen&gratis=1"
    assert found["noindex"]


def test_unknown_values_are_told_and_left_out(week):
    found = context("?sted=ukendt&fra=igår&visning=aar&side=x")

    assert sorted(problem.key for problem in found["problems"]) == [
        "fra",
        "side",
        "sted",
        "visning",
    ]
    assert found["days"]
    assert "ukendt" in render_to_string("activities/calendar_page.html", found)


def test_of_hundreds_of_unknown_values_a_few_are_told(week):
    found = context("?" + "&".join(f"type=x{number:03d}" for number in range(300)))

    assert [problem.value for problem in found["problems"]] == [f"x{n:03d}" for n in range(5)]


def test_nothing_more_today_leads_to_tomorrow(week):
    late = dt.datetime(2026, 11, 23, 21, tzinfo=dt.UTC)

    found = context("?periode=idag", now=late)

    assert found["empty"] == {
        "title": "Der er ikke mere i dag",
        "text": "",
        "url": "?periode=imorgen",
        "link_text": "Se, hvad der sker i morgen",
    }


def test_a_filter_that_fits_nothing_offers_everything(week):
    assert context("?q=skydiving")["empty"]["link_text"] == "Se alt, hvad der sker"


@pytest.mark.parametrize("side", ["99", "201", "99999999999999999999"])
def test_a_page_after_the_last_leads_back(week, side):
    found = context(f"?side={side}")

    assert found["empty"]["url"] == "?"
    assert found["days"] == []


def test_pages_hold_fifty_dates(home):
    plans = [make_schedule(dt.date(2026, 11, 24), "9.00", "10.00", weekdays=list(range(7)))]
    make_activity(make_venue(), "Morgenmad", schedules=plans, refresh=False)
    refresh_all()

    first, second = context(), context("?side=2")

    shown = [card.day for day in first["days"] for card in day["cards"]]
    assert len(shown) == ROWS
    assert first["pages"]["next_url"] == "?side=2"
    assert second["days"][0]["cards"][0].day == shown[-1] + dt.timedelta(days=1)
    assert second["pages"]["previous_url"] == "?"


def test_a_night_that_still_runs_stands_under_today(home):
    make_activity(
        make_venue("Natcafé"),
        "Natten er åben",
        schedules=weekly(LAST_SUNDAY, "20.00", "8.00"),
        refresh=False,
    )
    early = dt.datetime(2026, 11, 23, 5, tzinfo=dt.UTC)
    refresh_all(early)

    found = context(now=early)

    assert titles(found)[0] == ("I dag mandag den 23. november", ["Natten er åben"])
    assert found["days"][0]["cards"][0].is_now


def test_the_page_changes_when_the_next_date_begins(week):
    found = context()

    assert found["request"].changes_at == dt.datetime(2026, 11, 23, 13, tzinfo=dt.UTC)


def test_the_page_changes_at_midnight_at_the_latest(home):
    assert context()["request"].changes_at == dt.datetime(2026, 11, 23, 23, tzinfo=dt.UTC)


def test_the_list_asks_the_same_number_of_questions(home):
    counts = []
    for number in (1, 3):
        for place in range(number):
            venue = make_venue(f"Hus {number} {place}", district=make_district(f"{number}{place}"))
            make_activity(venue, f"Ting {number} {place}", refresh=False)
        refresh_all()
        context()
        with CaptureQueriesContext(connection) as queries:
            render_to_string("activities/calendar_page.html", context())
        counts.append(len(queries))

    assert counts[0] == counts[1]


@pytest.mark.parametrize(
    "query",
    [
        "?visning=uge",
        "?visning=maaned",
        "?fra=2000-01-01&til=2000-01-07&visning=uge",
        "?fra=2100-12-31&visning=maaned",
        "?fra=2100-12-27&til=2100-12-31",
        "?q=%00%F0%9F%90%88&bydel=%00",
        "?fra=0001-01-01",
        "?side=-1",
        "?side=%D9%A3",
        "?visning=%00",
    ],
)
def test_no_address_breaks_the_page(week, client, query):
    assert client.get(f"/aktiviteter/{query}").status_code == 200
