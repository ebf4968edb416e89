import datetime as dt

import pytest
from django.http import QueryDict

from activities.actions import refresh_activity
from activities.filters import CalendarFilter
from activities.models import ActivityPage, Occurrence
from activities.taxonomy import ActivityKind, ActivityType, HostStatus, PlaceKind
from directory.models import TargetGroup
from directory.taxonomy import PriceType
from tests.factories.activities import (
    make_activity,
    make_change,
    make_host,
    make_schedule,
    make_shared_event,
)
from tests.factories.directory import make_district, make_venue

NOW = dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC)
TUESDAY = dt.date(2026, 3, 3)


def make(venue, title, *, day=TUESDAY, starts="17.30", ends="19.30", **fields):
    """One date of a new activity."""
    plan = [make_schedule(day, starts, ends, frequency="once", weekdays=[])]
    activity = make_activity(venue, title, schedules=plan, refresh=False, **fields)
    refresh_activity(activity.pk, now=NOW)
    return activity


def titles(dates):
    return [row.activity.title for row in dates.select_related("activity")]


def ask(query):
    wanted, problems = CalendarFilter.parse(QueryDict(query), today=TUESDAY)
    assert problems == []
    return titles(Occurrence.objects.public().matching(wanted).order_by("starts_at", "pk"))


def test_public_holds_back_drafts_and_shows_cancelled_dates(home):
    venue = make_venue()
    shown = make(venue, "Banko")
    make(venue, "Yoga").unpublish()
    make_change(shown, dt.datetime(2026, 3, 3, 17, 30), refresh=False)
    refresh_activity(shown.pk, now=NOW)

    assert titles(Occurrence.objects.public()) == ["Banko"]
    assert titles(Occurrence.objects.public().taking_place()) == []


def test_upcoming_are_those_not_over_soonest_first(home):
    venue = make_venue()
    make(venue, "Natcafé", day=dt.date(2026, 3, 2), starts="20.00", ends="8.00")
    make(venue, "Morgenkaffe", starts="9.00", ends="10.00")
    make(venue, "Banko")

    at_eight = dt.datetime(2026, 3, 3, 7, tzinfo=dt.UTC)
    before = Occurrence.objects.upcoming(at_eight - dt.timedelta(minutes=1))

    assert titles(before) == ["Natcafé", "Morgenkaffe", "Banko"]
    assert titles(Occurrence.objects.upcoming(at_eight)) == ["Morgenkaffe", "Banko"]


def test_between_takes_what_touches_the_time(home):
    venue = make_venue()
    make(venue, "Natcafé", day=dt.date(2026, 3, 2), starts="20.00", ends="8.00")
    make(venue, "Banko")
    start = dt.datetime(2026, 3, 2, 23, tzinfo=dt.UTC)

    assert titles(Occurrence.objects.between(start, start + dt.timedelta(hours=17))) == ["Natcafé"]
    assert titles(Occurrence.objects.between(start, start + dt.timedelta(hours=18))) == [
        "Natcafé",
        "Banko",
    ]


def test_a_date_belongs_to_the_local_day_it_begins_on(home):
    make(make_venue(), "Natcafé", starts="0.30", ends="2.00")

    assert titles(Occurrence.objects.on_days(TUESDAY, TUESDAY)) == ["Natcafé"]


def test_a_venue_has_its_own_dates_and_those_it_said_yes_to(home):
    venue, other = make_venue("Perlen"), make_venue("Ankeret")
    own, yes, asked = make(venue, "Banko"), make(other, "Kor"), make(other, "Yoga")
    make_host(yes, venue)
    make_host(asked, venue, status=HostStatus.INVITED)

    assert set(titles(Occurrence.objects.for_venue(venue.pk))) == {"Banko", "Kor"}
    assert set(ActivityPage.objects.held_by([venue.pk])) == {own, yes}


