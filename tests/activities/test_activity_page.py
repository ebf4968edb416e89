import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from activities.actions import refresh_activity
from activities.detail import activity_context, preview_context
from activities.models import ActivityPage, ActivityVerification, Occurrence, ScheduleBreak
from activities.taxonomy import ChangeKind, Frequency, PlaceKind, SignUp, Weeks
from tests.factories.activities import (
    make_activity,
    make_change,
    make_schedule,
    make_shared_event,
)
from tests.factories.directory import make_venue

pytestmark = pytest.mark.sqlite_is_enough

# Monday at 13.40 in Denmark.
NOW = dt.datetime(2026, 11, 23, 12, 40, tzinfo=dt.UTC)
THURSDAY = dt.date(2026, 11, 26)


def thursdays(**fields):
    return [make_schedule(dt.date(2026, 11, 5), "11.00", "13.30", **fields)]


def soup(venue=None, **fields) -> ActivityPage:
    values = {"schedules": thursdays(), "refresh": False} | fields
    return make_activity(venue or make_venue(), "Suppe og snak", **values)


def context(
    activity: ActivityPage, now: dt.datetime = NOW, *, preview: bool = False
) -> dict[str, Any]:
    refresh_activity(activity.pk, now=now)
    request = RequestFactory().get("/")
    request.is_preview = preview
    page = ActivityPage.objects.get(pk=activity.pk) if not preview else activity
    found = activity_context(request, page, Occurrence.objects.public(), now)
    return found | {"request": request, "page": page}


def fact(found: dict[str, Any], label: str) -> dict[str, str]:
    return next(row for row in found["facts"] if row["label"] == label)


def test_the_next_date_comes_first(home):
    found = context(soup())

    assert found["next"] == {
        "illustration": "board_games",
        "lead": "Næste gang er på torsdag",
        "day": "26. november",
        "time": "kl. 11–13.30",
        "datetime": "2026-11-26T11:00+01:00",
    }
    assert fact(found, "Hvornår")["strong"] == "Hver torsdag kl. 11–13.30."
    assert [row["id"] for row in found["dates"][:2]] == ["2026-11-26", "2026-12-03"]
    assert (len(found["dates"]), found["dates"][0]["day"]) == (12, "26. november")


def test_the_facts_answer_where_price_and_how(home):
    venue = make_venue(directions="Døren er ved siden af bageren.")
    found = context(soup(venue, room="Køkkenet til venstre", sign_up=SignUp.CALL, seats=12))

    assert fact(found, "Hvor")["strong"] == "Perlen."
    assert fact(found, "Hvor")["text"] == (
        "Ågade 4, 9999 Eksempelby. Køkkenet til venstre. Døren er ved siden af bageren."
    )
    assert fact(found, "Pris")["strong"] == "Gratis."
    assert fact(found, "Sådan kommer du med") == {
        "icon": "yes",
        "label": "Sådan kommer du med",
        "strong": "Ring til Perlen, hvis du vil med.",
        "text": "Der er plads til 12.",
        "phone": "12 34 56 78",
        "tel": "12345678",
    }


def test_an_unknown_price_says_so_and_gives_a_number(home):
    found = context(soup(price_type="unknown"))

    assert fact(found, "Pris") == {
        "icon": "price",
        "label": "Pris",
        "strong": "Vi ved det ikke.",
        "text": "Ring og hør:",
        "phone": "12 34 56 78",
        "tel": "12345678",
    }


def test_a_secret_address_is_not_on_the_page(home):
    venue = make_venue("Kvindehuset", address_public=False, city="Hemmeligby", show_quick_exit=True)
    found = context(soup(venue))

    html = render_to_string("activities/activity_page.html", found)

    assert fact(found, "Hvor")["text"].startswith("Adressen er hemmelig.")
    assert "Hemmeligby" not in html
    assert found["quick_exit_url"] == "https://www.dmi.dk/"


def test_the_address_of_an_unpublished_place_is_not_on_the_page(home):
    hidden = make_venue("Skuret", street="Skjulevej 3", directions="Bag porten.", live=False)
    venue = make_venue()
    page = soup(venue, place_kind=PlaceKind.OTHER_VENUE, place_venue=hidden)
    found = context(page)

    html = render_to_string("activities/activity_page.html", found)

    assert fact(found, "Hvor")["strong"] == "Skuret."
    assert "Skjulevej" not in html
    assert "Bag porten" not in html


def test_only_hosts_who_said_yes_are_named(home):
    perlen, stuen, skuret = make_venue(), make_venue("Stuen"), make_venue("Skuret")
    event = make_shared_event(
        home.shared, perlen, stuen, title="Julefest", schedules=thursdays(), refresh=False
    )
    event.hosts.create(venue=skuret, status="invited")

    found = context(event)

    assert fact(found, "Hvem holder det")["text"] == "Perlen og Stuen."
    assert found["venue"] == perlen


