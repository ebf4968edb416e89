"""The way from the admin to the list of people."""

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


@hooks.register("register_admin_menu_item")
def register_people() -> MenuItem:
    return PeopleMenuItem(_("People"), reverse("people"), name="people", icon_name="key", order=700)
