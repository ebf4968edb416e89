"""Half-yearly follow-up: who is asked what, who is missing, and when to remind.

The catalogue asks for a follow-up twice a year on three questions: start, development and
implementation. What is joint is asked about once; its place has no venue. A venue that has
become part of another while a round runs is not asked any more: its answers stay, and what it had
not answered is the other venue's to tell.
"""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

QUESTIONS = ("start", "development", "implementation")
SHORTEST_DAYS = 3
LONGEST_DAYS = 120
MOST_REMINDERS = 3


@dataclass(frozen=True, slots=True, order=True)
class Half:
    """Half a calendar year: `number` is 1 or 2."""

    year: int
    number: int

    @property
    def days(self) -> tuple[dt.date, dt.date]:
        """Return the first and the last day."""
        if self.number == 1:
            return dt.date(self.year, 1, 1), dt.date(self.year, 6, 30)
        return dt.date(self.year, 7, 1), dt.date(self.year, 12, 31)

    @property
    def before(self) -> "Half":
        """Return the half year before this one."""
        return Half(self.year - 1, 2) if self.number == 1 else Half(self.year, 1)


def half_of(day: dt.date) -> Half:
    """Return the half year that holds `day`."""
    return Half(day.year, 1 if day.month <= 6 else 2)


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """One thing asked about: an initiative at a venue (its id), or a joint one (None)."""

    initiative: str
    venue: int | None = None


def deadline_problem(opens_on: dt.date, deadline_on: dt.date) -> str:
    """Return why a deadline cannot be: "before_start", "too_soon", "too_late", or nothing."""
    days = (deadline_on - opens_on).days
    if days < 0:
        return "before_start"
    if days < SHORTEST_DAYS:
        return "too_soon"
    return "too_late" if days > LONGEST_DAYS else ""


def answering_venue(venue: int, merged_into: Mapping[int, int]) -> int:
    """Return who answers for `venue` now: itself, or the end of its chain of mergers.

    `merged_into` has the ids of merged venues and of what they became part of. A circle ends
    where it would begin again.
    """
    seen = {venue}
    while (successor := merged_into.get(venue)) is not None and successor not in seen:
        seen.add(successor)
        venue = successor
    return venue


def missing_places(
    asked: Iterable[Place], answered: Collection[Place], merged_into: Mapping[int, int]
) -> list[Place]:
    """Return what nobody has answered yet, in order.

    A merged venue is never missing; if it had not answered, the venue it became part of is asked
    about that initiative, once, also when the round did not ask that venue before.
    """
    found: dict[Place, None] = {}
    for place in asked:
        if place in answered:
            continue
        if place.venue is None:
            found[place] = None
            continue
        now_at = Place(place.initiative, answering_venue(place.venue, merged_into))
        if now_at not in answered:
            found[now_at] = None
    return list(found)


def reminder_days(
    opens_on: dt.date, deadline_on: dt.date, days_before: Iterable[int]
) -> list[dt.date]:
    """Return the days on which a polite reminder goes out, at most three, soonest first.

    `days_before` the deadline, negative after it. Never on the day the round opens, so that a
    short round does not begin with a reminder.
    """
    days = {deadline_on - dt.timedelta(days=count) for count in days_before}
    return sorted(day for day in days if day > opens_on)[-MOST_REMINDERS:]


def reminder_due(days: list[dt.date], today: dt.date) -> int | None:
    """Return the number from 1 of the reminder to send on `today`, if any.

    A worker that slept catches up with the newest one only, and for three days at most.
    """
    past = [number for number, day in enumerate(days, start=1) if day <= today]
    if not past or (today - days[past[-1] - 1]).days > 3:
        return None
    return past[-1]
