"""What the worker does for the leaders' tracker, told to by config.schedule."""

from celery import shared_task
from django.utils import timezone

from initiatives.actions import remind_ending_agreements
from initiatives.actions.letters import remind_of_round


@shared_task
def remind_leaders() -> int:
    """Remind those who miss an answer, on the days that are set; return how many."""
    return remind_of_round(now=timezone.now())


@shared_task
def remind_of_agreements() -> int:
    """Write about agreements that end soon to those concerned; return how many mails there are."""
    return remind_ending_agreements(timezone.now())
