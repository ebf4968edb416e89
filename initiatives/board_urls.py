"""Addresses of the board, the timeline, the week and the figures, and their menu entries."""

from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem

from initiatives import board_views, week_views
from initiatives.menu import TrackerMenuItem

URLPATTERNS: list[URLPattern] = [
    path("tavle/", board_views.BoardView.as_view(), name="initiatives_board"),
    path("uge/", week_views.WeekView.as_view(), name="initiatives_week"),
]


def board_item() -> MenuItem:
    return TrackerMenuItem(
        _("Board"), reverse("initiatives_board"), name="board", icon_name="grip", order=10
    )


def week_item() -> MenuItem:
    return TrackerMenuItem(
        _("The week of all venues"),
        reverse("initiatives_week"),
        name="initiatives-week",
        icon_name="calendar-alt",
        order=14,
    )


menu_items = (board_item, week_item)
