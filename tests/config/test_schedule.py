from celery import current_app

from config.schedule import SCHEDULE


def test_every_periodic_task_exists():
    current_app.loader.import_default_modules()
    unknown = [line["task"] for line in SCHEDULE.values() if line["task"] not in current_app.tasks]

    assert unknown == []
