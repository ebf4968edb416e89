"""The week of all venues: read from the calendar, overlaps and gaps named, secrets kept."""

import csv
import datetime as dt
import io

import pytest
from django.urls import reverse

from activities.actions import record_change
from activities.taxonomy import ChangeKind
from directory.models import TargetGroup
from directory.permissions import sync_groups
from initiatives.week import WeekFilter, week_from
from tests.factories.activities import make_activity, make_schedule, make_shared_event
from tests.factories.core import make_user
from tests.factories.directory import make_district, make_venue

pytestmark = pytest.mark.sqlite_is_enough

NOW = dt.datetime(2026, 3, 2, 11, 0, tzinfo=dt.UTC)
MONDAY = dt.date(2026, 3, 2)
URL = "/admin/initiativer/uge/"


@pytest.fixture(autouse=True)
def standing_clock(time_machine):
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def district(home):
    return make_district("Nørrebro")


def place(title, district, **fields):
    return make_venue(title, district=district, target_groups=["loneliness"], **fields)


def supper(venue, **fields):
    return make_activity(venue, **({"activity_type": "meal"} | fields))


def usual(**wanted):
    return week_from(MONDAY, MONDAY, WeekFilter(**wanted))


def log_in(client, role, venue=None):
    user = make_user(f"{role}@eksempelby.example", role=role, venue=venue)
    sync_groups(user)
    client.force_login(user)


def cells(week):
    """What stands in the cells as {"tirsdag 17–18": ["Fællesspisning"]}."""
    return {
        cell.label: [line.title for line in cell.lines]
        for _, row in week.rows
        for cell in row
        if cell.lines
    }


def test_an_activity_stands_in_the_hours_of_its_weekday(district):
    supper(place("Perlen", district))

    week = usual()

    assert cells(week) == {
        "tirsdag 17–18": ["Fællesspisning"],
        "tirsdag 18–19": ["Fællesspisning"],
        "tirsdag 19–20": ["Fællesspisning"],
    }
    assert (week.first, week.last, week.activities) == (MONDAY, dt.date(2026, 3, 29), 1)


def test_overlaps_name_both_places_the_groups_and_the_district(district):
    supper(place("Perlen", district))
    supper(place("Stuen", district), title="Suppe")

    (row,) = usual().overlaps

    assert (row.when, row.kind, row.groups, row.district, row.rare) == (
        "tirsdag 17.30–19.30",
        "Spisning",
        "Ensomhed",
        "Nørrebro",
        "",
    )
    assert {(line.title, line.hosts) for line in (row.first, row.second)} == {
        ("Fællesspisning", "Perlen"),
        ("Suppe", "Stuen"),
    }


def test_an_activity_that_names_groups_is_not_for_its_venues(district):
    supper(place("Perlen", district))
    other = supper(place("Stuen", district), title="Suppe", refresh=False)
    other.target_groups = list(TargetGroup.objects.filter(code="alcohol"))
    other.save()

    assert usual().overlaps == ()


def test_a_shared_event_does_not_compete_with_its_hosts(home, district):
    lead, host = place("Perlen", district), place("Stuen", district)
    make_shared_event(home.shared, lead, host, activity_type="meal")
    supper(host)

    assert usual().overlaps == ()


def test_a_secret_address_has_no_district(district):
    supper(make_venue("Ly", address_public=False, target_groups=["loneliness"]))
    supper(place("Perlen", district), title="Suppe")

    found = usual(district="noerrebro")

    assert {title for titles in cells(found).values() for title in titles} == {"Suppe"}


def test_cancelled_dates_do_not_count_and_rare_ones_say_so(district):
    page = supper(place("Perlen", district))
    for day in (3, 10):
        original = dt.datetime(2026, 3, day, 17, 30)
        record_change(page, ChangeKind.CANCELLED, original=original, now=NOW)

    assert usual().rows[11][1][1].lines[0].rare == "2 af 4 uger"


def gaps_of(week, table, label):
    rows = {row.label: row.cells for name, rows in week.gaps if name == table for row in rows}
    return [[line.title for line in lines] for lines in rows[label]]


def test_gaps_are_listed_by_kind_group_and_district(district):
    christmas = make_schedule(dt.date(2026, 12, 24), "12.00", "15.00", frequency="once")
    perlen = place("Perlen", district)
    supper(perlen)
    supper(perlen, title="Julefrokost", schedules=[christmas])

    week = usual()

    filled = [["Fællesspisning"], [], ["Julefrokost"]]
    assert gaps_of(week, "kind", "Spisning") == filled
    assert gaps_of(week, "group", "Ensomhed") == filled
    assert gaps_of(week, "district", "Nørrebro") == filled
    assert gaps_of(week, "kind", "Kreativt") == [[], [], []]


def test_filters_leave_what_was_asked_for(district):
    perlen = place("Perlen", district)
    supper(perlen)
    supper(perlen, title="Maling", activity_type="creative")

    assert usual(kind="creative").activities == 1
    assert usual(group="loneliness").activities == 2
    assert usual(group="alcohol").activities == 0


def test_leaders_see_every_venue_here_and_others_are_sent_away(client, district):
    perlen, stuen = place("Perlen", district), place("Stuen", district)
    supper(stuen)
    log_in(client, "venue_leader", perlen)
    assert "Fællesspisning" in client.get(URL).content.decode()

    log_in(client, "staff", perlen)
    assert client.get(URL).status_code in {302, 403}


@pytest.mark.parametrize("query", ["?fra=i+morgen", "?fra=2099-01-01", "?type=dans", "?bydel=x"])
def test_what_cannot_be_read_is_told_of(client, district, query):
    log_in(client, "area_head")

    answer = client.get(f"{URL}{query}")

    assert answer.status_code == 200
    assert "help-warning" in answer.content.decode()


def test_the_grid_can_be_fetched_as_a_file(client, district):
    supper(place("Perlen", district))
    log_in(client, "area_head")

    text = client.get(f"{reverse('initiatives_week')}?export=csv").content.decode("utf-8-sig")

    assert list(csv.reader(io.StringIO(text), delimiter=";"))[1] == [
        "Tirsdag",
        "17–18",
        "Fællesspisning",
        "Perlen",
        "17.30–19.30",
        "",
    ]


def test_reading_costs_the_same_for_one_activity_and_for_three(
    district, django_assert_max_num_queries
):
    def queries():
        with django_assert_max_num_queries(20) as counted:
            usual()
        return len(counted.captured_queries)

    perlen = place("Perlen", district)
    supper(perlen)
    one = queries()
    supper(perlen, title="Suppe")
    supper(place("Stuen", district), title="Kaffe")

    assert queries() == one
