"""A colleague's secret calendar address: made, changed, revoked."""

import datetime as dt
import hashlib
import secrets
from collections.abc import Iterable
from typing import Any

from django.db import transaction

from directory.models import VenuePage
from staff.models import PersonalCalendar

TOKEN_BYTES = 16  # 128 bits


def hash_of(token: str) -> str:
    """Return what is stored of a token. It is random, so it needs no salt."""
    return hashlib.sha256(token.encode()).hexdigest()


@transaction.atomic
def new_address(
    user: Any, *, venues: Iterable[VenuePage], internal: bool, now: dt.datetime
) -> tuple[PersonalCalendar, str]:
    """Make an address, or a new one so that the old one stops; return it with its token.

    The token is told this once; nobody can look it up afterwards.
    """
    token = secrets.token_urlsafe(TOKEN_BYTES)
    values = {"token_hash": hash_of(token), "created_at": now, "fetched_at": None}
    calendar, _made = PersonalCalendar.objects.update_or_create(
        user=user, defaults=values | {"internal": internal}
    )
    calendar.venues.set(venues)
    return calendar, token


@transaction.atomic
def change_contents(
    calendar: PersonalCalendar, *, venues: Iterable[VenuePage], internal: bool
) -> None:
    """Choose what the calendar holds; its address stays."""
    calendar.internal = internal
    calendar.save(update_fields=["internal"])
    calendar.venues.set(venues)


@transaction.atomic
def revoke(user: Any) -> None:
    """Make the address stop."""
    PersonalCalendar.objects.filter(user=user).delete()


def find_calendar(token: str) -> PersonalCalendar | None:
    """Return the calendar of a token, if its owner still works here; a wrong one finds nothing."""
    found = PersonalCalendar.objects.filter(
        token_hash=hash_of(token), user__is_active=True, user__memberships__isnull=False
    )
    return found.select_related("user").distinct().first()


def note_fetch(calendar: PersonalCalendar, now: dt.datetime) -> None:
    """Remember when the address was last asked; the owner sees it."""
    PersonalCalendar.objects.filter(pk=calendar.pk).update(fetched_at=now)
