"""The admin's menu in the order of the work, without what a person cannot use."""

from django.http import HttpRequest
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component

from directory.permissions import Rights, rights_of
from pages.admin_home import panel_for

WORK = (
    "my_place",
    "venues",
    "activities",
    "shared",
    "channels",
    "newsletters",
    "readers",
    "changes",
    "invitations",
    "calendar_sources",
    "sheets",
    "initiatives",
    "explorer",
    "images",
    "documents",
    "people",
    "reports",
    "settings",
    "help",
)
LAST = len(WORK)


@hooks.register("construct_main_menu")
def order_menu(request: HttpRequest, items: list[MenuItem]) -> None:
    """Put the daily work first, and leave out what a person has no use for."""
    hidden = useless(rights_of(request.user))
    items[:] = [item for item in items if item.name not in hidden]
    for item in items:
        item.order = WORK.index(item.name) if item.name in WORK else LAST


@hooks.register("construct_homepage_panels")
def add_today(request: HttpRequest, panels: list[Component]) -> None:
    panel = panel_for(request)
    if panel is not None:
        panels.append(panel)


def useless(rights: Rights) -> set[str]:
    """Return the names of entries behind which the person could do and see nothing."""
    hidden = {"snippets"}  # what we keep as snippets has entries of its own
    if not (rights.publishes or rights.edits_site):
        hidden |= {"shared", "invitations", "documents"}
    if not (rights.operates or rights.sees_everything):
        hidden |= {"changes"}
    if not rights.edits_site:
        hidden |= {"reports"}
    return hidden
