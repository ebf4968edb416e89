"""The text of calendars, octet for octet: what RFC 5545 says and what programs really read."""

import datetime as dt
from dataclasses import replace

import icalendar
import pytest

from activities.domain.ical import (
    CLOSING,
    Entry,
    Header,
    Place,
    calendar_text,
    entry_text,
    opening_text,
    uid,
)

PLAIN = Entry(
    uid="0f8b7a52-plan1@fristed",
    summary="Fællesspisning",
    starts=dt.datetime(2026, 3, 3, 17, 30),
    ends=dt.datetime(2026, 3, 3, 19, 30),
    sequence=2,
    changed_at=dt.datetime(2026, 2, 1, 9, 15, 30, 999, tzinfo=dt.timezone(dt.timedelta(hours=1))),
)


def lines(text: str) -> list[str]:
    """The lines of a VEVENT without its frame, unfolded."""
    return text.replace("\r\n ", "").split("\r\n")[1:-2]


def value(entry: Entry, name: str) -> list[str]:
    return [line for line in lines(entry_text(entry)) if line.startswith(name)]


def test_entry_without_extras_has_only_what_has_a_value() -> None:
    assert entry_text(PLAIN) == (
        "BEGIN:VEVENT\r\n"
        "UID:0f8b7a52-plan1@fristed\r\n"
        "DTSTAMP:20260201T081530Z\r\n"
        "LAST-MODIFIED:20260201T081530Z\r\n"
        "SEQUENCE:2\r\n"
        "DTSTART;TZID=Europe/Copenhagen:20260303T173000\r\n"
        "DTEND;TZID=Europe/Copenhagen:20260303T193000\r\n"
        "SUMMARY:Fællesspisning\r\n"
        "STATUS:CONFIRMED\r\n"
        "TRANSP:TRANSPARENT\r\n"
        "X-MICROSOFT-CDO-BUSYSTATUS:FREE\r\n"
        "CLASS:PUBLIC\r\n"
        "END:VEVENT\r\n"
    )


def test_until_is_utc_in_summer_and_in_winter() -> None:
    rule = {"freq": "WEEKLY", "interval": 1, "byday": ["TU"], "until": dt.date(2026, 6, 30)}
    summer = replace(PLAIN, rrule=rule)
    winter = replace(PLAIN, rrule=rule | {"until": dt.date(2026, 12, 1), "interval": 2})

    assert value(summer, "RRULE") == ["RRULE:FREQ=WEEKLY;UNTIL=20260630T153000Z;BYDAY=TU"]
    assert value(winter, "RRULE") == [
        "RRULE:FREQ=WEEKLY;UNTIL=20261201T163000Z;INTERVAL=2;BYDAY=TU"
    ]


def test_exceptions_name_the_original_start_in_local_time() -> None:
    series = replace(
        PLAIN,
        rrule={"freq": "MONTHLY", "interval": 1, "byday": ["1TU"], "until": None},
        exdates=(dt.datetime(2026, 7, 7, 17, 30), dt.datetime(2026, 12, 1, 17, 30)),
    )
    moved = replace(PLAIN, original=dt.datetime(2026, 3, 10, 17, 30))

    assert value(series, "EXDATE") == [
        "EXDATE;TZID=Europe/Copenhagen:20260707T173000,20261201T173000"
    ]
    assert value(moved, "RECURRENCE-ID") == ["RECURRENCE-ID;TZID=Europe/Copenhagen:20260310T173000"]


def test_single_date_names_a_time_that_the_clock_shows() -> None:
    night = replace(
        PLAIN, starts=dt.datetime(2026, 3, 29, 2, 30), ends=dt.datetime(2026, 3, 29, 4, 0)
    )

    assert value(night, "DT")[1:] == [
        "DTSTART;TZID=Europe/Copenhagen:20260329T033000",
        "DTEND;TZID=Europe/Copenhagen:20260329T040000",
    ]


def test_cancelled_entry_says_so_in_its_status() -> None:
    assert value(replace(PLAIN, cancelled=True), "STATUS") == ["STATUS:CANCELLED"]


def test_place_is_one_line_with_a_point_on_the_map() -> None:
    place = Place('Huset "Blåkilde"', "Ågade 12,\n8370 Hadsten", 56.32780001, 10.0463)

    assert lines(entry_text(replace(PLAIN, place=place)))[-3:] == [
        'LOCATION:Huset "Blåkilde"\\, Ågade 12\\, 8370 Hadsten',
        "GEO:56.3278;10.0463",
        "X-APPLE-STRUCTURED-LOCATION;VALUE=URI;X-APPLE-RADIUS=100;"
        'X-TITLE="Huset ’Blåkilde’":geo:56.3278,10.0463',
    ]


