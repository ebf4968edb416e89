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
    "ask what is still right": {
        "task": "staff.tasks.ask_what_is_still_right",
        "schedule": crontab(hour="9", minute="5", day_of_week="mon-fri"),
    },
    "remind of visits and courses": {
        "task": "staff.tasks.remind_of_exchange",
        "schedule": crontab(hour="9", minute="15"),
    },
    "forget old reports": {
        "task": "staff.tasks.forget_old_reports",
        "schedule": crontab(hour="4", minute="50"),
    },
    "forget old mail": {
        "task": "core.tasks.forget_mail",
        "schedule": crontab(hour="4", minute="40"),
    },
    "forget pictures without consent": {
        "task": "core.tasks.forget_lapsed_pictures",
        "schedule": crontab(hour="0", minute="20"),
    },
    "remind leaders of their answers": {
        "task": "initiatives.tasks.remind_leaders",
        "schedule": crontab(hour="8", minute="5"),
    },
    "remind of agreements that end": {
        "task": "initiatives.tasks.remind_of_agreements",
        "schedule": crontab(hour="7", minute="40"),
    },
    "prune the queue": {
        "task": "core.tasks.prune_queue",
        "schedule": crontab(hour="4", minute="20"),
    },
    "note the heartbeat": {
        "task": "core.tasks.note_heartbeat",
        "schedule": EVERY_MINUTE,
    },
    "answer new readers": {
        "task": "newsletter.tasks.answer_asks",
        "schedule": EVERY_MINUTE,
    },
    "forget readers by the terms": {
        "task": "newsletter.tasks.tend",
        "schedule": crontab(hour="3", minute="40"),
    },
    "send the week's programme": {
        "task": "newsletter.tasks.send_weekly",
        "schedule": EVERY_MINUTE,
    },
    "tell readers what was cancelled": {
        "task": "newsletter.tasks.tell_of_changes",
        "schedule": EVERY_MINUTE,
    },
    "lay drafts of newsletters ready": {
        "task": "newsletter.tasks.prepare_drafts",
        "schedule": crontab(hour="5", minute="15"),
    },
    "send newsletters": {
        "task": "newsletter.tasks.tick",
        "schedule": 20.0,
    },
    "read what comes back": {
        "task": "newsletter.tasks.read_bounces",
        "schedule": crontab(minute="*/5"),
    },
    "forget who was sent what": {
        "task": "newsletter.tasks.forget_deliveries",
        "schedule": crontab(hour="3", minute="50"),
    },
}
