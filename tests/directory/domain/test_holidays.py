import datetime as dt

import pytest

from directory.domain.holidays import Holiday, HolidayKind, holiday_on, holidays_between


def test_a_year_has_the_days_people_ask_about_by_their_everyday_names():
    found = holidays_between(dt.date(2026, 1, 1), dt.date(2026, 12, 31))

    public, optional = HolidayKind.PUBLIC, HolidayKind.OPTIONAL
    assert found == [
        Holiday(dt.date(2026, 1, 1), "nytårsdag", public),
        Holiday(dt.date(2026, 4, 2), "skærtorsdag", public),
        Holiday(dt.date(2026, 4, 3), "langfredag", public),
        Holiday(dt.date(2026, 4, 5), "påskedag", public),
        Holiday(dt.date(2026, 4, 6), "2. påskedag", public),
        Holiday(dt.date(2026, 5, 1), "1. maj", optional),
        Holiday(dt.date(2026, 5, 14), "Kristi himmelfartsdag", public),
        Holiday(dt.date(2026, 5, 24), "pinsedag", public),
        Holiday(dt.date(2026, 5, 25), "2. pinsedag", public),
        Holiday(dt.date(2026, 6, 5), "grundlovsdag", optional),
        Holiday(dt.date(2026, 12, 24), "juleaften", optional),
        Holiday(dt.date(2026, 12, 25), "1. juledag", public),
        Holiday(dt.date(2026, 12, 26), "2. juledag", public),
        Holiday(dt.date(2026, 12, 31), "nytårsaften", optional),
    ]


def test_both_ends_count_and_new_year_is_crossed():
    names = [h.name for h in holidays_between(dt.date(2026, 12, 31), dt.date(2027, 1, 1))]

    assert names == ["nytårsaften", "nytårsdag"]


def test_an_empty_stretch_has_none():
    assert holidays_between(dt.date(2026, 11, 1), dt.date(2026, 11, 30)) == []


@pytest.mark.parametrize(
    ("day", "name"),
    [(dt.date(2023, 5, 5), "store bededag"), (dt.date(2024, 4, 26), None)],
)
def test_store_bededag_ended_with_2023(day, name):
    holiday = holiday_on(day)

    assert (holiday.name if holiday else None) == name


def test_two_holidays_on_one_day_are_both_named_and_public():
    assert holiday_on(dt.date(2008, 5, 1)) == Holiday(
        dt.date(2008, 5, 1), "Kristi himmelfartsdag og 1. maj", HolidayKind.PUBLIC
    )


@pytest.mark.parametrize("day", [dt.date(2026, 11, 10), dt.date(2027, 5, 7), dt.date(2027, 6, 23)])
def test_days_that_many_mark_but_few_close_for_are_not_holidays(day):
    assert holiday_on(day) is None
