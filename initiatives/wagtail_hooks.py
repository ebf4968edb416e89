"""What the leaders' tracker adds to the admin: the menu "Initiativer" and its addresses."""

from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, include, path
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component

from initiatives import board_urls, meeting_urls, report_urls, round_urls, tracker_urls
from initiatives.menu import HOOK, TrackerSubmenu, rights_for, tracker_menu
from initiatives.need_views import NeedsPanel

PARTS = (tracker_urls, board_urls, round_urls, meeting_urls, report_urls)


@hooks.register("register_admin_urls")
def register_urls() -> list[URLPattern | URLResolver]:
    own = [pattern for part in PARTS for pattern in part.URLPATTERNS]
    return [path("initiativer/", include(own))]


@hooks.register("register_admin_menu_item")
def register_menu() -> MenuItem:
    return TrackerSubmenu(
        _("Initiatives"), tracker_menu, name="initiatives", icon_name="tasks", order=300
    )


@hooks.register("construct_homepage_panels")
def add_needs(request: HttpRequest, panels: list[Component]) -> None:
    rights = rights_for(request)
    if rights.sees_any:
        panels.append(NeedsPanel(rights, timezone.now()))


for part in PARTS:
    for item in part.menu_items:
        hooks.register(HOOK, item)
