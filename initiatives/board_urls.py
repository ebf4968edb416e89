"""Addresses of the board, the timeline, the week and the figures, and their menu entries."""

from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from django.views import View
from wagtail.admin.menu import MenuItem

from initiatives import (
    board_views,
    figure_views,
    need_views,
    shared_figure_views,
    timeline_views,
    week_views,
)
from initiatives.menu import TrackerMenuItem

shared = shared_figure_views
SHARED: list[tuple[str, type[View], str]] = [
    ("", shared.SharedFiguresView, "initiatives_shared_figures"),
    ("ny/", shared.IndicatorAddView, "initiatives_shared_figure_add"),
    ("<int:pk>/", shared.SharedFigureView, "initiatives_shared_figure"),
    ("<int:pk>/sted/<int:venue>/", shared.ReportView, "initiatives_shared_figure_report"),
    ("<int:pk>/konklusion/", shared.ConcludeView, "initiatives_shared_figure_conclude"),
    ("<int:pk>/stop/", shared.EndView, "initiatives_shared_figure_end"),
    ("indberetning/<int:pk>/fortryd/", shared.WithdrawView, "initiatives_measurement_withdraw"),
]

URLPATTERNS: list[URLPattern] = [
    path("venter/", need_views.NeedsView.as_view(), name="initiatives_needs"),
    path("tavle/", board_views.BoardView.as_view(), name="initiatives_board"),
    path("tidslinje/", timeline_views.TimelineView.as_view(), name="initiatives_timeline"),
    path("uge/", week_views.WeekView.as_view(), name="initiatives_week"),
    path("tal/", figure_views.FiguresView.as_view(), name="initiatives_figures"),
    path("tal/gaester/", figure_views.GuestsView.as_view(), name="initiatives_guests"),
    *(path(f"tal/faelles/{step}", view.as_view(), name=name) for step, view, name in SHARED),
]


def needs_item() -> MenuItem:
    return TrackerMenuItem(
        _("Waiting for you"),
        reverse("initiatives_needs"),
        name="initiatives-needs",
        icon_name="tasks",
        order=5,
    )


def board_item() -> MenuItem:
    return TrackerMenuItem(
        _("Board"), reverse("initiatives_board"), name="board", icon_name="grip", order=10
    )


def timeline_item() -> MenuItem:
    return TrackerMenuItem(
        _("Timeline"),
        reverse("initiatives_timeline"),
        name="initiatives-timeline",
        icon_name="history",
        order=12,
    )


def week_item() -> MenuItem:
    return TrackerMenuItem(
        _("The week of all venues"),
        reverse("initiatives_week"),
        name="initiatives-week",
        icon_name="calendar-alt",
        order=20,
    )


def figures_item() -> MenuItem:
    return TrackerMenuItem(
        _("Figures"),
        reverse("initiatives_figures"),
        name="initiatives-figures",
        icon_name="order",
        order=50,
    )


menu_items = (needs_item, board_item, timeline_item, week_item, figures_item)
