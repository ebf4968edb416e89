import datetime as dt

from django.db import connection
from django.template import Context, Template
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from activities.actions import refresh_activity
from activities.models import ActivityPage, Occurrence
from activities.together import coming_events, event_of, shared_context
from activities.venue_week import next_for_venues, week_days, week_of
from tests.factories.activities import (
    make_activity,
    make_change,
    make_schedule,
    make_shared_event,
)
from tests.factories.directory import make_venue

# Monday at 13.40 in Denmark.
NOW = dt.datetime(2026, 11, 23, 12, 40, tzinfo=dt.UTC)
MONDAY = dt.date(2026, 11, 23)


def mondays(starts: str = "14.00", ends: str = "15.30"):
    return [make_schedule(dt.date(2026, 11, 2), starts, ends)]


def saturdays():
    return [make_schedule(dt.date(2026, 11, 28), "13.00", "16.00")]


def refresh_all() -> None:
    for key in ActivityPage.objects.values_list("pk", flat=True):
        refresh_activity(key, now=NOW)


def test_a_week_has_own_and_accepted_shared_dates(home):
    perlen, stuen = make_venue(), make_venue("Stuen")
    make_activity(perlen, "Kaffe", schedules=mondays(), refresh=False)
    make_shared_event(
        home.shared, stuen, perlen, title="Julefest", schedules=saturdays(), refresh=False
    )
    make_shared_event(
        home.shared,
        stuen,
        perlen,
        title="Bål",
        accepted=False,
        schedules=saturdays(),
        refresh=False,
    )
    refresh_all()

    days = week_days(week_of(perlen.pk, Occurrence.objects.public(), NOW), MONDAY)

    assert [(day["title"], day["date_text"]) for day in days[:3]] == [
        ("I dag", "mandag den 23. november"),
        ("I morgen", "tirsdag den 24. november"),
        ("Onsdag", "den 25. november"),
    ]
    assert [[item["title"] for item in day["items"]] for day in days] == [
        ["Kaffe"],
        [],
        [],
        [],
        [],
        ["Julefest"],
        [],
    ]
    assert days[5]["items"][0]["note"] == "fælles"


def test_the_tag_tells_the_cache_when_the_week_looks_different(home):
    perlen = make_venue()
    make_activity(perlen, "Kaffe", schedules=mondays(), refresh=False)
    refresh_all()
    request = RequestFactory().get("/")

    template = Template("{% load activity_tags %}{% venue_week venue now %}")
    html = template.render(Context({"request": request, "venue": perlen, "now": NOW}))

    assert "Kaffe" in html
    assert request.changes_at == dt.datetime(2026, 11, 23, 13, tzinfo=dt.UTC)


def test_what_is_on_now_or_next_is_told_for_each_venue_in_one_query(home):
    perlen, stuen, tom = make_venue(), make_venue("Stuen"), make_venue("Tom")
    make_activity(perlen, "Åbent træværksted", schedules=mondays("13.00", "15.00"), refresh=False)
    make_activity(perlen, "Kaffe", schedules=mondays(), refresh=False)
    tour = make_activity(stuen, "Tur", schedules=mondays("14.00", "15.00"), refresh=False)
    make_activity(stuen, "Strik", schedules=mondays("16.30", "17.00"), refresh=False)
    make_change(tour, dt.datetime(2026, 11, 23, 14), refresh=False)
    refresh_all()

    with CaptureQueriesContext(connection) as queries:
        found = next_for_venues([perlen.pk, stuen.pk, tom.pk], Occurrence.objects.public(), NOW)

    assert found == {perlen.pk: ("Nu:", "Åbent træværksted"), stuen.pk: ("Kl. 16.30:", "Strik")}
    assert len(queries) == 1


def test_shared_events_come_once_each_with_who_may_come(home):
    perlen, stuen = make_venue(), make_venue("Stuen")
    make_shared_event(home.shared, perlen, stuen, title="Banko", schedules=mondays(), refresh=False)
    refresh_all()

    cards = coming_events(Occurrence.objects.public(), NOW, 3)

    event = event_of(cards[0], MONDAY)
    assert len(cards) == 1
    assert (event.when, event.title) == ("Mandag den 23. november kl. 14", "Banko")
    assert event.text == "Vi spiser sammen. Sted: Perlen. Alle er velkomne."


def test_the_page_of_shared_events_asks_the_same_number_of_questions(home):
    counts = []
    for number in (1, 3):
        for place in range(number):
            make_shared_event(
                home.shared,
                make_venue(f"A {number} {place}"),
                make_venue(f"B {number} {place}"),
                title=f"Fest {number} {place}",
                schedules=mondays(),
                refresh=False,
            )
        refresh_all()
        request = RequestFactory().get("/faelles/")
        with CaptureQueriesContext(connection) as queries:
            shared_context(request, Occurrence.objects.public(), NOW)
        counts.append(len(queries))

    assert counts[0] == counts[1]
