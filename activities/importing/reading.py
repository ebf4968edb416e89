"""From the bytes of a calendar to dates and problems, entry by entry.

One bad entry never costs another one. This runs in a process of its own (`child`): it loads no
Django and may be killed at any moment.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace

from activities.domain.imports.entries import (
    PRIVATE_CLASSES,
    WANTED,
    Entry,
    EntryProblem,
    read_entry,
)
from activities.domain.imports.lines import Component, read_components
from activities.domain.imports.series import (
    FoundDate,
    TooManyDates,
    Window,
    dates_of,
    group_of,
)
from activities.domain.imports.times import When
from activities.domain.imports.values import (
    HeldDate,
    Imported,
    ImportedEvent,
    ImportProblem,
    Limits,
    Problem,
)
from activities.domain.imports.zones import Zones
from activities.importing import texts
from core.domain.dates import instant, local_time
from core.domain.text import clean

_PACKED = (b"\x1f\x8b", b"PK\x03\x04", b"BZh", b"\xfd7zXZ", b"\x28\xb5\x2f\xfd")
_DETAIL = 60
_NAMES = ("X-WR-CALNAME", "NAME")


def read_body(body: bytes, *, first: dt.date, last: dt.date, limits: Limits) -> Imported:
    """Everything in `body` between two Danish days, both included.

    Never raises for what a calendar says; the caller limits time and memory.
    """
    if code := refusal_of(body, limits):
        return Imported(refused=ImportProblem(code), complete=False)
    calendars = _calendars(read_components(body, WANTED))
    if not calendars:
        code = Problem.WEB_PAGE if body.lstrip()[:1] == b"<" else Problem.NOT_A_CALENDAR
        return Imported(refused=ImportProblem(code), complete=False)
    complete = all(each.closed for each in calendars)
    reader = _Reader(first, last, limits)
    for calendar in calendars:
        reader.read(calendar)
    return reader.imported(calendars, complete)


def refusal_of(body: bytes, limits: Limits) -> Problem | None:
    """Why `body` need not be looked into at all."""
    if len(body) > limits.body:
        return Problem.TOO_LARGE
    if not body.strip():
        return Problem.EMPTY
    return Problem.COMPRESSED if body.startswith(_PACKED) else None


def _calendars(roots: list[Component]) -> list[Component]:
    """The calendars in a file; events without one around them make one of their own."""
    calendars = [root for root in roots if root.name == "VCALENDAR"]
    events = [root for root in roots if root.name == "VEVENT"]
    if events and not calendars:
        calendars = [Component("VCALENDAR", 1, parts=events, closed=True)]
    return calendars


class _Reader:
    """Collects what the calendars of one file give."""

    def __init__(self, first: dt.date, last: dt.date, limits: Limits) -> None:
        self.first, self.last, self.limits = first, last, limits
        self.events: list[ImportedEvent] = []
        self.held: list[HeldDate] = []
        self.problems: list[ImportProblem] = []
        self.entries = 0
        self.outside = 0
        self.other_parts = 0
        self._cancels = False
        self._texts: dict[int, texts.Texts] = {}

    def read(self, calendar: Component) -> None:
        zones = Zones(calendar, first=self.first, last=self.last)
        self._cancels = calendar.value("METHOD").upper() == "CANCEL"
        self._texts.clear()
        for line in calendar.bad_lines:
            self.problems.append(ImportProblem(Problem.BAD_LINE, kept=True, line=line))
        groups: dict[str, list[Entry]] = {}
        for part in calendar.parts:
            if part.name != "VEVENT":
                self.other_parts += part.name != "VTIMEZONE"
            elif entry := self._entry(part, zones):
                groups.setdefault(entry.uid, []).append(entry)
        window = Window(self.first, self.last, zones.danish)
        for uid, entries in groups.items():
            self._group(uid, entries, window)

    def _entry(self, part: Component, zones: Zones) -> Entry | None:
        unknown = set(zones.unknown)
        try:
            if not part.closed:
                raise EntryProblem(Problem.CUT_OFF)
            entry = read_entry(part, zones)
        except EntryProblem as problem:
            self.entries += 1
            self._add(problem.code, part, detail=problem.detail)
            return None
        for name in zones.unknown - unknown:
            self._add(Problem.ZONE_UNKNOWN, part, kept=True, detail=name)
        return entry

    def _group(self, uid: str, entries: list[Entry], window: Window) -> None:
        group = group_of(entries)
        self.entries += max(len(group.masters), 1)
        try:
            dates = dates_of(group, window, self.limits.dates_per_event)
        except (TooManyDates, OverflowError):
            named = (group.masters or group.changes)[0]
            number = str(self.limits.dates_per_event)
            self._add(Problem.EVENT_TOO_MANY_DATES, named.component, detail=number)
            return
        if not dates:
            self.outside += 1
            return
        for entry in group.superseded:
            self._add(Problem.SUPERSEDED, entry.component, on=entry.start)
        private = any(entry.private for entry in group.masters)
        self._dates(uid, dates, private)

    def _dates(self, uid: str, dates: Iterable[FoundDate], private: bool) -> None:
        told: set[int] = set()
        for date in dates:
            part = date.entry.component
            code = self._unwanted(date.entry, private)
            if part.line not in told and code is None:
                self._notes(date)
            elif part.line not in told and code is not None:
                self._add(code, part, on=date.starts)
            told.add(part.line)
            if code is None:
                self.events.append(self._event(uid, date))
            else:
                self.held.append(HeldDate(code, *_moment(date.starts), date.starts.all_day))

    def _unwanted(self, entry: Entry, private: bool) -> Problem | None:
        if private or entry.private:
            return Problem.PRIVATE
        return Problem.BUSY if texts.says_busy(self._said(entry).title) else None

    def _notes(self, date: FoundDate) -> None:
        part = date.entry.component
        for code, detail in date.entry.notes:
            self._add(code, part, kept=True, detail=detail, on=date.starts)
        for code in self._said(date.entry).notes:
            self._add(code, part, kept=True, on=date.starts)

    def _event(self, uid: str, date: FoundDate) -> ImportedEvent:
        said = self._said(date.entry)
        starts, starts_local = _moment(date.starts)
        ends, ends_local = _moment(replace(date.starts, wall=date.starts.wall + date.length))
        if ends < starts:  # the clock went back in between
            ends, ends_local = starts, starts_local
        return ImportedEvent(
            uid=uid,
            recurrence_id=_recurrence_id(date.original) if date.series else "",
            series=date.series,
            title=said.title,
            description=said.description,
            location=said.location,
            url=said.url,
            starts=starts,
            ends=ends,
            starts_local=starts_local,
            ends_local=ends_local,
            all_day=date.starts.all_day,
            cancelled=self._cancels or said.cancelled,
            changed=date.changed,
            categories=said.categories,
            sequence=date.entry.sequence,
            geo=said.geo,
        )

    def _said(self, entry: Entry) -> texts.Texts:
        part = entry.component
        if part.line not in self._texts:
            self._texts[part.line] = texts.read_texts(part, self.limits)
        return self._texts[part.line]

    def _add(
        self,
        code: Problem,
        part: Component,
        *,
        kept: bool = False,
        detail: str = "",
        on: When | None = None,
    ) -> None:
        private = code is Problem.PRIVATE or part.value("CLASS").upper() in PRIVATE_CLASSES
        title = "" if private else texts.line_of(part, "SUMMARY", self.limits.title)[0]
        self.problems.append(
            ImportProblem(
                code=code,
                kept=kept,
                line=part.line,
                uid=clean(part.value("UID"))[:255],
                title=title,
                on=_day(on) if on else None,
                detail=" ".join(clean(detail).split())[:_DETAIL],
            )
        )

    def imported(self, calendars: list[Component], complete: bool) -> Imported:
        """Everything together, or why the calendar as a whole is refused."""
        if not self.entries and self.other_parts:
            return Imported(refused=ImportProblem(Problem.NO_EVENTS), complete=complete)
        if len(self.events) + len(self.held) > self.limits.dates_per_calendar:
            number = str(self.limits.dates_per_calendar)
            refused = ImportProblem(Problem.TOO_MANY_DATES, detail=number)
            return Imported(refused=refused, entries=self.entries, complete=complete)
        if not complete:
            self.problems.append(ImportProblem(Problem.FILE_CUT_OFF, kept=True))
        named = (texts.line_of(each, name, 100)[0] for each in calendars for name in _NAMES)
        return Imported(
            events=tuple(sorted(self.events, key=lambda each: (each.starts, each.uid))),
            problems=_fewer(self.problems, self.limits.problems),
            held=tuple(self.held),
            name=next((name for name in named if name), ""),
            entries=self.entries,
            outside=self.outside,
            complete=complete,
        )


def _moment(when: When) -> tuple[dt.datetime, dt.datetime]:
    """`when` in UTC and on the Danish wall."""
    if when.all_day:
        return instant(when.wall), when.wall
    moment = when.utc()
    return moment, local_time(moment)


def _day(when: When) -> dt.date:
    return when.day if when.all_day else local_time(when.utc()).date()


def _recurrence_id(when: When) -> str:
    if when.all_day:
        return when.day.isoformat()
    return local_time(when.utc()).isoformat()


def _fewer(problems: list[ImportProblem], most: int) -> tuple[ImportProblem, ...]:
    """What left something out first, and how many more there are beyond `most`."""
    problems = sorted(problems, key=lambda each: (each.kept, each.line))
    if len(problems) <= most:
        return tuple(problems)
    rest = problems[most:]
    kept = all(each.kept for each in rest)
    return (*problems[:most], ImportProblem(Problem.MORE, kept=kept, count=len(rest)))
