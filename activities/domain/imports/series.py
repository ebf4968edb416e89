"""The dates of one UID: rules, extra and left-out dates, and the dates that were changed.

Two dates are the same when their moments are; a whole day is matched by its day, because
programs write the changed or left-out dates of all-day series as midnight in any zone.
"""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from activities.domain.imports.entries import Entry
from activities.domain.imports.rules import ForeignRule
from activities.domain.imports.times import When
from activities.domain.imports.zones import Zone
from core.domain.dates import day_bounds

_DAY = dt.timedelta(days=1)

Key = dt.datetime | dt.date


class TooManyDates(ValueError):
    """A series that gives more dates in the window than are taken."""


@dataclass(frozen=True, slots=True)
class Window:
    """The Danish days from which dates are taken, both included."""

    first: dt.date
    last: dt.date
    danish: Zone

    def holds(self, when: When) -> bool:
        """Whether `when` begins on one of the days."""
        if when.all_day:
            return self.first <= when.day <= self.last
        return self.first <= self.danish.wall(when.utc()).date() <= self.last

    def walls(self, start: When, margin: dt.timedelta) -> tuple[dt.datetime, dt.datetime]:
        """The window on the wall of `start`, wider by `margin` at both ends."""
        begin, end = day_bounds(self.first)[0], day_bounds(self.last)[1]
        return start.zone.wall(begin) - margin, start.zone.wall(end) + margin


@dataclass(frozen=True, slots=True)
class FoundDate:
    """One date, with the entry that tells what it is."""

    entry: Entry
    original: When  # where the series had it
    starts: When
    length: dt.timedelta
    series: bool
    changed: bool


@dataclass(frozen=True, slots=True)
class Group:
    """All entries of one UID, with the older versions taken out."""

    masters: list[Entry]
    changes: list[Entry]
    superseded: list[Entry]


def group_of(entries: Iterable[Entry]) -> Group:
    """Sort the entries of one UID.

    Of several repeating ones, and of several with one start, the newest holds. Single ones with
    different starts are dates that a program wrote out without saying so: all of them hold.
    """
    newest: dict[tuple[bool, Key | None], Entry] = {}
    superseded = []
    for entry in sorted(entries, key=lambda each: each.age):
        key = (entry.original is not None, _group_key(entry))
        if key in newest:
            superseded.append(newest[key])
        newest[key] = entry
    repeating = newest.get((False, None))
    if repeating and (single := newest.pop((False, _key(repeating.start)), None)):
        superseded.append(single)
    masters = [entry for (change, _), entry in newest.items() if not change]
    changes = [entry for (change, _), entry in newest.items() if change]
    return Group(masters, changes, superseded)


def _group_key(entry: Entry) -> Key | None:
    if entry.original is not None:
        return _key(entry.original)
    return None if entry.repeats else _key(entry.start)


def dates_of(group: Group, window: Window, most: int) -> list[FoundDate]:
    """The dates in the window. Raises TooManyDates for more than `most` of them."""
    found: list[FoundDate] = []
    pending = list(group.changes)
    for master in group.masters:
        if master.repeats:
            changes = [change for change in pending if not _deleted(change, master)]
            pending = []
            found += _repeating(master, changes, window, most)
        else:
            series = len(group.masters) > 1 or bool(group.changes)
            date = FoundDate(master, master.start, master.start, master.length, series, False)
            found += [date] if window.holds(master.start) else []
    for change in pending:
        # The series is not in the file: the date stands for itself.
        original = change.original or change.start
        date = FoundDate(change, original, change.start, change.length, True, True)
        found += [date] if window.holds(change.start) else []
    if len(found) > most:
        raise TooManyDates
    return found


def _deleted(change: Entry, master: Entry) -> bool:
    """Whether the series was later told to leave out the date that `change` changed."""
    if change.original is None or change.sequence >= master.sequence:
        return False
    return _Left(master).out(_like(change.original, master.start))


