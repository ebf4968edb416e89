"""What a citizen would misunderstand of an activity, seen before its page is published.

Values in, findings out. Somebody may walk far for a date, so the dates are held against the hours
of the place; a meal after closing time is common, and so this only asks, once.
"""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from activities.domain.dates import OPEN_SPAN
from activities.domain.recurrence import check_rule, slots
from activities.domain.rules import Break, Change, Frequency, Rule, RuleError, Slot, Status
from core.domain.findings import Finding, Weight
from directory.domain.hours import DayPlan, Deviation, Hours, Span, day_spans

LONG = dt.timedelta(hours=12)
NIGHT_ENDS = dt.time(5)
FAR = dt.timedelta(days=400)  # a first date further ahead is seldom meant
LOOKED_AT = 12  # dates held against the hours of the place, from the first one to come


class Price(StrEnum):
    """What is said of the price."""

    SAID = "said"
    UNKNOWN = "unknown"  # "we do not know"
    MISSING = "missing"  # a price in kroner that nobody wrote


class Where(StrEnum):
    """What is said of the place."""

    SAID = "said"
    HIDDEN = "hidden"  # its venue's address must not be told; people ring
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class House:
    """The venue at which the activity is: its hours; `name` as it is called."""

    name: str
    hours: tuple[Hours, ...]
    deviations: tuple[Deviation, ...] = ()


@dataclass(frozen=True, slots=True)
class ActivityFacts:
    """What the rules look at. `house` is None where it is somewhere else or nothing is known."""

    rules: tuple[Rule, ...]
    breaks: tuple[Break, ...]
    price: Price
    where: Where
    changes: tuple[Change, ...] = ()
    house: House | None = None
    must_ring: bool = False
    phone: str = ""


def activity_findings(facts: ActivityFacts, *, now: dt.datetime) -> list[Finding]:
    """Return what a citizen would misunderstand, errors first; `now` is naive local time."""
    broken = list(_broken(facts.rules))
    if broken:
        return broken
    start = now.date() - dt.timedelta(days=1)
    found = slots(facts.rules, facts.breaks, facts.changes, start=start, end=now.date() + OPEN_SPAN)
    ahead = [slot for slot in found if slot.ends > now and slot.status is not Status.CANCELLED]
    return [
        *_said(facts),
        *_when(facts, ahead, now),
        *(finding for rule in facts.rules for finding in _strange(rule)),
        *(_at_the_house(facts.house, ahead[:LOOKED_AT]) if facts.house else ()),
    ]


def _broken(rules: Sequence[Rule]) -> Iterator[Finding]:
    """Rules that give no date at all; the form says it beside the field, too."""
    if not rules:
        yield Finding("no_schedule", "schedules", weight=Weight.ERROR)
    for rule in rules:
        try:
            check_rule(rule)
        except RuleError as error:
            yield Finding(error.code, "schedules", rule.key, Weight.ERROR)


def _said(facts: ActivityFacts) -> Iterator[Finding]:
    if facts.price is Price.MISSING:
        yield Finding("price_missing", "price", weight=Weight.ERROR)
    if facts.price is Price.UNKNOWN:
        yield Finding("no_price", "price_type")
    if facts.where is Where.UNKNOWN:
        yield Finding("no_place", "place_kind")
    if facts.must_ring and not facts.phone:
        yield Finding("no_phone_to_ring", "phone")


def _when(facts: ActivityFacts, ahead: Sequence[Slot], now: dt.datetime) -> Iterator[Finding]:
    """Whether there is a date to come, and whether it is in the year that was meant."""
    if not ahead:
        last = max(_last_day(rule) for rule in facts.rules)
        first = min(rule.first_on for rule in facts.rules)
        if first > now.date() + OPEN_SPAN:
            yield Finding("strange_year", "schedules", str(first.year), facts={"day": first})
        elif last < now.date():
            yield Finding("all_past", "schedules", facts={"day": last})
        else:
            yield Finding("no_dates_ahead", "schedules")
        return
    first = ahead[0].starts.date()
    if first - now.date() > FAR:
        yield Finding("strange_year", "schedules", str(first.year), facts={"day": first})
    for rule in facts.rules:
        once_past = rule.frequency is Frequency.ONCE and rule.first_on < now.date()
        if once_past and len(facts.rules) > 1 and now.date() - rule.first_on > FAR:
            day = rule.first_on
            yield Finding("strange_year", "schedules", str(day), facts={"day": day})


def _last_day(rule: Rule) -> dt.date:
    if rule.frequency is Frequency.ONCE:
        return rule.first_on
    return rule.until_on or dt.date.max


def _strange(rule: Rule) -> Iterator[Finding]:
    """Times that are seldom meant: long past midnight, or begun in the night."""
    about = f"{rule.starts:%H:%M}-{rule.ends:%H:%M}"
    if rule.length > LONG:
        yield Finding("very_long", "schedules", about, facts={"rule": rule})
    elif rule.starts < NIGHT_ENDS:
        yield Finding("starts_at_night", "schedules", about, facts={"rule": rule})


def _at_the_house(house: House, ahead: Sequence[Slot]) -> Iterator[Finding]:
    """Dates on which the door of the place is shut: on closed days, or outside its hours."""
    if not house.hours:
        return
    told: set[str] = set()
    for slot in ahead:
        if slot.place:  # this one date was moved somewhere else
            continue
        plan = day_spans(house.hours, house.deviations, slot.starts.date())
        finding = _clash(house, slot, plan)
        if finding is not None and finding.key not in told:
            told.add(finding.key)
            yield finding


def _clash(house: House, slot: Slot, plan: DayPlan) -> Finding | None:
    if not plan.confirmed:  # a holiday nobody has spoken for: the page says so already
        return None
    day = slot.starts.date()
    facts = {"house": house.name, "slot": slot, "spans": plan.door_spans}
    if plan.closed_reason is not None:
        facts["reason"] = plan.closed_reason
        return Finding("place_closed", "schedules", f"{day}", facts=facts)
    about = f"{day.weekday()} {slot.starts:%H:%M}-{slot.ends:%H:%M}"
    yesterday = day - dt.timedelta(days=1)
    before = day_spans(house.hours, house.deviations, yesterday).door_spans
    spans = [*before, *plan.door_spans]
    if not plan.door_spans and not any(span.holds(slot.starts) for span in spans):
        return Finding("place_shut_that_day", "schedules", about, facts=facts)
    if any(opens <= slot.starts and slot.ends <= closes for opens, closes in _joined(spans)):
        return None
    return Finding("outside_hours", "schedules", about, facts=facts)


def _joined(spans: Sequence[Span]) -> list[tuple[dt.datetime, dt.datetime]]:
    """Spans that touch, whoever is there, as one stretch of open door."""
    joined: list[tuple[dt.datetime, dt.datetime]] = []
    for span in sorted(spans):
        if joined and span.opens <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], span.closes))
        else:
            joined.append((span.opens, span.closes))
    return joined
