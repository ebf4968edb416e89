import datetime as dt

from activities.domain.tombstone import cancelled_text

SERIES = (
    "BEGIN:VEVENT\r\nUID:1@fristed\r\nDTSTAMP:20260301T120000Z\r\n"
    "LAST-MODIFIED:20260301T120000Z\r\nSEQUENCE:3\r\n"
    "DTSTART;TZID=Europe/Copenhagen:20260303T173000\r\nSUMMARY:Banko\r\n"
    "STATUS:CONFIRMED\r\nDESCRIPTION:STATUS kommer senere:\r\n  SEQUENCE:9\r\nEND:VEVENT\r\n"
)
CHANGED = (
    "BEGIN:VEVENT\r\nUID:1@fristed\r\nDTSTAMP:20260301T120000Z\r\nSEQUENCE:4\r\n"
    "RECURRENCE-ID;TZID=Europe/Copenhagen:20260310T173000\r\nSTATUS:CANCELLED\r\nEND:VEVENT\r\n"
)


def test_a_deleted_series_is_told_once_more_as_cancelled():
    text = cancelled_text(SERIES + CHANGED, at=dt.datetime(2026, 5, 1, 10, tzinfo=dt.UTC))

    assert text == (
        "BEGIN:VEVENT\r\nUID:1@fristed\r\nDTSTAMP:20260501T100000Z\r\n"
        "LAST-MODIFIED:20260501T100000Z\r\nSEQUENCE:5\r\n"
        "DTSTART;TZID=Europe/Copenhagen:20260303T173000\r\nSUMMARY:Banko\r\n"
        "STATUS:CANCELLED\r\nEND:VEVENT\r\n"
    )


def test_nothing_gives_nothing():
    assert cancelled_text("", at=dt.datetime(2026, 5, 1, tzinfo=dt.UTC)) == ""
