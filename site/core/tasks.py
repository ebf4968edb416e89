"""What the worker does for core, told to by config.schedule."""

import time
from pathlib import Path

from celery import shared_task
from django.conf import settings
from django.utils import timezone

from core.actions import publish_due
from core.models import Heartbeat
from core.pictures import forget_copies
from core.post import forget_old_mail, send_waiting

DAY = 24 * 60 * 60
MAIL_SECONDS = 40  # well below the time limit of a task


@shared_task
def publish_due_pages() -> None:
    """Publish and expire what is due; a page that fails is logged and tried again."""
    publish_due(timezone.now())


@shared_task
def note_heartbeat() -> None:
    """Leave a sign of life for /readyz: schedule, queue and worker all work."""
    Heartbeat.objects.update_or_create(name="worker", defaults={"seen_at": timezone.now()})


@shared_task
def send_waiting_mail() -> int:
    """Send the mails to single persons that are due, for a while; return how many were tried."""
    sent, stop = 0, time.monotonic() + MAIL_SECONDS
    while time.monotonic() < stop:
        lot = send_waiting(now=timezone.now(), limit=10)
        sent += lot
        if not lot:
            break
    return sent


@shared_task
def forget_mail() -> int:
    """Wipe addresses of mails that were done with a week ago."""
    return forget_old_mail(now=timezone.now())


@shared_task
def forget_lapsed_pictures() -> int:
    """Delete the copies of pictures that may not be shown any more; return how many."""
    return forget_copies(timezone.localdate())


@shared_task
def prune_queue() -> int:
    """Delete messages that were carried out more than a day ago; return how many."""
    folder = settings.CELERY_BROKER_TRANSPORT_OPTIONS.get("processed_folder")
    if not folder:
        return 0
    return prune(Path(str(folder)), older_than=time.time() - DAY)


def prune(folder: Path, *, older_than: float) -> int:
    """Delete the files in `folder` last changed before `older_than` (seconds since 1970)."""
    old = [path for path in folder.glob("*") if path.is_file()]
    old = [path for path in old if path.stat().st_mtime < older_than]
    for path in old:
        path.unlink(missing_ok=True)
    return len(old)
