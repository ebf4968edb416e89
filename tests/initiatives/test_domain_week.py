"""The usual week: what runs when, what competes, and what nobody offers."""

import datetime as dt

import pytest

from initiatives.domain.week import (
    Entry,
    Gap,
    Held,
    Overlap,
    Slot,
    coming_christmas,
    competes,
    grid,
    hours,
    lies_in,
    offers,
    overlaps,
    usual_week,
)

MONDAY = dt.date(2026, 11, 23)


def held(activity=1, day=MONDAY, starts="17.30", ends="19.30", **fields):
    """A meal of venue 1 for lonely people in Nørrebro; it may pass midnight."""
    begins, over = (
        dt.datetime.combine(day, dt.time(*map(int, text.split(".")))) for text in (starts, ends)
    )
    values = {
        "title": f"Aktivitet {activity}",
        "venues": frozenset({activity}),
        "kind": "meal",
        "groups": frozenset({"loneliness"}),
        "district": "noerrebro",
    } | fields
    if over <= begins:
        over += dt.timedelta(days=1)
    return Held(activity=activity, starts=begins, ends=over, **values)


def test_the_same_time_in_several_weeks_is_one_entry():
    week = dt.timedelta(days=7)
    dates = [held(), held(day=MONDAY + week), held(day=MONDAY + 2 * week, starts="18.00")]

    assert usual_week(dates) == [
        Entry(dates[0], 0, dt.time(17, 30), dt.time(19, 30), weeks=2),
        Entry(dates[2], 0, dt.time(18), dt.time(19, 30), weeks=1),
    ]


def slots_of(date):
    entries = usual_week([date])
    return [slot for slot, found in grid(entries).items() if found]


def test_an_entry_stands_in_every_hour_it_runs_in():
    assert slots_of(held()) == [Slot(0, hour, hour + 1) for hour in (17, 18, 19)]
    assert slots_of(held(starts="10.00", ends="11.00")) == [Slot(0, 10, 11)]


def test_a_night_belongs_to_two_days_and_sunday_night_to_monday():
    sunday = MONDAY + dt.timedelta(days=6)

    assert slots_of(held(starts="23.00", ends="6.00")) == [Slot(1, 0, 7), Slot(0, 23, 24)]
    assert slots_of(held(day=sunday, starts="23.00", ends="8.00")) == [
        Slot(0, 0, 7),
        Slot(0, 7, 8),
        Slot(6, 23, 24),
    ]


def test_the_rows_cover_the_day_without_holes():
    rows = hours()

    assert (rows[0], rows[-1], len(rows)) == ((0, 7), (23, 24), 18)
    assert [first for first, _ in rows[1:]] == [last for _, last in rows[:-1]]


@pytest.mark.parametrize(
    ("different", "compete"),
    [
        ({}, True),
        ({"starts": "19.30", "ends": "20.30"}, False),
        ({"starts": "19.29", "ends": "20.30"}, True),
        ({"kind": "creative"}, False),
        ({"groups": frozenset({"alcohol"})}, False),
        ({"groups": frozenset({"alcohol", "loneliness"})}, True),
        ({"groups": frozenset()}, False),
        ({"district": "havnen"}, False),
        ({"district": ""}, False),
        ({"venues": frozenset({1, 2})}, False),
        ({"day": MONDAY + dt.timedelta(days=7)}, False),
    ],
)
def test_two_compete_when_kind_group_district_and_time_meet(different, compete):
    assert competes(held(1), held(2, **different)) is compete


def test_two_places_without_a_known_district_do_not_compete():
    assert not competes(held(1, district=""), held(2, district=""))


def test_overlaps_are_told_once_for_each_weekday_with_the_time_they_share():
    week = dt.timedelta(days=7)
    one, other = held(1), held(2, starts="18.00", ends="20.00")
    again = [held(1, day=MONDAY + week), held(2, day=MONDAY + week, starts="18.00", ends="20.00")]

    assert overlaps([other, one, *again]) == [
        Overlap(one, other, 0, dt.time(18), dt.time(19, 30), frozenset({"loneliness"}), weeks=2)
    ]


def test_even_and_odd_weeks_do_not_meet():
    assert overlaps([held(1), held(2, day=MONDAY + dt.timedelta(days=7))]) == []


def test_nights_that_meet_after_midnight_overlap_once():
    one = held(1, starts="22.00", ends="6.00")
    other = held(2, day=MONDAY + dt.timedelta(days=1), starts="1.00", ends="5.00")

    assert [(row.weekday, row.starts, row.ends) for row in overlaps([one, other])] == [
        (1, dt.time(1), dt.time(5))
    ]


@pytest.mark.parametrize(
    ("date", "gaps"),
    [
        (held(starts="16.00", ends="17.29"), []),
        (held(starts="16.00", ends="17.30"), [Gap.EVENING]),
        (held(starts="22.31", ends="23.30"), []),
        (held(day=dt.date(2026, 11, 29), starts="10.00", ends="12.00"), [Gap.SUNDAY]),
        (held(day=dt.date(2026, 11, 28), starts="20.00", ends="2.00"), [Gap.EVENING, Gap.SUNDAY]),
        (held(day=dt.date(2026, 11, 28), starts="23.30", ends="0.00"), []),
        (held(day=dt.date(2026, 12, 24), starts="12.00", ends="15.00"), [Gap.CHRISTMAS]),
        (held(day=dt.date(2026, 12, 23), starts="23.00", ends="1.00"), [Gap.CHRISTMAS]),
    ],
)
def test_a_date_fills_the_gaps_it_lies_in(date, gaps):
    assert [gap for gap in Gap if lies_in(date, gap)] == gaps


def test_what_nobody_offers_is_an_empty_list():
    supper, walk = held(1), held(2, kind="physical", starts="10.00", ends="11.00")
    again = held(1, day=MONDAY + dt.timedelta(days=1))

    found = offers([walk, again, supper], ["meal", "physical"], lambda date: [date.kind, "other"])

    assert found == {
        "meal": {Gap.EVENING: [supper], Gap.SUNDAY: [], Gap.CHRISTMAS: []},
        "physical": {Gap.EVENING: [], Gap.SUNDAY: [], Gap.CHRISTMAS: []},
    }


@pytest.mark.parametrize(
    ("today", "year"),
    [(MONDAY, 2026), (dt.date(2026, 12, 26), 2026), (dt.date(2026, 12, 27), 2027)],
)
def test_christmas_is_the_one_that_comes(today, year):
    assert coming_christmas(today) == (dt.date(year, 12, 24), dt.date(year, 12, 26))
