"""Addresses of follow-up rounds below `/admin/initiativer/`, and their menu entry."""

from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem

from initiatives import round_sheet, round_views
from initiatives.menu import TrackerMenuItem

ONE = "opfoelgning/<int:pk>"

URLPATTERNS: list[URLPattern] = [
    path("opfoelgning/", round_views.RoundListView.as_view(), name="initiatives_rounds"),
    path("opfoelgning/ny/", round_views.OpenRoundView.as_view(), name="initiatives_round_open"),
    path(f"{ONE}/", round_views.RoundView.as_view(), name="initiatives_round"),
    path(f"{ONE}/frist/", round_views.DeadlineView.as_view(), name="initiatives_round_deadline"),
    path(f"{ONE}/laas/", round_views.LockView.as_view(), name="initiatives_round_lock"),
    path(
        f"{ONE}/rettelse/", round_views.CorrectionView.as_view(), name="initiatives_round_correct"
    ),
    path(f"{ONE}/faelles/", round_sheet.SheetView.as_view(), name="initiatives_round_joint"),
    path(
        f"{ONE}/faelles/tag-med/",
        round_views.CarryOverView.as_view(),
        name="initiatives_round_carry_joint",
    ),
    path(
        f"{ONE}/sted/<int:venue>/", round_sheet.SheetView.as_view(), name="initiatives_round_sheet"
    ),
    path(
        f"{ONE}/sted/<int:venue>/tag-med/",
        round_views.CarryOverView.as_view(),
        name="initiatives_round_carry",
    ),
]


def rounds_item() -> MenuItem:
    return TrackerMenuItem(
        _("Follow-up"),
        reverse("initiatives_rounds"),
        name="initiatives-rounds",
        icon_name="clipboard-list",
        order=50,
    )


menu_items = (rounds_item,)
