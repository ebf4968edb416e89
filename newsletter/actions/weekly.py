"""The week's programme: it leaves by itself, once a week, unless an editor holds it back."""

import datetime as dt
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import translation

from newsletter.actions.sending import create_dispatch
from newsletter.domain.content import IssueContent
from newsletter.domain.weeks import WEEK, due_at, week_to_send
from newsletter.models import Dispatch, Topic, WeeklyIssue, WeeklyPlan, WeekState
from newsletter.sending_taxonomy import DispatchKind
from newsletter.weekly import week_url, weekly_content, weekly_subject


def weekly_plan() -> WeeklyPlan | None:
    """Return when the programme leaves: what somebody chose, else its usual time, not stored yet.

    None where there is no such topic.
    """
    topic = Topic.objects.weekly().first()
    if topic is None:
        return None
    plan: WeeklyPlan | None = WeeklyPlan.objects.filter(topic=topic).first()
    return plan or WeeklyPlan(topic=topic)


def send_due_week(*, now: dt.datetime) -> Dispatch | None:
    """Start the programme whose time has come; None when there is none, or it is held back.

    Safe to run as often as one likes: a week is settled once.
    """
    plan = weekly_plan()
    if plan is None or not plan.active:
        return None
    monday = week_to_send(now, plan.weekday, plan.at)
    if monday is None or WeeklyIssue.objects.filter(topic=plan.topic, monday=monday).exists():
        return None
    return _settle(plan.topic, monday, due=due_at(monday, plan.weekday, plan.at), now=now, by=None)


@transaction.atomic
def hold_week(monday: dt.date, *, by: Any, now: dt.datetime) -> bool:
    """Hold back the programme of the week from `monday`; False when it has left already."""
    plan = weekly_plan()
    if plan is None:
        return False
    row, _made = WeeklyIssue.objects.get_or_create(
        topic=plan.topic,
        monday=monday,
        defaults={"state": WeekState.HELD, "decided_at": now, "decided_by": by},
    )
    return bool(row.state == WeekState.HELD)


@transaction.atomic
def release_week(monday: dt.date, *, by: Any, now: dt.datetime) -> Dispatch | None:
    """Let a programme go that was held back or missed its time: then, or at once if it has passed.

    Return the sending when it begins at once. Nothing happens to a week that has been settled
    otherwise, or has ended.
    """
    plan = weekly_plan()
    if plan is None:
        return None
    row = WeeklyIssue.objects.filter(topic=plan.topic, monday=monday).first()
    if row is not None and row.state != WeekState.HELD:
        return None
    if row is not None:
        row.delete()
    leaves = due_at(monday, plan.weekday, plan.at)
    return _settle(plan.topic, monday, due=now, now=now, by=by) if leaves <= now else None


def week_content(dispatch: Dispatch, now: dt.datetime) -> IssueContent | None:
    """Return what a dispatch of a week's programme says; None when nothing happens."""
    content = weekly_content(dt.date.fromisoformat(dispatch.payload["monday"]), now=now)
    return content if content.entries else None


def _settle(
    topic: Topic, monday: dt.date, *, due: dt.datetime, now: dt.datetime, by: Any
) -> Dispatch | None:
    """Write down what becomes of a week, and start it unless it is empty or over."""
    ends = due_at(monday + WEEK, 0, dt.time())
    if ends <= now:
        return None
    empty = not weekly_content(monday, now=now).entries
    try:
        with transaction.atomic():
            row = WeeklyIssue.objects.create(
                topic=topic,
                monday=monday,
                state=WeekState.EMPTY if empty else WeekState.SENT,
                decided_at=now,
                decided_by=by,
            )
            if empty:
                return None
            with translation.override(settings.LANGUAGE_CODE):
                subject = weekly_subject(monday)
            row.dispatch = create_dispatch(
                kind=DispatchKind.WEEKLY,
                topic=topic,
                subject=subject,
                payload={"monday": monday.isoformat()},
                key=f"weekly:{topic.slug}:{monday.isoformat()}",
                web_url=week_url(monday),
                due_at=due,
                expires_at=ends,
                now=now,
                by=by,
            )
            row.save(update_fields=["dispatch"])
    except IntegrityError:  # another worker settled the week a moment ago
        return None
    dispatch: Dispatch = row.dispatch
    return dispatch