def _repeating(
    master: Entry, changes: list[Entry], window: Window, most: int
) -> Iterator[FoundDate]:
    singles = {_matching(each, master): each for each in changes if not each.and_future}
    futures = sorted(
        ((_matching(each, master), each) for each in changes if each.and_future),
        key=lambda pair: str(pair[0]),
    )
    days = {key for key in singles if not isinstance(key, dt.datetime)}
    margin = _DAY + max((abs(_shift(each)) for _, each in futures), default=_DAY * 0)
    used: set[Key] = set()
    count = 0
    for original, length in _originals(master, window, margin):
        key = _key(original)
        day: Key = original.day
        if key in singles or (days and day in days):
            used.add(key if key in singles else day)
            continue
        date = FoundDate(master, original, original, length or master.length, True, False)
        if future := _future_of(key, futures):
            date = _shifted(original, future)
        if window.holds(date.starts):
            count += 1
            if count > most:
                raise TooManyDates
            yield date
    for change in changes:
        original = _like(change.original or change.start, master.start)
        if not change.and_future and window.holds(change.start):
            yield FoundDate(change, original, change.start, change.length, True, True)


def _originals(
    master: Entry, window: Window, margin: dt.timedelta
) -> Iterator[tuple[When, dt.timedelta | None]]:
    """The dates the rules and lists give, without those left out, in no order."""
    begin, end = window.walls(master.start, margin)
    left = _Left(master, begin, end)
    seen: set[Key] = set()
    for original, length in _given(master, begin, end):
        key = _key(original)
        if key in seen or left.out(original):
            continue
        seen.add(key)
        yield original, length


def _given(
    master: Entry, begin: dt.datetime, end: dt.datetime
) -> Iterator[tuple[When, dt.timedelta | None]]:
    start = master.start
    for extra, length in master.extra:
        when = _like(extra, start)
        if begin <= when.wall <= end:
            yield when, length
    if len(master.rules) != 1 and begin <= start.wall <= end:
        yield start, None
    for rule in master.rules:
        alone = len(master.rules) == 1
        for wall in rule.walls(start.wall, begin, end, _last(rule, start), alone=alone):
            yield replace(start, wall=wall), None


def _last(rule: ForeignRule, start: When) -> dt.datetime | None:
    return rule.last_wall(start.zone, all_day=start.all_day, in_utc=start.in_utc)


class _Left:
    """The dates a series leaves out."""

    def __init__(
        self, master: Entry, begin: dt.datetime | None = None, end: dt.datetime | None = None
    ) -> None:
        start = master.start
        listed = [(each, _like(each, start)) for each in master.without]
        self.keys = {_key(when) for each, when in listed if each.all_day == start.all_day}
        self.keys |= {_key(when) for each, when in listed if start.all_day}
        self.days = {when.day for each, when in listed if each.all_day and not start.all_day}
        if begin is not None and end is not None:
            for rule in master.without_rules:
                walls = rule.walls(start.wall, begin, end, _last(rule, start), alone=False)
                self.keys |= {_key(replace(start, wall=wall)) for wall in walls}

    def out(self, when: When) -> bool:
        return _key(when) in self.keys or when.day in self.days


def _key(when: When) -> Key:
    return when.day if when.all_day else when.utc()


def _like(when: When, start: When) -> When:
    """`when` as a date of the series that begins at `start`: all day, or at its clock."""
    if start.all_day:
        wall = when.wall
        if not when.all_day and when.wall.time() != dt.time():
            wall = start.zone.wall(when.utc())  # midnight in another zone: 22.00 or 23.00 UTC
        return replace(start, wall=dt.datetime.combine(wall.date(), dt.time()))
    if when.all_day:
        return replace(start, wall=dt.datetime.combine(when.day, start.wall.time()))
    return replace(start, wall=start.zone.wall(when.utc()))


def _matching(change: Entry, master: Entry) -> Key:
    """What a change is found by: a moment, or a day where either side knows no more."""
    original = change.original or change.start
    if original.all_day and not master.start.all_day:
        return original.day
    return _key(_like(original, master.start))


def _future_of(key: Key, futures: list[tuple[Key, Entry]]) -> Entry | None:
    """The latest change that holds for this date and the following ones."""
    found = None
    for begun, entry in futures:
        if str(begun) <= str(key):
            found = entry
    return found


def _shift(future: Entry) -> dt.timedelta:
    original = future.original or future.start
    if original.all_day or future.start.all_day:
        return future.start.day - original.day
    return future.start.wall - future.start.zone.wall(original.utc())


def _shifted(original: When, future: Entry) -> FoundDate:
    if original.all_day == future.start.all_day:
        starts = replace(original, wall=original.wall + _shift(future))
    else:
        day = original.day + _shift(future)
        starts = replace(future.start, wall=dt.datetime.combine(day, future.start.wall.time()))
    return FoundDate(future, original, starts, future.length, True, True)
