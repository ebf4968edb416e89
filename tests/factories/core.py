"""Users, as they come out of the user administration."""

from typing import Any

from core.models import User
from directory.models import Membership, VenuePage

PASSWORD = "Regnbuebro 14 kopper"


def make_user(
    email: str = "rikke@eksempelby.example",
    *,
    role: str = "",
    venue: VenuePage | None = None,
    admin: bool = False,
    **fields: Any,
) -> User:
    """Return a stored user; with `role` also that membership, at `venue` or everywhere."""
    fields = {"first_name": "Rikke", "last_name": "Ærøskov", "password": PASSWORD} | fields
    create = User.objects.create_superuser if admin else User.objects.create_user
    user = create(email=email, **fields)
    if role:
        Membership.objects.create(user=user, venue=venue, role=role)
    return user
