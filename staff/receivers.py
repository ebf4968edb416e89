"""What follows here when somebody leaves."""

from typing import Any

from django.db.models.signals import post_delete
from django.dispatch import receiver

from core.receivers import never_raise
from directory.models import Membership
from staff.actions.calendar import revoke


@receiver(post_delete, sender=Membership)
@never_raise
def stop_calendar_after_last_role(sender: Any, instance: Membership, **kwargs: Any) -> None:
    """A secret address does not wait for its owner: who comes back asks for a new one."""
    if not Membership.objects.filter(user=instance.user_id).exists():
        revoke(instance.user_id)
