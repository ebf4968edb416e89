"""Whole calendars: what is taken, what is left out, and why."""

import datetime as dt

import pytest

from activities.domain.imports.values import (
    HeldDate,
    ImportedEvent,
    ImportProblem,
    Limits,
    Problem,
)
from tests.activities.importing.calendars import calendar, event, problems, read, starts

COPENHAGEN = "DTSTART;TZID=Europe/Copenhagen"


@pytest.fixture
def kept(root):
    """The bytes of a calendar in tests/data/calendars."""
    return lambda name: (root / "tests/data/calendars" / name).read_bytes()


def test_exchange_calendar_keeps_wall_time_and_its_changed_dates(kept):
    found = read(kept("exchange.ics"))

    assert found.name == "Værestedets kalender"
    assert (found.entries, found.outside, found.problems) == (2, 0, ())
    assert [
        (f"{each.starts_local:%m-%d %H:%M}", each.recurrence_id, each.title, each.cancelled)
        for each in found.events
    ] == [
        ("03-04 17:30", "2027-03-04T17:30:00", "Madklub", False),
        ("03-11 17:30", "2027-03-11T17:30:00", "Madklub", False),
        ("03-19 18:00", "2027-03-18T17:30:00", "Madklub (om fredagen)", False),
        ("04-01 17:30", "2027-04-01T17:30:00", "Madklub", True),
        ("04-08 17:30", "2027-04-08T17:30:00", "Madklub", False),
        ("04-15 17:30", "2027-04-15T17:30:00", "Madklub", False),
        ("05-08 00:00", "", "Udflugt til Møns Klint", False),
    ]


def test_one_date_is_handed_over_whole(kept):
    found = read(kept("exchange.ics"))

    assert found.events[0] == ImportedEvent(
        uid="040000008200E00074C5B7101A82E008-madklub",
        recurrence_id="2027-03-04T17:30:00",
        series=True,
        title="Madklub",
        description="Vi laver mad, spiser og vasker op sammen.\n\nPris: 30 kr.",
        location="Køkkenet, Havnegade 4",
        url="",
        starts=dt.datetime(2027, 3, 4, 16, 30, tzinfo=dt.UTC),
        ends=dt.datetime(2027, 3, 4, 19, 0, tzinfo=dt.UTC),
        starts_local=dt.datetime(2027, 3, 4, 17, 30),
        ends_local=dt.datetime(2027, 3, 4, 20, 0),
        all_day=False,
        cancelled=False,
        categories=("Mad og café", "Fællesskab"),
        sequence=3,
    )


def test_whole_days_end_at_the_midnight_after_the_last(kept):
    trip = read(kept("exchange.ics")).events[-1]

    assert (trip.all_day, trip.starts_local, trip.ends_local) == (
        True,
        dt.datetime(2027, 5, 8),
        dt.datetime(2027, 5, 10),
    )


def test_private_and_busy_entries_are_held_back_without_their_words(kept):
    found = read(kept("private.ics"))

    assert [each.title for each in found.events] == ["Åbent hus"]
    assert found.problems == (
        ImportProblem(Problem.PRIVATE, line=4, uid="samtale", on=dt.date(2027, 3, 10)),
        ImportProblem(
            Problem.BUSY, line=11, uid="optaget", title="Optaget", on=dt.date(2027, 3, 11)
        ),
    )
    assert found.held[0] == HeldDate(
        Problem.PRIVATE,
        dt.datetime(2027, 3, 10, 9, tzinfo=dt.UTC),
        dt.datetime(2027, 3, 10, 10),
        all_day=False,
    )
    assert "Bente" not in repr(found)
    assert "example.org" not in repr(found)


def test_a_private_series_stays_private_where_one_date_was_changed():
    series = event("RRULE:FREQ=WEEKLY;COUNT=2", "CLASS:PRIVATE")
    change = event(
        "RECURRENCE-ID;TZID=Europe/Copenhagen:20270309T100000",
        start=f"{COPENHAGEN}:20270310T100000",
    )

    found = read(calendar(series, change))

    assert (found.events, len(found.held)) == ((), 2)


def test_what_nobody_can_mean_is_refused_entry_by_entry(kept):
    found = read(kept("hostile.ics"))

    assert [(each.title, each.starts_local) for each in found.events] == [
        ("Den 30. februar", dt.datetime(2027, 2, 28, 11)),
        ("Lange tal", dt.datetime(2027, 3, 1, 11)),
        ("Sund", dt.datetime(2027, 5, 4, 10)),
    ]
    assert [(str(each.code), each.title, each.detail) for each in found.problems] == [
        ("rule_too_often", "Hvert sekund", "SECONDLY"),
        ("rule_too_often", "Flere gange om dagen", "BYHOUR"),
        ("rule_out_of_range", "Uden skridt", "INTERVAL=0"),
        ("rule_out_of_range", "Uendeligt mange", "COUNT=99999999999999999999"),
        ("too_long", "Hundrede år", "36400"),
        ("rule_unknown", "Hver fjortende dag", "FREQ=FORTNIGHTLY"),
        ("bad_start", "Den 30. februar igen", "20270230T100000Z"),
        ("no_start", "Engang", ""),
        ("bad_end", "Lange tal", "P99999999999W"),
        ("bad_line", "Sund", "66"),
    ]


