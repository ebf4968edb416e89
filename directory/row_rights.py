"""Who may see and change the rows beside a venue's page in the admin."""

from collections.abc import Callable
from typing import Any

from django.db import models
from wagtail.permission_policies.base import BasePermissionPolicy

from directory.permissions import Rights, rights_of

EDITING = {"add", "change", "delete", "view"}


class SitePolicy(BasePermissionPolicy):  # type: ignore[misc]  # Wagtail is untyped
    """Rows of the whole municipality, for those whose rights pass a test."""

    def __init__(self, model: type[models.Model], allowed: Callable[[Rights], bool]) -> None:
        super().__init__(model)
        self.allowed = allowed

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action in EDITING and self.allowed(rights_of(user))

    def users_with_any_permission(self, actions: Any) -> Any:
        return _people(lambda user: self.user_has_any_permission(user, actions))


class VenueRowPolicy(BasePermissionPolicy):  # type: ignore[misc]  # Wagtail is untyped
    """Rows that belong to a venue: one sees and writes those of one's own venues.

    `venues` says which venues those are, `everywhere` who may touch every row.
    """

    def __init__(
        self,
        model: type[models.Model],
        venues: Callable[[Rights], frozenset[int]],
        everywhere: Callable[[Rights], bool],
    ) -> None:
        super().__init__(model)
        self.venues = venues
        self.everywhere = everywhere

    def user_has_permission(self, user: Any, action: str) -> bool:
        rights = rights_of(user)
        return action in EDITING and (self.everywhere(rights) or bool(self.venues(rights)))

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Any) -> bool:
        rights = rights_of(user)
        if action not in EDITING:
            return False
        return self.everywhere(rights) or instance.venue_id in self.venues(rights)

    def user_has_any_permission_for_instance(self, user: Any, actions: Any, instance: Any) -> bool:
        return any(self.user_has_permission_for_instance(user, a, instance) for a in actions)

    def instances_user_has_any_permission_for(self, user: Any, actions: Any) -> Any:
        rows = self.model._default_manager.all()
        rights = rights_of(user)
        if not set(actions) & EDITING:
            return rows.none()
        return rows if self.everywhere(rights) else rows.filter(venue__in=self.venues(rights))

    def users_with_any_permission(self, actions: Any) -> Any:
        return _people(lambda user: self.user_has_any_permission(user, actions))

    def everywhere_for(self, user: Any) -> bool:
        """Whether the user may touch every row, also one of no venue."""
        return self.everywhere(rights_of(user))

    def may_choose(self, user: Any, venues: Any) -> Any:
        """Return those of `venues` that the user may write rows for."""
        rights = rights_of(user)
        return venues if self.everywhere(rights) else venues.filter(pk__in=self.venues(rights))


class MovePolicy(VenueRowPolicy):
    """Moves and mergers. One that was carried out stays: addresses lead on because of it."""

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Any) -> bool:
        if instance.done_at is not None and action != "view":
            return False
        return super().user_has_permission_for_instance(user, action, instance)


def _people(may: Callable[[Any], bool]) -> Any:
    """Return a queryset of the users who may; there are a few hundred at most."""
    from django.contrib.auth import get_user_model

    users = get_user_model()._default_manager.filter(is_active=True)
    return users.filter(pk__in=[user.pk for user in users if may(user)])
