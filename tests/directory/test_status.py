"""Many venues' status in a constant number of queries, and when to ask again."""

import datetime as dt

import pytest
from django.utils import timezone

from core.domain.dates import COPENHAGEN
from directory.models import VenuePage
from directory.status import aware, opening_of, stored_openings, venue_states
from tests.factories.directory import make_exception, make_venue

WEEK = [(day, "9.00", "16.00") for day in range(7)]
NOON = dt.datetime(2026, 11, 23, 12, 0, tzinfo=COPENHAGEN)


def utc(year: int, month: int, day: int, hour: int, minute: int = 0) -> dt.datetime:
    return dt.datetime(year, month, day, hour, minute, tzinfo=dt.UTC)


def test_status_says_open_until_the_closing_time_and_closed_from_it_on(home):
    venue = make_venue(hours=WEEK)
    before = dt.datetime(2026, 11, 23, 15, 59, 59, tzinfo=COPENHAGEN)
    after = dt.datetime(2026, 11, 23, 16, 0, tzinfo=COPENHAGEN)

    assert venue_states([venue], before)[venue.pk].text.head == "Åbent nu."
    assert venue_states([venue], after)[venue.pk].text.head == "Lukket nu."


def test_next_change_is_the_next_thing_the_line_would_say(home):
    venue = make_venue(hours=WEEK)

    changes = [
        venue_states([venue], moment)[venue.pk].next_change
        for moment in (NOON, NOON.replace(hour=15, minute=58), NOON.replace(hour=20))
    ]

    assert changes == [utc(2026, 11, 23, 14, 1), utc(2026, 11, 23, 15), utc(2026, 11, 23, 23)]


def test_a_deviation_that_began_yesterday_still_counts(home):
    venue = make_venue(hours=WEEK)
    sunday = dt.date(2026, 11, 22)
    make_exception(
        venue, sunday, closed=False, opens=dt.time(20), closes=dt.time(8), reason="extra_open"
    )
    early = dt.datetime(2026, 11, 23, 7, 0, tzinfo=COPENHAGEN)

    assert venue_states([venue], early)[venue.pk].is_open


@pytest.mark.parametrize("count", [1, 3])
def test_hours_of_any_number_of_venues_cost_two_queries(home, count, django_assert_num_queries):
    for number in range(count):
        make_venue(f"Sted {number}", hours=WEEK)
    venues = list(VenuePage.objects.public())

    with django_assert_num_queries(2):
        states = venue_states(venues, NOON)

    assert [state.is_open for state in states.values()] == [True] * count


def test_the_hour_that_comes_twice_is_read_as_the_one_still_ahead():
    second_half_past_two = dt.datetime(2026, 10, 25, 1, 30, tzinfo=dt.UTC)
    wall = dt.datetime(2026, 10, 25, 2, 45)

    assert aware(wall, second_half_past_two) == utc(2026, 10, 25, 1, 45)
    assert aware(wall, utc(2026, 10, 24, 23)) == utc(2026, 10, 25, 0, 45)


def test_public_leaves_out_drafts_and_standing_leaves_out_merged(home):
    from directory.actions import merge_venue

    draft = make_venue("Kladden", live=False)
    old, new = make_venue("Stuen"), make_venue("Kahytten")
    today = timezone.localdate()
    merge_venue(old, new, on=today)

    assert set(VenuePage.objects.public()) == {old, new}
    assert set(VenuePage.objects.public().standing(today)) == {new}
    assert set(VenuePage.objects.public().standing(today - dt.timedelta(days=1))) == {old, new}
    assert draft not in VenuePage.objects.public()


def test_near_gives_the_nearest_first_and_never_a_secret_one(home):
    far = make_venue("Fjern", latitude=56.17, longitude=10.2)
    close = make_venue("Nær", latitude=56.151, longitude=10.2)
    make_venue("Uden for byen", latitude=57.0, longitude=10.2)
    make_venue("Hemmelig", address_public=False)

    assert list(VenuePage.objects.near(56.15, 10.2)) == [close, far]


def test_stored_hours_are_the_same_as_those_of_a_loaded_page(home):
    venue = make_venue(hours=[*WEEK, (2, "18.00", "2.00")])
    monday = dt.date(2026, 11, 23)
    make_exception(venue, dt.date(2026, 11, 25), reason="illness")
    make_exception(venue, dt.date(2026, 11, 22), closed=False, opens=dt.time(20), closes=dt.time(8))
    make_exception(venue, dt.date(2026, 11, 20), reason="illness")

    stored = stored_openings(VenuePage, [venue.pk], monday)

    assert len(stored[venue.pk].deviations) == 2
    assert stored == opening_of([VenuePage.objects.get(pk=venue.pk)], monday)
