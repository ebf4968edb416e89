"""Dates of a foreign calendar, put together to what they were."""

import datetime as dt
from dataclasses import replace

from activities.domain.imported_series import Series, SeriesDate, from_json, group
from activities.domain.imports.values import ImportedEvent

TUESDAY = dt.datetime(2026, 3, 3, 17, 30)
HOURS = dt.timedelta(hours=2)
WEEK = dt.timedelta(weeks=1)


def date(original: dt.datetime, **fields: object) -> SeriesDate:
    values = {"starts": original, "ends": original + HOURS} | fields
    return SeriesDate(original.isoformat(), original, **values)


def series(first: dt.datetime = TUESDAY, weeks: int = 43, **fields: object) -> Series:
    values = {
        "uid": "1",
        "title": "Kor",
        "description": "",
        "location": "",
        "url": "",
        "repeats": True,
        "dates": tuple(date(first + number * WEEK) for number in range(weeks)),
    }
    return Series(**{**values, **fields})


def event(start: dt.datetime, **fields: object) -> ImportedEvent:
    moment = start.replace(tzinfo=dt.UTC)
    values = {
        "uid": "1",
        "recurrence_id": start.isoformat(),
        "series": True,
        "title": "Kor",
        "description": "",
        "location": "",
        "url": "",
        "starts": moment,
        "ends": moment + HOURS,
        "starts_local": start,
        "ends_local": start + HOURS,
        "all_day": False,
        "cancelled": False,
    }
    return ImportedEvent(**{**values, **fields})


def digest(found: Series, today: dt.date) -> str:
    return found.digest(today=today, last=today + dt.timedelta(days=300))


def test_dates_of_one_uid_are_one_series_named_after_an_unchanged_date():
    moved = TUESDAY + WEEK + dt.timedelta(days=1)

    found = group(
        [
            event(moved, recurrence_id=TUESDAY.isoformat(), changed=True, title="Kor (flyttet)"),
            event(TUESDAY + 2 * WEEK),
            event(TUESDAY + WEEK, uid="2", title="Banko"),
        ]
    )

    assert [(each.uid, each.title) for each in found] == [("1", "Kor"), ("2", "Banko")]
    assert [(each.original, each.starts) for each in found[0].dates] == [
        (TUESDAY, moved),
        (TUESDAY + 2 * WEEK, TUESDAY + 2 * WEEK),
    ]


def test_series_is_kept_as_plain_values_and_read_again():
    found = series(weeks=3, categories=("Musik",))

    assert from_json(found.to_json()) == found


def test_series_that_goes_on_says_the_same_next_week():
    later = TUESDAY + WEEK

    assert digest(series(), TUESDAY.date()) == digest(series(later), later.date())


def test_series_every_second_week_says_something_else_in_the_other_weeks():
    def every_second(first: dt.datetime) -> Series:
        return series(dates=tuple(date(first + number * 2 * WEEK) for number in range(22)))

    day = TUESDAY.date()
    these, others = every_second(TUESDAY), every_second(TUESDAY + WEEK)

    assert digest(these, day) == digest(every_second(TUESDAY + 2 * WEEK), day + 2 * WEEK)
    assert digest(these, day) != digest(others, day)


def test_a_day_that_passes_is_no_change_to_every_second_week_with_a_sunday():
    monday = dt.datetime(2026, 3, 2, 17, 30)
    starts = [
        monday + number * 2 * WEEK + dt.timedelta(days=day)
        for number in range(30)
        for day in (0, 6)
    ]
    found = series(dates=tuple(date(start) for start in starts))

    assert found.digest(today=monday.date(), last=starts[-1].date()) == found.digest(
        today=monday.date() + dt.timedelta(days=1), last=starts[-1].date()
    )


def test_cancelled_and_moved_dates_words_and_end_are_told_apart():
    day = TUESDAY.date()
    first, *rest = series().dates
    told = {
        digest(found, day)
        for found in (
            series(),
            series(title="Sangkor"),
            series(weeks=20),
            series(dates=(replace(first, cancelled=True), *rest)),
            series(dates=(replace(first, starts=TUESDAY + HOURS, ends=TUESDAY + 2 * HOURS), *rest)),
        )
    }

    assert len(told) == 5
    assert digest(series(uid="2"), day) in told
