"""A venue with a history in the tracker is not deleted: reports and past boards hang on it."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.models import Page

from initiatives.models import OutreachService, Progress


@hooks.register("before_delete_page")
def keep_venue(request: HttpRequest, page: Page) -> HttpResponse | None:
    if not _refused(request, [page]):
        return None
    return redirect("wagtailadmin_pages:edit", page.pk)


@hooks.register("before_bulk_action")
def keep_venues(
    request: HttpRequest, action_type: str, objects: Iterable[Any], action: Any
) -> HttpResponse | None:
    pages = [thing for thing in objects if isinstance(thing, Page)]
    if action_type != "delete" or not _refused(request, pages):
        return None
    return HttpResponseRedirect(action.next_url)


def _refused(request: HttpRequest, pages: Iterable[Page]) -> bool:
    kept = [page for page in pages if has_history(page)]
    for page in kept:
        told = _(
            "“%(title)s” stands in the leaders' tracker with its history and cannot be deleted. "
            "Take it off the site instead, or let it become part of another venue."
        )
        messages.error(request, told % {"title": page.get_admin_display_title()})
    return bool(kept)


def has_history(page: Page) -> bool:
    """Whether a venue at or below `page` has progress or services in the tracker."""
    progress = Progress.objects.filter(venue__path__startswith=page.path)
    services = OutreachService.objects.filter(venue__path__startswith=page.path)
    return progress.exists() or services.exists()
