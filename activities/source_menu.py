"""Where calendars from venues stand in the admin: menu and addresses."""

from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.viewsets.base import ViewSet
from wagtail.admin.widgets import HeaderButton

from activities import source_views
from activities.source_wording import status_of
from activities.viewsets import PlainListView, local_text
from directory.permissions import rights_of


class SourceMenuItem(MenuItem):  # type: ignore[misc]  # Wagtail is untyped
    """Shown to those who publish for a venue."""

    def is_shown(self, request: HttpRequest) -> bool:
        return source_views.may_see(rights_of(request.user))


class SourceListView(PlainListView):
    """The calendars of one's venues, and how they fare."""

    page_title = _("Calendars")
    header_icon = "download"
    index_url_name = "calendar_sources:index"
    index_results_url_name = "calendar_sources:index_results"
    verbose_name_plural = _("calendars from venues")
    columns = [
        TitleColumn("name", label=_("Calendar"), url_name=source_views.SHOW),
        Column("venue", label=_("Venue"), accessor="venue.title"),
        Column("address", label=_("Address"), accessor=lambda row: row.shown_address or "–"),
        Column("status", label=_("Status"), accessor=status_of),
        Column(
            "last_fetched_at",
            label=_("Last fetched"),
            accessor=lambda row: local_text(row.last_fetched_at),
        ),
    ]

    def get_base_queryset(self) -> Any:
        return source_views.own_sources(rights_of(self.request.user))

    @property
    def header_buttons(self) -> list[HeaderButton]:
        url = reverse("calendar_sources:new")
        return [HeaderButton(_("Take in a calendar"), url=url, icon_name="plus")]


class SourceViewSet(ViewSet):  # type: ignore[misc]  # Wagtail is untyped
    """Kalendere: what venues keep in Outlook, Google and the like."""

    name = "calendar_sources"
    url_prefix = "kalendere"
    icon = "download"
    menu_label = _("Calendars")
    menu_name = "calendar_sources"
    menu_item_class = SourceMenuItem
    add_to_admin_menu = True
    menu_order = 47

    def get_urlpatterns(self) -> list[URLPattern]:
        views = source_views
        listing = SourceListView
        return [
            path("", listing.as_view(), name="index"),
            path("liste/", listing.as_view(results_only=True), name="index_results"),
            path("ny/", views.NewSourceView.as_view(), name="new"),
            path("<int:pk>/", views.SourceView.as_view(), name="show"),
            path("<int:pk>/hent/", views.TakeInView.as_view(), name="take_in"),
            path("<int:pk>/hent-nu/", views.FetchNowView.as_view(), name="fetch_now"),
            path("<int:pk>/pause/", views.PauseView.as_view(), name="pause"),
            path("<int:pk>/svar/<int:entry>/", views.AnswerView.as_view(), name="answer"),
            path("<int:pk>/slet/", views.DeleteView.as_view(), name="delete"),
        ]
