import datetime as dt

from activities.domain.recurrence import slots
from activities.domain.rules import Change, ChangeKind, Frequency, Rule
from activities.domain.stop import Stop, with_stops, without_stopped

FROM, UNTIL = dt.date(2026, 3, 1), dt.date(2026, 4, 30)
RULE = Rule("plan1", Frequency.WEEKLY, dt.time(17), dt.time(19), dt.date(2026, 3, 3), weekdays=(1,))


def at(day, hour=17, month=3):
    return dt.datetime(2026, month, day, hour)


def told(rules, changes):
    found = slots(rules, (), changes, start=FROM, end=UNTIL)
    return [f"{slot.starts:%d.%m} {slot.status}" for slot in found]


def test_dates_from_the_stop_on_are_cancelled_and_none_come_after_the_promise():
    stop = Stop(at(10), shown_until=dt.date(2026, 3, 24), reason="Slut")

    rules, changes = with_stops([RULE], (), (), [stop])

    assert told(rules, changes) == [
        "03.03 planned",
        "10.03 cancelled",
        "17.03 cancelled",
        "24.03 cancelled",
    ]
    assert {change.reason for change in changes} == {"Slut"}


def test_an_earlier_date_of_the_same_day_takes_place():
    noon = Rule(
        "plan2", Frequency.WEEKLY, dt.time(12), dt.time(13), dt.date(2026, 3, 3), weekdays=(1,)
    )
    stop = Stop(at(10), shown_until=dt.date(2026, 3, 10))

    rules, changes = with_stops([RULE, noon], (), (), [stop])

    assert told(rules, changes) == [
        "03.03 planned",
        "03.03 planned",
        "10.03 planned",
        "10.03 cancelled",
    ]


def test_a_date_moved_before_the_stop_takes_place_and_one_moved_behind_it_does_not():
    moves = [
        Change(ChangeKind.MOVED, at(3), at(11), at(11, 19)),
        Change(ChangeKind.MOVED, at(17), at(5), at(5, 19)),
    ]
    stop = Stop(at(10), shown_until=dt.date(2026, 3, 17))

    rules, changes = with_stops([RULE], (), moves, [stop])

    assert told(rules, changes) == ["05.03 moved", "10.03 cancelled", "11.03 cancelled"]


def test_a_stop_taken_back_leaves_only_what_has_passed_cancelled():
    stop = Stop(at(3), dt.date(2026, 12, 31), resumed_on=dt.date(2026, 3, 12))

    rules, changes = with_stops([RULE], (), (), [stop])

    assert rules == [RULE]
    assert told(rules, changes)[:3] == ["03.03 cancelled", "10.03 cancelled", "17.03 planned"]


def test_a_stop_taken_back_before_it_began_says_nothing():
    stop = Stop(at(10), dt.date(2026, 12, 31), resumed_on=dt.date(2026, 3, 10))

    assert with_stops([RULE], (), (), [stop]) == ([RULE], [])


def test_a_sentence_about_a_stopped_rule_ends_the_day_before():
    stop = Stop(at(10), dt.date(2026, 12, 31))

    (rule,) = without_stopped([RULE], [stop])

    assert rule.until_on == dt.date(2026, 3, 9)
    assert without_stopped([RULE], [Stop(at(3), dt.date(2026, 12, 31))]) == []
