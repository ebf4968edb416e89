"""The ways from the admin to the internal section and to the list of people."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from accounts.permissions import manages_anybody
from directory.permissions import rights_of


class PeopleMenuItem(MenuItem):  # type: ignore[misc]  # Wagtail is untyped
    """Shown to those who may invite somebody."""

    def is_shown(self, request: HttpRequest) -> bool:
        return manages_anybody(rights_of(request.user))


class InternalMenuItem(MenuItem):  # type: ignore[misc]  # Wagtail is untyped
    """Shown to everybody with a role."""

    def is_shown(self, request: HttpRequest) -> bool:
        return rights_of(request.user).works_here


@hooks.register("register_admin_menu_item")
def register_internal() -> MenuItem:
    return InternalMenuItem(
        _("My place"), reverse("my_venues"), name="my_place", icon_name="calendar-check", order=50
    )


@hooks.register("register_admin_menu_item")
def register_people() -> MenuItem:
    return PeopleMenuItem(_("People"), reverse("people"), name="people", icon_name="key", order=700)
