"""What the front of the newsletter desk shows: drafts, what is planned, what was sent, the week."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from wagtail.models import WorkflowState

from core.domain.dates import instant
from newsletter.actions.issues import reached, readers_of
from newsletter.actions.weekly import weekly_plan
from newsletter.domain.weeks import PATIENCE, WEEK, coming_week, due_at
from newsletter.issue_wording import local_moment, readers_text
from newsletter.models import Dispatch, IssuePage, WeeklyIssue, WeekState
from newsletter.sending_taxonomy import DispatchKind, DispatchState
from newsletter.sending_wording import state_text
from newsletter.weekly import weekly_content, weekly_subject

SHOWN = 30


@dataclass(frozen=True, slots=True)
class Draft:
    """A newsletter that can still be sent."""

    page: IssuePage
    in_approval: bool


@dataclass(frozen=True, slots=True)
class Sent:
    """A newsletter that is planned, on its way or sent, and where it stands in words."""

    dispatch: Dispatch
    stands: str


@dataclass(frozen=True, slots=True)
class Week:
    """The week's programme that leaves next, or one whose time passed without it."""

    monday: dt.date
    subject: str
    leaves: str
    dates: int
    is_held: bool
    is_late: bool
    is_active: bool
    readers: str


def desk_lists(*, now: dt.datetime) -> dict[str, Any]:
    """Return the lists of the desk's front page."""
    sendings = Dispatch.objects.filter(kind=DispatchKind.ISSUE)
    sendings = sendings.exclude(state=DispatchState.CANCELLED, frozen_at=None)
    planned = sendings.filter(state=DispatchState.WAITING).order_by("due_at")
    sent = sendings.exclude(state=DispatchState.WAITING).order_by("-due_at")
    return {
        "drafts": drafts(),
        "planned": _stand(planned.select_related("topic"), now),
        "sent": _stand(sent.select_related("topic")[:SHOWN], now),
        "weeks": weeks(now=now),
    }


def _stand(rows: Iterable[Dispatch], now: dt.datetime) -> list[Sent]:
    return [Sent(row, state_text(row, now)) for row in rows]


def drafts() -> list[Draft]:
    """Return what can still be sent, the last edited first."""
    pages = list(
        IssuePage.objects.unsent()
        .select_related("topic", "latest_revision__user")
        .order_by("-latest_revision_created_at", "-pk")[:SHOWN]
    )
    gone = reached([page.pk for page in pages])
    waiting = WorkflowState.objects.filter(
        status=WorkflowState.STATUS_IN_PROGRESS, object_id__in=[str(page.pk) for page in pages]
    )
    ids = set(waiting.values_list("object_id", flat=True))
    return [Draft(page, str(page.pk) in ids) for page in pages if page.pk not in gone]


def weeks(*, now: dt.datetime) -> list[Week]:
    """Return the programme that leaves next, after one that was held back or missed its time."""
    plan = weekly_plan()
    if plan is None:
        return []
    coming = coming_week(now, plan.weekday, plan.at)
    settled = dict(
        WeeklyIssue.objects.filter(topic=plan.topic).values_list("monday", "state")[:SHOWN]
    )
    held = {monday for monday, state in settled.items() if state == WeekState.HELD}
    missed = coming - WEEK
    # A site that has never sent one has missed none.
    running = plan.active and any(monday < missed for monday in settled)
    passed = running and due_at(missed, plan.weekday, plan.at) + PATIENCE <= now
    late = {monday for monday in held if monday < coming}
    late |= {missed} if passed and missed not in settled else set()
    readers = readers_text(readers_of(plan.topic, now=now))
    return [
        Week(
            monday=monday,
            subject=weekly_subject(monday),
            leaves=local_moment(due_at(monday, plan.weekday, plan.at)),
            dates=len(weekly_content(monday, now=now).entries),
            is_held=monday in held,
            is_late=monday < coming,
            is_active=plan.active,
            readers=readers,
        )
        for monday in [*sorted(day for day in late if not _is_over(day, now)), coming]
    ]


def _is_over(monday: dt.date, now: dt.datetime) -> bool:
    return instant(dt.datetime.combine(monday + dt.timedelta(days=7), dt.time())) <= now
