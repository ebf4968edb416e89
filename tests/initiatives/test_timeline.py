"""The timeline: where bars lie, what goes on, and the table that says the same."""

import csv
import datetime as dt
import io

import pytest

from directory.permissions import sync_groups
from initiatives.domain.timeline import Scale, Stretch, hull, scale_for
from initiatives.timeline import timeline_on
from tests.factories.core import make_user
from tests.factories.directory import make_venue
from tests.factories.initiatives import make_catalogue, make_progress

pytestmark = pytest.mark.sqlite_is_enough

NOW = dt.datetime(2026, 11, 23, 11, 0, tzinfo=dt.UTC)
TODAY = dt.date(2026, 11, 23)
URL = "/admin/initiativer/tidslinje/"
SCALE = Scale(2025, 2026, left=100, width=730)  # a day is one unit wide


@pytest.fixture
def standing_clock(time_machine):
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def perlen(home, standing_clock):
    make_catalogue()
    return make_venue("Perlen")


@pytest.mark.parametrize(
    ("day", "x"),
    [
        (dt.date(2025, 1, 1), 100),
        (dt.date(2025, 1, 11), 110),
        (dt.date(2024, 6, 1), 100),
        (dt.date(2030, 1, 1), 830),
    ],
)
def test_a_day_lies_where_it_belongs_and_never_outside(day, x):
    assert SCALE.x(day) == x


def test_a_stretch_includes_its_last_day_and_can_always_be_seen():
    day = dt.date(2025, 1, 11)

    assert SCALE.bar(Stretch(day, dt.date(2025, 1, 20))) == (110, 10)
    assert SCALE.bar(Stretch(day, day)) == (110, 4)
    assert SCALE.bar(Stretch(day, None)) == (110, 720)


def test_a_scale_holds_all_days_and_the_year_after_today():
    scale = scale_for([dt.date(2024, 8, 1)], [2027], TODAY, left=0, width=1)

    assert (scale.first, scale.last) == (2024, 2027)
    assert scale_for([], [], TODAY, left=0, width=1).last == 2027
    assert [year for _, _, year in SCALE.years()] == [2025, 2026]


def test_a_hull_is_open_when_one_of_its_stretches_is():
    one, other = Stretch(dt.date(2025, 5, 1), TODAY), Stretch(dt.date(2025, 2, 1), None)

    assert hull([]) is None
    assert hull([one]) == one
    assert hull([one, other]) == Stretch(dt.date(2025, 2, 1), None)


def rows(venues, **options):
    return {row.initiative.number: row for row in timeline_on(TODAY, venues, **options).rows}


def test_a_bar_goes_from_the_first_start_to_the_last_deadline(perlen):
    stuen = make_venue("Stuen")
    dates = {"agreed_start": dt.date(2026, 2, 1), "agreed_deadline": dt.date(2026, 8, 1)}
    make_progress("1a", perlen, status="started", **dates)
    later = {"agreed_start": dt.date(2026, 3, 1), "agreed_deadline": dt.date(2027, 3, 1)}
    make_progress("1a", stuen, status="developing", **later)

    row = rows([perlen, stuen])["1a"]

    assert (row.starts_on, row.ends_on) == (dt.date(2026, 2, 1), dt.date(2027, 3, 1))
    assert row.suggested_on == dt.date(2026, 8, 1)
    assert (row.begun, row.reached, row.squares, row.overdue) == (2, 0, 2, 1)
    assert (row.bar.kinds, row.bar.open_end) == ("bar bar-late", False)


def test_what_never_ends_or_is_in_operation_goes_on(perlen):
    make_progress("2a", perlen, status="developing", agreed_start=dt.date(2026, 2, 1))
    operating = {"agreed_start": dt.date(2026, 2, 1), "agreed_deadline": dt.date(2026, 9, 1)}
    make_progress("4b", perlen, status="started", **operating)
    make_progress("4b", perlen, status="in_operation")

    found = rows([perlen])

    assert [found[number].bar.open_end for number in ("2a", "4b")] == [True, True]
    assert (found["2a"].ends_on, found["2a"].suggested_on) == (None, None)
    assert found["4b"].bar.kinds == "bar bar-reached"


def test_without_a_start_there_is_no_bar_and_no_suggestion(perlen):
    row = rows([perlen])["1a"]

    assert (row.bar, row.starts_on, row.suggested_on, row.years) == (None, None, None, "2025")


def test_one_venue_has_its_own_status_and_nothing_joint(perlen):
    found = rows([perlen], joint=False)

    assert "4a" not in found
    assert found["1a"].sign.code == "not_started"


def log_in(client, role, venue=None):
    user = make_user(f"{role}@eksempelby.example", role=role, venue=venue)
    sync_groups(user)
    client.force_login(user)


def test_the_picture_has_a_name_and_the_table_says_the_same(client, perlen):
    make_progress("1a", perlen, status="started", agreed_start=dt.date(2026, 2, 1))
    log_in(client, "area_head")

    text = client.get(URL).content.decode()

    assert 'role="img"' in text
    assert 'aria-labelledby="gt gd"' in text
    assert "Tidslinje for 12 initiativer" in text
    assert "1. februar 2026" in text


def test_a_leader_sees_the_dates_of_their_own_venue_only(client, perlen):
    stuen = make_venue("Stuen")
    make_progress("1a", stuen, status="started", agreed_start=dt.date(2026, 2, 1))
    log_in(client, "venue_leader", perlen)

    text = client.get(f"{URL}?export=csv&sted=stuen").content.decode("utf-8-sig")
    first = list(csv.reader(io.StringIO(text), delimiter=";"))[1]

    assert first[:4] == ["1a", "Kerneopgave og målgruppe for hvert værested", "2025", ""]


def test_others_are_sent_away(client, perlen):
    log_in(client, "staff", perlen)

    assert client.get(URL).status_code in {302, 403}
