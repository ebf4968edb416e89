"""What is stored of an activity is made to match what its page, plan and changes say now."""

import datetime as dt
import hashlib
import logging
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import partial
from typing import Any

from dateutil.relativedelta import relativedelta
from django.conf import settings
from django.db import transaction
from django.db.models import Case, F, IntegerField, Q, Value, When
from django.forms import model_to_dict
from django.utils import timezone

from activities.calendar_text import entry_writer
from activities.domain import matching
from activities.domain.recurrence import (
    COPENHAGEN,
    SECOND,
    check_rule,
    local_to_utc,
    slots,
    utc_span,
)
from activities.domain.rules import Break, Change, Rule, RuleError, Slot, Status
from activities.domain.stop import with_stops
from activities.models import ActivityPage, CalendarEntry, Occurrence, OccurrenceChange
from activities.signals import occurrences_changed
from activities.taxonomy import ChangeKind
from activities.visibility import Standing, standing_of, standings
from core.models import ContentVersion
from directory.models import VenuePage

logger = logging.getLogger(__name__)

HISTORY = relativedelta(months=6)
FIXED_MOMENT = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)


@dataclass(frozen=True, slots=True)
class Plan:
    """When an activity takes place, as plain values: what holds, stops heeded."""

    rules: list[Rule]
    breaks: list[Break]
    changes: list[Change]


def refresh_activity(activity_id: int, *, now: dt.datetime | None = None) -> bool:
    """Make stored dates, visibility and calendar text of one activity match its page.

    Reads the page as it is in the database; `now` is aware. Safe to run again: without a change
    it writes nothing. Ids, addresses and `free_seats` of dates that still hold are kept, days that
    have passed stay as they were, and a plan that cannot be used leaves the last good dates and
    sets `CalendarEntry.problem`. Returns whether something changed that the public could see.
    """
    moment = now or timezone.now()
    with transaction.atomic():
        changed = _refresh(activity_id, moment)
        if changed:
            ContentVersion.bump(now=moment)
            tell = partial(
                occurrences_changed.send_robust, sender=ActivityPage, activity_id=activity_id
            )
            transaction.on_commit(tell)
    return changed


def refresh_many(activity_ids: Iterable[int], *, now: dt.datetime | None = None) -> int:
    """Refresh each activity in a transaction of its own; return how many changed.

    One that fails is logged with its id and does not stop the others.
    """
    changed = 0
    for activity_id in activity_ids:
        try:
            changed += refresh_activity(activity_id, now=now)
        except Exception:
            logger.exception("activity %s could not be refreshed", activity_id)
    return changed


def refresh_venue(venue_id: int, *, now: dt.datetime | None = None) -> int:
    """Refresh what is below, held by, or takes place at a venue; return how many changed."""
    return refresh_many(activities_of_venue(venue_id), now=now)


def activities_of_venue(venue_id: int) -> list[int]:
    """Return the ids of a venue's own, hosted and located activities."""
    path = VenuePage.objects.filter(pk=venue_id).values_list("path", flat=True).first()
    own = Q(path__startswith=path) if path else Q()
    concerned = ActivityPage.objects.filter(
        own | Q(hosts__venue=venue_id) | Q(place_venue=venue_id)
    )
    return sorted(set(concerned.values_list("pk", flat=True)))


def activities_below(path: str) -> list[int]:
    """Return the ids of the activities at or below a page's tree path."""
    below = ActivityPage.objects.filter(path__startswith=path)
    return list(below.order_by("pk").values_list("pk", flat=True))


def stale_activities(*, now: dt.datetime) -> list[int]:
    """Return the ids of activities whose stored state is not what their pages say."""
    horizon = horizon_of(now)
    fields = ("pk", "public", "refreshed_revision", "refreshed_path", "refreshed_until")
    entries = {row[0]: row[1:] for row in CalendarEntry.objects.values_list(*fields)}
    stale = []
    for pk, standing in standings(None, now=now).items():
        entry = entries.get(pk)
        if entry is None:
            if standing.live:
                stale.append(pk)
            continue
        public, revision, path, until = entry
        current = (standing.public, standing.revision, standing.url_path)
        behind = standing.live and until < horizon - dt.timedelta(days=2)
        if (public, revision, path) != current or behind:
            stale.append(pk)
    return stale


def horizon_of(now: dt.datetime) -> dt.date:
    """Return the last local day for which dates are stored at `now`."""
    months: int = settings.FRISTED_HORIZON_MONTHS
    return local_day(now) + relativedelta(months=months)


