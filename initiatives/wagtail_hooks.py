"""What the leaders' tracker adds to the admin: the menu "Initiativer" and its addresses."""

from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from initiatives import board_urls, tracker_urls
from initiatives.menu import HOOK, TrackerMenuItem, TrackerSubmenu, tracker_menu


@hooks.register("register_admin_urls")
def register_urls() -> list[URLPattern | URLResolver]:
    return [path("initiativer/", include(tracker_urls.URLPATTERNS + board_urls.URLPATTERNS))]


@hooks.register("register_admin_menu_item")
def register_menu() -> MenuItem:
    return TrackerSubmenu(
        _("Initiatives"), tracker_menu, name="initiatives", icon_name="list-ul", order=300
    )


@hooks.register(HOOK)
def register_catalogue() -> MenuItem:
    return TrackerMenuItem(
        _("Catalogue"),
        reverse("initiative_catalogue"),
        name="initiative-catalogue",
        icon_name="list-ul",
        order=30,
    )


for item in board_urls.menu_items:
    hooks.register(HOOK, item)
