from datetime import date, datetime, time

import pytest

from directory.domain.opening import (
    Deviation,
    Hours,
    Kind,
    day_spans,
    plans_between,
    state_at,
)
from directory.wording import (
    HoursRow,
    StatusText,
    day_hours,
    hours_rows,
    status_line,
    until_texts,
    upcoming_day,
)

MONDAY = date(2026, 11, 23)
WEEKDAYS = [Hours(day, time(9), time(16)) for day in range(5)]
NIGHTS = [Hours(day, time(20), time(8)) for day in range(7)]
ALWAYS = [Hours(day, time(), time()) for day in range(7)]
ALWAYS_BUT_WOMEN = [*ALWAYS, Hours(2, time(18), time(20), Kind.WOMEN_ONLY)]
PHONE_ONLY = [Hours(0, time(10), time(12), Kind.PHONE)]


def at(month: int, day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, month, day, hour, minute)


def line(hours, deviations, now) -> tuple[str, str, str, str]:
    text = status_line(state_at(hours, deviations, now), now)
    return text.head, text.tail, text.today, text.state


def only(kind: Kind) -> list[Hours]:
    return [Hours(0, time(9), time(16), kind)]


@pytest.mark.parametrize(
    ("hours", "now", "expected"),
    [
        (
            WEEKDAYS,
            at(11, 23, 13, 40),
            ("Åbent nu.", "Lukker kl. 16.", "I dag kl. 9–16. Åbner igen i morgen kl. 9.", "open"),
        ),
        (
            WEEKDAYS,
            at(11, 23, 15, 10),
            (
                "Åbent nu.",
                "Lukker om 50 minutter, kl. 16.",
                "I dag kl. 9–16. Åbner igen i morgen kl. 9.",
                "open",
            ),
        ),
        (
            WEEKDAYS,
            at(11, 27, 15, 57),
            (
                "Åbent nu.",
                "Lukker om få minutter, kl. 16.",
                "I dag kl. 9–16. Åbner igen på mandag kl. 9.",
                "open",
            ),
        ),
        (WEEKDAYS, at(11, 23, 8), ("Lukket nu.", "Åbner kl. 9.", "I dag kl. 9–16.", "closed")),
        (
            WEEKDAYS,
            at(11, 23, 16),
            ("Lukket nu.", "Åbner i morgen kl. 9.", "I dag kl. 9–16.", "closed"),
        ),
        (
            WEEKDAYS,
            at(11, 28, 12),
            ("Lukket nu.", "Åbner på mandag kl. 9.", "Ikke åbent i dag.", "closed"),
        ),
        (
            NIGHTS,
            at(11, 23, 23),
            (
                "Åbent nu.",
                "Lukker i morgen kl. 8.",
                "I dag kl. 20–8. Åbner igen i morgen kl. 20.",
                "open",
            ),
        ),
        (ALWAYS, at(11, 23, 13), ("Åbent nu.", "Døgnåbent.", "I dag hele døgnet.", "open")),
        (
            [Hours(0, time(9), time())],
            at(11, 23, 13),
            (
                "Åbent nu.",
                "Lukker kl. 24.",
                "I dag kl. 9–24. Åbner igen mandag den 30. november kl. 9.",
                "open",
            ),
        ),
        (
            only(Kind.WOMEN_ONLY),
            at(11, 23, 13),
            (
                "Åbent nu, kun for kvinder.",
                "Lukker kl. 16.",
                "I dag kl. 9–16 (kun for kvinder). Åbner igen mandag den 30. november kl. 9.",
                "open",
            ),
        ),
        (
            only(Kind.WOMEN_ONLY),
            at(11, 22, 13),
            ("Lukket nu.", "Åbner i morgen kl. 9, kun for kvinder.", "Ikke åbent i dag.", "closed"),
        ),
        (
            only(Kind.USER_RUN),
            at(11, 23, 13),
            (
                "Brugerne selv holder åbent nu.",
                "Lukker kl. 16.",
                "I dag kl. 9–16 (brugerne selv). Åbner igen mandag den 30. november kl. 9.",
                "open",
            ),
        ),
        (
            PHONE_ONLY,
            at(11, 23, 11),
            (
                "Telefonen er åben nu.",
                "Du kan ringe indtil kl. 12.",
                "I dag kl. 10–12 (telefon).",
                "closed",
            ),
        ),
        (
            [*WEEKDAYS, Hours(0, time(18), time(20), Kind.PHONE)],
            at(11, 23, 19),
            (
                "Lukket nu.",
                "Åbner i morgen kl. 9. Du kan ringe indtil kl. 20.",
                "I dag kl. 9–16 og 18–20 (telefon).",
                "closed",
            ),
        ),
        (
            [*WEEKDAYS, Hours(0, time(18), time(20), Kind.BY_APPOINTMENT)],
            at(11, 23, 19),
            (
                "Lukket nu.",
                "Åbner i morgen kl. 9. Du kan komme nu, hvis du har en aftale.",
                "I dag kl. 9–16 og 18–20 (efter aftale).",
                "closed",
            ),
        ),
        (
            [],
            at(11, 23, 13),
            (
                "Lukket nu.",
                "Vi ved ikke, hvornår der åbner igen. Ring og hør.",
                "Ikke åbent i dag.",
                "closed",
            ),
        ),
    ],
)  # fmt: skip
def test_the_line_on_an_ordinary_day(hours, now, expected):
    assert line(hours, [], now) == expected


