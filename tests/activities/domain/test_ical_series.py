"""What calendar programs make of our entries is what the site says, date for date."""

import datetime as dt
from collections.abc import Iterator, Sequence

import icalendar
import recurring_ical_events
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from activities.domain.ical import Entry, Header, calendar_text, entry_text
from activities.domain.ical_series import Series, plan
from activities.domain.recurrence import COPENHAGEN, RuleError, check_rule, slots
from activities.domain.rules import Break, Change, ChangeKind, Frequency, Rule, Slot, Status, Weeks

TODAY = dt.date(2026, 11, 23)
RECENT = dt.date(2026, 5, 23)
END = dt.date(2028, 12, 31)
STAMP = dt.datetime(2026, 11, 1, 8, tzinfo=dt.UTC)

TUESDAYS = Rule(
    key="plan1",
    frequency=Frequency.WEEKLY,
    starts=dt.time(17, 30),
    ends=dt.time(19, 30),
    first_on=dt.date(2026, 9, 1),
    weekdays=(1,),
)


def at(year: int, month: int, day: int, hour: int = 17, minute: int = 30) -> dt.datetime:
    return dt.datetime(year, month, day, hour, minute)


def cancelled(*when: int) -> Change:
    return Change(ChangeKind.CANCELLED, at(*when))


def moved(original: dt.datetime, starts: dt.datetime) -> Change:
    return Change(ChangeKind.MOVED, original, starts, starts + dt.timedelta(hours=2))


def weekly(until: dt.date | None = None) -> dict[str, object]:
    return {"freq": "WEEKLY", "interval": 1, "byday": ["TU"], "until": until}


def planned(*when: int) -> Slot:
    starts = at(*when)
    return Slot("plan1", starts, starts, starts + dt.timedelta(hours=2), Status.PLANNED)


def test_plan_of_a_weekly_rule_is_one_endless_series() -> None:
    assert plan([TUESDAYS], today=TODAY) == [Series("plan1", planned(2026, 9, 1), weekly())]


def test_plan_takes_days_of_a_break_out_and_starts_after_one() -> None:
    breaks = [
        Break(dt.date(2026, 9, 1), dt.date(2026, 9, 7)),
        Break(dt.date(2026, 12, 21), dt.date(2027, 1, 3)),
    ]

    found = plan([TUESDAYS], breaks, today=TODAY)

    exdates = (at(2026, 12, 22), at(2026, 12, 29))
    assert found == [Series("plan1", planned(2026, 9, 8), weekly(), exdates)]


def test_plan_ends_before_a_break_that_is_longer_than_we_look_ahead() -> None:
    found = plan([TUESDAYS], [Break(dt.date(2026, 12, 1), dt.date(2199, 12, 31))], today=TODAY)

    assert found == [Series("plan1", planned(2026, 9, 1), weekly(dt.date(2026, 11, 24)))]


def test_plan_tells_of_cancelled_and_moved_dates_as_overrides_only() -> None:
    changes = [
        cancelled(2026, 11, 24),
        moved(at(2026, 12, 1), at(2026, 12, 2, 18)),
    ]

    (series,) = plan([TUESDAYS], changes=changes, today=TODAY)

    assert series.exdates == ()
    assert [(slot.original, slot.starts, slot.status) for slot in series.overrides] == [
        (at(2026, 11, 24), at(2026, 11, 24), Status.CANCELLED),
        (at(2026, 12, 1), at(2026, 12, 2, 18), Status.MOVED),
    ]


def test_plan_gives_an_extra_date_an_entry_of_its_own() -> None:
    extra = Change(ChangeKind.EXTRA, None, at(2026, 12, 24, 12), at(2026, 12, 24, 14))

    found = plan([TUESDAYS], changes=[extra], today=TODAY)

    assert [series.key for series in found] == ["plan1", "x20261224T123000"]
    assert found[1].slot.status is Status.EXTRA


def test_plan_lets_the_first_of_two_rules_have_a_common_date() -> None:
    both = [TUESDAYS, Rule(**{**fields(TUESDAYS), "key": "plan2", "weekdays": (1, 3)})]

    first, second = plan(both, today=TODAY)

    assert first == Series("plan1", planned(2026, 9, 1), weekly())
    assert second.slot.original == at(2026, 9, 3)
    assert second.exdates[:2] == (at(2026, 9, 8), at(2026, 9, 15))
    assert second.rrule == {
        "freq": "WEEKLY",
        "interval": 1,
        "byday": ["TU", "TH"],
        "until": dt.date(2028, 12, 28),
    }


