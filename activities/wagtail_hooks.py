"""What activities add to Wagtail's admin: lists, addresses, and hosts of shared events."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.models import Page

from activities import admin_views
from activities.actions import change_lead_host, invite_host
from activities.actions.invitations import answerers
from activities.change_list import ChangeViewSet
from activities.channel_menu import ChannelViewSet, page_buttons
from activities.date_admin import date_buttons, date_urls, offer_dates
from activities.invitation_menu import InvitationViewSet
from activities.models import ActivityPage, SharedIndexPage
from activities.planning_menu import PLANS, planning_buttons
from activities.planning_urls import sheet_urls
from activities.sheet_views import SheetViewSet
from activities.source_menu import SourceViewSet
from activities.taxonomy import HostRole
from activities.viewsets import ActivityViewSet, SharedViewSet
from directory.models import VenuePage
from directory.permissions import rights_of


@hooks.register("register_admin_viewset")
def register_lists() -> list[Any]:
    return [
        ActivityViewSet(),
        SharedViewSet(),
        ChangeViewSet(),
        InvitationViewSet(),
        ChannelViewSet(),
        SheetViewSet(),
        SourceViewSet(),
    ]


@hooks.register("register_admin_urls")
def register_urls() -> list[URLPattern]:
    return [
        path("aktiviteter/datoer/", admin_views.next_dates, name="activity_dates"),
        *date_urls(),
        *sheet_urls(PLANS),
    ]


@hooks.register("register_page_listing_more_buttons")
def lead_to_dates(page: Page, user: Any, next_url: str | None = None) -> Iterator[Any]:
    return date_buttons(page, user)


@hooks.register("register_page_header_buttons")
def lead_to_dates_from_page(
    page: Page, user: Any, view_name: str, next_url: str | None = None
) -> Iterator[Any]:
    return date_buttons(page, user)


@hooks.register("register_page_listing_more_buttons")
def lead_to_planning(page: Page, user: Any, next_url: str | None = None) -> Iterator[Any]:
    return planning_buttons(page, user)


@hooks.register("register_page_header_buttons")
def lead_to_planning_from_page(
    page: Page, user: Any, view_name: str, next_url: str | None = None
) -> Iterator[Any]:
    return planning_buttons(page, user)


hooks.register("after_add_opening_exception", offer_dates)


@hooks.register("register_page_listing_more_buttons")
def lead_to_channels(page: Page, user: Any, next_url: str | None = None) -> Iterator[Any]:
    return page_buttons(page, user)


@hooks.register("register_page_header_buttons")
def lead_to_channels_from_page(
    page: Page, user: Any, view_name: str, next_url: str | None = None
) -> Iterator[Any]:
    return page_buttons(page, user)


@hooks.register("before_publish_page")
@hooks.register("after_create_page")
@hooks.register("after_edit_page")
def settle_hosts(request: HttpRequest, page: Page) -> None:
    """Carry out what the form says about hosts, once the editor saves; an autosave asks nobody."""
    autosave = not request.accepts("text/html")
    if autosave or not isinstance(page, ActivityPage) or not _is_shared(page):
        return
    now = timezone.now()
    rights = rights_of(request.user)
    lead = _lead_of(page)
    may_change = not page.first_published_at and (lead is None or rights.may_publish(lead))
    for venue in _venues(request.POST.getlist("lead_venue")[:1]):
        if may_change and rights.may_publish(venue.pk):
            change_lead_host(page, venue, by=request.user, now=now)
    lead = _lead_of(page)
    for venue in _venues(request.POST.getlist("co_hosts")):
        if lead and venue.pk != lead:
            invite_host(page, venue, by=request.user, now=now)
            if not answerers(venue.pk).exists():
                nobody = _("Nobody at %(venue)s can answer yet. Ask an administrator to add them.")
                messages.warning(request, nobody % {"venue": venue.title})


def _lead_of(page: ActivityPage) -> int | None:
    lead: int | None = page.hosts.filter(role=HostRole.LEAD).values_list("venue", flat=True).first()
    return lead


def _is_shared(page: Page) -> bool:
    parent = page.path[: -page.steplen]
    return SharedIndexPage.objects.filter(path=parent).exists()


def _venues(ids: list[str]) -> Any:
    known = [number for number in ids if number.isascii() and number.isdigit()]
    return VenuePage.objects.live().filter(pk__in=known) if known else VenuePage.objects.none()
