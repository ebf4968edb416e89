"""One VEVENT as values: when it is, how it repeats, which date of which series it changes.

Its texts are left in the component: most entries of a calendar are long past and nobody will
ever read them.
"""

import datetime as dt
import hashlib
from collections.abc import Callable
from dataclasses import dataclass

from activities.domain.imports.lines import Component
from activities.domain.imports.rules import FIRST_YEAR, ForeignRule, RuleProblem, read_rule
from activities.domain.imports.times import When, read_length, read_list, read_property
from activities.domain.imports.values import Problem
from activities.domain.imports.zones import Zones

WANTED = frozenset(
    (
        "UID", "DTSTART", "DTEND", "DURATION", "RRULE", "EXRULE", "RDATE", "EXDATE",
        "RECURRENCE-ID", "SEQUENCE", "STATUS", "CLASS", "SUMMARY", "DESCRIPTION", "X-ALT-DESC",
        "LOCATION", "URL", "CATEGORIES", "GEO", "X-APPLE-STRUCTURED-LOCATION", "DTSTAMP",
        "LAST-MODIFIED", "METHOD", "X-WR-CALNAME", "NAME", "X-WR-TIMEZONE", "TZID",
        "X-LIC-LOCATION", "TZOFFSETFROM", "TZOFFSETTO", "X-MICROSOFT-CDO-ALLDAYEVENT",
    )
)  # fmt: skip
PRIVATE_CLASSES = ("PRIVATE", "CONFIDENTIAL")
MAX_LENGTH = dt.timedelta(days=366)

_DAY = dt.timedelta(days=1)
_NOTHING = dt.timedelta(0)
_MAX_UID = 255
_MAX_RULES = 20