def test_plan_of_a_rule_that_another_covers_is_empty() -> None:
    copy = Rule(**{**fields(TUESDAYS), "key": "plan2"})

    assert plan([TUESDAYS, copy], today=TODAY) == plan([TUESDAYS], today=TODAY)


def test_plan_forgets_what_was_decided_over_six_months_ago() -> None:
    rule = Rule(**{**fields(TUESDAYS), "first_on": dt.date(2026, 3, 3)})
    old, recent = cancelled(2026, 5, 19), cancelled(2026, 5, 26)

    (series,) = plan([rule], changes=[old, recent], today=TODAY)

    assert series.exdates == (at(2026, 5, 19),)
    assert [slot.original for slot in series.overrides] == [at(2026, 5, 26)]


def test_plan_of_what_ended_over_six_months_ago_is_empty() -> None:
    rule = Rule(
        **{**fields(TUESDAYS), "first_on": dt.date(2025, 9, 2), "until_on": dt.date(2026, 5, 20)}
    )

    assert plan([rule], today=TODAY) == []
    assert len(plan([rule], today=dt.date(2026, 11, 19))) == 1


def test_plan_begins_no_earlier_than_the_january_before_the_last_six_months() -> None:
    rule = Rule(**{**fields(TUESDAYS), "first_on": dt.date(2014, 9, 2)})

    assert plan([rule], today=TODAY) == [Series("plan1", planned(2026, 1, 6), weekly())]
    assert plan([rule], today=dt.date(2026, 6, 30)) == [
        Series("plan1", planned(2025, 1, 7), weekly())
    ]


def test_plan_does_not_change_from_day_to_day() -> None:
    changes = [cancelled(2026, 11, 24)]
    days = [TODAY + dt.timedelta(days=number) for number in range(38)]

    plans = [plan([TUESDAYS], changes=changes, today=day) for day in days]

    assert plans == [plans[0]] * 38


def test_plan_keeps_an_old_date_that_was_moved_to_now() -> None:
    rule = Rule(**{**fields(TUESDAYS), "first_on": dt.date(2025, 9, 2)})

    (series,) = plan([rule], changes=[moved(at(2025, 11, 25), at(2026, 12, 3))], today=TODAY)

    assert series.slot == planned(2025, 11, 25)
    assert [slot.starts for slot in series.overrides] == [at(2026, 12, 3)]


def test_plan_of_a_single_date_carries_its_change_itself() -> None:
    rule = Rule(**{**fields(TUESDAYS), "frequency": Frequency.ONCE})

    (series,) = plan([rule], changes=[cancelled(2026, 9, 1)], today=TODAY)

    assert (series.slot.status, series.rrule, series.overrides) == (Status.CANCELLED, None, ())


def test_plan_of_odd_weeks_is_cut_where_week_53_breaks_the_rhythm() -> None:
    rule = Rule(**{**fields(TUESDAYS), "weeks": Weeks.ODD})

    found = plan([rule], today=TODAY)

    assert [(series.key, series.slot.original.date()) for series in found] == [
        ("plan1-2021", dt.date(2026, 9, 8)),
        ("plan1-2027", dt.date(2027, 1, 5)),
    ]


def fields(rule: Rule) -> dict[str, object]:
    return {name: getattr(rule, name) for name in rule.__dataclass_fields__}


some_days = st.dates(dt.date(2025, 6, 1), dt.date(2027, 12, 31)) | st.sampled_from(
    [
        dt.date(2026, 3, 29),  # clocks go forward
        dt.date(2026, 10, 25),  # clocks go back
        dt.date(2026, 12, 29),  # in week 53
        dt.date(2028, 2, 29),  # leap day
    ]
)
# Between 2 and 3 at night a wall time may not exist, and programs differ.
some_times = st.sampled_from([dt.time(0, 30), dt.time(9), dt.time(17, 30), dt.time(23)])


@st.composite
def some_rules(draw: st.DrawFn) -> list[Rule]:
    return [draw(a_rule(f"plan{number}")) for number in range(draw(st.integers(1, 2)))]


