"""Asking venues whether what the site says is still right, and taking their word for it."""

import datetime as dt
import logging
from collections.abc import Collection, Iterable
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core import signing
from django.db import transaction
from django.urls import reverse

from activities.actions import verify_activity
from activities.addresses import absolute
from activities.models import ActivityPage
from core.domain.dates import local_day
from core.post import PostError, post_template
from directory.actions import verify_venue
from directory.models import VenuePage
from directory.permissions import LEADS, OPERATES
from staff.freshness import Due, Item, due_at
from staff.models import VenueAsk

logger = logging.getLogger(__name__)

SALT = "still-right"
LINK_DAYS = 60
UNANSWERED_UNTIL_LEADER = 2


def sign(ask: VenueAsk) -> str:
    """Return what the link of a mail carries: it opens one venue's list, for sixty days."""
    return signing.dumps([ask.pk, ask.venue_id], salt=SALT)


def ask_of(signed: str) -> VenueAsk | None:
    """Return what a link asked for; None for a wrong or an old one."""
    try:
        ask_id, venue_id = signing.loads(signed, salt=SALT, max_age=dt.timedelta(days=LINK_DAYS))
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return VenueAsk.objects.filter(pk=ask_id, venue=venue_id).select_related("venue").first()


def ask_venues(*, now: dt.datetime) -> int:
    """Write to every venue that has something due and was not asked lately; return how many.

    A venue is asked every `FRISTED_ASK_DAYS` days. After two mails without an answer the leader
    gets it, and says so.
    """
    venues = VenuePage.objects.public().standing(local_day(now)).in_order()
    asked = 0
    for due in due_at(list(venues), now=now):
        asked += _ask(due, now)
    return asked


@transaction.atomic
def confirm(venue: VenuePage, items: Iterable[Item], *, by: Any = None, now: dt.datetime) -> int:
    """Record that the items are still right at `now`; return how many.

    `by` is None when it was said through the link in a mail.
    """
    count = 0
    for item in items:
        if isinstance(item.page, ActivityPage):
            verify_activity(item.page, by=by, now=now)
        else:
            verify_venue(item.page, by=by, now=now)
        count += 1
    if count:
        VenueAsk.objects.filter(venue=venue, answered_at=None).update(answered_at=now)
    return count


def _ask(due: Due, now: dt.datetime) -> int:
    before = now - dt.timedelta(days=settings.FRISTED_ASK_DAYS)
    with transaction.atomic():
        # One worker at a time writes to a venue, so nobody is asked twice.
        VenuePage.objects.select_for_update().filter(pk=due.venue.pk).first()
        if VenueAsk.objects.filter(venue=due.venue, asked_at__gt=before).exists():
            return 0
        escalated = _unanswered(due.venue) >= UNANSWERED_UNTIL_LEADER
        people = _people(due.venue, leaders_only=escalated)
        if not people:
            logger.warning("Nobody can be asked about venue %s", due.venue.pk)
            return 0
        ask = VenueAsk.objects.create(
            venue=due.venue, asked_at=now, items=len(due.items), escalated=escalated
        )
        _write(ask, due, people, now)
    return 1


def _unanswered(venue: VenuePage) -> int:
    """How many of the newest questions in a row have no answer."""
    count = 0
    for answered_at in VenueAsk.objects.filter(venue=venue).values_list("answered_at", flat=True):
        if answered_at is not None:
            break
        count += 1
    return count


def _people(venue: VenuePage, *, leaders_only: bool) -> list[str]:
    return (leaders_only and _emails(venue, LEADS)) or _emails(venue, OPERATES)


def _emails(venue: VenuePage, roles: Collection[str]) -> list[str]:
    here = {"memberships__venue": venue, "memberships__role__in": roles}
    people = get_user_model()._default_manager.filter(is_active=True, **here)
    return sorted(set(people.values_list("email", flat=True)))


def _write(ask: VenueAsk, due: Due, people: list[str], now: dt.datetime) -> None:
    context = {
        "venue": due.venue,
        "items": due.items,
        "escalated": ask.escalated,
        "url": absolute(reverse("still_right", args=[sign(ask)])),
    }
    for address in people:
        try:
            post_template(
                template="mail/staff/still_right",
                context=context,
                to=address,
                purpose="still_right",
                key=f"still_right-{ask.pk}-{address}",
                now=now,
            )
        except PostError:
            logger.warning("Question %s cannot be mailed to one address", ask.pk)
