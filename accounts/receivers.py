"""What follows when something has happened to an account or a role."""

from typing import Any

from allauth.account.signals import password_reset
from django.db.models import QuerySet
from django.db.models.signals import post_delete
from django.dispatch import receiver
from django.utils import timezone

from accounts.actions.login import forgive
from accounts.actions.people import role_has_ended
from core.models import User
from directory.models import Membership


@receiver(password_reset)
def forgive_after_reset(sender: Any, user: User, **kwargs: Any) -> None:
    forgive(email=user.email)


@receiver(post_delete, sender=Membership)
def close_after_last_role(sender: Any, instance: Membership, origin: Any, **kwargs: Any) -> None:
    """Whoever has no role left is deactivated, unless it is the account itself that goes."""
    model = origin.model if isinstance(origin, QuerySet) else type(origin)
    if model is not User:
        role_has_ended(instance.user, now=timezone.now())
