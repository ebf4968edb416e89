"""The Celery application; its periodic tasks stand in config.schedule."""

import os
from typing import Any

from celery import Celery
from celery.signals import worker_ready

from config.schedule import SCHEDULE

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.embedded")

app = Celery("fristed")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
app.conf.beat_schedule = SCHEDULE


@worker_ready.connect
def show_sign_of_life(sender: Any, **kwargs: Any) -> None:
    """Let /readyz know at once, not after the first minute, that the worker is there."""
    sender.app.send_task("core.tasks.note_heartbeat")
