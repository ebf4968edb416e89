"""Where Kommunikation stands in the admin: its menu entry, addresses, and buttons on pages."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.base import ViewSet
from wagtail.admin.widgets import Button
from wagtail.models import Page

from activities import channel_views
from activities.models import ActivityHost, ActivityPage
from activities.querysets import HOLDING
from directory.models import VenuePage
from directory.permissions import rights_of


class ChannelMenuItem(MenuItem):  # type: ignore[misc]  # Wagtail is untyped
    """Shown to those who have channels to see."""

    def is_shown(self, request: HttpRequest) -> bool:
        return channel_views.may_see(rights_of(request.user))


class ChannelViewSet(ViewSet):  # type: ignore[misc]  # Wagtail is untyped
    """Kommunikation: website, calendars, Kompas and social media, per venue and per activity."""

    name = "channels"
    url_prefix = "kommunikation"
    icon = "globe"
    menu_label = _("Communication")
    menu_name = "channels"
    menu_item_class = ChannelMenuItem
    add_to_admin_menu = True
    menu_order = 35

    def get_urlpatterns(self) -> list[URLPattern]:
        views = channel_views
        return [
            path("", views.OverviewView.as_view(), name="index"),
            path("kompas.csv", views.csv_file, name="csv"),
            path("sted/<int:pk>/", views.VenueView.as_view(), name="venue"),
            path("aktivitet/<int:pk>/", views.ActivityView.as_view(), name="activity"),
            path(
                "sted/<int:pk>/bekraeft/",
                views.confirm,
                {"kind": "venue"},
                name="confirm_venue",
            ),
            path(
                "aktivitet/<int:pk>/bekraeft/",
                views.confirm,
                {"kind": "activity"},
                name="confirm_activity",
            ),
            path(
                "aktivitet/<int:pk>/delt/",
                views.post,
                {"kind": "activity"},
                name="post_activity",
            ),
            path("noteret/<int:pk>/fjern/", views.withdraw, name="withdraw"),
        ]


@dataclass(frozen=True, slots=True)
class Reach:
    """Which pages a person has channels for; worked out once a request, asked for each row."""

    everything: bool
    venues: tuple[str, ...]  # paths
    held: frozenset[int]

    @classmethod
    def of(cls, user: Any) -> "Reach":
        known: Reach | None = getattr(user, "_channel_reach", None)
        if known is None:
            rights = rights_of(user)
            own = VenuePage.objects.filter(pk__in=rights.operates).values_list("path", flat=True)
            held = ActivityHost.objects.filter(HOLDING, venue__in=rights.operates)
            ids = frozenset(held.values_list("activity", flat=True))
            known = cls(rights.sees_everything, tuple(own), ids)
            user._channel_reach = known
        return known

    def covers(self, page: Page) -> bool:
        own = bool(self.venues) and page.path.startswith(self.venues)
        return self.everything or own or page.pk in self.held


def page_buttons(page: Page, user: Any) -> Iterator[Button]:
    """Lead from a venue or an activity to its communication."""
    names = {VenuePage: channel_views.VENUE, ActivityPage: channel_views.ACTIVITY}
    name = names.get(page.specific_class)
    if name and page.pk and Reach.of(user).covers(page):
        url = reverse(name, args=[page.pk])
        yield Button(_("Communication"), url, icon_name="globe", priority=25)
