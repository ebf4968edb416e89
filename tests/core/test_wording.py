import datetime as dt

import pytest

from core import wording

TODAY = dt.date(2026, 11, 23)


@pytest.mark.parametrize(
    ("time", "running", "column"),
    [
        (dt.time(13), "13", "13.00"),
        (dt.time(13, 30), "13.30", "13.30"),
        (dt.time(9, 5), "9.05", "9.05"),
        (dt.time(0), "0", "0.00"),
    ],
)
def test_whole_hours_drop_minutes_in_sentences_but_not_in_columns(time, running, column):
    assert wording.time_text(time) == running
    assert wording.clock(time) == f"kl. {running}"
    assert wording.column_time(time) == column


@pytest.mark.parametrize(
    ("opens", "closes", "running", "column"),
    [
        (dt.time(9), dt.time(16), "kl. 9–16", "9.00–16.00"),
        (dt.time(9, 30), dt.time(16), "kl. 9.30–16", "9.30–16.00"),
        (dt.time(20), dt.time(8), "kl. 20–8", "20.00–8.00"),
        (dt.time(20), dt.time(0), "kl. 20–24", "20.00–24.00"),
        (dt.time(0), dt.time(6), "kl. 0–6", "0.00–6.00"),
        (dt.time(0), dt.time(0), "hele døgnet", "0.00–24.00"),
    ],
)
def test_ranges_of_hours(opens, closes, running, column):
    assert wording.clock_range(opens, closes) == running
    assert wording.column_range(opens, closes) == column


def test_dates_and_moments_are_written_out():
    day = dt.date(2026, 3, 3)

    assert wording.date_text(day) == "tirsdag den 3. marts 2026"
    assert wording.date_text(day, year=False) == "tirsdag den 3. marts"
    assert wording.day_month(dt.date(2026, 11, 24)) == "den 24. november"
    assert wording.day_month(dt.date(2026, 11, 24), year=True) == "den 24. november 2026"
    assert wording.month_text(2026, 12) == "december 2026"
    assert (
        wording.moment_text(dt.datetime(2026, 3, 3, 13, 30))
        == "tirsdag den 3. marts 2026 kl. 13.30"
    )


@pytest.mark.parametrize(
    ("ahead", "text"),
    [
        (-2, "lørdag den 21. november"),
        (-1, "i går"),
        (0, "i dag"),
        (1, "i morgen"),
        (3, "på torsdag"),
        (6, "på søndag"),
        (7, "mandag den 30. november"),
        (8, "tirsdag den 1. december"),
        (42, "mandag den 4. januar"),
        (300, "søndag den 19. september 2027"),
    ],
)
def test_a_day_is_named_as_people_do_from_today(ahead, text):
    assert wording.relative_day(TODAY + dt.timedelta(days=ahead), TODAY) == text


def test_a_moment_is_named_with_its_clock():
    moment = dt.datetime(2026, 11, 26, 13, 30)

    assert wording.relative_moment(moment, TODAY) == "på torsdag kl. 13.30"


@pytest.mark.parametrize(
    ("first", "last", "text", "with_year"),
    [
        ((2026, 11, 23), (2026, 11, 29), "den 23.–29. november", "den 23.–29. november 2026"),
        (
            (2026, 11, 30),
            (2026, 12, 6),
            "30. november–6. december",
            "30. november–6. december 2026",
        ),
        (
            (2026, 12, 28),
            (2027, 1, 3),
            "28. december 2026–3. januar 2027",
            "28. december 2026–3. januar 2027",
        ),
        ((2026, 11, 24), (2026, 11, 24), "den 24. november", "den 24. november 2026"),
    ],
)
def test_ranges_of_days_say_each_month_and_year_once(first, last, text, with_year):
    days = dt.date(*first), dt.date(*last)

    assert wording.day_range(*days) == text
    assert wording.day_range(*days, year=True) == with_year


def test_a_week_is_told_by_its_number():
    assert wording.week_text(TODAY) == "uge 48"
    assert wording.week_text(dt.date(2027, 1, 1)) == "uge 53"


@pytest.mark.parametrize(
    ("minutes", "text"),
    [(50, "om 50 minutter"), (1, "om 1 minut"), (60, "om 1 time"), (150, "om 2 timer")],
)
def test_what_is_near_is_told_in_minutes_or_hours(minutes, text):
    now = dt.datetime(2026, 11, 23, 13, 40)

    assert wording.until_text(now + dt.timedelta(minutes=minutes), now) == text


@pytest.mark.parametrize(
    ("days", "text"),
    [
        (0, "i dag"),
        (1, "i går"),
        (3, "for 3 dage siden"),
        (7, "for 1 uge siden"),
        (21, "for 3 uger siden"),
        (100, "for 3 måneder siden"),
        (800, "for 2 år siden"),
    ],
)
def test_age_is_told_roughly(days, text):
    assert wording.age_text(TODAY - dt.timedelta(days=days), TODAY) == text


@pytest.mark.parametrize(
    ("ore", "text"),
    [
        (0, "gratis"),
        (2500, "25 kr."),
        (2550, "25,50 kr."),
        (5, "0,05 kr."),
        (123450, "1.234,50 kr."),
        (100000000, "1.000.000 kr."),
        (-2550, "-25,50 kr."),
    ],
)
def test_amounts_have_danish_signs(ore, text):
    assert wording.kr(ore) == text


@pytest.mark.parametrize(
    ("words", "text"), [("i dag", "I dag."), ("nu!", "Nu!"), ("kl. 9. ", "Kl. 9."), ("", "")]
)
def test_words_become_a_sentence(words, text):
    assert wording.sentence(words) == text
