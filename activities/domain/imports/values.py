"""What an import hands over: dates, the entries that could not be used, and the limits.

Moments are given twice: aware in UTC for storing, naive in Danish wall time for showing and for
matching with schedules.
"""

import datetime as dt
import enum
from dataclasses import dataclass, replace

_WINDOW_DAYS = 400


class Problem(enum.StrEnum):
    """Why something in a calendar was left out or changed."""

    # The whole calendar is refused.
    EMPTY = "empty"  # no bytes at all
    COMPRESSED = "compressed"  # gzip or zip
    WEB_PAGE = "web_page"  # HTML, mostly a login page
    NOT_A_CALENDAR = "not_a_calendar"
    NO_EVENTS = "no_events"  # tasks, free times and the like, but no event
    TOO_LARGE = "too_large"
    TOO_SLOW = "too_slow"  # out of time or memory
    TOO_MANY_DATES = "too_many_dates"  # in the calendar as a whole
    UNREADABLE = "unreadable"  # the reader itself gave up

    # One entry is left out.
    PRIVATE = "private"
    BUSY = "busy"  # "Optaget" and its like say nothing to the public
    NO_START = "no_start"
    BAD_START = "bad_start"
    TOO_LONG = "too_long"  # lasts more than a year
    RULE_TOO_OFTEN = "rule_too_often"  # several times a day
    RULE_OUT_OF_RANGE = "rule_out_of_range"  # INTERVAL, COUNT, or a year nobody means
    RULE_UNKNOWN = "rule_unknown"
    EVENT_TOO_MANY_DATES = "event_too_many_dates"
    CUT_OFF = "cut_off"  # the file ends, or another event begins, in the middle of it
    SUPERSEDED = "superseded"  # the file has a newer version of it

    # Something was put right or left out, the entry was kept.
    NO_TITLE = "no_title"
    BAD_LINE = "bad_line"
    BAD_END = "bad_end"  # not readable or before the start
    BAD_DATES = "bad_dates"  # some of its left out or extra dates are not readable
    BAD_ORIGINAL = "bad_original"  # changes a date that cannot be read; taken as one of its own
    ZONE_UNKNOWN = "zone_unknown"  # Danish time was taken
    LINK_DROPPED = "link_dropped"
    TEXT_CUT = "text_cut"

    # About the file as a whole, which was read nevertheless.
    FILE_CUT_OFF = "file_cut_off"  # no END:VCALENDAR
    MORE = "more"  # `count` further problems are not listed one by one


@dataclass(frozen=True, slots=True)
class ImportProblem:
    """One thing that could not be used as it stands.

    `kept` tells an entry that was taken nevertheless from one that was left out. The title of a
    private entry is "" : it is nobody's business here.
    """

    code: Problem
    kept: bool = False
    line: int = 0  # in the file, from 1; 0 for the file as a whole
    uid: str = ""
    title: str = ""
    on: dt.date | None = None  # the Danish day the entry begins
    detail: str = ""  # a zone name, a part of a rule, a number: short, cleaned, never a sentence
    count: int = 1


@dataclass(frozen=True, slots=True)
class ImportedEvent:
    """One date of a foreign calendar.

    (uid, recurrence_id) names it within its calendar, also at the next reading. `recurrence_id` is
    the start the rule gave in Danish wall time, "2026-03-25T17:30:00" or, for all day,
    "2026-03-25"; it is "" for an event that does not repeat.
    All-day dates begin at midnight and end at the midnight after the last day. `ends` equals
    `starts` where the calendar gives no end.
    """

    uid: str  # made from title and start where the calendar gives none
    recurrence_id: str
    series: bool  # one of several dates of an event
    title: str  # one line, at most `Limits.title`; "Aflyst: " and its like are taken off
    description: str  # plain text with line breaks; HTML was turned into text
    location: str  # one line
    url: str  # "" or http(s)
    starts: dt.datetime  # aware, UTC
    ends: dt.datetime  # aware, UTC
    starts_local: dt.datetime  # naive, Danish wall time
    ends_local: dt.datetime  # naive, Danish wall time
    all_day: bool
    cancelled: bool
    changed: bool = False  # the calendar changed this one date of a series
    categories: tuple[str, ...] = ()
    sequence: int = 0
    geo: tuple[float, float] | None = None  # latitude, longitude


@dataclass(frozen=True, slots=True)
class HeldDate:
    """A date that was read and is not for the public: private, or only "Optaget"."""

    code: Problem
    starts: dt.datetime  # aware, UTC
    starts_local: dt.datetime  # naive, Danish wall time
    all_day: bool


@dataclass(frozen=True, slots=True)
class Imported:
    """All that was read from one calendar between two Danish days, both included.

    `refused` means that nothing could be taken. A fetched calendar that is not `complete` was cut
    off on its way: what it does not name may still exist, so nothing may be removed for it. The
    same goes for one without `entries`.
    """

    events: tuple[ImportedEvent, ...] = ()  # by start
    problems: tuple[ImportProblem, ...] = ()
    held: tuple[HeldDate, ...] = ()  # when there is something that is not shown; never what
    name: str = ""  # what the calendar calls itself
    entries: int = 0  # events in the file, repeating ones counted once
    outside: int = 0  # events that have no date between the two days
    complete: bool = True
    refused: ImportProblem | None = None


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of a calendar is taken. Sizes in bytes and letters, times in seconds."""

    body: int = 10 * 1024 * 1024
    dates_per_event: int = 500
    dates_per_calendar: int = 5_000
    problems: int = 500
    title: int = 200
    description: int = 10_000
    location: int = 255
    cpu: int = 8
    wall: float = 20.0
    memory: int = 512 * 1024 * 1024

    def for_days(self, days: int) -> "Limits":
        """The same for a window longer than 400 days, with more dates in proportion."""
        factor = max(days / _WINDOW_DAYS, 1)
        return replace(
            self,
            dates_per_event=int(self.dates_per_event * factor),
            dates_per_calendar=int(self.dates_per_calendar * factor),
        )
