"""Changes beside the pages that the public sees, and rights that follow from memberships."""

from typing import Any

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver

from core.receivers import bump_on, never_raise
from directory.models import (
    Amenity,
    District,
    Membership,
    Notice,
    OpeningException,
    Organisation,
    TargetGroup,
    VenueMove,
    VenueVerification,
)
from directory.permissions import forget_rights, sync_groups

SEEN_BY_THE_PUBLIC = (
    Amenity,
    District,
    Notice,
    OpeningException,
    Organisation,
    TargetGroup,
    VenueMove,
    VenueVerification,
)

bump_on(post_save, *SEEN_BY_THE_PUBLIC)
bump_on(post_delete, *SEEN_BY_THE_PUBLIC)


@receiver([post_save, post_delete], sender=Membership)
@never_raise
def sync_groups_of_member(sender: Any, instance: Membership, **kwargs: Any) -> None:
    forget_rights()
    if kwargs.get("raw"):
        return
    sync_groups(instance.user)
