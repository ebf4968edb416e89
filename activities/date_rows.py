"""The coming dates of one's own activities as rows to work with: what holds, and how to undo it."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext

from activities.cards import change_of
from activities.models import ActivityStop, ChangeBatch, Occurrence, OccurrenceChange, PlanChange
from activities.operating import operated_activities
from activities.taxonomy import ChangeKind, OccurrenceStatus
from core.domain.dates import local_time
from core.wording import clock_range, date_text, day_range, moment_text, sentence
from directory.permissions import Rights

ONE, MANY = "dato", "samlet"  # what an undo address is about
KIND_OF = {
    OccurrenceStatus.CANCELLED: ChangeKind.CANCELLED,
    OccurrenceStatus.MOVED: ChangeKind.MOVED,
    OccurrenceStatus.EXTRA: ChangeKind.EXTRA,
    OccurrenceStatus.PLANNED: ChangeKind.NOTE,
}


@dataclass(frozen=True, slots=True)
class Undo:
    """How to take something back: `kind` is ONE change or MANY of one act."""

    kind: str
    pk: int


@dataclass(frozen=True, slots=True)
class DateRow:
    """One date, what was decided about it in words, and what this person may do with it."""

    date: Occurrence
    starts: dt.datetime
    ends: dt.datetime
    change_kind: str
    change_text: str
    note: str
    undo: Undo | None
    may_operate: bool

    @property
    def when(self) -> str:
        """`tirsdag den 24. november kl. 17.30`, for those who hear a button and see none."""
        return moment_text(self.starts, year=False)

    @property
    def free_places(self) -> int | None:
        """How many places are left; None where nobody counts."""
        seats: int | None = self.date.activity.seats
        counted: int | None = self.date.free_seats
        return seats if seats is None or counted is None else counted


@dataclass(frozen=True, slots=True)
class Done:
    """What has just happened, in words, with a way back while there is one."""

    text: str
    undo: Undo | None = None


def date_rows(dates: Iterable[Occurrence], rights: Rights, *, now: dt.datetime) -> list[DateRow]:
    """Return rows for dates whose pages are loaded; four queries, however many."""
    found = list(dates)
    activities = {date.activity_id: date.activity for date in found}
    operated = operated_activities(rights, activities.values())
    undos = _undos(found)
    today = local_time(now).date()
    return [
        _row(date, undos, date.activity_id in operated and date.ends_at > now, today)
        for date in found
    ]


def change_text(row: OccurrenceChange) -> str:
    """Return what was changed: "Aflyst tirsdag den 3. marts 2026 kl. 17.30"."""
    change = row.change()
    moment = change.original or change.starts
    text = f"{row.get_kind_display()}: {moment_text(moment)}" if moment else row.get_kind_display()
    if row.kind == ChangeKind.MOVED and change.starts:
        text = f"{text} → {moment_text(change.starts)}"
    return f"{text}. {sentence(row.note)}" if row.note else text


def change_done(change: OccurrenceChange) -> Done:
    """Return what happened to one date: "Fællesspisning. Aflyst: tirsdag den 3. marts …"."""
    text = f"{sentence(change.activity.title)} {sentence(change_text(change))}"
    return Done(text, Undo(ONE, change.pk) if change.undone_at is None else None)


def batch_done(batch: ChangeBatch) -> Done:
    """Return what happened in one act: an activity stopped, or a venue closed with its dates."""
    parts = [stop_text(stop) for stop in batch.stops.select_related("activity")]
    parts += [_plan_text(plan) for plan in batch.plan_changes.select_related("activity")]
    closure = batch.closure
    if closure is not None:
        days = day_range(closure.first_on, closure.until_on)
        words = {"venue": closure.venue.title, "days": days}
        closed = gettext("%(venue)s is closed %(days)s.")
        other = gettext("%(venue)s keeps other hours %(days)s.")
        parts.append((closed if closure.closed else other) % words)
        changes = batch.changes.select_related("activity").order_by("original_on", "original_at")
        parts += [f"{change.activity.title}: {sentence(change_text(change))}" for change in changes]
    return Done(" ".join(parts), Undo(MANY, batch.pk) if batch.undone_at is None else None)


def stop_text(stop: ActivityStop) -> str:
    """Return what a stop did: "Fællesspisning er aflyst fra tirsdag den 3. marts 2026."."""
    words = {"title": stop.activity.title, "day": date_text(stop.from_on)}
    return gettext("%(title)s is cancelled from %(day)s on.") % words


def _plan_text(plan: PlanChange) -> str:
    words = {
        "title": plan.activity.title,
        "day": date_text(plan.from_on),
        "hours": clock_range(plan.starts, plan.ends),
    }
    return gettext("%(title)s is %(hours)s from %(day)s on.") % words


def _row(date: Occurrence, undos: "_Undos", may_operate: bool, today: dt.date) -> DateRow:
    change = change_of(date, None, today)
    return DateRow(
        date=date,
        starts=local_time(date.starts_at),
        ends=local_time(date.ends_at),
        change_kind=change.kind if change else "",
        change_text=change.text if change else "",
        note=sentence(date.note),
        undo=undos.of(date),
        may_operate=may_operate,
    )


class _Undos:
    """What is in force for some dates, by activity and naive local start."""

    def __init__(self, changes: Sequence[OccurrenceChange], stops: Sequence[ActivityStop]) -> None:
        self.changes = {}
        for row in changes:
            change = row.change()
            self.changes[row.activity_id, change.original or change.starts, row.kind] = row
        self.stops = {stop.activity_id: stop for stop in stops}

    def of(self, date: Occurrence) -> Undo | None:
        kind = KIND_OF[OccurrenceStatus(date.status)]
        extra = kind == ChangeKind.EXTRA  # its own start may be another date's name already
        start = local_time(date.starts_at) if extra else date.original
        change = self.changes.get((date.activity_id, start, kind))
        if change is not None and change.batch_id:
            return Undo(MANY, change.batch_id)
        if change is not None:
            return Undo(ONE, change.pk)
        stop = self.stops.get(date.activity_id)
        if stop is not None and date.cancelled:
            return Undo(MANY, stop.batch_id)
        return None


def _undos(dates: Sequence[Occurrence]) -> _Undos:
    ids = {date.activity_id for date in dates}
    changes = OccurrenceChange.objects.filter(activity__in=ids, undone_at__isnull=True)
    stops = ActivityStop.objects.filter(activity__in=ids, undone_at__isnull=True)
    return _Undos(list(changes), list(stops))
