"""Addresses of the yearly report below `/admin/initiativer/`, and its menu entry."""

from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem

from initiatives import report_views as views
from initiatives.menu import TrackerMenuItem

ONE = "rapport/<int:pk>"

URLPATTERNS: list[URLPattern] = [
    path("rapport/", views.ReportListView.as_view(), name="initiatives_reports"),
    path("rapport/ny/", views.BeginView.as_view(), name="initiatives_report_begin"),
    path(f"{ONE}/", views.ReportView.as_view(), name="initiatives_report"),
    path(f"{ONE}/skriv/", views.WriteView.as_view(), name="initiatives_report_write"),
    path(f"{ONE}/godkend/", views.ApproveView.as_view(), name="initiatives_report_approve"),
    path(f"{ONE}/udgiv/", views.PublishView.as_view(), name="initiatives_report_publish"),
    path(
        f"{ONE}/tag-af/",
        views.ReportDeedView.as_view(step="take_off"),
        name="initiatives_report_take_off",
    ),
    path(
        f"{ONE}/kasser/",
        views.ReportDeedView.as_view(step="discard"),
        name="initiatives_report_discard",
    ),
    path(f"{ONE}/hent/<str:name>", views.FileView.as_view(), name="initiatives_report_file"),
]


def reports_item() -> MenuItem:
    return TrackerMenuItem(
        _("Yearly report"),
        reverse("initiatives_reports"),
        name="initiatives-reports",
        icon_name="doc-full-inverse",
        order=70,
    )


menu_items = (reports_item,)
