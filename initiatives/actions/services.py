"""Outreach services at venues (4c): what is agreed, what runs, and what the public then sees."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from activities.models import ActivityPage
from core.models import ContentVersion
from directory.models import VenuePage
from initiatives.actions.progress import cpr_problems
from initiatives.actions.refusal import Refused, author
from initiatives.models import OutreachService, ServiceChange
from initiatives.reading import local_day
from initiatives.taxonomy import ChangeKind, ServiceStatus

FACTS = (
    "venue",
    "title",
    "area",
    "provider",
    "description",
    "status",
    "activity",
    "when_text",
    "coordinated_at",
    "contacts_made",
)
GROUPS = "target_groups"


@transaction.atomic
def save_service(
    service: OutreachService | None,
    values: Mapping[str, Any],
    *,
    by: Any = None,
    now: dt.datetime,
    seen_at: dt.datetime | None = None,
) -> OutreachService:
    """Write an outreach service, a new one when `service` is None, and note who changed what.

    `values` has keys of FACTS and `target_groups`. A running one is told on the venue's page at
    once. Raises Refused by field: running without saying when, an activity of another venue, a
    venue that has become part of another, or facts that somebody else changed since `seen_at`.
    """
    if service is None:
        fresh, before = OutreachService(created_at=now, changed_at=now), {}
    else:
        fresh = OutreachService.objects.select_for_update().get(pk=service.pk)
        if seen_at is not None and fresh.changed_at != seen_at:
            raise Refused(_("Somebody else changed this while you were writing. Save again."))
        before = _facts(fresh)
    was_running = service is not None and fresh.status == ServiceStatus.RUNNING
    for key in FACTS:
        if key in values:
            setattr(fresh, key, values[key])
    if problems := _problems(fresh, now):
        raise Refused(problems)
    fresh.changed_at = now
    fresh.save()
    if GROUPS in values:
        fresh.target_groups.set(values[GROUPS])
    _note(fresh, before, by=by, now=now)
    if was_running or fresh.status == ServiceStatus.RUNNING:
        ContentVersion.bump(now=now)
    return fresh


@transaction.atomic
def follow_merged_venue(venue: VenuePage, successor: VenuePage, *, now: dt.datetime) -> int:
    """Move the services of `venue` to the venue it has become a part of; return how many."""
    moved = OutreachService.objects.filter(venue=venue)
    for service in moved:
        before = _facts(service)
        service.venue, service.changed_at = successor, now
        service.save()
        _note(service, before, by=None, now=now)
    if moved:
        ContentVersion.bump(now=now)
    return len(moved)


def offered_activities(venue_id: int) -> Any:
    """Return the activities that a service at the venue may be in the calendar as."""
    return ActivityPage.objects.held_by([venue_id]).order_by("title", "pk")


def _problems(service: OutreachService, now: dt.datetime) -> dict[str, str]:
    texts = {key: getattr(service, key) for key in FACTS if isinstance(getattr(service, key), str)}
    problems = cpr_problems(texts)
    for key, told in (("title", _("Write what it is.")), ("provider", _("Write who provides it."))):
        if not getattr(service, key).strip():
            problems[key] = told
    running = service.status == ServiceStatus.RUNNING
    if running and not (service.activity_id or service.when_text.strip()):
        problems["when_text"] = _("Say when it is there, or choose it in the calendar.")
    if service.activity_id and not (
        offered_activities(service.venue_id).filter(pk=service.activity_id).exists()
    ):
        problems["activity"] = _("That activity belongs to another venue.")
    today = local_day(now)
    successor = service.venue.successor_on(today) if today else None
    if successor is not None:
        problems["venue"] = _("%(venue)s has become part of %(successor)s. Choose that venue.") % {
            "venue": service.venue.title,
            "successor": successor.title,
        }
    return problems


def _facts(service: OutreachService) -> dict[str, Any]:
    facts = {key: _plain(getattr(service, key)) for key in FACTS}
    return facts | {GROUPS: [group.label for group in service.target_groups.all()]}


def _plain(value: Any) -> Any:
    return value if value is None or isinstance(value, (str, int)) else str(value)


def _note(
    service: OutreachService, before: Mapping[str, Any], *, by: Any, now: dt.datetime
) -> None:
    after = _facts(OutreachService.objects.get(pk=service.pk))
    changed = [key for key in after if after[key] != before.get(key)]
    if not changed:
        return
    ServiceChange(
        service=service,
        kind=ChangeKind.CHANGED if before else ChangeKind.CREATED,
        at=now,
        before={key: before[key] for key in changed if key in before},
        after={key: after[key] for key in changed},
        **author(by),
    ).save()
