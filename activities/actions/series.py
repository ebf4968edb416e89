"""A series gets another time from one of its dates on; what came before stays as it was."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.db import transaction
from wagtail.log_actions import log
from wagtail.models import Revision

from activities.actions.refresh import refresh_activity
from activities.domain.dates import rule_dates
from activities.domain.rules import RuleError
from activities.log_actions import PLAN_CHANGED
from activities.models import ActivityPage, Schedule
from activities.models.schedule import new_key
from activities.taxonomy import Frequency

COPIED = ("frequency", "weekdays", "weeks", "interval", "nth", "until_on")


@transaction.atomic
def change_from(
    activity: ActivityPage,
    original: dt.datetime,
    *,
    starts: dt.time,
    ends: dt.time,
    by: Any = None,
    now: dt.datetime,
) -> None:
    """Let a series begin and end at other times from the date that starts at `original` on.

    `original` is the naive local start the plan gave. The line of the plan that gives it ends the
    day before, and a new one begins on that day: earlier dates keep their ids, addresses and
    entries in calendars, later ones their ids, and changes of single dates follow. Holds on the
    live page and, separately, in each version that waits; never publishes a draft. Raises
    RuleError (`no_original`) when no line of the live plan gives the date.
    """
    page = ActivityPage.objects.select_for_update(of=("self",)).get(pk=activity.pk)
    key = new_key()

    def split(version: ActivityPage) -> bool:
        return _split(version, original, starts, ends, key)

    waiting = _waiting(page)
    if not split(page):
        raise RuleError("no_original")
    if page.live and not waiting:
        page.save_revision(user=by).publish(user=by, skip_permission_checks=True)
    else:
        page.save()
        _change_waiting(waiting, split)
    log(page, PLAN_CHANGED, user=by, data={"day": str(original.date())})
    refresh_activity(page.pk, now=now)


def _split(
    page: ActivityPage, original: dt.datetime, starts: dt.time, ends: dt.time, key: str
) -> bool:
    """End the line that gives `original` and add one with the new times; say whether there is."""
    rows = list(page.schedules.get_object_list())
    row = next((row for row in rows if _gives(row, original)), None)
    if row is None:
        return False
    new = Schedule(
        key=key,
        first_on=original.date(),
        starts=starts,
        ends=ends,
        **{name: getattr(row, name) for name in COPIED},
    )
    if row.first_on >= original.date() or row.frequency == Frequency.ONCE:
        row.starts, row.ends = starts, ends  # all of it: the same line, the same calendar entry
        page.schedules = rows
        return True
    row.until_on = original.date() - dt.timedelta(days=1)
    rows.insert(rows.index(row) + 1, new)
    for place, line in enumerate(rows):
        line.sort_order = place
    page.schedules = rows
    return True


def _gives(row: Schedule, original: dt.datetime) -> bool:
    day = original.date()
    return row.starts == original.time() and bool(rule_dates(row.rule(), start=day, end=day))


def _waiting(page: ActivityPage) -> list[Revision]:
    """Versions that are yet to be published: scheduled ones and the draft somebody works on."""
    waits = Revision.objects.for_instance(page)
    scheduled = list(waits.filter(approved_go_live_at__isnull=False))
    latest = page.latest_revision if page.has_unpublished_changes else None
    return scheduled + ([latest] if latest and latest not in scheduled else [])


def _change_waiting(waiting: list[Revision], split: Callable[[ActivityPage], bool]) -> None:
    for revision in waiting:
        draft = revision.as_object()
        if split(draft):
            Revision.objects.filter(pk=revision.pk).update(content=draft.serializable_data())
