"""Guards in the page admin: what must not be deleted, and what others' choosers must not show."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail import hooks
from wagtail.admin import messages
from wagtail.models import Page
from wagtail.permissions import policy_registry

from activities.actions import activities_below, activities_of_venue, awaited_dates, refresh_many
from directory.models import VenuePage


@hooks.register("before_delete_page")
def refuse_to_delete(request: HttpRequest, page: Page) -> HttpResponse | None:
    if not _refused(request, [page]):
        return None
    return redirect("wagtailadmin_pages:edit", page.pk)


@hooks.register("before_bulk_action")
def refuse_to_delete_many(
    request: HttpRequest, action_type: str, objects: Iterable[Any], action: Any
) -> HttpResponse | None:
    """Bulk deletion asks no other hook; one awaited page stops all of it."""
    pages = [thing for thing in objects if isinstance(thing, Page)]
    if action_type != "delete" or not _refused(request, pages):
        return None
    return HttpResponseRedirect(action.next_url)


@hooks.register("after_bulk_action")
def refresh_after_bulk(
    request: HttpRequest, action_type: str, objects: Iterable[Any], action: Any
) -> None:
    """Bulk actions take pages as plain rows; make sure of what is stored for them."""
    for page in (thing for thing in objects if isinstance(thing, Page)):
        if action_type in {"unpublish", "publish", "move"}:
            path = Page.objects.values_list("path", flat=True).get(pk=page.pk)
            concerned = {*activities_below(path)}
            if page.specific_class is VenuePage:
                concerned.update(activities_of_venue(page.pk))
            refresh_many(sorted(concerned))


@hooks.register("before_move_page")
def refuse_to_move(request: HttpRequest, page: Page, destination: Page) -> None:
    """Wagtail asks about rights once the move is confirmed, and names the page before."""
    if not page.permissions_for_user(request.user).can_move_to(destination):
        raise PermissionDenied


@hooks.register("construct_page_chooser_queryset")
def hide_drafts_of_others(pages: QuerySet[Page], request: HttpRequest) -> QuerySet[Page]:
    """A link may go to any published page, but another venue's drafts are not shown.

    Neither is a draft whose children are asked for: the chooser names it above its list.
    """
    if request.user.is_superuser:
        return pages
    own = policy_registry.get_by_type(Page).explorable_instances(request.user).values("pk")
    shown = Page.objects.filter(Q(live=True) | Q(depth=1) | Q(pk__in=own))
    match = request.resolver_match
    parent = match.kwargs.get("parent_page_id") if match else None
    if parent and not shown.filter(pk=parent).exists():
        raise PermissionDenied
    return pages.filter(pk__in=shown.values("pk"))


def _refused(request: HttpRequest, pages: Iterable[Page]) -> bool:
    """Tell the editor about every page whose dates people wait for."""
    now = timezone.now()
    awaited = {page: count for page in pages if (count := awaited_dates(page, now=now))}
    for page, count in awaited.items():
        told = ngettext(
            "“%(title)s” has %(count)d date to come and cannot be deleted.",
            "“%(title)s” has %(count)d dates to come and cannot be deleted.",
            count,
        ) % {"title": page.get_admin_display_title(), "count": count}
        instead = _(
            "People may be counting on them. Cancel the dates or stop the activity instead: "
            "then everybody is told."
        )
        messages.error(request, f"{told} {instead}")
    return bool(awaited)