@pytest.mark.parametrize(
    ("hours", "now", "expected"),
    [
        (
            WEEKDAYS,
            at(12, 23, 17),
            (
                "Lukket nu.",
                "Åbner på mandag kl. 9. Juleaften: ring og hør.",
                "I dag kl. 9–16.",
                "closed",
            ),
        ),
        (
            WEEKDAYS,
            at(12, 23, 13),
            (
                "Åbent nu.",
                "Lukker kl. 16.",
                "I dag kl. 9–16. Åbner igen på mandag kl. 9. Juleaften: ring og hør.",
                "open",
            ),
        ),
        (
            WEEKDAYS,
            at(12, 24, 12),
            (
                "Helligdag – ring og hør.",
                "Åbner med sikkerhed på mandag kl. 9.",
                "I dag er det juleaften. Stedet har ikke skrevet, om der er åbent.",
                "unknown",
            ),
        ),
        (
            NIGHTS,
            at(12, 27, 3),
            (
                "Helligdag – ring og hør.",
                "Åbner med sikkerhed kl. 20.",
                "I dag kl. 20–8.",
                "unknown",
            ),
        ),
        (
            ALWAYS,
            at(12, 23, 13),
            (
                "Åbent nu.",
                "Åbent til kl. 24. Derefter er det helligdag – ring og hør.",
                "I dag hele døgnet. Åbner med sikkerhed på søndag kl. 0.",
                "open",
            ),
        ),
        (
            ALWAYS,
            at(12, 20, 13),
            ("Åbent nu.", "Døgnåbent.", "I dag hele døgnet.", "open"),
        ),
    ],
)
def test_the_line_around_christmas_never_guesses(hours, now, expected):
    assert line(hours, [], now) == expected


@pytest.mark.parametrize(
    ("hours", "reason", "now", "expected"),
    [
        (WEEKDAYS, "Sygdom", 13, ("Lukket i dag: sygdom.", "Åbner i morgen kl. 9.", "", "closed")),
        (
            WEEKDAYS,
            "Vi er på tur til Ærø!",
            13,
            ("Lukket i dag: Vi er på tur til Ærø!", "Åbner i morgen kl. 9.", "", "closed"),
        ),
        (WEEKDAYS, "", 13, ("Lukket i dag.", "Åbner i morgen kl. 9.", "", "closed")),
        (
            NIGHTS,
            "sygdom",
            3,
            (
                "Åbent nu.",
                "Lukker kl. 8.",
                "Derefter lukket i dag: sygdom. Åbner igen i morgen kl. 20.",
                "open",
            ),
        ),
    ],
)
def test_the_line_on_a_day_that_is_closed_says_why(hours, reason, now, expected):
    deviations = [Deviation(MONDAY, MONDAY, reason=reason)]

    assert line(hours, deviations, at(11, 23, now)) == expected


def test_the_line_tells_when_the_door_is_for_women_only():
    hours = [*WEEKDAYS, Hours(0, time(12), time(14), Kind.WOMEN_ONLY)]
    today = "I dag kl. 9–16 og 12–14 (kun for kvinder). "

    before, during = line(hours, [], at(11, 23, 10)), line(hours, [], at(11, 23, 13, 50))

    assert before == ("Åbent nu.", "Kun for kvinder fra kl. 12.", today.strip(), "open")
    assert during == (
        "Åbent nu, kun for kvinder.",
        "Åbent for alle fra kl. 14.",
        today + "Åbner igen i morgen kl. 9.",
        "open",
    )


