"""Who takes part in the leaders' work, and gets mail about it."""

from collections.abc import Collection
from typing import Any

from core.models import User
from directory.taxonomy import Role


def members() -> list[User]:
    """Return the venue leaders and the area head, by address: those a meeting calls."""
    return _with(memberships__role__in=[Role.VENUE_LEADER, Role.AREA_HEAD])


def leaders_of(venue_ids: Collection[int]) -> list[User]:
    """Return those who lead one of the venues, by address."""
    return _with(memberships__role=Role.VENUE_LEADER, memberships__venue__in=venue_ids)


def area_heads() -> list[User]:
    """Return whoever heads the area, by address."""
    return _with(memberships__role=Role.AREA_HEAD)


def led_by(user: User) -> frozenset[int]:
    """Return the ids of the venues that a person leads."""
    led = user.memberships.filter(role=Role.VENUE_LEADER, venue__isnull=False)
    return frozenset(led.values_list("venue", flat=True))


def _with(**lookup: Any) -> list[User]:
    found = User.objects.filter(is_active=True, **lookup).exclude(email="")
    return list(found.distinct().order_by("email"))
