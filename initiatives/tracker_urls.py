"""Addresses of the tracker below `/admin/initiativer/`: catalogue, plan, progress, services."""

from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem

from initiatives import (
    agreement_views,
    history_views,
    plan_views,
    progress_edit_views,
    progress_views,
    service_views,
    venue_views,
    views,
)
from initiatives.menu import TrackerMenuItem

SQUARES: list[tuple[str, str, type]] = [
    ("", "", progress_views.ProgressView),
    ("ret/", "_edit", progress_edit_views.ProgressEditView),
    ("oplysninger/", "_record", progress_edit_views.RecordEditView),
    ("bekraeft/", "_confirm", progress_views.ConfirmView),
    ("fortryd/", "_correct", progress_edit_views.CorrectView),
    ("dokumentation/", "_evidence", progress_edit_views.EvidenceAddView),
]


def square_urls() -> list[URLPattern]:
    """Return each page of a square twice: at a venue, and jointly."""
    found = []
    for step, name, view in SQUARES:
        at_venue, joint = f"steder/<int:venue>/<str:number>/{step}", f"faelles/<str:number>/{step}"
        found.append(path(at_venue, view.as_view(), name=f"progress{name}"))  # type: ignore[attr-defined]  # a view
        found.append(path(joint, view.as_view(), name=f"progress_joint{name}"))  # type: ignore[attr-defined]  # a view
    return found


URLPATTERNS: list[URLPattern] = [
    path("", views.front, name="initiatives"),
    path("katalog/", views.CatalogueView.as_view(), name="initiative_catalogue"),
    path("katalog/<str:number>/", views.InitiativeView.as_view(), name="initiative"),
    path("handleplan/", plan_views.PlanView.as_view(), name="action_plan"),
    path("handleplan/ny/", plan_views.PlanReviseView.as_view(), name="action_plan_revise"),
    path(
        "handleplan/sammenlign/", plan_views.PlanCompareView.as_view(), name="action_plan_compare"
    ),
    path("handleplan/<int:version>/", plan_views.PlanView.as_view(), name="action_plan_version"),
    path("steder/", venue_views.VenueListView.as_view(), name="tracker_venues"),
    path("steder/<int:pk>/", venue_views.VenueView.as_view(), name="tracker_venue"),
    *square_urls(),
    path(
        "dokumentation/<int:pk>/hent/",
        progress_edit_views.EvidenceFileView.as_view(),
        name="evidence_file",
    ),
    path(
        "dokumentation/<int:pk>/fjern/",
        progress_edit_views.EvidenceRemoveView.as_view(),
        name="evidence_remove",
    ),
    path("indsatser/", service_views.ServiceListView.as_view(), name="services"),
    path("indsatser/ny/", service_views.ServiceEditView.as_view(), name="service_add"),
    path("indsatser/<int:pk>/", service_views.ServiceEditView.as_view(), name="service"),
    path("aftaler/", agreement_views.AgreementListView.as_view(), name="agreements"),
    path("aftaler/<int:pk>/", agreement_views.AgreementView.as_view(), name="agreement"),
    path("historik/", history_views.HistoryView.as_view(), name="tracker_history"),
]


def venues_item() -> MenuItem:
    return TrackerMenuItem(
        _("Venues"), reverse("tracker_venues"), name="tracker-venues", icon_name="home", order=15
    )


def plan_item() -> MenuItem:
    return TrackerMenuItem(
        _("Action plan"), reverse("action_plan"), name="action-plan", icon_name="calendar", order=25
    )


def catalogue_item() -> MenuItem:
    return TrackerMenuItem(
        _("Catalogue"),
        reverse("initiative_catalogue"),
        name="initiative-catalogue",
        icon_name="list-ul",
        order=30,
    )


def services_item() -> MenuItem:
    return TrackerMenuItem(
        _("Outreach services"), reverse("services"), name="services", icon_name="group", order=60
    )


def agreements_item() -> MenuItem:
    return TrackerMenuItem(
        _("Agreements"), reverse("agreements"), name="agreements", icon_name="doc-full", order=65
    )


def history_item() -> MenuItem:
    return TrackerMenuItem(
        _("History"), reverse("tracker_history"), name="history", icon_name="history", order=90
    )


menu_items = (
    venues_item,
    plan_item,
    catalogue_item,
    services_item,
    agreements_item,
    history_item,
)