def test_unsafe_texts_become_plain_ones(kept):
    found = read(kept("unsafe.ics"))

    [yoga] = found.events
    assert yoga.title == "Yoga gnirts <script>alert(1)</script>"
    assert yoga.description == (
        "Alle kan være med.\n\n– Kaffe\n– Te\nher og der (https://example.org/yoga)"
    )
    assert (yoga.location, yoga.url, yoga.geo) == (
        "Salen, Havnegade 4, 4000 Roskilde",
        "",
        (55.6419, 12.0803),
    )
    assert problems(found) == [("link_dropped", yoga.title)]


def test_a_calendar_that_was_cut_off_gives_what_is_whole(kept):
    found = read(kept("cut_off.ics"))

    assert ([each.title for each in found.events], found.complete) == (["Hel"], False)
    assert problems(found) == [("cut_off", "Hal"), ("file_cut_off", "")]


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"", "empty"),
        (b" \r\n", "empty"),
        (b"\x1f\x8b\x08\x00rest", "compressed"),
        (b"PK\x03\x04rest", "compressed"),
        (b"<!doctype html><title>Log ind</title>", "web_page"),
        (b'{"events": []}', "not_a_calendar"),
        (b"\x89PNG\r\n\x1a\n" + bytes(200), "not_a_calendar"),
        (bytes(range(256)) * 10, "not_a_calendar"),
    ],
)
def test_what_is_no_calendar_is_refused_with_a_reason(body, code):
    found = read(body)

    assert (found.refused, found.events, found.complete) == (
        ImportProblem(Problem(code)),
        (),
        False,
    )


def test_a_calendar_of_tasks_is_refused(kept):
    found = read(kept("tasks_only.ics"))

    assert found.refused == ImportProblem(Problem.NO_EVENTS)


def test_a_calendar_without_entries_is_read_and_says_so():
    found = read(calendar())

    assert (found.refused, found.entries, found.complete) == (None, 0, True)


def test_a_cancelled_calendar_cancels_all_its_dates():
    found = read(calendar(event(), head="METHOD:CANCEL\r\n"))

    assert [each.cancelled for each in found.events] == [True]


def test_an_event_with_too_many_dates_is_left_out_and_the_others_stay():
    daily = event("RRULE:FREQ=DAILY", "SUMMARY:Hver dag", uid="b")

    found = read(calendar(daily, event()), Limits(dates_per_event=300))

    assert starts(found) == ["2027-03-02 10:00"]
    assert problems(found) == [("event_too_many_dates", "Hver dag")]


def test_a_calendar_with_too_many_dates_is_refused():
    events = [event("RRULE:FREQ=DAILY;COUNT=6", uid=str(number)) for number in range(2)]

    found = read(calendar(*events), Limits(dates_per_calendar=11))

    assert found.refused == ImportProblem(Problem.TOO_MANY_DATES, detail="11")


def test_what_is_over_is_counted_but_not_listed():
    old = event(start=f"{COPENHAGEN}:20200302T100000", uid="old")

    found = read(calendar(old, event()))

    assert (found.entries, found.outside, found.problems) == (2, 1, ())


def test_more_problems_than_are_listed_are_counted():
    broken = [event(start="", uid=str(number)) for number in range(5)]

    found = read(calendar(*broken), Limits(problems=2))

    assert [each.code for each in found.problems] == ["no_start", "no_start", "more"]
    assert found.problems[-1].count == 3


def test_entries_without_a_name_keep_the_one_made_for_them():
    nameless = event().replace("UID:a\r\n", "")

    first, second = read(calendar(nameless)), read(calendar(event(uid="b"), nameless))

    [uid] = [each.uid for each in first.events]
    assert uid.startswith("uden-uid-")
    assert uid in [each.uid for each in second.events]


@pytest.mark.parametrize(
    "encode",
    [
        lambda text: text.encode(),
        lambda text: b"\xef\xbb\xbf" + text.encode(),
        lambda text: text.encode("cp1252"),
        lambda text: text.encode("utf-16"),
        lambda text: text.encode("utf-16-le"),
        lambda text: text.replace("\r\n", "\n").encode(),
        lambda text: text.replace("\r\n", "\r").encode(),
        lambda text: text.replace("æ", "\0æ").encode(),
    ],
)
def test_danish_letters_survive_every_way_of_writing_them(encode):
    text = calendar(event("SUMMARY:Fællesspisning på Ærø")).decode()

    found = read(encode(text))

    assert [each.title for each in found.events] == ["Fællesspisning på Ærø"]


def test_a_fold_inside_of_a_letter_is_mended():
    body = calendar(event("SUMMARY:Kaffe på Ærø")).replace("æ".upper().encode(), b"\xc3\r\n \x86")

    found = read(body)

    assert [each.title for each in found.events] == ["Kaffe på Ærø"]


def test_wherever_a_calendar_is_cut_the_rest_is_read(kept):
    body = kept("exchange.ics")

    found = [read(body[:size]) for size in range(0, len(body), 37)]

    assert {each.complete for each in found} == {False}
    assert max(len(each.events) for each in found) == 7


def test_whichever_line_is_missing_the_rest_is_read(kept):
    lines = kept("exchange.ics").split(b"\r\n")

    found = [read(b"\r\n".join(lines[:line] + lines[line + 1 :])) for line in range(len(lines))]

    assert min(len(each.events) for each in found) >= 1


def test_a_nest_of_events_is_no_way_to_stop_the_reader():
    nest = "BEGIN:VEVENT\r\n" * 3000 + "END:VEVENT\r\n" * 3000

    found = read(calendar(nest, event()), Limits(problems=1))

    assert starts(found) == ["2027-03-02 10:00"]
    assert (found.problems[0].code, found.problems[1].count) == ("cut_off", 2999)
