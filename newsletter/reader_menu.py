"""Where readers and topics stand in the admin."""

from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem
from wagtail.admin.panels import FieldPanel
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.admin.viewsets.base import ViewSet

from directory.permissions import rights_of
from directory.row_rights import SitePolicy
from directory.viewsets import RowViewSet
from newsletter import reader_desk
from newsletter.models import Topic


class ReaderMenuItem(MenuItem):  # type: ignore[misc]  # Wagtail is untyped
    """Shown to everybody who works here."""

    def is_shown(self, request: HttpRequest) -> bool:
        return rights_of(request.user).works_here


class ReaderViewSet(ViewSet):  # type: ignore[misc]  # Wagtail is untyped
    """Læsere: numbers, and signing a person up."""

    name = "readers"
    url_prefix = "laesere"
    icon = "user"
    menu_label: Any = _("Readers")
    menu_name = "readers"
    menu_item_class = ReaderMenuItem
    add_to_admin_menu = True
    menu_order = 34

    def get_urlpatterns(self) -> list[URLPattern]:
        return [path("", reader_desk.ReadersView.as_view(), name="index")]


class TopicPolicy(SitePolicy):
    """Those who write may add and change topics. None is deleted: readers have said yes to it."""

    def __init__(self) -> None:
        super().__init__(Topic, lambda rights: rights.edits_site)

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action != "delete" and super().user_has_permission(user, action)


class TopicViewSet(RowViewSet):
    """Emner: what readers can choose."""

    model = Topic
    name = "emner"
    url_prefix = "laesere/emner"
    menu_label = _("Topics")
    icon = "list-ul"
    add_to_admin_menu = False
    form_class = reader_desk.TopicForm
    form_panels = [
        FieldPanel("title", help_text=_("For example: News from the venues")),
        FieldPanel(
            "description",
            help_text=_(
                "What the reader gets, and how often. Stands beside the tick. For example: What "
                "happens at the venues, every other Thursday."
            ),
        ),
        FieldPanel("audience"),
        FieldPanel("order", help_text=_("The lowest comes first, for example 10.")),
        FieldPanel("active"),
    ]
    list_display = [
        "title",
        "description",
        Column("get_audience_display", label=_("For whom"), sort_key="audience"),
        Column("get_kind_display", label=_("Kind"), sort_key="kind"),
        BooleanColumn("active", label=_("Can be chosen"), sort_key="active"),
    ]
    list_export = ["title", "description", "audience", "kind", "active"]
    ordering = ["order"]
