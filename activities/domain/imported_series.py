"""The dates of a foreign calendar, put together again: what repeats is one activity with a plan.

A date is known by (uid, recurrence id) at every reading. What our plan cannot say, a whole day
without a time or more than a day at a stretch, is refused with a reason.
"""

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from activities.domain.imports.values import ImportedEvent
from activities.domain.plan_lines import plan_lines
from activities.domain.rules import Frequency, Rule

LONGEST = dt.timedelta(days=1)
WITHOUT_END = dt.timedelta(hours=1)  # how long a date lasts when the calendar does not say
MOST_DATES = 2000


@dataclass(frozen=True, slots=True)
class SeriesDate:
    """One date. Times are naive Danish wall time; `original` is the start the rule gave."""

    recurrence_id: str
    original: dt.datetime
    starts: dt.datetime
    ends: dt.datetime
    cancelled: bool = False


@dataclass(frozen=True, slots=True)
class Series:
    """One entry of a calendar with all its dates in the window, by original start."""

    uid: str
    title: str
    description: str
    location: str
    url: str
    categories: tuple[str, ...] = ()
    repeats: bool = False
    dates: tuple[SeriesDate, ...] = ()
    problem: str = ""  # why it cannot be an activity: a code, see `_problem`
    open_ended: bool = False  # some date has no end; an hour was taken

    def digest(self, *, today: dt.date, last: dt.date) -> str:
        """A name for all that it says of the days `today` to `last`.

        Its stamp and uid play no part. Nor does the passing of time: a series that goes on says
        the same next week.
        """
        coming = [date for date in self.dates if date.starts.date() >= today]
        rules, breaks = plan_lines(
            [(date.original, date.original + (date.ends - date.starts)) for date in coming],
            last=last,
        )
        single = [asdict(d) for d in coming if d.cancelled or d.starts != d.original]
        said = {
            **asdict(self),
            "uid": "",
            "dates": [single, [_rhythm(rule) for rule in rules], [asdict(b) for b in breaks]],
        }
        return hashlib.sha256(json.dumps(said, default=str).encode()).hexdigest()

    def to_json(self) -> dict[str, Any]:
        """Plain values for keeping; `from_json` reads them."""
        values: dict[str, Any] = json.loads(json.dumps(asdict(self), default=str))
        return values


def from_json(values: Mapping[str, Any]) -> Series:
    """Return what `Series.to_json` gave."""
    dates = tuple(
        SeriesDate(
            recurrence_id=row["recurrence_id"],
            original=dt.datetime.fromisoformat(row["original"]),
            starts=dt.datetime.fromisoformat(row["starts"]),
            ends=dt.datetime.fromisoformat(row["ends"]),
            cancelled=row["cancelled"],
        )
        for row in values["dates"]
    )
    return Series(**{**values, "dates": dates, "categories": tuple(values["categories"])})


def group(events: Iterable[ImportedEvent]) -> list[Series]:
    """Return one series for each uid, in the order of their first dates.

    Title, text and place are those of the first date that the calendar did not change singly.
    """
    by_uid: dict[str, list[ImportedEvent]] = {}
    for event in events:
        by_uid.setdefault(event.uid, []).append(event)
    return [_series(uid, found) for uid, found in by_uid.items()]


def shares_start(one: Series, other: Series) -> bool:
    """Whether two series of the same title can be one under two names."""
    return bool({date.original for date in one.dates} & {date.original for date in other.dates})


def _rhythm(rule: Rule) -> list[object]:
    """A rule without the day it begins, which moves on with the days; the weeks it uses stay."""
    week = (rule.first_on.toordinal() - 1) // 7 if rule.frequency is Frequency.WEEKLY else 0
    phase = str(rule.first_on) if rule.frequency is Frequency.ONCE else week % rule.step
    return [rule.frequency, rule.starts, rule.ends, rule.weekdays, rule.step, rule.nth,
            phase, rule.until_on]  # fmt: skip


def _series(uid: str, events: list[ImportedEvent]) -> Series:
    leading = next((event for event in events if not event.changed), events[0])
    dates = {date.original: date for event in events for date in [_date(event)]}
    return Series(
        uid=uid,
        title=leading.title,
        description=leading.description,
        location=leading.location,
        url=leading.url,
        categories=leading.categories,
        repeats=any(event.series for event in events),
        dates=tuple(dates[original] for original in sorted(dates)),
        problem=_problem(events),
        open_ended=any(event.ends <= event.starts for event in events),
    )


def _date(event: ImportedEvent) -> SeriesDate:
    starts, ends = event.starts_local.replace(second=0), event.ends_local.replace(second=0)
    if ends <= starts:
        ends = starts + WITHOUT_END
    original = starts
    if "T" in event.recurrence_id:
        original = dt.datetime.fromisoformat(event.recurrence_id).replace(second=0)
    return SeriesDate(event.recurrence_id, original, starts, ends, event.cancelled)


def _problem(events: list[ImportedEvent]) -> str:
    if not any(event.title for event in events):
        return "no_title"
    if any(event.all_day for event in events):
        return "all_day"
    if any(event.ends_local - event.starts_local > LONGEST for event in events):
        return "over_a_day"
    return "too_many_dates" if len(events) > MOST_DATES else ""
