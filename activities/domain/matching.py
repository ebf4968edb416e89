"""Which stored date is which date of the plan, when the plan has changed.

Links and calendar entries of stored dates are already out in the world, so a date keeps its row
for as long as people would call it the same date: same start by the rule, else same day. Days
that have passed are history: a rule corrected today does not rewrite them.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from activities.domain.rules import Slot, Status


@dataclass(frozen=True, slots=True)
class Stored:
    """One stored date. `original` is the naive local start the rule gave, `day` the real day."""

    id: int
    original: dt.datetime
    day: dt.date
    status: Status


@dataclass(frozen=True, slots=True)
class Kept:
    """A stored date and what now holds for it; a past date may keep its times."""

    id: int
    slot: Slot
    keep_times: bool = False


@dataclass(slots=True)
class Difference:
    """What has to be written for the stored dates to match the plan."""

    kept: list[Kept] = field(default_factory=list)
    added: list[Slot] = field(default_factory=list)
    removed: list[int] = field(default_factory=list)


def difference(
    stored: Iterable[Stored], slots: Iterable[Slot], *, today: dt.date, fill_past: bool
) -> Difference:
    """Match stored dates with the plan's, first by the start the rule gave, then by day in order.

    Dates before `today` are only touched where somebody changed that very date, and only added
    when nothing was ever stored (`fill_past`) or when they are extra.
    """
    result = Difference()
    rows = {row.original: row for row in stored}
    left: list[Slot] = []
    for slot in slots:
        row = rows.pop(slot.original, None)
        if row is None:
            left.append(slot)
        elif not (row.day < today and slot.starts.date() < today):
            result.kept.append(Kept(row.id, slot))
        elif _was_changed(row, slot):
            moved = Status.MOVED in (row.status, slot.status)
            result.kept.append(Kept(row.id, slot, keep_times=not moved))
    _match_days(rows, left, today, result)
    result.removed += [
        row.id for row in rows.values() if row.day >= today or row.status is Status.EXTRA
    ]
    result.added += [
        slot
        for slot in left
        if fill_past or slot.starts.date() >= today or slot.status is Status.EXTRA
    ]
    return result


def follow(
    originals: Mapping[int, dt.datetime],
    planned: Iterable[dt.datetime],
    stored: Iterable[dt.datetime] = (),
) -> dict[int, dt.datetime]:
    """Where changes go whose date has got another time of day, in order, as {key: new start}.

    `originals` are the starts that changes name, by key; `planned` are the starts the rules give
    now, `stored` those that were known before. A cancelled Tuesday at 17 stays cancelled when the
    rule moves to 17.30, but never cancels another date that the day had all along.
    """
    known = set(planned)
    named = set(originals.values())
    free = sorted(known - named - set(stored))
    place: dict[dt.datetime, dt.datetime] = {}
    for lost in sorted(named - known):
        same_day = [start for start in free if start.date() == lost.date()]
        if same_day:
            place[lost] = same_day[0]
            free.remove(same_day[0])
    return {key: place[start] for key, start in originals.items() if start in place}


def _was_changed(row: Stored, slot: Slot) -> bool:
    told = slot.reason or slot.note or slot.place
    return bool(told) or (row.status, slot.status) != (Status.PLANNED, Status.PLANNED)


def _match_days(
    rows: dict[dt.datetime, Stored], left: list[Slot], today: dt.date, result: Difference
) -> None:
    """Give rows to the slots of the same day, taking both out of what is left."""
    by_day: dict[dt.date, list[Stored]] = {}
    for original in sorted(rows):
        row = rows[original]
        if row.day >= today:
            by_day.setdefault(original.date(), []).append(row)
    for slot in _in_order(left):
        same_day = by_day.get(slot.original.date())
        if same_day and slot.starts.date() >= today:
            row = same_day.pop(0)
            del rows[row.original]
            left.remove(slot)
            result.kept.append(Kept(row.id, slot))


def _in_order(slots: Sequence[Slot]) -> list[Slot]:
    return sorted(slots, key=lambda slot: slot.original)
