"""The admin's menu in the order of the work, without what a person cannot use."""

from django.http import HttpRequest
from wagtail import hooks
from wagtail.admin.menu import MenuItem, SubmenuMenuItem
from wagtail.admin.ui.components import Component
from wagtail.contrib.settings.registry import SettingMenuItem

from directory.permissions import Rights, rights_of
from pages.admin_home import panel_for

WORK = (
    "my_place",
    "activities",
    "venues",
    "changes",
    "shared",
    "invitations",
    "newsletters",
    "readers",
    "channels",
    "calendar_sources",
    "sheets",
    "initiatives",
    "people",
    "images",
    "documents",
    "explorer",
    "reports",
    "settings",
    "help",
)
LAST = len(WORK)
FIRST = -1
SETTINGS = ("outbox", "redirects", "users", "sites", "collections")


@hooks.register("construct_main_menu")
def order_menu(request: HttpRequest, items: list[MenuItem]) -> None:
    """Put the daily work first, and leave out what a person has no use for."""
    rights = rights_of(request.user)
    hidden = useless(rights)
    items[:] = [_calm(item) for item in items if item.name not in hidden]
    leads_all = rights.heads_area and not rights.edits_site
    for item in items:
        item.order = WORK.index(item.name) if item.name in WORK else LAST
        if leads_all and item.name == "initiatives":
            item.order = FIRST


def _calm(item: MenuItem) -> MenuItem:
    """Wagtail's settings tell its version below; ours do not."""
    if item.name != "settings":
        return item
    return SubmenuMenuItem(item.label, item.menu, name=item.name, icon_name=item.icon_name)


@hooks.register("construct_settings_menu", order=1000)
def order_settings(request: HttpRequest, items: list[MenuItem]) -> None:
    """Our settings first. Groups and approvals are made by us, from roles; none are made here."""
    ours = [item for item in items if isinstance(item, SettingMenuItem)]
    items[:] = [*ours, *(item for item in items if item.name in SETTINGS)]
    for item in items:
        item.order = SETTINGS.index(item.name) if item.name in SETTINGS else FIRST


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
    if not rights.sees_everything:
        hidden |= {"explorer"}  # their pages are in the lists of places and activities
    if not rights.edits_site:
        hidden |= {"reports"}
    return hidden
