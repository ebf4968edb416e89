"""The menu "Initiativer" of the admin. Entries register with `register_initiatives_menu_item`."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem

from initiatives.permissions import TrackerRights, tracker_rights

HOOK = "register_initiatives_menu_item"

tracker_menu = Menu(register_hook_name=HOOK)


def rights_for(request: HttpRequest) -> TrackerRights:
    """Return what the person of `request` may do; worked out once, asked for each entry."""
    known: TrackerRights | None = getattr(request, "tracker_rights", None)
    if known is None:
        known = tracker_rights(request.user)
        request.tracker_rights = known  # type: ignore[attr-defined]  # kept for this request
    return known


class TrackerMenuItem(MenuItem):  # type: ignore[misc]  # Wagtail is untyped
    """One page of the tracker. `allowed` narrows who sees it further."""

    def __init__(
        self,
        *args: Any,
        allowed: Callable[[TrackerRights], bool] = lambda rights: True,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.allowed = allowed

    def is_shown(self, request: HttpRequest) -> bool:
        rights = rights_for(request)
        return rights.sees_any and self.allowed(rights)


class TrackerSubmenu(SubmenuMenuItem):  # type: ignore[misc]  # Wagtail is untyped
    """The way in for those who lead; nobody else sees it."""

    def is_shown(self, request: HttpRequest) -> bool:
        return rights_for(request).sees_any
