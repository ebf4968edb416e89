import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from activities.actions import refresh_activity
from activities.models import ActivityPage
from core.models import AcuteNumber, SiteSettings
from pages.front import front_context, is_night
from tests.factories.activities import make_activity, make_change, make_schedule
from tests.factories.directory import make_notice, make_venue

pytestmark = pytest.mark.sqlite_is_enough

# Monday at 13.40 in Denmark.
NOW = dt.datetime(2026, 11, 23, 12, 40, tzinfo=dt.UTC)
NIGHT = dt.datetime(2026, 11, 23, 22, tzinfo=dt.UTC)
DAYTIME = [(day, "9.00", "16.00") for day in range(5)]
LONG_DAYS = [(day, "8.00", "20.00") for day in range(5)]
NIGHTS = [(day, "20.00", "8.00") for day in range(7)]


def context(home, now: dt.datetime = NOW) -> dict[str, Any]:
    for key in ActivityPage.objects.values_list("pk", flat=True):
        refresh_activity(key, now=now)
    request = RequestFactory().get("/")
    return front_context(request, now) | {"request": request, "page": home.home}


def mondays(starts: str, ends: str):
    return [make_schedule(dt.date(2026, 11, 2), starts, ends)]


def test_open_places_stand_by_closing_time_with_what_goes_on(home):
    make_venue("Stuen", hours=LONG_DAYS)
    perlen = make_venue(hours=DAYTIME)
    make_venue("Natcafeen", hours=NIGHTS)
    make_activity(perlen, "Kaffe", schedules=mondays("14.00", "15.00"), refresh=False)

    found = context(home)

    assert found["open_text"] == "2 steder har åbent nu"
    assert [(row["name"], row["until"]) for row in found["open_rows"]] == [
        ("Perlen", "lukker kl. 16"),
        ("Stuen", "lukker kl. 20"),
    ]
    assert (found["open_rows"][0]["next_label"], found["open_rows"][0]["next_text"]) == (
        "Kl. 14:",
        "Kaffe",
    )
    assert [row["name"] for row in found["opening_rows"]] == ["Natcafeen"]
    assert found["open_heading"] == "Åbent nu"


def test_at_night_it_says_where_one_can_be_and_who_opens_first(home):
    make_venue(hours=DAYTIME)
    make_venue("Stuen", hours=LONG_DAYS)
    make_venue("Natcafeen", hours=NIGHTS)

    found = context(home, NIGHT)
    html = render_to_string("pages/home_page.html", found)

    assert (found["open_heading"], found["opening_heading"]) == (
        "Åbent i nat",
        "Åbner først i morgen",
    )
    assert [row["name"] for row in found["open_rows"]] == ["Natcafeen"]
    assert [row["name"] for row in found["opening_rows"]] == ["Stuen", "Perlen"]
    assert found["is_night"]
    assert "Der er ikke mere i dag" in html


def test_nobody_open_is_said_without_a_lie(home):
    make_venue(hours=DAYTIME)

    found = context(home, NIGHT)

    assert (found["open_text"], found["open_heading"]) == (
        "Ingen steder har åbent lige nu",
        "Lukket lige nu",
    )


def test_today_runs_before_and_after_now(home):
    perlen = make_venue()
    make_activity(perlen, "Træ", schedules=mondays("13.00", "15.00"), refresh=False)
    make_activity(perlen, "Morgenmad", schedules=mondays("8.00", "10.00"), refresh=False)
    tour = make_activity(perlen, "Gåtur", schedules=mondays("15.00", "16.00"), refresh=False)
    make_change(tour, dt.datetime(2026, 11, 23, 15), reason="Vi er for få", refresh=False)

    found = context(home)

    assert [(card.title, card.state) for card in found["running"]] == [("Træ", "on")]
    assert [(card.title, card.state) for card in found["coming"]] == [("Gåtur", "cancelled")]
    assert found["today_text"] == "Mandag den 23. november"


def test_emergency_help_is_what_an_editor_wrote(home):
    found = context(home)
    settings = SiteSettings.for_request(found["request"])
    settings.acute_heading = "Akut hjælp"
    settings.acute_numbers = [AcuteNumber(number="00 00 12 40", text="Den sociale vagt.")]
    settings.save()

    numbers = context(home)["acute"]["numbers"]

    assert found["acute"] is None
    assert numbers == [{"number": "00 00 12 40", "tel": "00001240", "text": "Den sociale vagt."}]


def test_the_municipality_s_notices_are_shown_and_a_venue_s_are_not(home):
    hour = dt.timedelta(hours=1)
    make_notice(None, NOW - hour, NOW + hour, "Nye tider")
    make_notice(make_venue(), NOW - hour, NOW + hour)

    assert [notice.title for notice in context(home)["notices"]] == ["Nye tider"]


def test_the_page_changes_when_the_first_place_closes(home):
    make_venue(hours=DAYTIME)

    closing = dt.datetime(2026, 11, 23, 15, tzinfo=dt.UTC)

    found = context(home, closing - dt.timedelta(seconds=30))

    assert found["request"].changes_at == closing


def test_a_minute_after_closing_the_page_says_so(home):
    make_venue(hours=DAYTIME)
    closing = dt.datetime(2026, 11, 23, 15, tzinfo=dt.UTC)

    before, after = context(home, closing - dt.timedelta(minutes=1)), context(home, closing)

    assert (before["open_count"], after["open_count"]) == (1, 0)


def test_the_page_changes_when_the_night_begins(home):
    changes = context(home)["request"].changes_at

    assert changes == dt.datetime(2026, 11, 23, 20, tzinfo=dt.UTC)
    assert [is_night(dt.datetime(2026, 11, 23, hour)) for hour in (5, 6, 20, 21)] == [
        True,
        False,
        False,
        True,
    ]


def test_the_front_page_asks_the_same_number_of_questions_and_stays_light(home):
    counts, sizes = [], []
    for number in (1, 3):
        for place in range(number):
            venue = make_venue(f"Hus {number} {place}", hours=DAYTIME)
            make_activity(
                venue, f"Ting {number} {place}", schedules=mondays("14.00", "15.00"), refresh=False
            )
        found = context(home)
        with CaptureQueriesContext(connection) as queries:
            html = render_to_string("pages/home_page.html", front(found, home))
        counts.append(len(queries))
        sizes.append(len(html.encode()))

    assert counts[0] == counts[1]
    assert max(sizes) < 60_000


def front(found: dict[str, Any], home) -> dict[str, Any]:
    return front_context(found["request"], NOW) | {"page": home.home}
