"""The step before publishing, hooked into the page editor and into "publish several"."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.models import Page

from core.publishing import unanswered


@hooks.register("before_publish_page", order=900)
def ask_before_publishing(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Lead to the question; what was typed is a draft by now. Last, after what others settle."""
    if not unanswered(page, now=timezone.now()):
        return None
    _after_saving(request, page)
    return redirect("before_publishing", page.pk)


def _after_saving(request: HttpRequest, page: Page) -> None:
    """The page is saved, so whoever keeps a part of the form beside it gets their turn."""
    adding = request.resolver_match is not None and request.resolver_match.url_name == "add"
    for fn in hooks.get_hooks("after_create_page" if adding else "after_edit_page"):
        fn(request, page)


@hooks.register("before_bulk_action")
def ask_before_publishing_many(
    request: HttpRequest, action_type: str, objects: Iterable[Any], action: Any
) -> HttpResponse | None:
    """Publish none of several pages while one has something to answer; say which."""
    if action_type != "publish":
        return None
    waiting = [page for page in _drafts(objects, action) if unanswered(page, now=timezone.now())]
    for page in waiting:
        text = _(
            "“%(title)s” has something people may misunderstand. Publish it by itself: then you "
            "see what it is. None of the chosen pages was published."
        ) % {"title": page.get_admin_display_title()}
        editor = reverse("wagtailadmin_pages:edit", args=[page.pk])
        buttons = [messages.button(editor, _("Edit"))]
        messages.warning(request, text, buttons=buttons)
    return HttpResponseRedirect(action.next_url) if waiting else None


def _drafts(objects: Iterable[Any], action: Any) -> Iterator[Page]:
    """Yield the versions that would be published, with those below where that was ticked."""
    for page in (thing for thing in objects if isinstance(thing, Page)):
        yield page.get_latest_revision_as_object()
        if action.cleaned_form.cleaned_data.get("include_descendants"):
            for below in page.get_descendants().not_live().specific():
                yield below.get_latest_revision_as_object()
