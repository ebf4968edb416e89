"""Who may see the leaders' section."""

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser

from directory.permissions import rights_of


def may_see_initiatives(user: AbstractBaseUser | AnonymousUser) -> bool:
    """Whether a person is a venue leader, the area head or an administrator."""
    rights = rights_of(user)
    return rights.heads_area or bool(rights.leads)
