"""Rules, breaks and changes become the dates of an activity, in local wall time.

The rules say what would be, breaks take days out without a trace, and changes say what became of a
single date. A change names the start the rule gave; when a corrected rule no longer gives
that start, the change goes with it.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from zoneinfo import ZoneInfo

from activities.domain.dates import (
    MAX_DATES,
    check_change,
    check_rule,
    in_break,
    rule_dates,
)
from activities.domain.rules import (
    Break,
    Change,
    ChangeKind,
    Rule,
    RuleError,
    Slot,
    Status,
)
from activities.domain.series import Segment, segments

__all__ = [
    "MAX_DATES",
    "RuleError",
    "Segment",
    "check_change",
    "check_rule",
    "local_to_utc",
    "rule_dates",
    "segments",
    "slots",
    "utc_span",
]

COPENHAGEN = ZoneInfo("Europe/Copenhagen")
SECOND = dt.timedelta(seconds=1)


def slots(
    rules: Sequence[Rule],
    breaks: Sequence[Break] = (),
    changes: Iterable[Change] = (),
    *,
    start: dt.date,
    end: dt.date,
) -> list[Slot]:
    """The dates from `start` to `end` (days, both included), sorted by their real start.

    A date belongs to the window if the day the rule gave or the day it really starts lies in it.
    A start that two rules give is one date, the first rule's. A cancelled date keeps its
    time; one that was moved and then cancelled keeps the new time. An extra date can be changed
    like any other. It takes the place of a cancelled one at the same time, and is dropped where a
    date already takes place then. No two dates share an `original`: where the plan gives a date
    that was cancelled or moved away, an extra one at its start is named a second later.
    """
    by_original: dict[dt.datetime, list[Change]] = {}
    extras: list[Change] = []
    for change in changes:
        if change.kind is ChangeKind.EXTRA:
            extras.append(change)
        elif change.original is not None:
            by_original.setdefault(change.original, []).append(change)

    found = _planned(rules, breaks, start, end)
    for original, own in by_original.items():
        slot = found.get(original) or _planned_at(rules, breaks, original)
        if slot is not None:
            found[original] = _apply(slot, own)
    for extra in extras:
        begins = extra.starts or extra.original
        if begins is not None:
            given = _planned_at(rules, breaks, begins) is not None
            slot = _extra(extra, begins, rules)
            _add(found, replace(slot, original=begins + SECOND) if given else slot, by_original)
    inside = (slot for slot in found.values() if _touches(slot, start, end))
    return sorted(inside, key=_order)


def local_to_utc(naive: dt.datetime) -> dt.datetime:
    """An aware UTC moment for a naive wall time in Copenhagen.

    A time the spring change skips is read with the offset before the gap (RFC 5545 3.3.5: 2.30
    becomes 3.30); of a time the autumn change gives twice it is the first.
    """
    return naive.replace(tzinfo=COPENHAGEN, fold=0).astimezone(dt.UTC)


def utc_span(starts: dt.datetime, ends: dt.datetime) -> tuple[dt.datetime, dt.datetime]:
    """Naive local start and end as aware UTC, the end always after the start.

    Only a date inside the skipped spring hour would end before it starts; it keeps its length.
    """
    starts_at, ends_at = local_to_utc(starts), local_to_utc(ends)
    return starts_at, ends_at if ends_at > starts_at else starts_at + (ends - starts)


def _planned(
    rules: Sequence[Rule], breaks: Sequence[Break], start: dt.date, end: dt.date
) -> dict[dt.datetime, Slot]:
    found: dict[dt.datetime, Slot] = {}
    for rule in rules:
        length = rule.length
        for day in rule_dates(rule, start=start, end=end):
            original = dt.datetime.combine(day, rule.starts)
            if original not in found and not in_break(day, breaks):
                found[original] = Slot(
                    rule.key, original, original, original + length, Status.PLANNED
                )
    return found


def _planned_at(
    rules: Sequence[Rule], breaks: Sequence[Break], original: dt.datetime
) -> Slot | None:
    """The date whose start by the rules is exactly `original`, wherever that lies."""
    day = original.date()
    fitting = [rule for rule in rules if rule.starts == original.time()]
    return _planned(fitting, breaks, day, day).get(original)


def _apply(slot: Slot, changes: Iterable[Change]) -> Slot:
    for change in sorted(changes, key=lambda change: change.kind is ChangeKind.CANCELLED):
        if change.kind is ChangeKind.MOVED:
            starts = change.starts or slot.original
            ends = change.ends or starts + (slot.ends - slot.starts)
            slot = replace(slot, starts=starts, ends=ends, status=Status.MOVED)
        elif change.kind is ChangeKind.CANCELLED:
            slot = replace(slot, status=Status.CANCELLED)
        slot = replace(
            slot,
            reason=change.reason or slot.reason,
            note=change.note or slot.note,
            place=change.place or slot.place,
        )
    return slot


def _extra(change: Change, begins: dt.datetime, rules: Sequence[Rule]) -> Slot:
    usual = rules[0].length if rules else dt.timedelta(0)
    return Slot(
        rule_key="",
        original=begins,
        starts=begins,
        ends=change.ends or begins + usual,
        status=Status.EXTRA,
        reason=change.reason,
        note=change.note,
        place=change.place,
    )


def _add(
    found: dict[dt.datetime, Slot], extra: Slot, by_original: Mapping[dt.datetime, list[Change]]
) -> None:
    """Put an extra date among the others without telling two stories about one moment."""
    same_start = [slot for slot in found.values() if slot.starts == extra.starts]
    if any(slot.status is not Status.CANCELLED or not slot.rule_key for slot in same_start):
        return
    for slot in same_start:
        del found[slot.original]
    original = extra.original
    while original in found:
        original += SECOND
    found[original] = _apply(replace(extra, original=original), by_original.get(original, ()))


def _touches(slot: Slot, start: dt.date, end: dt.date) -> bool:
    return start <= slot.original.date() <= end or start <= slot.starts.date() <= end


def _order(slot: Slot) -> tuple[dt.datetime, dt.datetime, str]:
    return slot.starts, slot.original, slot.rule_key
