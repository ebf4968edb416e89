"""What the worker does for activities, told to by config.schedule. Safe to run twice."""

from celery import shared_task
from django.utils import timezone

from activities.actions import drop_old_dates, horizon_of, refresh_many, stale_activities
from activities.models import CalendarEntry


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
