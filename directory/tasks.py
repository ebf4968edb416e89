"""What the worker does for directory, told to by config.schedule."""

from celery import shared_task
from django.utils import timezone

from directory import actions


@shared_task
def apply_due_moves() -> int:
    """Carry out the moves and mergers of today; return how many were done now."""
    return len(actions.apply_due_moves(timezone.localdate(), timezone.now()))
