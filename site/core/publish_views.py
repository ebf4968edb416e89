"""The page between "publish" and the public: what a citizen would misunderstand, asked once.

What was typed is saved as a draft before anybody is led here, so nothing is lost by leaving.
"""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from wagtail import hooks
from wagtail.actions.publish_page_revision import PublishPageRevisionAction
from wagtail.admin import messages
from wagtail.models import Page, Revision

from core.publishing import publish_anyway, unanswered


@require_http_methods(["GET", "HEAD", "POST"])
def before_publishing(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what the newest version of a page would make people misunderstand; publish it anyway.

    Only for those who may publish the page. What is published is the version that was shown: one
    saved meanwhile is shown first.
    """
    page = get_object_or_404(Page, pk=pk).specific
    may = page.permissions_for_user(request.user)
    if not may.can_publish() or may.page_locked():
        raise PermissionDenied
    revision = page.get_latest_revision()
    if revision is None:
        raise Http404
    draft = revision.as_object()
    told = unanswered(draft, now=timezone.now())
    stopped = any(one.stops for one in told)
    if request.method == "POST" and not stopped:
        if request.POST.get("version") == str(revision.pk):
            publish_anyway(page, told, by=request.user)
            return _publish(request, revision)
        messages.warning(request, _("The page was changed meanwhile. Read it through once more."))
    context = {
        "page": page,
        "title": draft.get_admin_display_title(),
        "told": told,
        "stopped": stopped,
        "version": revision.pk,
        "go_live_at": draft.go_live_at,
    }
    return render(request, "core/before_publishing.html", context)


def _publish(request: HttpRequest, revision: Revision) -> HttpResponse:
    """Publish as Wagtail's editor does, with the same hooks after it."""
    PublishPageRevisionAction(revision, user=request.user).execute()
    page = Page.objects.get(pk=revision.object_id).specific
    for fn in hooks.get_hooks("after_publish_page"):
        response = fn(request, page)
        if hasattr(response, "status_code"):
            return response  # type: ignore[no-any-return]
    messages.success(request, _published(page), buttons=_buttons(page))
    return redirect("wagtailadmin_explore", page.get_parent().pk)


def _published(page: Page) -> str:
    words = {"title": page.get_admin_display_title()}
    if page.approved_schedule:
        return _("“%(title)s” is published at the time you chose.") % words
    return _("“%(title)s” is published.") % words


def _buttons(page: Page) -> list[Any]:
    return [messages.button(page.url, _("See the page"))] if page.live and page.url else []