def local_day(now: dt.datetime) -> dt.date:
    """Return the day in Copenhagen at an aware moment."""
    return now.astimezone(COPENHAGEN).date()


def _refresh(activity_id: int, now: dt.datetime) -> bool:
    activity = ActivityPage.objects.select_for_update(of=("self",)).filter(pk=activity_id).first()
    if activity is None:
        return False
    standing = standing_of(activity, now=now)
    entry = CalendarEntry.objects.filter(pk=activity_id).first()
    if entry is None and not activity.live:
        return False
    before = model_to_dict(entry) if entry else None
    entry = entry or CalendarEntry(
        activity=activity, changed_at=now, refreshed_until=local_day(now)
    )
    dates_changed = False
    if activity.live:
        dates_changed = _refresh_plan(activity, entry, now)
    dates_changed |= _write_standing(activity_id, standing, local_day(now))
    was_public = bool(before and before["public"])
    entry_changed = _write_entry(entry, standing, before)
    return (dates_changed or entry_changed) and (was_public or standing.public)


def _refresh_plan(activity: ActivityPage, entry: CalendarEntry, now: dt.datetime) -> bool:
    """Write dates and calendar text; a plan that cannot be used leaves both as they are."""
    today, horizon = local_day(now), horizon_of(now)
    try:
        plan = _plan(activity, today, horizon)
        found = slots(plan.rules, plan.breaks, plan.changes, start=today - HISTORY, end=horizon)
    except RuleError as error:
        logger.warning("activity %s has a plan that cannot be used: %s", activity.pk, error.code)
        entry.problem = error.code
        return False
    entry.problem = ""
    entry.refreshed_until = horizon
    changed = _write_dates(activity.pk, found, today)
    _render(activity, entry, plan, now)
    return changed


def _plan(activity: ActivityPage, today: dt.date, horizon: dt.date) -> Plan:
    # Kept on the page object, so that the calendar text does not read them again.
    rules = [schedule.rule() for schedule in activity.schedules.get_object_list()]
    for rule in rules:
        _check(rule)
    breaks = [row.pause() for row in activity.breaks.get_object_list()]
    rows = list(activity.changes.filter(undone_at__isnull=True).order_by("created_at", "pk"))
    _follow_new_times(rows, rules, breaks, today, horizon)
    changes = [row.change() for row in rows]
    stops = [row.stop() for row in activity.stops.order_by("created_at", "pk")]
    rules, changes = with_stops(rules, breaks, changes, stops)
    return Plan(rules, breaks, changes)


def _check(rule: Rule) -> None:
    try:
        check_rule(rule)
    except RuleError as error:
        if error.code != "no_dates":  # an ended rule may well have none
            raise


def _follow_new_times(
    rows: list[OccurrenceChange],
    rules: list[Rule],
    breaks: list[Break],
    today: dt.date,
    horizon: dt.date,
) -> None:
    """Let changes of coming dates follow when the plan gives their day another time.

    Without this a cancelled date would quietly take place again. Changes of extra dates stay
    with those: no plan gives them.
    """
    stored = _stored_starts(rows[0].activity_id, today) if rows else set()
    extras = {
        extra_name(starts, stored)
        for row in rows
        if row.kind == ChangeKind.EXTRA and (starts := row.change().starts)
    }
    coming = {
        row.pk: original
        for row in rows
        if row.kind != ChangeKind.EXTRA
        and (original := row.change().original)
        and original.date() >= today
        and original not in extras
    }
    if not coming:
        return
    planned = [slot.original for slot in slots(rules, breaks, (), start=today, end=horizon)]
    new = matching.follow(coming, planned, stored)
    for row in rows:
        if row.pk in new:
            row.original_at = new[row.pk].time()
            row.save(update_fields=["original_at"])


def extra_name(starts: dt.datetime, stored: Collection[dt.datetime]) -> dt.datetime:
    """Return the start by which an extra date at `starts` is known among the `stored` ones."""
    own = starts + SECOND
    return own if own in stored else starts


def _stored_starts(activity_id: int, today: dt.date) -> set[dt.datetime]:
    """Return the starts by which an activity's coming dates were known until now."""
    dates = Occurrence.objects.filter(activity_id=activity_id, recurrence_id__gte=f"{today:%Y%m%d}")
    return {date.original for date in dates.only("recurrence_id")}


