"""What follows when allauth says that something has happened to an account."""

from typing import Any

from allauth.account.signals import password_reset
from django.dispatch import receiver

from accounts.actions.login import forgive
from core.models import User


@receiver(password_reset)
def forgive_after_reset(sender: Any, user: User, **kwargs: Any) -> None:
    forgive(email=user.email)
