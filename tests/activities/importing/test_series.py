"""The dates of one UID: extra ones, left-out ones, changed ones."""

import datetime as dt

import pytest

from tests.activities.importing.calendars import calendar, event, problems, read, starts

COPENHAGEN = "DTSTART;TZID=Europe/Copenhagen"
WEEKLY = "RRULE:FREQ=WEEKLY;COUNT=4"
DAYS = "DTSTART;VALUE=DATE:20270302"


def change(original: str, start: str, *lines: str) -> str:
    return event(f"RECURRENCE-ID{original}", *lines, start=start)


@pytest.mark.parametrize(
    "exdate",
    [
        ";TZID=Europe/Copenhagen:20270309T100000",
        ":20270309T090000Z",
        ";VALUE=DATE:20270309",
        ":20270309",
        ";TZID=Europe/London:20270309T090000",
        ":20270309T100000",
    ],
)
def test_a_date_is_left_out_however_it_is_written(exdate):
    found = read(calendar(event(WEEKLY, f"EXDATE{exdate}")))

    assert starts(found) == ["2027-03-02 10:00", "2027-03-16 10:00", "2027-03-23 10:00"]


@pytest.mark.parametrize(
    "exdate",
    [
        ";VALUE=DATE:20270309",
        ";TZID=Europe/Copenhagen:20270309T000000",
        ";TZID=America/New_York:20270309T000000",
        ":20270308T230000Z",
    ],
)
def test_a_whole_day_is_left_out_however_it_is_written(exdate):
    found = read(calendar(event(WEEKLY, f"EXDATE{exdate}", start=DAYS)))

    assert starts(found) == ["2027-03-02", "2027-03-16", "2027-03-23"]


def test_extra_dates_come_with_their_own_length():
    extra = "RDATE;VALUE=PERIOD:20270405T080000Z/PT3H,20270406T080000Z/20270406T100000Z"

    found = read(calendar(event(extra, "DURATION:PT1H")))

    assert [(each.starts_local, each.ends_local - each.starts_local) for each in found.events] == [
        (dt.datetime(2027, 3, 2, 10), dt.timedelta(hours=1)),
        (dt.datetime(2027, 4, 5, 10), dt.timedelta(hours=3)),
        (dt.datetime(2027, 4, 6, 10), dt.timedelta(hours=2)),
    ]


def test_extra_dates_that_cannot_be_read_are_reported():
    found = read(calendar(event("RDATE:20270405T080000Z,i morgen,20279999")))

    assert starts(found) == ["2027-03-02 10:00", "2027-04-05 10:00"]
    assert [(each.code, each.detail) for each in found.problems] == [("bad_dates", "2")]


def test_two_rules_are_added_up():
    found = read(
        calendar(event("RRULE:FREQ=WEEKLY;COUNT=2", "RRULE:FREQ=MONTHLY;BYDAY=1FR;COUNT=2"))
    )

    assert starts(found) == [
        "2027-03-02 10:00",
        "2027-03-05 10:00",
        "2027-03-09 10:00",
        "2027-04-02 10:00",
    ]


def test_a_rule_may_take_dates_away():
    found = read(calendar(event(WEEKLY, "EXRULE:FREQ=WEEKLY;INTERVAL=2")))

    assert starts(found) == ["2027-03-09 10:00", "2027-03-23 10:00"]


def test_a_changed_date_keeps_its_name_and_leaves_its_old_place():
    moved = change(":20270309T090000Z", f"{COPENHAGEN}:20270310T120000")

    found = read(calendar(moved, event(WEEKLY)))

    assert [(each.recurrence_id[:13], each.changed) for each in found.events] == [
        ("2027-03-02T10", False),
        ("2027-03-09T10", True),
        ("2027-03-16T10", False),
        ("2027-03-23T10", False),
    ]
    assert starts(found)[1] == "2027-03-10 12:00"


def test_a_whole_day_is_changed_by_a_midnight_in_any_zone():
    moved = change(";TZID=GMT Standard Time:20270309T000000", "DTSTART;VALUE=DATE:20270310")

    found = read(calendar(event(WEEKLY, start=DAYS), moved))

    assert starts(found) == ["2027-03-02", "2027-03-10", "2027-03-16", "2027-03-23"]
    assert found.events[1].recurrence_id == "2027-03-09"


def test_the_newest_of_two_changes_of_one_date_holds():
    older = change(":20270309T090000Z", f"{COPENHAGEN}:20270310T120000", "SEQUENCE:2")
    newer = change(":20270309T090000Z", f"{COPENHAGEN}:20270311T120000", "SEQUENCE:3")

    found = read(calendar(event(WEEKLY), newer, older))

    assert starts(found)[1] == "2027-03-11 12:00"
    assert problems(found) == [("superseded", "Yoga")]


def test_a_changed_date_that_was_left_out_later_is_gone():
    series = event(WEEKLY, "EXDATE:20270309T090000Z", "SEQUENCE:2")
    moved = change(":20270309T090000Z", f"{COPENHAGEN}:20270310T120000", "SEQUENCE:1")

    assert len(read(calendar(series, moved)).events) == 3


def test_a_changed_date_that_is_also_left_out_is_the_changed_one():
    series = event(WEEKLY, "EXDATE:20270309T090000Z", "SEQUENCE:1")
    moved = change(":20270309T090000Z", f"{COPENHAGEN}:20270310T120000", "SEQUENCE:1")

    assert starts(read(calendar(series, moved)))[1] == "2027-03-10 12:00"


