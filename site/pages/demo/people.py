"""The demo's accounts and what each may do."""

from django.contrib.auth.hashers import make_password

from core.models import User
from directory.models import Membership
from directory.permissions import sync_groups
from directory.taxonomy import Role
from pages.demo.content import Table
from pages.demo.memory import Memory

AT_VENUES = (Role.EDITOR, Role.STAFF, Role.VOLUNTEER, Role.VENUE_LEADER)
EVERYWHERE = (Role.COMMUNICATION, Role.AREA_HEAD)


def add_people(content: list[Table], password: str, memory: Memory) -> list[str]:
    """Add everybody with the same password; return their addresses in order."""
    stored = make_password(password)  # once: a hash is slow by design
    for row in content:
        user = User.objects.create(
            email=row["email"],
            first_name=row["first_name"],
            last_name=row["last_name"],
            password=stored,
            is_staff=row.get("administrator", False),
            is_superuser=row.get("administrator", False),
        )
        for role in AT_VENUES:
            for slug in row.get(role, []):
                Membership.objects.create(user=user, venue=memory.venues[slug], role=role)
                memory.people.setdefault(slug, user)
        for role in EVERYWHERE:
            if row.get(role):
                Membership.objects.create(user=user, role=role)
        sync_groups(user)
    return [row["email"] for row in content]
