"""Addresses of the board, the timeline, the week and the figures, and their menu entries."""

from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem

from initiatives import board_views
from initiatives.menu import TrackerMenuItem

URLPATTERNS: list[URLPattern] = [
    path("tavle/", board_views.BoardView.as_view(), name="initiatives_board"),
]


def board_item() -> MenuItem:
    return TrackerMenuItem(
        _("Board"), reverse("initiatives_board"), name="board", icon_name="grip", order=10
    )


menu_items = (board_item,)