def test_kinds_are_alternatives_and_shared_cuts_across(home):
    venue, other = make_venue("Perlen"), make_venue("Ankeret")
    make(venue, "Banko", kind=ActivityKind.FIXED)
    make(venue, "Udflugt", kind=ActivityKind.VARYING)
    make_host(make(venue, "Sommerfest", kind=ActivityKind.VARYING), other)

    assert ask("art=fast") == ["Banko"]
    assert ask("art=varierende") == ["Udflugt", "Sommerfest"]
    assert ask("art=faelles") == ["Sommerfest"]
    assert ask("art=fast&art=faelles") == ["Banko", "Sommerfest"]
    assert titles(Occurrence.objects.shared()) == ["Sommerfest"]
    assert titles(Occurrence.objects.fixed()) == ["Banko"]
    assert titles(Occurrence.objects.varying()) == ["Udflugt", "Sommerfest"]


def test_an_event_under_faelles_counts_as_shared_before_anybody_has_answered(home):
    event = make_shared_event(home.shared, make_venue("Perlen"), make_venue("Ø"), accepted=False)

    assert set(titles(Occurrence.objects.shared())) == {event.title}


def test_filters_by_venue_type_price_and_days(home):
    perlen, anker = make_venue("Perlen"), make_venue("Ankeret")
    make(perlen, "Banko", activity_type=ActivityType.SOCIAL)
    make(anker, "Yoga", activity_type=ActivityType.PHYSICAL, price_type=PriceType.AT_COST)
    make(anker, "Kor", day=dt.date(2026, 3, 5), activity_type=ActivityType.CREATIVE)

    assert ask("sted=perlen") == ["Banko"]
    assert ask("sted=perlen&sted=ankeret") == ["Banko", "Yoga", "Kor"]
    assert ask("type=physical&type=creative") == ["Yoga", "Kor"]
    assert ask("gratis=1") == ["Banko", "Kor"]
    assert ask("fra=2026-03-04&til=2026-03-05") == ["Kor"]
    assert ask("sted=ankeret&gratis=1") == ["Kor"]


def test_a_district_is_where_it_takes_place(home):
    north, south = make_district("Nord"), make_district("Syd")
    perlen = make_venue("Perlen", district=north)
    anker = make_venue("Ankeret", district=south)
    make(perlen, "Banko")
    make(perlen, "Yoga", place_kind=PlaceKind.OTHER_VENUE, place_venue=anker)
    make(perlen, "Udflugt", place_kind=PlaceKind.ADDRESS, place_name="Åen", place_district=south)

    assert ask("bydel=nord") == ["Banko"]
    assert ask("bydel=syd") == ["Yoga", "Udflugt"]


def test_an_activity_without_target_groups_has_its_venues(home):
    lonely, addiction = TargetGroup.objects.order_by("pk")[:2]
    venue = make_venue("Perlen", target_groups=[lonely.code])
    make(venue, "Banko")
    make(venue, "Yoga", target_groups=[addiction])

    assert ask(f"maalgruppe={lonely.code}") == ["Banko"]
    assert ask(f"maalgruppe={addiction.code}") == ["Yoga"]


def test_words_are_found_in_any_form(home):
    venue = make_venue()
    make(venue, "Fællesspisning", summary="Vi laver aftensmad sammen.")
    make(venue, "Banko")

    assert ask("q=f%C3%A6llesspisninger") == ["Fællesspisning"]
    assert ask("q=aftensmad") == ["Fællesspisning"]
    assert ask("q=svømning") == []
    assert titles(Occurrence.objects.with_words("!!!")) == []


@pytest.mark.parametrize("number", [1, 3])
def test_a_list_asks_one_question_however_long(home, number, django_assert_num_queries):
    venue = make_venue(district=make_district())
    for count in range(number):
        make(venue, f"Banko {count}")

    with django_assert_num_queries(1):
        rows = list(Occurrence.objects.public().upcoming(NOW).with_pages())
        seen = [
            (row.activity.title, row.venue.district.name, row.activity.place_venue) for row in rows
        ]

    assert len(seen) == number
