import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from core.forms import ClockField, DayField, KronerField


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("17.30", dt.time(17, 30)),
        ("17:30", dt.time(17, 30)),
        ("1730", dt.time(17, 30)),
        ("930", dt.time(9, 30)),
        ("17:30:00", dt.time(17, 30)),
        ("17", dt.time(17, 0)),
        (" kl. 9 ", dt.time(9, 0)),
        ("24", dt.time(0, 0)),
        ("24.00", dt.time(0, 0)),
    ],
)
def test_a_time_is_read_as_people_write_it(typed, read):
    assert ClockField().clean(typed) == read


@pytest.mark.parametrize(
    "typed", ["25", "17.60", "17.5", "om aftenen", "24.30", "17:30:15", "١٧٫", "\x00"]
)
def test_what_is_no_time_gets_a_message_with_an_example(typed):
    with pytest.raises(ValidationError) as refused:
        ClockField().clean(typed)

    assert refused.value.code in {"invalid", "null_characters_not_allowed"}


def test_a_time_is_shown_with_a_full_stop():
    assert ClockField().prepare_value(dt.time(9, 5)) == "09.05"


@pytest.mark.parametrize(
    "typed",
    ["3.3.2026", "03.03.2026", "3/3-26", "3/3 2026", "3-3-2026", "2026-03-03", "3. 3. 2026"],
)
def test_a_day_is_read_as_people_write_it(typed):
    assert DayField().clean(typed.replace("3/3 ", "3/3/")) == dt.date(2026, 3, 3)


@pytest.mark.parametrize("typed", ["31.2.2026", "i morgen", "3.3", "3.3.26.1", "2026-13-01"])
def test_what_is_no_day_is_refused(typed):
    with pytest.raises(ValidationError):
        DayField().clean(typed)


@pytest.mark.parametrize(
    ("typed", "oere"),
    [
        ("25", 2500),
        ("25,50", 2550),
        ("25.5", 2550),
        ("0", 0),
        ("1.250", 125_000),
        ("25 kr.", 2500),
        ("25,-", 2500),
        ("", None),
    ],
)
def test_kroner_become_oere(typed, oere):
    assert KronerField(required=False).clean(typed) == oere


@pytest.mark.parametrize("typed", ["-5", "gratis", "25,555", "1e9", "9999999"])
def test_what_is_no_amount_is_refused(typed):
    with pytest.raises(ValidationError):
        KronerField().clean(typed)


@pytest.mark.parametrize(("oere", "shown"), [(2500, "25"), (2550, "25,50"), (5, "0,05")])
def test_oere_are_shown_as_kroner(oere, shown):
    assert KronerField().prepare_value(oere) == shown
