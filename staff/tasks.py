"""What the worker does for the internal section, told to by config.schedule."""

from celery import shared_task
from django.utils import timezone

from staff.actions.exchange import remind_colleagues
from staff.actions.freshness import ask_venues
from staff.actions.reports import forget_reports


@shared_task
def ask_what_is_still_right() -> int:
    """Write to the venues that have something due; return how many."""
    return ask_venues(now=timezone.now())


@shared_task
def forget_old_reports() -> int:
    """Wipe what visitors left for an answer, and reports a year old."""
    return forget_reports(now=timezone.now())


@shared_task
def remind_of_exchange() -> int:
    """Remind colleagues of what they signed up for, and ask afterwards what they learned."""
    return remind_colleagues(now=timezone.now())
