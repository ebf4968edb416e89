"""Mail about holding an event together: the question, one reminder, and the answer."""

import datetime as dt
import logging
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import transaction
from django.urls import reverse

from activities.addresses import absolute
from activities.models import ActivityHost, Occurrence
from activities.planning import event_when
from activities.taxonomy import HostRole, HostStatus
from core.post import PostError, post_template
from directory.permissions import PUBLISHES

logger = logging.getLogger(__name__)

INVITATION, REMINDER, ANSWER = "invitation", "invitation_reminder", "invitation_answer"
LOT = 100


def tell_invited(host: ActivityHost, *, by: Any = None, now: dt.datetime) -> int:
    """Write to those who may answer for an invited venue, but not to `by`; return how many."""
    return _write_to(host, host.venue_id, INVITATION, by=by, now=now)


def tell_main_host(host: ActivityHost, *, by: Any = None, now: dt.datetime) -> int:
    """Tell the main host's editors and leaders what a venue answered; return how many."""
    lead = _main_host(host)
    return _write_to(host, lead.venue_id, ANSWER, by=by, now=now) if lead else 0


@transaction.atomic
def remind_unanswered(*, now: dt.datetime, limit: int = LOT) -> int:
    """Remind venues once that were asked `FRISTED_INVITATION_REMIND_DAYS` ago; return how many.

    Nobody is reminded of an event that is over or was called off.
    """
    before = now - dt.timedelta(days=settings.FRISTED_INVITATION_REMIND_DAYS)
    coming = Occurrence.objects.taking_place().filter(ends_at__gt=now)
    waiting = ActivityHost.objects.filter(
        role=HostRole.CO_HOST,
        status=HostStatus.INVITED,
        reminded_at__isnull=True,
        invited_at__lte=before,
        activity__in=coming.values("activity"),
    )
    reminded = 0
    for host in waiting.select_related("activity", "venue").order_by("invited_at", "pk")[:limit]:
        # Claimed row by row: two workers do not remind the same venue.
        if waiting.filter(pk=host.pk).update(reminded_at=now):
            _write_to(host, host.venue_id, REMINDER, now=now)
            reminded += 1
    return reminded


def answerers(venue_id: int) -> Any:
    """Return the people who may say yes or no for a venue: its editors and leaders."""
    people = get_user_model()._default_manager.filter(is_active=True)
    may = {"memberships__venue": venue_id, "memberships__role__in": PUBLISHES}
    return people.filter(**may).distinct().order_by("pk")


def _write_to(
    host: ActivityHost, venue_id: int, kind: str, *, by: Any = None, now: dt.datetime
) -> int:
    context = _context(host, by, now)
    people = answerers(venue_id)
    if by is not None and by.pk:
        people = people.exclude(pk=by.pk)
    written = 0
    for person in people:
        try:
            post_template(
                template=f"mail/activities/{kind}",
                context={**context, "person": person},
                to=person.email,
                purpose=kind,
                key=f"{kind}:{host.pk}:{now:%Y%m%dT%H%M%S}:{person.pk}",
                now=now,
            )
        except PostError as error:  # one broken address stops neither the act nor the others
            logger.warning("no %s to user %s: %s", kind, person.pk, error.code)
        else:
            written += 1
    return written


def _context(host: ActivityHost, by: Any, now: dt.datetime) -> dict[str, Any]:
    lead = _main_host(host)
    answer = reverse("invitation_list:answer", args=[host.pk])
    sheet = reverse("plan_sheet", args=[host.activity_id])
    return {
        "event": host.activity,
        "venue": host.venue,
        "lead": lead.venue if lead else None,
        "when": event_when(host.activity, now=now),
        "asked_at": host.invited_at,
        "accepted": host.status == HostStatus.ACCEPTED,
        "by": by,
        "answer_url": absolute(answer),
        "sheet_url": absolute(sheet),
    }


def _main_host(host: ActivityHost) -> ActivityHost | None:
    leads = ActivityHost.objects.filter(activity=host.activity_id, role=HostRole.LEAD)
    return leads.select_related("venue").first()
