"""Schedules as Danes say them."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace

import pytest
from django.utils import translation

from activities.domain.rules import Break, Frequency, Rule, Weeks
from activities.wording import date_text, schedule_text, time_text, weekday_date_text

TODAY = dt.date(2026, 11, 23)
TUESDAYS = Rule(
    key="cafe",
    frequency=Frequency.WEEKLY,
    starts=dt.time(17, 30),
    ends=dt.time(19, 30),
    first_on=dt.date(2026, 1, 6),
    weekdays=(1,),
)
NOON = replace(TUESDAYS, key="noon", starts=dt.time(13), ends=dt.time(15))
MONTHLY = replace(NOON, frequency=Frequency.MONTHLY, nth=2, weekdays=(3,))
ONCE = replace(
    NOON,
    frequency=Frequency.ONCE,
    weekdays=(),
    ends=dt.time(16),
    first_on=dt.date(2026, 11, 28),
)


@pytest.fixture(autouse=True)
def danish() -> Iterator[None]:
    with translation.override("da"):
        yield


@pytest.mark.parametrize(
    ("change", "text"),
    [
        ({}, "hver tirsdag kl. 13–15"),
        ({"weekdays": (1, 3)}, "hver tirsdag og torsdag kl. 13–15"),
        ({"weekdays": (0, 2, 4)}, "hver mandag, onsdag og fredag kl. 13–15"),
        ({"weekdays": (0, 1, 2, 3, 4)}, "mandag til fredag kl. 13–15"),
        ({"weekdays": (0, 1, 2, 5)}, "hver mandag, tirsdag, onsdag og lørdag kl. 13–15"),
        ({"weekdays": (5, 6)}, "hver lørdag og søndag kl. 13–15"),
        ({"weekdays": tuple(range(7))}, "alle ugens dage kl. 13–15"),
        (
            {"weeks": Weeks.EVEN, "weekdays": (2,)},
            "hver anden uge (lige uger) om onsdagen kl. 13–15",
        ),
        (
            {"weeks": Weeks.ODD, "weekdays": (1, 3)},
            "hver anden uge (ulige uger) om tirsdagen og torsdagen kl. 13–15",
        ),
        (
            {"weeks": Weeks.EVEN, "weekdays": (0, 1, 2, 3, 4)},
            "hver anden uge (lige uger) mandag til fredag kl. 13–15",
        ),
        (
            {"weeks": Weeks.NTH, "interval": 2, "weekdays": (0,)},
            "hver 14. dag om mandagen kl. 13–15, næste gang den 23. november 2026",
        ),
        (
            {"weeks": Weeks.NTH, "interval": 2, "first_on": dt.date(2027, 1, 4)},
            "hver 14. dag om tirsdagen kl. 13–15, første gang den 5. januar 2027",
        ),
        (
            {"weeks": Weeks.NTH, "interval": 2, "weekdays": (1, 3)},
            "hver anden uge om tirsdagen og torsdagen kl. 13–15, næste gang den 24. november 2026",
        ),
        (
            {"weeks": Weeks.NTH, "interval": 3, "until_on": dt.date(2027, 6, 30)},
            "hver 3. uge om tirsdagen kl. 13–15 til og med den 30. juni 2027, "
            "næste gang den 8. december 2026",
        ),
        (
            {"first_on": dt.date(2027, 2, 1)},
            "hver tirsdag kl. 13–15 fra den 1. februar 2027",
        ),
        (
            {"first_on": dt.date(2027, 2, 1), "until_on": dt.date(2027, 4, 30)},
            "hver tirsdag kl. 13–15 fra den 1. februar til den 30. april 2027",
        ),
        (
            {"until_on": dt.date(2027, 4, 30)},
            "hver tirsdag kl. 13–15 til og med den 30. april 2027",
        ),
    ],
)
def test_weekly_schedule_in_words(change: dict[str, object], text: str) -> None:
    assert schedule_text([replace(NOON, **change)], today=TODAY) == text


@pytest.mark.parametrize(
    ("change", "text"),
    [
        ({}, "den anden torsdag i hver måned kl. 13–15"),
        ({"nth": 1, "weekdays": (0,)}, "den første mandag i hver måned kl. 13–15"),
        ({"nth": 3}, "den tredje torsdag i hver måned kl. 13–15"),
        ({"nth": -1, "weekdays": (4,)}, "den sidste fredag i måneden kl. 13–15"),
        (
            {"weekdays": (1, 3)},
            "den anden tirsdag og den anden torsdag i hver måned kl. 13–15",
        ),
        (
            {"until_on": dt.date(2027, 6, 30)},
            "den anden torsdag i hver måned kl. 13–15 til og med den 30. juni 2027",
        ),
    ],
)
def test_monthly_schedule_in_words(change: dict[str, object], text: str) -> None:
    assert schedule_text([replace(MONTHLY, **change)], today=TODAY) == text


def test_second_and_fourth_weekday_are_said_together() -> None:
    found = schedule_text([MONTHLY, replace(MONTHLY, nth=4)], today=TODAY)

    assert found == "den anden og fjerde torsdag i hver måned kl. 13–15"


def test_single_date_in_words() -> None:
    assert schedule_text([ONCE], today=TODAY) == "lørdag den 28. november 2026 kl. 13–16"


def test_several_single_dates_say_each_year_once() -> None:
    days = [dt.date(2026, 11, 28), dt.date(2026, 12, 5), dt.date(2027, 1, 9)]

    found = schedule_text([replace(ONCE, first_on=day) for day in days], today=TODAY)

    assert found == (
        "lørdag den 28. november, lørdag den 5. december 2026 "
        "og lørdag den 9. januar 2027 kl. 13–16"
    )


@pytest.mark.parametrize(("number", "rest"), [(5, "1 dato mere"), (7, "3 datoer mere")])
def test_many_single_dates_are_counted(number: int, rest: str) -> None:
    days = [ONCE.first_on + dt.timedelta(weeks=week) for week in range(number)]

    found = schedule_text([replace(ONCE, first_on=day) for day in days], today=TODAY)

    assert found == (
        "lørdag den 28. november, lørdag den 5. december, lørdag den 12. december, "
        f"lørdag den 19. december 2026 og {rest} kl. 13–16"
    )


def test_rows_with_different_times_stand_side_by_side() -> None:
    saturday = replace(TUESDAYS, weekdays=(5,), starts=dt.time(9), ends=dt.time(11))

    found = schedule_text([NOON, TUESDAYS, saturday], today=TODAY)

    assert found == "hver tirsdag kl. 13–15 og kl. 17.30–19.30 og hver lørdag kl. 9–11"


def test_pauses_come_last() -> None:
    christmas = Break(dt.date(2026, 12, 20), dt.date(2027, 1, 3))
    winter = Break(dt.date(2027, 2, 15), dt.date(2027, 2, 21))
    easter = Break(dt.date(2027, 3, 30), dt.date(2027, 3, 30))

    found = schedule_text([TUESDAYS], [christmas, winter, easter], today=TODAY)

    assert found == (
        "hver tirsdag kl. 17.30–19.30, holder pause "
        "fra den 20. december 2026 til den 3. januar 2027, "
        "fra den 15. til den 21. februar 2027 og den 30. marts 2027"
    )


def test_no_schedule_gives_no_words() -> None:
    assert schedule_text([], today=TODAY) == ""


@pytest.mark.parametrize(
    ("starts", "ends", "text"),
    [
        ("13:00", "15:30", "kl. 13–15.30"),
        ("09:05", "10:00", "kl. 9.05–10"),
        ("00:00", "02:00", "kl. 0–2"),
        ("20:00", "00:00", "kl. 20–24"),
        ("20:00", "02:30", "kl. 20 til kl. 2.30 om natten"),
        ("20:00", "08:00", "kl. 20 til kl. 8 næste morgen"),
        ("20:00", "13:00", "kl. 20 til kl. 13 næste dag"),
        ("10:00", "10:00", "kl. 10 til kl. 10 næste dag"),
        ("00:00", "00:00", "hele døgnet"),
    ],
)
def test_times_in_words(starts: str, ends: str, text: str) -> None:
    assert time_text(dt.time.fromisoformat(starts), dt.time.fromisoformat(ends)) == text


def test_dates_in_words() -> None:
    day = dt.date(2026, 3, 3)

    assert date_text(day) == "den 3. marts 2026"
    assert date_text(day, with_year=False) == "den 3. marts"
    assert weekday_date_text(day) == "tirsdag den 3. marts 2026"
