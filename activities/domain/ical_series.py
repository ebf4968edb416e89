"""An activity's dates as few calendar entries: series, their exceptions, and single dates.

What a calendar program makes of the entries is exactly what `recurrence.slots` says. A date that
does not exist is an EXDATE, one that was changed is an override, one more is an entry of its own.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dateutil.relativedelta import relativedelta

from activities.domain.recurrence import rule_dates, segments, slots
from activities.domain.rules import Break, Change, Rule, Slot, Status
from activities.domain.series import Recurrence, Segment

KEPT = relativedelta(months=6)  # how long a changed date, or what has ended, stays in calendars
YEARS_AHEAD = 2


@dataclass(frozen=True, slots=True)
class Series:
    """One entry without its words. Without `rrule`, `slot` is its only date.

    With `rrule`, `slot` is the first date as planned, `exdates` are starts the rule gives and
    that do not exist, and `overrides` the dates of which something must be told.
    """

    key: str  # which series of the activity: a part of its UID, the same for ever
    slot: Slot
    rrule: Recurrence | None = None
    exdates: tuple[dt.datetime, ...] = ()
    overrides: tuple[Slot, ...] = ()


@dataclass(frozen=True, slots=True)
class _Window:
    """The days that are worked through, and since when what is past is told in detail."""

    first: dt.date
    last: dt.date
    recent: dt.date


def plan(
    rules: Sequence[Rule],
    breaks: Sequence[Break] = (),
    changes: Iterable[Change] = (),
    *,
    today: dt.date,
) -> list[Series]:
    """The entries that show an activity in calendars, in the order of its rules.

    What is over for six months is gone: entries that ended, and changes of single dates (a date
    cancelled or moved then becomes an EXDATE). A series begins no earlier than the January
    before that, so that lists of exceptions do not grow for ever. Each of these limits moves at
    most once a year, or when a change grows old: on other days the answer is the same.
    """
    changes = list(changes)
    window = _window(changes, today)
    found = slots(rules, breaks, changes, start=window.first, end=window.last)
    planned = [
        series
        for rule in rules
        for segment in segments(rule, horizon=window.last)
        if (series := _series(rule, segment, found, window))
    ]
    extras = [slot for slot in found if not slot.rule_key and not _is_over(slot, window.recent)]
    return planned + [Series(_extra_key(slot), slot) for slot in extras]


def is_changed(slot: Slot) -> bool:
    """Whether there is something to tell of this date that its series does not say."""
    return slot.status is not Status.PLANNED or bool(slot.reason or slot.note or slot.place)


def _window(changes: Iterable[Change], today: dt.date) -> _Window:
    """Wide enough for dates that were moved across its edges."""
    recent = today - KEPT
    first, last = dt.date(recent.year, 1, 1), dt.date(today.year + YEARS_AHEAD, 12, 31)
    for change in changes:
        if change.original is not None:
            last = max(last, change.original.date())
            if change.starts is not None and change.starts.date() >= recent:
                first = min(first, change.original.date())
    return _Window(first, last, recent)


def _series(rule: Rule, segment: Segment, found: Sequence[Slot], window: _Window) -> Series | None:
    starts = _starts(rule, segment, window)
    own = {slot.original: slot for slot in found if slot.rule_key == rule.key}
    kept = [
        slot for start in starts if (slot := own.get(start)) and not _is_gone(slot, window.recent)
    ]
    if not kept or all(_is_over(slot, window.recent) for slot in kept):
        return None
    rrule = _rrule(segment, starts, kept[-1], found, window)
    if rrule is None or rrule["until"] == kept[0].original.date():
        return Series(_key(rule, segment), kept[0])
    originals = {slot.original for slot in kept}
    first, last = kept[0].original, kept[-1].original
    return Series(
        key=_key(rule, segment),
        slot=Slot(rule.key, first, first, first + rule.length, Status.PLANNED),
        rrule=rrule,
        exdates=tuple(at for at in starts if first < at < last and at not in originals),
        overrides=tuple(
            slot for slot in kept if is_changed(slot) and not _is_over(slot, window.recent)
        ),
    )


def _starts(rule: Rule, segment: Segment, window: _Window) -> list[dt.datetime]:
    days = rule_dates(rule, start=max(segment.first, window.first), end=window.last)
    return [dt.datetime.combine(day, rule.starts) for day in days if segment.covers(day)]


def _rrule(
    segment: Segment,
    starts: Sequence[dt.datetime],
    last: Slot,
    found: Sequence[Slot],
    window: _Window,
) -> Recurrence | None:
    """The rule, ended where its last date within the window stands unless it surely goes on.

    It does not surely go on after a break that reaches the window's edge, nor when an earlier
    rule takes some of its starts: beyond the window nothing would hold them back.
    """
    if segment.rrule is None:
        return None
    until = segment.rrule["until"]
    ended = until is not None and until <= window.last
    held_back = starts[-1] != last.original or bool(
        set(starts) & {slot.original for slot in found if slot.rule_key not in ("", last.rule_key)}
    )
    if not ended and not held_back:
        return segment.rrule
    return {**segment.rrule, "until": last.original.date()}


def _is_gone(slot: Slot, recent: dt.date) -> bool:
    """Whether a date was cancelled or moved so long ago that nobody need be told any more."""
    return slot.status is not Status.PLANNED and _is_over(slot, recent)


def _is_over(slot: Slot, recent: dt.date) -> bool:
    return slot.ends.date() < recent


def _key(rule: Rule, segment: Segment) -> str:
    return f"{rule.key}-{segment.key}" if segment.key else rule.key


def _extra_key(slot: Slot) -> str:
    return f"x{slot.original:%Y%m%dT%H%M%S}"
