"""Invitationer in the admin: what our venues are asked to hold, and whom they asked."""

from typing import Any

import django_filters
from django import forms
from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.http import HttpRequest
from django.urls import URLPattern, path
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column
from wagtail.admin.viewsets.base import ViewSet

from activities.invitation_views import AnswerView
from activities.models import ActivityHost
from activities.taxonomy import HostRole, HostStatus
from activities.viewsets import PlainListView, local_text
from directory.permissions import Rights, rights_of

OPEN, ANSWERED = "open", "answered"
STATES = [(OPEN, _("Waiting for an answer")), (ANSWERED, _("Answered"))]


class AnswerColumn(Column):  # type: ignore[misc]  # Wagtail is untyped
    cell_template_name = "activities/admin/answer_cell.html"


class InvitationFilterSet(WagtailFilterSet):  # type: ignore[misc]  # Wagtail is untyped
    """Which invitations to list."""

    state = django_filters.ChoiceFilter(
        label=_("Answer"), choices=STATES, method="in_state", widget=forms.RadioSelect
    )

    class Meta:
        model = ActivityHost
        fields: list[str] = []

    def in_state(self, rows: Any, name: str, state: str) -> Any:
        waiting = Q(status=HostStatus.INVITED)
        return rows.filter(waiting if state == OPEN else ~waiting)


class InvitationListView(PlainListView):
    """Events other venues ask ours to hold together and what we answered; and whom we asked."""

    page_title = _("Invitations")
    header_icon = "comment"
    index_url_name = "invitation_list:index"
    index_results_url_name = "invitation_list:index_results"
    verbose_name_plural = _("invitations")
    filterset_class = InvitationFilterSet
    columns = [
        Column("activity", label=_("Event"), accessor="activity.title"),
        Column("lead", label=_("Main host"), accessor=lambda row: row.lead_name or "–"),
        Column("venue", label=_("Invited venue"), accessor="venue.title"),
        Column("status", label=_("Answer"), accessor="get_status_display"),
        Column("invited_at", label=_("Invited"), accessor=lambda row: local_text(row.invited_at)),
        Column(
            "answered_at", label=_("Answered"), accessor=lambda row: local_text(row.answered_at)
        ),
        AnswerColumn("answer", label=_("What you can do"), accessor="pk"),
    ]

    @cached_property
    def rights(self) -> Rights:
        return rights_of(self.request.user)

    def get_base_queryset(self) -> QuerySet[ActivityHost]:
        rows = ActivityHost.objects.filter(role=HostRole.CO_HOST)
        lead = ActivityHost.objects.filter(activity=OuterRef("activity"), role=HostRole.LEAD)
        rows = rows.annotate(
            lead_id=Subquery(lead.values("venue")[:1]),
            lead_name=Subquery(lead.values("venue__title")[:1]),
        )
        if not self.rights.edits_site:
            own = self.rights.publishes
            rows = rows.filter(Q(venue__in=own) | Q(lead_id__in=own))
        return rows.select_related("activity", "venue").order_by("-invited_at", "-pk")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        for row in context["object_list"]:
            row.may_answer = self.rights.may_publish(row.venue_id)
            asked_by_us = row.lead_id is not None and self.rights.may_publish(row.lead_id)
            row.sees_sheet = row.status != HostStatus.DECLINED or asked_by_us
            row.may_ask_again = row.status == HostStatus.DECLINED and asked_by_us
        return context


class InvitationMenuItem(MenuItem):  # type: ignore[misc]  # Wagtail is untyped
    """Shown to those who answer for a venue."""

    def is_shown(self, request: HttpRequest) -> bool:
        rights = rights_of(request.user)
        return rights.edits_site or bool(rights.publishes)


class InvitationViewSet(ViewSet):  # type: ignore[misc]  # Wagtail is untyped
    """Invitationer: shared events our venues are asked to hold."""

    name = "invitation_list"
    url_prefix = "invitationer"
    icon = "comment"
    menu_label = _("Invitations")
    menu_name = "invitations"
    menu_item_class = InvitationMenuItem
    add_to_admin_menu = True
    menu_order = 45

    def get_urlpatterns(self) -> list[URLPattern]:
        view = InvitationListView
        answer = AnswerView.as_view(
            template="activities/admin/answer.html",
            home="invitation_list:index",
            sheet="plan_sheet",
        )
        return [
            path("", view.as_view(), name="index"),
            path("liste/", view.as_view(results_only=True), name="index_results"),
            path("<int:pk>/svar/", answer, name="answer"),
        ]