class EntryProblem(ValueError):
    """An entry that cannot be taken."""

    def __init__(self, code: Problem, detail: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.detail = detail


@dataclass(frozen=True, slots=True)
class Entry:
    """One VEVENT whose times could be read."""

    component: Component
    uid: str
    start: When
    length: dt.timedelta  # on the wall clock; whole days for all day
    original: When | None  # RECURRENCE-ID: the date of the series that this one changes
    and_future: bool  # RANGE=THISANDFUTURE
    sequence: int
    stamp: str  # LAST-MODIFIED or DTSTAMP, for telling the newer of two
    rules: tuple[ForeignRule, ...]
    without_rules: tuple[ForeignRule, ...]
    extra: tuple[tuple[When, dt.timedelta | None], ...]  # RDATE with the length of a period
    without: tuple[When, ...]  # EXDATE
    notes: tuple[tuple[Problem, str], ...]  # what was put right in it

    @property
    def repeats(self) -> bool:
        """Whether it gives more dates than its own."""
        return bool(self.rules or self.extra)

    @property
    def private(self) -> bool:
        """Whether its owner says that it is not for others."""
        return self.component.value("CLASS").upper() in PRIVATE_CLASSES

    @property
    def age(self) -> tuple[int, str, int]:
        """Sorts several versions of one entry, the newest last."""
        return self.sequence, self.stamp, self.component.line


def read_entry(component: Component, zones: Zones) -> Entry:
    """The entry in a VEVENT. Raises EntryProblem with one of the codes for one entry."""
    notes: list[tuple[Problem, str]] = []
    if component.bad_lines:
        notes.append((Problem.BAD_LINE, str(component.bad_lines[0])))
    original = _original(component, zones, notes)
    start = _start(component, zones, original)
    rules = _rules(component, "RRULE") if original is None else ()
    without_rules = _rules(component, "EXRULE") if original is None else ()
    if rules and start.wall.year < FIRST_YEAR:
        raise EntryProblem(Problem.RULE_OUT_OF_RANGE, str(start.wall.year))
    extra, without = _lists(component, zones, notes) if original is None else ((), ())
    range_of = component.first("RECURRENCE-ID")
    return Entry(
        component=component,
        uid=component.value("UID")[:_MAX_UID] or made_uid(component),
        start=start,
        length=_length(component, zones, start, notes),
        original=original,
        and_future="THISANDFUTURE" in (range_of.parameters.get("RANGE", "") if range_of else ""),
        sequence=_number(component.value("SEQUENCE")),
        stamp=component.value("LAST-MODIFIED") or component.value("DTSTAMP"),
        rules=rules,
        without_rules=without_rules,
        extra=extra,
        without=without,
        notes=tuple(notes),
    )


def made_uid(component: Component) -> str:
    """A name for an entry without one, the same as long as title and start are."""
    told = f"{component.value('SUMMARY')}\n{component.value('DTSTART')}"
    return f"uden-uid-{hashlib.sha256(told.encode()).hexdigest()[:24]}"


def _original(component: Component, zones: Zones, notes: list[tuple[Problem, str]]) -> When | None:
    found = component.first("RECURRENCE-ID")
    if found is None:
        return None
    return _tried(
        lambda: _checked(read_property(found, zones)),
        lambda: notes.append((Problem.BAD_ORIGINAL, found.value[:40])),
    )


def _tried(read: Callable[[], When], failed: Callable[[], None]) -> When | None:
    try:
        return read()
    except (ValueError, OverflowError):
        failed()
        return None


def _checked(when: When) -> When:
    """`when`, if its moment can be told in every zone. Raises OverflowError."""
    margin = dt.timedelta(days=2)
    _ = when.wall - margin, when.wall + margin
    when.utc()
    return when


def _start(component: Component, zones: Zones, original: When | None) -> When:
    found = component.first("DTSTART")
    if found is None or not found.value.strip():
        if original is not None:
            return original
        raise EntryProblem(Problem.NO_START)
    try:
        start = _checked(read_property(found, zones))
    except (ValueError, OverflowError):
        raise EntryProblem(Problem.BAD_START, found.value[:40]) from None
    if component.value("X-MICROSOFT-CDO-ALLDAYEVENT").upper() == "TRUE":
        return _whole_day(start, zones)
    return start


def _whole_day(start: When, zones: Zones) -> When:
    """Exchange may write a whole day as midnight to midnight and say so beside it."""
    wall = zones.danish.wall(start.utc()) if start.in_utc else start.wall
    return When(wall, zones.danish, all_day=True) if wall.time() == dt.time() else start


def _rules(component: Component, name: str) -> tuple[ForeignRule, ...]:
    written = [each.value for each in component.all(name) if each.value.strip()]
    if len(written) > _MAX_RULES:
        raise EntryProblem(Problem.RULE_OUT_OF_RANGE, str(len(written)))
    try:
        return tuple(map(read_rule, written))
    except RuleProblem as problem:
        raise EntryProblem(problem.code, problem.detail) from None


def _lists(
    component: Component, zones: Zones, notes: list[tuple[Problem, str]]
) -> tuple[tuple[tuple[When, dt.timedelta | None], ...], tuple[When, ...]]:
    extra: list[tuple[When, dt.timedelta | None]] = []
    without: list[When] = []
    unread = 0
    for found in component.all("RDATE"):
        good, bad = read_list(found, zones)
        extra += good
        unread += bad
    for found in component.all("EXDATE"):
        good, bad = read_list(found, zones)
        without += [when for when, _ in good]
        unread += bad
    if unread:
        notes.append((Problem.BAD_DATES, str(unread)))
    return tuple(extra), tuple(without)


def _length(
    component: Component, zones: Zones, start: When, notes: list[tuple[Problem, str]]
) -> dt.timedelta:
    """From start to end on the wall. Raises EntryProblem for more than a year."""
    shortest = _DAY if start.all_day else _NOTHING
    try:
        length = _written_length(component, zones, start)
    except OverflowError:
        raise EntryProblem(Problem.TOO_LONG) from None
    except ValueError as error:
        notes.append((Problem.BAD_END, str(error)[:40]))
        return shortest
    if length is None:
        return shortest
    if length > MAX_LENGTH:
        raise EntryProblem(Problem.TOO_LONG, str(length.days))
    if length < _NOTHING:
        notes.append((Problem.BAD_END, component.value("DTEND")[:40]))
    return max(length, shortest)


def _written_length(component: Component, zones: Zones, start: When) -> dt.timedelta | None:
    if found := component.first("DTEND"):
        end = read_property(found, zones)
        if start.all_day:
            wall = end.wall if end.all_day else _midnight_after(zones.danish.wall(end.utc()))
        else:
            wall = end.wall if end.all_day else start.zone.wall(end.utc())
        return wall - start.wall
    if written := component.value("DURATION"):
        length = read_length(written)
        return dt.timedelta(days=-(-length // _DAY)) if start.all_day else length
    return None


def _midnight_after(wall: dt.datetime) -> dt.datetime:
    midnight = wall.replace(hour=0, minute=0, second=0, microsecond=0)
    return midnight if wall == midnight else midnight + _DAY


def _number(value: str) -> int:
    return int(value) if value.isdecimal() and len(value) < 10 else 0