@st.composite
def a_rule(draw: st.DrawFn, key: str) -> Rule:
    first_on = draw(some_days)
    lasting = draw(st.none() | st.integers(0, 500))
    return Rule(
        key=key,
        frequency=draw(st.sampled_from(Frequency)),
        starts=draw(some_times),
        ends=draw(some_times),
        first_on=first_on,
        until_on=None if lasting is None else first_on + dt.timedelta(days=lasting),
        weekdays=tuple(sorted(draw(st.sets(st.integers(0, 6), min_size=1, max_size=3)))),
        weeks=draw(st.sampled_from(Weeks)),
        interval=draw(st.integers(1, 4)),
        nth=draw(st.sampled_from([1, 2, 3, 4, -1])),
    )


some_breaks = st.lists(
    st.builds(
        lambda first, days: Break(first, first + dt.timedelta(days=days)),
        some_days,
        st.integers(0, 60) | st.just(3000),
    ),
    max_size=2,
)


@st.composite
def some_changes(draw: st.DrawFn, found: Sequence[Slot]) -> list[Change]:
    chosen = draw(st.lists(st.sampled_from(found), max_size=4, unique=True)) if found else []
    changes = []
    for slot in chosen:
        kind = draw(st.sampled_from(ChangeKind))
        starts = dt.datetime.combine(draw(some_days), draw(some_times))
        changes.append(
            Change(
                kind,
                None if kind is ChangeKind.EXTRA else slot.original,
                starts if kind in (ChangeKind.EXTRA, ChangeKind.MOVED) else None,
                starts + dt.timedelta(hours=2)
                if kind in (ChangeKind.EXTRA, ChangeKind.MOVED)
                else None,
                note="Tag en ven med" if kind is ChangeKind.NOTE else "",
            )
        )
    return changes


@given(st.data())
@settings(
    max_examples=150,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
)
def test_a_calendar_program_finds_the_dates_of_the_site(data: st.DataObject) -> None:
    rules = data.draw(some_rules())
    for rule in rules:
        assume(is_usable(rule))
    breaks = data.draw(some_breaks)
    plain = slots(rules, breaks, start=dt.date(2026, 1, 1), end=dt.date(2027, 12, 31))
    changes = data.draw(some_changes(plain))

    expanded = expand(plan(rules, breaks, changes, today=TODAY))

    expected = [
        (slot.starts, slot.ends, slot.status is Status.CANCELLED)
        for slot in slots(rules, breaks, changes, start=dt.date(2025, 1, 1), end=END)
        if slot.starts.date() >= RECENT and slot.starts.date() <= END
    ]
    assert expanded == sorted(expected)


def is_usable(rule: Rule) -> bool:
    try:
        check_rule(rule)
    except RuleError:
        return False
    return True


def expand(found: Sequence[Series]) -> list[tuple[dt.datetime, dt.datetime, bool]]:
    """Read our text back with the library that others use, from RECENT to END."""
    text = calendar_text(Header("Prøve"), [entry_text(entry) for entry in entries(found)])
    calendar = icalendar.Calendar.from_ical(text)
    events = recurring_ical_events.of(calendar).between(
        dt.datetime.combine(RECENT, dt.time(), COPENHAGEN),
        dt.datetime.combine(END + dt.timedelta(days=1), dt.time(), COPENHAGEN),
    )
    dates = [
        (
            event.start.replace(tzinfo=None),
            event.end.replace(tzinfo=None),
            str(event["status"]) == "CANCELLED",
        )
        for event in events
    ]
    return sorted(date for date in dates if date[0].date() >= RECENT)


def entries(found: Sequence[Series]) -> Iterator[Entry]:
    for series in found:
        yield entry(series, series.slot, rrule=series.rrule, exdates=series.exdates)
        for slot in series.overrides:
            yield entry(series, slot, original=slot.original, sequence=1)


def entry(series: Series, slot: Slot, **values: object) -> Entry:
    return Entry(
        **{
            "uid": series.key,
            "summary": "Fællesspisning",
            "starts": slot.starts,
            "ends": slot.ends,
            "sequence": 0,
            "changed_at": STAMP,
            "cancelled": slot.status is Status.CANCELLED,
        }
        | values
    )