def test_this_and_the_following_dates_move_together():
    moved = change(
        ";RANGE=THISANDFUTURE:20270309T090000Z",
        f"{COPENHAGEN}:20270310T120000",
        "DURATION:PT2H",
        "SUMMARY:Yoga om onsdagen",
    )

    found = read(calendar(event(WEEKLY), moved))

    assert starts(found) == [
        "2027-03-02 10:00",
        "2027-03-10 12:00",
        "2027-03-17 12:00",
        "2027-03-24 12:00",
    ]
    assert [each.title for each in found.events[1:]] == ["Yoga om onsdagen"] * 3
    assert found.events[2].recurrence_id == "2027-03-16T10:00:00"


def test_a_changed_date_without_its_series_stands_for_itself():
    found = read(calendar(change(":20270309T090000Z", f"{COPENHAGEN}:20270310T120000")))

    assert [(each.series, each.recurrence_id) for each in found.events] == [
        (True, "2027-03-09T10:00:00")
    ]


def test_dates_written_out_under_one_name_are_all_kept():
    events = [event(start=f"{COPENHAGEN}:202703{day:02}T100000") for day in (2, 9, 16)]

    found = read(calendar(*events))

    assert [each.recurrence_id for each in found.events] == [
        "2027-03-02T10:00:00",
        "2027-03-09T10:00:00",
        "2027-03-16T10:00:00",
    ]


@pytest.mark.parametrize(
    ("start", "until", "last"),
    [
        (f"{COPENHAGEN}:20270302T100000", "20270316", "2027-03-16 10:00"),
        (f"{COPENHAGEN}:20270302T100000", "20270316T090000Z", "2027-03-16 10:00"),
        (f"{COPENHAGEN}:20270302T100000", "20270316T085959Z", "2027-03-09 10:00"),
        (f"{COPENHAGEN}:20270302T100000", "20270316T100000", "2027-03-16 10:00"),
        ("DTSTART:20270302T090000Z", "20270316", "2027-03-09 10:00"),
        (DAYS, "20270316", "2027-03-16"),
        (DAYS, "20270315T230000Z", "2027-03-16"),
        (DAYS, "20270316T120000Z", "2027-03-16"),
    ],
)
def test_a_series_ends_where_its_rule_says(start, until, last):
    found = read(calendar(event(f"RRULE:FREQ=WEEKLY;UNTIL={until}", start=start)))

    assert starts(found)[-1] == last


def test_ten_in_the_morning_stays_ten_when_the_clock_changes():
    found = read(calendar(event("RRULE:FREQ=WEEKLY;INTERVAL=4;COUNT=3")))

    assert [(each.starts_local.hour, each.starts.hour) for each in found.events] == [
        (10, 9),
        (10, 8),
        (10, 8),
    ]


@pytest.mark.parametrize(
    ("lines", "length"),
    [
        ([], 0),
        (["DTEND;TZID=Europe/Copenhagen:20270302T120000"], 120),
        (["DTEND:20270302T110000Z"], 120),
        (["DTEND;TZID=Europe/London:20270302T110000"], 120),
        (["DURATION:PT90M"], 90),
        (["DTEND;TZID=Europe/Copenhagen:20270302T090000"], 0),
        (["DTEND;VALUE=DATE:20270303"], 14 * 60),
    ],
)
def test_an_event_lasts_as_long_as_it_says(lines, length):
    [found] = read(calendar(event(*lines))).events

    assert found.ends - found.starts == dt.timedelta(minutes=length)


@pytest.mark.parametrize(
    ("start", "end"),
    [
        (f"{COPENHAGEN}:20270302T000000", "DTEND;TZID=Europe/Copenhagen:20270304T000000"),
        ("DTSTART:20270301T230000Z", "DTEND:20270303T230000Z"),
    ],
)
def test_a_midnight_that_exchange_calls_a_whole_day_is_one(start, end):
    [found] = read(calendar(event(end, "X-MICROSOFT-CDO-ALLDAYEVENT:TRUE", start=start))).events

    assert (found.all_day, found.starts_local, found.ends_local) == (
        True,
        dt.datetime(2027, 3, 2),
        dt.datetime(2027, 3, 4),
    )


def test_an_event_with_very_many_rules_is_left_out():
    found = read(calendar(event(*["RRULE:FREQ=DAILY;COUNT=2"] * 21)))

    assert [(each.code, each.detail) for each in found.problems] == [("rule_out_of_range", "21")]


@pytest.mark.parametrize(
    ("lines", "days"),
    [
        ([], 1),
        (["DTEND;VALUE=DATE:20270302"], 1),
        (["DTEND;VALUE=DATE:20270303"], 1),
        (["DTEND;VALUE=DATE:20270304"], 2),
        (["DTEND:20270303T230000Z"], 2),
        (["DTEND:20270303T120000Z"], 2),
        (["DURATION:P3D"], 3),
        (["DURATION:PT30H"], 2),
    ],
)
def test_a_whole_day_lasts_at_least_that_day(lines, days):
    [found] = read(calendar(event(*lines, start=DAYS))).events

    assert found.ends_local - found.starts_local == dt.timedelta(days=days)