def test_place_that_is_secret_is_a_name_and_nothing_more() -> None:
    found = lines(entry_text(replace(PLAIN, place=Place("Kvindehuset"))))

    assert found[-1] == "LOCATION:Kvindehuset"


@pytest.mark.parametrize(
    ("title", "written"),
    [
        ("Kaffe, te; og \\ kage", "Kaffe\\, te\\; og \\\\ kage"),
        ("Fælles\r\nspisning", "Fælles spisning"),
        ("Bingo\x07 \u202enu\x00", "Bingo nu"),
        ("  Gåtur  ", "Gåtur"),
    ],
)
def test_summary_is_one_clean_line_escaped_once(title: str, written: str) -> None:
    assert value(replace(PLAIN, summary=title), "SUMMARY") == [f"SUMMARY:{written}"]


def test_description_keeps_its_paragraphs() -> None:
    entry = replace(PLAIN, description="Vi laver mad.\r\n\r\nKom, som du er.\n")

    assert value(entry, "DESCRIPTION") == ["DESCRIPTION:Vi laver mad.\\n\\nKom\\, som du er."]


def test_categories_keep_the_commas_within_them() -> None:
    entry = replace(PLAIN, categories=("Mad, drikke", "", "Fællesskab"))

    assert value(entry, "CATEGORIES") == ["CATEGORIES:Mad\\, drikke,Fællesskab"]


@pytest.mark.parametrize("letter", ["a", "å", "€", "🎄", ",", "\\", "\n"])
def test_lines_are_75_octets_at_most_and_never_cut_a_letter_or_an_escape(letter: str) -> None:
    for shift in range(8):
        entry = replace(PLAIN, description="x" * shift + "." + letter * 120 + ".")

        text = entry_text(entry)

        folded = text.split("\r\n")
        assert max(len(line.encode()) for line in folded) <= 75
        assert not [line for line in folded if trailing_backslashes(line) % 2]
        event = icalendar.Event.from_ical(text)
        assert str(event["description"]) == entry.description


def trailing_backslashes(line: str) -> int:
    return len(line) - len(line.rstrip("\\"))


def test_header_is_what_programs_ask_for() -> None:
    header = Header(
        name="Perlen, væresteder; alt",
        description="Alt på Perlen",
        source="https://fristed.example/kalender.ics?art=fast",
        url="https://fristed.example/",
    )

    assert opening_text(header) == (
        "BEGIN:VCALENDAR\r\n"
        "VERSION:2.0\r\n"
        "PRODID:-//Fristed//Kalender//DA\r\n"
        "CALSCALE:GREGORIAN\r\n"
        "NAME:Perlen\\, væresteder\\; alt\r\n"
        "X-WR-CALNAME:Perlen\\, væresteder\\; alt\r\n"
        "DESCRIPTION:Alt på Perlen\r\n"
        "X-WR-CALDESC:Alt på Perlen\r\n"
        "X-WR-TIMEZONE:Europe/Copenhagen\r\n"
        "REFRESH-INTERVAL;VALUE=DURATION:PT1H\r\n"
        "X-PUBLISHED-TTL:PT1H\r\n"
        "COLOR:seagreen\r\n"
        "SOURCE;VALUE=URI:https://fristed.example/kalender.ics?art=fast\r\n"
        "URL:https://fristed.example/\r\n"
        "BEGIN:VTIMEZONE\r\n"
        "TZID:Europe/Copenhagen\r\n"
        "BEGIN:STANDARD\r\n"
        "DTSTART:19961027T030000\r\n"
        "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU\r\n"
        "TZOFFSETFROM:+0200\r\n"
        "TZOFFSETTO:+0100\r\n"
        "TZNAME:CET\r\n"
        "END:STANDARD\r\n"
        "BEGIN:DAYLIGHT\r\n"
        "DTSTART:19810329T020000\r\n"
        "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU\r\n"
        "TZOFFSETFROM:+0100\r\n"
        "TZOFFSETTO:+0200\r\n"
        "TZNAME:CEST\r\n"
        "END:DAYLIGHT\r\n"
        "END:VTIMEZONE\r\n"
    )


def test_calendar_is_opening_blocks_and_closing() -> None:
    header = Header("Perlen")

    text = calendar_text(header, ["A\r\n", "B\r\n"])

    assert text == opening_text(header) + "A\r\nB\r\n" + CLOSING


def test_uid_names_activity_and_series_and_no_host() -> None:
    assert uid("0f8b7a52", "plan1") == "0f8b7a52-plan1@fristed"