def test_a_cancelled_date_stays_with_its_reason(home):
    activity = soup()
    make_change(
        activity, dt.datetime(2026, 11, 26, 11), reason="Komfuret er i stykker", refresh=False
    )

    found = context(activity)

    assert found["next"]["day"] == "3. december"
    assert [change.text for change in found["changes"]] == [
        "torsdag den 26. november: Komfuret er i stykker. Næste gang er den 3. december."
    ]
    assert found["dates"][0]["cancelled"]


def test_every_other_week_does_not_name_a_cancelled_date_as_the_next(home):
    activity = soup(schedules=thursdays(weeks=Weeks.INTERVAL, interval=3))
    cancelled = dt.datetime(2026, 11, 26, 11)
    make_change(activity, cancelled, ChangeKind.CANCELLED, refresh=False)

    found = context(activity)

    text = "Hver 3. uge om torsdagen kl. 11–13.30, næste gang den 17. december 2026."
    assert fact(found, "Hvornår")["strong"] == text
    assert found["next"]["day"] == "17. december"


def test_an_activity_that_is_over_leads_on(home):
    activity = soup(schedules=thursdays(until_on=dt.date(2026, 11, 19)))

    found = context(activity)
    html = render_to_string("activities/activity_page.html", found)

    assert (found["ended"], found["next"], found["json_ld"]) == ("Aktiviteten er slut.", None, "")
    assert "Se, hvad der ellers sker på Perlen" in html


def test_a_long_break_is_not_the_end(home):
    activity = soup(schedules=thursdays())
    ScheduleBreak.objects.create(
        activity=activity, first_on=dt.date(2026, 11, 20), until_on=dt.date(2030, 1, 1)
    )

    assert context(activity)["ended"] == "Der er ingen datoer lige nu."


def test_the_page_says_when_it_was_confirmed(home):
    activity = soup()
    ActivityVerification.objects.create(activity=activity, verified_at=NOW - dt.timedelta(days=3))

    assert context(activity)["confirmed"] == "Bekræftet af stedet for 3 dage siden"


def test_the_page_changes_when_the_date_begins_or_the_day_ends(home):
    assert context(soup())["request"].changes_at == dt.datetime(2026, 11, 23, 23, tzinfo=dt.UTC)


def test_a_preview_shows_the_plan_in_the_editor(home):
    activity = soup()
    activity.schedules = [make_schedule(dt.date(2026, 11, 24), "9.00", "10.00")]

    found = context(activity, preview=True)

    assert found["dates"][0]["day"] == "24. november"
    assert found["next"]["time"] == "kl. 9–10"


def test_the_next_ten_dates_can_be_seen_before_anything_is_saved(home):
    plan = [make_schedule(dt.date(2026, 12, 7), "9.00", "10.00", frequency=Frequency.ONCE)]
    draft = ActivityPage(title="Ny", slug="ny", path=f"{make_venue().path}0001", depth=5)
    draft.schedules = plan

    found = preview_context(draft, Occurrence.objects.public(), NOW)

    assert found["dates"] == [
        {"day": "Mandag den 7. december 2026", "time": "9.00–10.00", "cancelled": False, "note": ""}
    ]
    assert "Der er ikke flere datoer" in render_to_string("activities/preview_dates.html", found)


def test_ten_dates_are_enough(home):
    found = preview_context(soup(), Occurrence.objects.public(), NOW)

    assert len(found["dates"]) == 10


@pytest.mark.parametrize("mode", ["", "datoer"])
def test_both_previews_can_be_drawn(home, mode):
    activity = soup()
    refresh_activity(activity.pk)

    response = activity.make_preview_request(preview_mode=mode)

    assert response.status_code == 200
    assert "Suppe og snak" in response.render().content.decode()


def test_the_public_meets_only_what_is_public(home, client):
    venue = make_venue()
    activity = soup(venue)
    refresh_activity(activity.pk)
    address = "/steder/perlen/suppe-og-snak/"

    before = client.get(address)
    venue.unpublish()
    refresh_activity(activity.pk)
    after = client.get(address)

    assert (before.status_code, after.status_code) == (200, 404)


def test_another_place_is_told_with_its_way(home):
    found = context(
        soup(
            place_kind=PlaceKind.ADDRESS,
            place_name="Biblioteket",
            place_street="Torvet 3",
            place_postal_code="9999",
            place_city="Eksempelby",
        )
    )

    assert fact(found, "Hvor")["strong"] == "Biblioteket."
    assert fact(found, "Hvor")["text"] == "Torvet 3, 9999 Eksempelby."
    assert fact(found, "Hvor")["url"].startswith(
        "https://www.openstreetmap.org/search?query=Torvet"
    )


def test_the_page_asks_the_same_number_of_questions(home):
    counts = []
    for number in (1, 3):
        activity = make_activity(
            make_venue(f"Hus {number}"), f"Ting {number}", schedules=thursdays(), refresh=False
        )
        for week in range(number):
            day = dt.datetime(2026, 11, 26, 11) + dt.timedelta(weeks=week)
            make_change(activity, day, ChangeKind.CANCELLED, refresh=False)
        context(activity)
        with CaptureQueriesContext(connection) as queries:
            render_to_string("activities/activity_page.html", context(activity))
        counts.append(len(queries))

    assert counts[0] == counts[1]
