"""A shared event as its hosts see it inside: who holds it, what is planned, what it came to."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Min
from django.utils.text import capfirst
from django.utils.translation import gettext

from activities.domain.dates import OPEN_SPAN
from activities.domain.recurrence import RuleError, slots
from activities.log_actions import planning_words
from activities.models import (
    ActivityHost,
    ActivityPage,
    Occurrence,
    PlanningChange,
    PlanningSheet,
    PlanningTask,
    SharedCost,
    VenueSeats,
)
from activities.taxonomy import HostRole, HostStatus
from core.domain.dates import local_time
from core.wording import age_text, kr, moment_text

SHOWN_CHANGES = 12


@dataclass(frozen=True, slots=True)
class TaskRow:
    """One task; `overdue` when its day has passed and it is not done."""

    task: PlanningTask
    who: str
    done: bool
    overdue: bool


@dataclass(frozen=True, slots=True)
class CountRow:
    """One host's numbers; None where nobody has counted."""

    venue_id: int
    name: str
    seats: int | None
    taken: int | None
    participants: int | None

    @property
    def left(self) -> int | None:
        return None if self.seats is None else self.seats - (self.taken or 0)


@dataclass(frozen=True, slots=True)
class CostRow:
    cost: SharedCost
    who: str


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """One change of the sheet in words; `may_undo` while the row still says what it made of it."""

    change: PlanningChange
    text: str
    who: str
    when: str
    may_undo: bool


@dataclass(frozen=True, slots=True)
class SheetView:
    """Everything the page of a sheet shows."""

    activity: ActivityPage
    sheet: PlanningSheet | None
    when: str
    has_begun: bool
    hosts: Sequence[ActivityHost]
    tasks: Sequence[TaskRow]
    counts: Sequence[CountRow]
    costs: Sequence[CostRow]
    changes: Sequence[ChangeRow]

    @property
    def undone(self) -> int:
        return sum(not row.done for row in self.tasks)

    @property
    def overdue(self) -> int:
        return sum(row.overdue for row in self.tasks)

    @property
    def seats(self) -> int:
        return sum(row.seats or 0 for row in self.counts)

    @property
    def taken(self) -> int:
        return sum(row.taken or 0 for row in self.counts)

    @property
    def participants(self) -> int | None:
        """How many came in all; None while nobody has counted."""
        counted = [row.participants for row in self.counts if row.participants is not None]
        return sum(counted) if counted else None

    @property
    def costs_in_all(self) -> int:
        """In øre."""
        return sum(row.cost.amount for row in self.costs)

    @property
    def payers(self) -> list[tuple[str, str]]:
        """Who pays how much in all, in words."""
        sums: dict[str, int] = {}
        for row in self.costs:
            sums[row.who] = sums.get(row.who, 0) + row.cost.amount
        return [(name, kr(amount)) for name, amount in sums.items()]


def holding(hosts: Iterable[ActivityHost]) -> list[ActivityHost]:
    """Those of some hosts that hold the event: the main host, and who said yes."""
    return [host for host in hosts if host.status == HostStatus.ACCEPTED or is_lead(host)]


def is_lead(host: ActivityHost) -> bool:
    return bool(host.role == HostRole.LEAD)


def view_of(activity: ActivityPage, *, now: dt.datetime) -> SheetView:
    """Return the planning of a shared event at `now` (aware). About eight queries."""
    today = local_time(now).date()
    hosts = list(activity.hosts.select_related("venue"))
    sheet = PlanningSheet.objects.filter(activity=activity).first()
    first = Occurrence.objects.filter(activity=activity).aggregate(at=Min("starts_at"))["at"]
    return SheetView(
        activity=activity,
        sheet=sheet,
        when=event_when(activity, now=now),
        has_begun=first is not None and first <= now,
        hosts=hosts,
        tasks=_tasks(sheet, today) if sheet else [],
        counts=_counts(sheet, hosts),
        costs=_costs(sheet) if sheet else [],
        changes=_changes(sheet, today) if sheet else [],
    )


def event_when(activity: ActivityPage, *, now: dt.datetime) -> str:
    """Return when an event takes place next: "fredag den 11. december 2026 kl. 17".

    One that is not published yet is asked for its plan; without a date to come the last one is
    told, and nothing when there never was one.
    """
    dates = Occurrence.objects.filter(activity=activity)
    coming = dates.taking_place().upcoming(now).first()
    moment = local_time(coming.starts_at) if coming else _planned(activity, now)
    if moment is None:
        last = dates.order_by("-starts_at").first()
        moment = local_time(last.starts_at) if last else None
    return moment_text(moment) if moment else ""


def _planned(activity: ActivityPage, now: dt.datetime) -> dt.datetime | None:
    if activity.live:
        return None
    here = local_time(now)
    rules = [row.rule() for row in activity.schedules.all()]
    pauses = [row.pause() for row in activity.breaks.all()]
    try:
        found = slots(rules, pauses, [], start=here.date(), end=here.date() + OPEN_SPAN)
    except RuleError:
        return None
    return next((slot.starts for slot in found if slot.ends > here.replace(tzinfo=None)), None)


def shared_by_all() -> str:
    return gettext("all of us together")


def _tasks(sheet: PlanningSheet, today: dt.date) -> list[TaskRow]:
    rows = sheet.tasks.filter(removed=False).select_related("venue")
    found = [
        TaskRow(
            task=task,
            who=task.venue.title if task.venue else shared_by_all(),
            done=task.done_at is not None,
            overdue=task.done_at is None and task.due_on is not None and task.due_on < today,
        )
        for task in rows
    ]
    return sorted(found, key=lambda row: row.done)


def _counts(sheet: PlanningSheet | None, hosts: Iterable[ActivityHost]) -> list[CountRow]:
    """A row for each host, and for one that stepped back but has been counted."""
    rows = list(VenueSeats.objects.filter(sheet=sheet).select_related("venue")) if sheet else []
    stored = {row.venue_id: row for row in rows}
    names = {host.venue_id: host.venue.title for host in holding(hosts)}
    for row in rows:
        if any(getattr(row, name) for name in VenueSeats.FACTS):
            names.setdefault(row.venue_id, row.venue.title)
    empty = dict.fromkeys(VenueSeats.FACTS)
    found = []
    for venue_id, name in names.items():
        counted = stored.get(venue_id)
        numbers = {fact: getattr(counted, fact) for fact in VenueSeats.FACTS} if counted else empty
        found.append(CountRow(venue_id=venue_id, name=name, **numbers))
    return found


def _costs(sheet: PlanningSheet) -> list[CostRow]:
    rows = sheet.costs.filter(removed=False).select_related("venue")
    return [CostRow(row, row.venue.title if row.venue else shared_by_all()) for row in rows]


def _changes(sheet: PlanningSheet, today: dt.date) -> list[ChangeRow]:
    rows = sheet.changes.select_related("changed_by", "undone_by")[:SHOWN_CHANGES]
    newest: set[tuple[str, int]] = set()
    found = []
    for change in rows:
        about = (change.part, change.row_id)
        standing = change.undone_at is None
        text = planning_words(change.act, change.words)
        if not standing:
            text = gettext("%(what)s – taken back") % {"what": text}
        found.append(
            ChangeRow(
                change=change,
                text=text,
                who=str(change.changed_by or gettext("Somebody")),
                when=capfirst(age_text(local_time(change.changed_at).date(), today)),
                may_undo=standing and about not in newest,
            )
        )
        if standing:
            newest.add(about)
    return found