def test_the_line_leaves_womens_hours_for_the_day_they_are_near():
    far, near = (
        line(ALWAYS_BUT_WOMEN, [], at(11, 23, 13)),
        line(ALWAYS_BUT_WOMEN, [], at(11, 25, 9)),
    )

    assert far == ("Åbent nu.", "Døgnåbent.", "I dag hele døgnet.", "open")
    assert near[:2] == ("Åbent nu.", "Kun for kvinder fra kl. 18.")


def test_the_line_is_one_value():
    now = at(11, 23, 16)

    assert status_line(state_at(WEEKDAYS, [], now), now) == StatusText(
        head="Lukket nu.", tail="Åbner i morgen kl. 9.", today="I dag kl. 9–16.", state="closed"
    )


@pytest.mark.parametrize(
    ("hours", "now", "expected"),
    [
        (WEEKDAYS, at(11, 23, 13, 40), ("lukker kl. 16", "")),
        (WEEKDAYS, at(11, 23, 15, 10), ("lukker kl. 16", "om 50 minutter")),
        (WEEKDAYS, at(11, 23, 17), ("åbner i morgen kl. 9", "")),
        (WEEKDAYS, at(12, 24, 13), ("helligdag – ring og hør", "")),
        (ALWAYS, at(11, 23, 13), ("døgnåbent", "")),
        (
            [*WEEKDAYS, Hours(0, time(12), time(14), Kind.WOMEN_ONLY)],
            at(11, 23, 11, 30),
            ("kun for kvinder fra kl. 12", ""),
        ),
        (ALWAYS_BUT_WOMEN, at(11, 23, 13), ("døgnåbent", "")),
        (ALWAYS_BUT_WOMEN, at(11, 24, 20), ("kun for kvinder fra i morgen kl. 18", "")),
        (ALWAYS_BUT_WOMEN, at(11, 25, 13), ("kun for kvinder fra kl. 18", "")),
        ([], at(11, 23, 13), ("", "")),
    ],
)
def test_a_row_in_a_list_has_two_short_texts(hours, now, expected):
    assert until_texts(state_at(hours, [], now), now) == expected


def test_hours_of_a_day_say_who_they_are_for():
    hours = [
        Hours(0, time(9), time(12), Kind.VOLUNTEER_RUN),
        Hours(0, time(12), time(16)),
        Hours(0, time(17), time(20, 30), Kind.USER_RUN),
    ]

    plan = day_spans(hours, [], MONDAY)

    assert day_hours(plan.spans) == "kl. 9–12 (frivillige), 12–16 og 17–20.30 (brugerne selv)"
    assert day_hours(()) == ""


def test_the_table_of_hours_marks_today_and_says_what_is_special():
    hours = [*WEEKDAYS, Hours(6, time(11), time(15), Kind.USER_RUN, note="kaffe på kanden")]
    deviations = [
        Deviation(date(2026, 12, 25), date(2026, 12, 25), reason="Jul/nytår"),
        Deviation(
            date(2026, 12, 26), date(2026, 12, 26), closed=False, opens=time(12), closes=time(14)
        ),
    ]
    plans = plans_between(hours, deviations, date(2026, 12, 23), date(2026, 12, 27))

    assert hours_rows(plans, date(2026, 12, 23)) == [
        HoursRow(date(2026, 12, 23), "Onsdag", ("9.00–16.00",), ("Personale",), True, ""),
        HoursRow(date(2026, 12, 24), "Torsdag", (), (), False, "Juleaften: ring og hør."),
        HoursRow(date(2026, 12, 25), "Fredag", (), (), False, "Lukket: jul/nytår."),
        HoursRow(
            date(2026, 12, 26), "Lørdag", ("12.00–14.00",), ("Personale",), False, "2. juledag"
        ),
        HoursRow(
            date(2026, 12, 27),
            "Søndag",
            ("11.00–15.00",),
            ("Brugerne selv. Kaffe på kanden",),
            False,
            "",
        ),
    ]


@pytest.mark.parametrize(
    ("day", "text"),
    [
        (date(2026, 12, 22), "i morgen kl. 9–16"),
        (date(2026, 12, 24), "på torsdag helligdag – ring og hør"),
        (date(2026, 12, 27), "på søndag lukket"),
    ],
)
def test_a_day_ahead_in_a_few_words(day, text):
    assert upcoming_day(day_spans(WEEKDAYS, [], day), date(2026, 12, 21)) == text
