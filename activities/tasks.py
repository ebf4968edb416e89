"""What the worker does for activities, told to by config.schedule. Safe to run twice."""

import datetime as dt

from celery import shared_task
from django.utils import timezone

from activities.actions import drop_old_dates, horizon_of, refresh_many, stale_activities
from activities.actions.invitations import remind_unanswered
from activities.actions.sheets import drop_unused, sheets_left_behind, work_on
from activities.actions.sources import (
    claim_due,
    follow_source,
    left_halfway,
    take_in,
)
from activities.models import CalendarEntry, CalendarSource
from core.queue import enqueue

SHEET_SECONDS = 40  # well below the time limit of a task


@shared_task
def sweep_activities() -> int:
    """Refresh what an event was missed for; return how many activities changed.

    One that fails is logged with its id and tried again the next minute.
    """
    now = timezone.now()
    return refresh_many(stale_activities(now=now), now=now)


@shared_task
def roll_horizon() -> int:
    """Store the dates of one day more for every activity, and let go of the oldest."""
    now = timezone.now()
    behind = CalendarEntry.objects.filter(
        refreshed_until__lt=horizon_of(now), activity__live=True
    ).order_by("pk")
    changed = refresh_many(list(behind.values_list("pk", flat=True)), now=now)
    drop_old_dates(now=now)
    return changed


@shared_task
def remind_invited() -> int:
    """Remind venues of invitations nobody has answered, once each; return how many."""
    return remind_unanswered(now=timezone.now())


@shared_task
def fetch_due_sources() -> int:
    """Fetch the calendars whose time has come, each by itself; return how many."""
    due = claim_due(now=timezone.now())
    for source_id in due:
        enqueue(fetch_source, source_id)
    return len(due)


@shared_task
def fetch_source(source_id: int) -> None:
    """Fetch one calendar and have what changed taken in."""
    source = CalendarSource.objects.filter(pk=source_id).first()
    if source is not None and follow_source(source, now=timezone.now()).any_change:
        enqueue(take_in_waiting, source_id)


@shared_task
def take_in_waiting(source_id: int) -> None:
    """Take in a lot of what waits, and come back for the rest."""
    source = CalendarSource.objects.filter(pk=source_id).first()
    if source is not None and take_in(source, now=timezone.now()):
        enqueue(take_in_waiting, source_id)


@shared_task
def sweep_sources() -> int:
    """Go on with every calendar that was left halfway; return how many."""
    halfway = left_halfway(now=timezone.now())
    for source_id in halfway:
        enqueue(take_in_waiting, source_id)
    return len(halfway)


@shared_task
def run_sheet(sheet_id: int) -> bool:
    """Import a sheet or take it back for a while, then queue the rest; True when some is left."""
    left = work_on(sheet_id, seconds=SHEET_SECONDS, clock=timezone.now)
    if left:
        enqueue(run_sheet, sheet_id)
    return left


@shared_task
def sweep_sheets() -> int:
    """Go on with sheets whose worker died, and drop those that nobody ever imported."""
    now = timezone.now()
    drop_unused(before=now - dt.timedelta(days=1))
    behind = sheets_left_behind(before=now - dt.timedelta(minutes=2))
    for sheet_id in behind:
        enqueue(run_sheet, sheet_id)
    return len(behind)
