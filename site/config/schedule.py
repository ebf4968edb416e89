"""Every periodic task in one list. Times are local, Europe/Copenhagen."""

from typing import Any

from celery.schedules import crontab

EVERY_MINUTE = crontab()

SCHEDULE: dict[str, dict[str, Any]] = {
    "publish what is due": {
        "task": "core.tasks.publish_due_pages",
        "schedule": EVERY_MINUTE,
    },
    "refresh what was missed": {
        "task": "activities.tasks.sweep_activities",
        "schedule": EVERY_MINUTE,
    },
    "fetch calendars of venues": {
        "task": "activities.tasks.fetch_due_sources",
        "schedule": crontab(minute="*/15"),
    },
    "take in what waits": {
        "task": "activities.tasks.sweep_sources",
        "schedule": EVERY_MINUTE,
    },
    "go on with spreadsheets": {
        "task": "activities.tasks.sweep_sheets",
        "schedule": EVERY_MINUTE,
    },
    "carry out venue moves": {
        "task": "directory.tasks.apply_due_moves",
        "schedule": crontab(minute="2"),
    },
    "remind of invitations": {
        "task": "activities.tasks.remind_invited",
        "schedule": crontab(hour="9", minute="15"),
    },
    "roll the horizon": {
        "task": "activities.tasks.roll_horizon",
        "schedule": crontab(hour="3", minute="10"),
    },
    "send waiting mail": {
        "task": "core.tasks.send_waiting_mail",
        "schedule": EVERY_MINUTE,
    },
    "forget old mail": {
        "task": "core.tasks.forget_mail",
        "schedule": crontab(hour="4", minute="40"),
    },
    "prune the queue": {
        "task": "core.tasks.prune_queue",
        "schedule": crontab(hour="4", minute="20"),
    },
    "note the heartbeat": {
        "task": "core.tasks.note_heartbeat",
        "schedule": EVERY_MINUTE,
    },
}
