"""What is read about shared devices: by their leaders, by the log of a venue, by the device."""

import datetime as dt
import itertools
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.text import capfirst

from activities.date_rows import ONE, DateRow, date_rows
from activities.models import Occurrence
from core.domain.dates import Near, local_time, near
from core.wording import date_text, relative_day
from directory.models import VenuePage
from directory.permissions import Rights
from directory.taxonomy import Role
from staff.counts import Countable, countable_dates
from staff.models import Device, DeviceAct
from staff.models.device import UNDOABLE

DAYS_AHEAD = 7
MOST_TO_COUNT = 6
TOLD_FOR = dt.timedelta(days=7)


@dataclass(frozen=True, slots=True)
class DeviceRow:
    """One date, and what this device did about it, if that still holds."""

    row: DateRow
    act: DeviceAct | None


@dataclass(frozen=True, slots=True)
class DeviceWeek:
    """What stands on the device: the coming days, what waits to be counted, what it did."""

    days: list[tuple[str, list[DeviceRow]]]
    to_count: list[Countable]
    acts: list[DeviceAct]


def may_manage(rights: Rights, venue_id: int) -> bool:
    """Whether a person looks after a venue's devices: its leaders and administrators do."""
    return rights.administrator or venue_id in rights.leads


def manages_any(rights: Rights) -> bool:
    """Whether the list of devices is for this person at all."""
    return rights.administrator or bool(rights.leads)


def managed_venues(rights: Rights) -> QuerySet[VenuePage]:
    """The venues whose devices a person looks after, by name."""
    venues = VenuePage.objects.in_order()
    return venues if rights.administrator else venues.filter(pk__in=rights.leads)


def device_acts(venue: VenuePage, since: dt.datetime) -> QuerySet[DeviceAct]:
    """Return what the venue's devices did, and what was done with them, from `since` on.

    Newest first, with device, person and the row each act made; one query. `since` is aware.
    """
    acts = DeviceAct.objects.filter(device__venue=venue, at__gte=since)
    return _loaded(acts)


def log_of(device: Device) -> QuerySet[DeviceAct]:
    """Return a device's whole log, newest first."""
    return _loaded(DeviceAct.objects.filter(device=device))


def done_acts() -> QuerySet[DeviceAct]:
    """Return what devices did themselves, newest first."""
    return _loaded(DeviceAct.objects.filter(kind__in=UNDOABLE))


def own_acts(device: Device) -> QuerySet[DeviceAct]:
    """Return what can be taken back on a device: what it did itself."""
    return done_acts().filter(device=device)


def device_rights(device: Device) -> Rights:
    """Return what the device may do where a person's rights are asked for: work at its venue."""
    return Rights(active=True, by_role={Role.STAFF: frozenset({device.venue_id})})


def device_dates(device: Device, *, now: dt.datetime) -> QuerySet[Occurrence]:
    """Return the dates a device may cancel and move: its venue's public ones of the week."""
    today = local_time(now).date()
    dates = Occurrence.objects.public().filter(venue=device.venue_id, ends_at__gt=now)
    last = today + dt.timedelta(days=DAYS_AHEAD)
    return dates.on_days(today - dt.timedelta(days=1), last).with_pages()


def device_counts(device: Device, *, now: dt.datetime) -> list[Countable]:
    """Return the dates a device may count: its venue's, published, of the last two weeks."""
    rows = countable_dates(device_rights(device), device.venue_id, now=now)
    return [row for row in rows if row.date.public]


def device_week(device: Device, *, now: dt.datetime) -> DeviceWeek:
    """Return what an unlocked device shows at the aware moment `now`."""
    today = local_time(now).date()
    rows = date_rows(device_dates(device, now=now), device_rights(device), now=now)
    by_day = itertools.groupby(
        _with_acts(device, rows), key=lambda device_row: device_row.row.date.local_date
    )
    waiting = [row for row in device_counts(device, now=now) if row.count is None]
    recent = own_acts(device).filter(at__gt=now - TOLD_FOR)
    return DeviceWeek(
        days=[(_day_text(day, today), list(some)) for day, some in by_day],
        to_count=waiting[:MOST_TO_COUNT],
        acts=[act for act in recent if act.holds and not _is_over(act, now)],
    )


def _with_acts(device: Device, rows: list[DateRow]) -> list[DeviceRow]:
    """Put beside each date what the device did about it; what others did is not its to undo."""
    changes = {row.undo.pk for row in rows if row.undo and row.undo.kind == ONE}
    acts = {act.change_id: act for act in own_acts(device).filter(change__in=changes)}
    return [
        DeviceRow(row, acts.get(row.undo.pk) if row.undo and row.undo.kind == ONE else None)
        for row in rows
    ]


def _is_over(act: DeviceAct, now: dt.datetime) -> bool:
    return act.notice is not None and act.notice.ends_at <= now


def _loaded(acts: QuerySet[DeviceAct]) -> QuerySet[DeviceAct]:
    return acts.select_related("device__venue", "by", "change", "notice", "count")


def _day_text(day: dt.date, today: dt.date) -> str:
    text = date_text(day, year=False)
    if near(day, today) in {Near.TODAY, Near.TOMORROW}:
        text = f"{relative_day(day, today)}, {text}"
    return capfirst(text)
