"""A usual week of all venues together: what is on when, what overlaps, and what nobody offers.

Rule (initiative 2a, venues supplement each other instead of competing): two activities of different
venues overlap when they are of the same kind, share a target group, lie in the same district and
run at the same time on at least one day. Even and odd weeks do not meet.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations

EVENING = (dt.time(17), dt.time(23))
LEAST = dt.timedelta(minutes=30)
SUNDAY = 6
CHRISTMAS = ((12, 24), (12, 25), (12, 26))  # month and day
FIRST_HOUR = 7  # what lies before is one row: the night
DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Held:
    """One date of an activity; `starts` and `ends` are naive local time.

    `venues` hold it, `groups` are codes, `district` is "" when it is unknown or secret.
    """

    activity: int
    title: str
    venues: frozenset[int]
    kind: str
    groups: frozenset[str]
    district: str
    starts: dt.datetime
    ends: dt.datetime


@dataclass(frozen=True, slots=True)
class Entry:
    """An activity on a weekday (0 is Monday) at a time, with the dates it stands for."""

    date: Held
    weekday: int
    starts: dt.time
    ends: dt.time
    weeks: int


@dataclass(frozen=True, slots=True, order=True)
class Slot:
    """One row of one day: from hour `first` up to hour `last`, 0 to 24."""

    weekday: int
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Overlap:
    """Two activities that compete, on which weekday, from when until when, for whom."""

    first: Held
    second: Held
    weekday: int
    starts: dt.time
    ends: dt.time
    groups: frozenset[str]
    weeks: int


class Gap(StrEnum):
    """A time that is easily left empty."""

    EVENING = "evening"
    SUNDAY = "sunday"
    CHRISTMAS = "christmas"


def hours() -> list[tuple[int, int]]:
    """Return the rows of the week: the night until 7, then each hour until midnight."""
    return [(0, FIRST_HOUR), *((hour, hour + 1) for hour in range(FIRST_HOUR, 24))]


def usual_week(dates: Iterable[Held]) -> list[Entry]:
    """Return dates of some weeks laid over each other, in order of weekday and time."""
    found: dict[tuple[int, int, dt.time, dt.time], list[Held]] = defaultdict(list)
    for date in dates:
        key = (date.activity, date.starts.weekday(), date.starts.time(), date.ends.time())
        found[key].append(date)
    entries = [
        Entry(same[0], weekday, starts, ends, len({date.starts.date() for date in same}))
        for (_, weekday, starts, ends), same in found.items()
    ]
    return sorted(entries, key=lambda entry: (entry.weekday, entry.starts, entry.date.title))


def grid(entries: Sequence[Entry]) -> dict[Slot, list[Entry]]:
    """Return what runs in each row of each day; every slot is there, empty ones too."""
    found: dict[Slot, list[Entry]] = {
        Slot(day, first, last): [] for first, last in hours() for day in range(7)
    }
    for entry in entries:
        for slot in slots_of(entry):
            found[slot].append(entry)
    return found


def slots_of(entry: Entry) -> list[Slot]:
    """Return the rows that an entry runs in; what passes Sunday's midnight is on Monday."""
    begins, ends = _span(entry)
    days = range(begins.days, -(-ends // DAY))
    found = (
        Slot(day % 7, first, last)
        for day in days
        for first, last in hours()
        if begins < day * DAY + dt.timedelta(hours=last)
        and ends > day * DAY + dt.timedelta(hours=first)
    )
    return list(dict.fromkeys(found))


def competes(one: Held, other: Held) -> bool:
    """Whether two dates overlap by the rule above. No known district is no district shared."""
    return (
        one.kind == other.kind
        and bool(one.district)
        and one.district == other.district
        and bool(one.groups & other.groups)
        and not one.venues & other.venues
        and one.starts < other.ends
        and other.starts < one.ends
    )


def overlaps(dates: Iterable[Held]) -> list[Overlap]:
    """Return the pairs that compete, once for each weekday and time, in order of the week."""
    found: dict[tuple[int, int, int, dt.time, dt.time], list[tuple[Held, Held]]]
    found = defaultdict(list)
    for one, other in _pairs(dates):
        starts, ends = max(one.starts, other.starts), min(one.ends, other.ends)
        key = (one.activity, other.activity, starts.weekday(), starts.time(), ends.time())
        found[key].append((one, other))
    rows = [
        Overlap(
            *pairs[0],
            weekday=weekday,
            starts=starts,
            ends=ends,
            groups=pairs[0][0].groups & pairs[0][1].groups,
            weeks=len(pairs),
        )
        for (_, _, weekday, starts, ends), pairs in found.items()
    ]
    return sorted(rows, key=lambda row: (row.weekday, row.starts, row.first.title))


def _pairs(dates: Iterable[Held]) -> Iterable[tuple[Held, Held]]:
    """Yield competing dates, the lower activity id first; only what can meet is compared."""
    alike: dict[tuple[str, str, dt.date], list[Held]] = defaultdict(list)
    for date in dates:
        last = (date.ends - dt.timedelta(microseconds=1)).date()
        for day in {date.starts.date(), last}:
            alike[date.kind, date.district, day].append(date)
    seen = set()
    for same in alike.values():
        ordered = sorted(same, key=lambda date: (date.activity, date.starts))
        for pair in combinations(ordered, 2):
            if pair not in seen and competes(*pair):
                seen.add(pair)
                yield pair


def lies_in(date: Held, gap: Gap) -> bool:
    """Whether a date fills a gap: half an hour of the evening, some of Sunday, or of Christmas."""
    if gap is Gap.EVENING:
        return _in_evening(date)
    days = _days(date)
    if gap is Gap.SUNDAY:
        return any(day.weekday() == SUNDAY for day in days)
    return any((day.month, day.day) in CHRISTMAS for day in days)


def offers(
    dates: Iterable[Held], keys: Iterable[Hashable], keys_of: Callable[[Held], Iterable[Hashable]]
) -> Mapping[Hashable, dict[Gap, list[Held]]]:
    """Return for each key and gap the dates that fill it, one for each activity, by title.

    An empty list is what nobody offers. `keys_of` names the keys that a date counts for.
    """
    found = {key: {gap: dict[int, Held]() for gap in Gap} for key in keys}
    for date in sorted(dates, key=lambda date: (date.title, date.starts)):
        for gap in Gap:
            if not lies_in(date, gap):
                continue
            for key in keys_of(date):
                if key in found:
                    found[key][gap].setdefault(date.activity, date)
    return {
        key: {gap: list(held.values()) for gap, held in gaps.items()} for key, gaps in found.items()
    }


def coming_christmas(today: dt.date) -> tuple[dt.date, dt.date]:
    """Return the first and the last day of the Christmas that is on or comes next."""
    last = dt.date(today.year, *CHRISTMAS[-1])
    year = today.year if today <= last else today.year + 1
    return dt.date(year, *CHRISTMAS[0]), dt.date(year, *CHRISTMAS[-1])


def _span(entry: Entry) -> tuple[dt.timedelta, dt.timedelta]:
    """When an entry begins and ends, counted from Monday; over midnight it ends the next day."""
    begins = dt.timedelta(days=entry.weekday) + _since_midnight(entry.starts)
    return begins, begins + (entry.date.ends - entry.date.starts)


def _since_midnight(time: dt.time) -> dt.timedelta:
    return dt.timedelta(hours=time.hour, minutes=time.minute, seconds=time.second)


def _in_evening(date: Held) -> bool:
    day = date.starts.date()
    begins, ends = (dt.datetime.combine(day, time) for time in EVENING)
    return min(date.ends, ends) - max(date.starts, begins) >= LEAST


def _days(date: Held) -> list[dt.date]:
    last = (date.ends - dt.timedelta(microseconds=1)).date()
    return [
        date.starts.date() + number * DAY for number in range((last - date.starts.date()).days + 1)
    ]
