import datetime as dt

import pytest

from activities.change_wording import cancelled_text, extra_text, moved_text

MONDAY = dt.date(2026, 11, 23)
TUESDAY = dt.date(2026, 11, 24)


def at(day: int, hour: int, minute: int = 0) -> dt.datetime:
    return dt.datetime(2026, 11, day, hour, minute)


@pytest.mark.parametrize(
    ("day", "reason", "next_on", "text"),
    [
        (
            TUESDAY,
            "Bussen er i stykker",
            dt.date(2026, 12, 1),
            "tirsdag den 24. november: Bussen er i stykker. Næste gang er den 1. december.",
        ),
        (
            MONDAY,
            "vi er for få.",
            dt.date(2026, 11, 30),
            "i dag: Vi er for få. Næste gang er mandag den 30. november.",
        ),
        (
            TUESDAY,
            "",
            dt.date(2026, 11, 26),
            "tirsdag den 24. november. Næste gang er torsdag den 26. november.",
        ),
        (
            dt.date(2026, 12, 29),
            "Nytår",
            dt.date(2027, 1, 5),
            "tirsdag den 29. december: Nytår. Næste gang er den 5. januar 2027.",
        ),
        (MONDAY, "Sygdom", None, "i dag: Sygdom."),
    ],
)
def test_a_cancellation_says_why_and_when_next(day, reason, next_on, text):
    assert cancelled_text(day, reason, next_on, today=MONDAY) == text


@pytest.mark.parametrize(
    ("original", "starts", "place", "reason", "text"),
    [
        (at(23, 14, 30), at(23, 16), "", "", "fra kl. 14.30 til kl. 16 i dag. Samme sted."),
        (
            at(24, 14),
            at(25, 16),
            "Torvet",
            "Salen er optaget",
            "fra tirsdag den 24. november kl. 14 til onsdag den 25. november kl. 16. "
            "Nyt sted: Torvet. Salen er optaget.",
        ),
        (at(24, 14), at(24, 14), "Biblioteket", "", "til Biblioteket tirsdag den 24. november."),
        (at(24, 14), at(24, 14), "", "", "tirsdag den 24. november: Slutter kl. 17."),
    ],
)
def test_a_move_says_from_and_to(original, starts, place, reason, text):
    told = moved_text(original, starts, at(24, 17), place=place, reason=reason, today=MONDAY)

    assert told == text


def test_an_extra_date_says_why():
    assert extra_text(MONDAY, "det er advent", today=MONDAY) == "i dag: Det er advent."