def _write_dates(activity_id: int, found: list[Slot], today: dt.date) -> bool:
    start = today - HISTORY
    rows = {
        row.pk: row
        for row in Occurrence.objects.filter(activity_id=activity_id, local_date__gte=start)
    }
    edge = [slot.original for slot in found if min(slot.original, slot.starts).date() < start]
    if edge:  # moved into the window from before it, or out of it
        names = [recurrence_id(original) for original in edge]
        older = Occurrence.objects.filter(activity_id=activity_id, recurrence_id__in=names)
        rows |= {row.pk: row for row in older}
    stored = [
        matching.Stored(row.pk, row.original, row.local_date, Status(row.status))
        for row in rows.values()
    ]
    diff = matching.difference(stored, found, today=today, fill_past=not rows)
    if diff.removed:
        Occurrence.objects.filter(pk__in=diff.removed).delete()
    news = {kept.id: new for kept in diff.kept if (new := _apply(rows[kept.id], kept))}
    if news:
        changed = [rows[key] for key in news]
        Occurrence.objects.bulk_update(changed, set().union(*news.values()), batch_size=100)
    added = [Occurrence(activity_id=activity_id, **_values(slot)) for slot in diff.added]
    Occurrence.objects.bulk_create(added)
    return bool(diff.removed or news or added)


def _apply(row: Occurrence, kept: matching.Kept) -> set[str]:
    """Give a row what holds now; return the names of the columns that changed."""
    values = _values(kept.slot)
    if kept.keep_times:
        for name in ("starts_at", "ends_at", "local_date"):
            del values[name]
    new = {name: value for name, value in values.items() if getattr(row, name) != value}
    for name, value in new.items():
        setattr(row, name, value)
    return set(new)


def _values(slot: Slot) -> dict[str, object]:
    starts_at, ends_at = utc_span(slot.starts, slot.ends)
    return {
        "recurrence_id": recurrence_id(slot.original),
        "starts_at": starts_at,
        "ends_at": ends_at,
        "local_date": slot.starts.date(),
        "status": slot.status.value,
        "reason": slot.reason,
        "note": slot.note,
        "place": slot.place,
    }


def recurrence_id(original: dt.datetime) -> str:
    """Return the naive local start the plan gave as RFC 5545 writes it, a date's address."""
    return f"{original:%Y%m%dT%H%M%S}"


def _write_standing(activity_id: int, standing: Standing, today: dt.date) -> bool:
    """Write the columns that are the same for all dates. Past ones stay with their venue."""
    wrong = Q(public=not standing.public) | Q(shared=not standing.shared)
    venue = standing.venue_id
    coming = Q(local_date__gte=today) | Q(venue__isnull=True)
    elsewhere = Q(venue__isnull=False) if venue is None else ~Q(venue=venue)
    dates = Occurrence.objects.filter(activity_id=activity_id)
    return bool(
        dates.filter(wrong | (coming & elsewhere)).update(
            public=standing.public,
            shared=standing.shared,
            venue=Case(
                When(coming, then=Value(venue)), default=F("venue"), output_field=IntegerField()
            ),
        )
    )


def _render(activity: ActivityPage, entry: CalendarEntry, plan: Plan, now: dt.datetime) -> None:
    """Write the calendar text anew when it says something new; the clock alone never does that."""
    write = entry_writer(activity, rules=plan.rules, changes=plan.changes, today=local_day(now))
    digest = hashlib.sha256(write(0, FIXED_MOMENT).encode()).hexdigest()
    if digest == entry.digest:
        return
    if entry.digest:
        entry.sequence += 1
    entry.changed_at = now.replace(microsecond=0)
    entry.digest = digest
    entry.ical = write(entry.sequence, entry.changed_at)


def _write_entry(entry: CalendarEntry, standing: Standing, before: dict[str, Any] | None) -> bool:
    """Store the entry if it is not what was stored; a horizon further off is nothing new."""
    entry.public = standing.public
    entry.refreshed_revision = standing.revision
    entry.refreshed_path = standing.url_path
    if before is None:
        entry.save(force_insert=True)
        return True
    new = {name for name, value in model_to_dict(entry).items() if before[name] != value}
    if new:
        entry.save(update_fields=list(new))
    return bool(new - {"refreshed_until", "problem"})


def drop_old_dates(*, now: dt.datetime) -> int:
    """Delete dates that passed more than 13 months ago; return how many."""
    limit = local_to_utc(dt.datetime.combine(local_day(now) - relativedelta(months=13), dt.time()))
    return Occurrence.objects.filter(ends_at__lt=limit).delete()[0]
