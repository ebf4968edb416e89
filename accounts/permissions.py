"""Who may give and end which role where."""

from django.db.models import Q
from django.urls import reverse

from core.models import User
from directory.models import Membership, VenuePage
from directory.permissions import Rights
from directory.taxonomy import Role

BY_LEADERS = (Role.VOLUNTEER, Role.STAFF, Role.EDITOR)


def may_manage(rights: Rights, role: str, venue_id: int | None) -> bool:
    """Whether a person may invite to, and end, `role` at a venue (None: everywhere)."""
    if rights.heads_area:
        return True
    return role in BY_LEADERS and venue_id in rights.leads


def manages_anybody(rights: Rights) -> bool:
    """Whether the list of people is for this person at all."""
    return rights.heads_area or bool(rights.leads)


def roles_to_give(rights: Rights) -> list[Role]:
    """The roles a person may invite to, lowest first."""
    return list(Role) if rights.heads_area else list(BY_LEADERS)


def venues_to_fill(rights: Rights) -> list[VenuePage]:
    """The venues a person may invite to, by name."""
    venues = VenuePage.objects.order_by("title")
    return list(venues if rights.heads_area else venues.filter(pk__in=rights.leads))


def memberships_seen(rights: Rights) -> Q:
    """Which memberships the list of people shows this person."""
    return Q() if rights.heads_area else Q(venue__in=rights.leads)


def home_of(rights: Rights) -> str:
    """Return the page that signing in leads to: one's own places, or the admin without any."""
    return reverse("my_venues" if rights.by_role else "wagtailadmin_home")


def may_forget_second_step(rights: Rights, user: User) -> bool:
    """Whether a person may take away the second step of `user`, who has lost it.

    As much as inviting the user anew would take, and never an administrator's but by another one.
    """
    if user.is_superuser:
        return rights.administrator
    rows = user.memberships.all()
    return bool(rows) and all(endable(rights, row) for row in rows)


def endable(rights: Rights, membership: Membership) -> bool:
    return may_manage(rights, membership.role, membership.venue_id)
