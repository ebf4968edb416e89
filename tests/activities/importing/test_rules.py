"""Foreign rules: dateutil is the witness for those that are taken."""

import datetime as dt
import itertools

import pytest
from dateutil.rrule import rrulestr

from activities.domain.imports.rules import RuleProblem, read_rule

START = dt.datetime(2019, 1, 31, 10, 30)
BEGIN, END = dt.datetime(2027, 1, 1), dt.datetime(2028, 3, 1)

PATTERNS = {
    "DAILY": ["", ";BYDAY=SA,SU", ";BYMONTHDAY=1,15,-1", ";BYMONTH=2,6;BYDAY=MO"],
    "WEEKLY": ["", ";BYDAY=MO,TH", ";BYDAY=SU,TU;WKST=SU", ";BYDAY=MO,FR;BYMONTH=3,11"],
    "MONTHLY": [
        "",
        ";BYDAY=2TU",
        ";BYDAY=-1FR,1MO",
        ";BYMONTHDAY=-2,31",
        ";BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
        ";BYMONTHDAY=13;BYDAY=FR",
    ],
    "YEARLY": [
        "",
        ";BYMONTH=2;BYMONTHDAY=29",
        ";BYDAY=20MO",
        ";BYMONTH=3,10;BYDAY=-1SU",
        ";BYYEARDAY=1,-1,366",
        ";BYMONTH=5;BYDAY=WE;BYSETPOS=2",
        ";BYWEEKNO=7;BYDAY=TH",
    ],
}
RULES = [
    f"FREQ={freq}{interval}{pattern}"
    for freq, patterns in PATTERNS.items()
    for interval, pattern in itertools.product(["", ";INTERVAL=2", ";INTERVAL=5"], patterns)
]


@pytest.mark.parametrize("text", RULES)
def test_rules_give_the_dates_dateutil_gives(text):
    witness = rrulestr(text, dtstart=START).between(BEGIN, END, inc=True)

    assert list(read_rule(text).walls(START, BEGIN, END, None)) == witness


@pytest.mark.parametrize("text", ["FREQ=WEEKLY;BYDAY=TH;COUNT=430", "FREQ=DAILY;COUNT=3000"])
def test_counting_begins_with_the_first_date(text):
    witness = rrulestr(text, dtstart=START).between(BEGIN, END, inc=True)

    assert list(read_rule(text).walls(START, BEGIN, END, None)) == witness


def test_mixed_weekdays_are_added_up():
    rule = read_rule("FREQ=MONTHLY;BYDAY=1MO,SU")
    march = dt.datetime(2027, 3, 1), dt.datetime(2027, 3, 31)

    days = [wall.day for wall in rule.walls(START, *march, None)]

    assert days == [1, 7, 14, 21, 28]


def test_the_first_date_counts_even_where_the_rule_would_not_give_it():
    tuesday = dt.datetime(2027, 3, 2, 10)

    walls = list(read_rule("FREQ=WEEKLY;BYDAY=TH;COUNT=3").walls(tuesday, BEGIN, END, None))

    assert [wall.day for wall in walls] == [2, 4, 11]


def test_spaces_and_small_letters_in_a_rule_mean_nothing():
    assert read_rule("freq=weekly; byday = mo, tu") == read_rule("FREQ=WEEKLY;BYDAY=MO,TU")


@pytest.mark.parametrize(
    "text", ["FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=31"]
)
def test_a_rule_without_dates_comes_to_an_end(text):
    assert list(read_rule(text).walls(START, BEGIN, END, None)) == []


@pytest.mark.parametrize(
    ("text", "code", "detail"),
    [
        ("FREQ=SECONDLY", "rule_too_often", "SECONDLY"),
        ("FREQ=MINUTELY;INTERVAL=1440", "rule_too_often", "MINUTELY"),
        ("FREQ=HOURLY", "rule_too_often", "HOURLY"),
        ("FREQ=DAILY;BYHOUR=8,16", "rule_too_often", "BYHOUR"),
        ("FREQ=DAILY;BYMINUTE=0,30", "rule_too_often", "BYMINUTE"),
        ("FREQ=DAILY;INTERVAL=0", "rule_out_of_range", "INTERVAL=0"),
        ("FREQ=DAILY;INTERVAL=1001", "rule_out_of_range", "INTERVAL=1001"),
        ("FREQ=DAILY;INTERVAL=-1", "rule_unknown", "INTERVAL=-1"),
        ("FREQ=DAILY;COUNT=10001", "rule_out_of_range", "COUNT=10001"),
        ("FREQ=DAILY;COUNT=0", "rule_out_of_range", "COUNT=0"),
        ("FREQ=WEEKLY;UNTL=20271231", "rule_unknown", "UNTL"),
        ("FREQ=WEEKLY;UNTIL=20270230", "rule_unknown", "UNTIL=20270230"),
        ("FREQ=WEEKLY;BYDAY=XX", "rule_unknown", "BYDAY=XX"),
        ("FREQ=YEARLY;BYMONTH=13", "rule_unknown", "BYMONTH=13"),
        ("FREQ=FORTNIGHTLY", "rule_unknown", "FREQ=FORTNIGHTLY"),
        ("", "rule_unknown", "FREQ="),
    ],
)
def test_rules_nobody_can_mean_are_refused_by_their_text(text, code, detail):
    with pytest.raises(RuleProblem) as caught:
        read_rule(text)

    assert (caught.value.code, caught.value.detail) == (code, detail)
