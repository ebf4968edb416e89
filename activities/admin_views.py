"""The admin's own views: where a new activity belongs, its next dates, and undo."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.models import Page

from activities.actions import undo_batch, undo_change
from activities.change_done import may_undo
from activities.editor_forms import MOST_ROWS
from activities.models import ActivityPage, ActivityStop, OccurrenceChange, SharedIndexPage
from activities.next_dates import dates_ahead
from activities.operating import may_operate
from directory.models import VenuePage
from directory.permissions import rights_of


class NewActivityView(WagtailAdminTemplateMixin, TemplateView):  # type: ignore[misc]  # untyped
    """Ask where a new activity belongs; not asked of somebody with one place to choose."""

    template_name = "activities/admin/new_activity.html"
    page_title = gettext_lazy("New activity")
    header_icon = "calendar-alt"
    index_url_name = ""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.places = self.get_places()
        if not self.places:
            raise PermissionDenied
        if len(self.places) == 1:
            return redirect(self.places[0]["url"])
        return super().get(request, *args, **kwargs)

    def get_places(self) -> list[dict[str, str]]:
        """Return the pages below which the person may write: venues, then the shared events."""
        rights = rights_of(self.request.user)
        venues = VenuePage.objects.all().in_order()
        if not rights.edits_site:
            venues = venues.filter(pk__in=rights.drafts)
        shared = SharedIndexPage.objects.all()
        pages = [*venues, *(page for page in shared if rights.edits_site or rights.publishes)]
        return [{"title": page.title, "url": add_url(page)} for page in pages]

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        above = {"url": reverse(self.index_url_name), "label": _("Activities")}
        return [*self.breadcrumbs_items, above, {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "places": self.places}


def add_url(parent: Page) -> str:
    """Return the address of the form for a new activity below `parent`."""
    return reverse("wagtailadmin_pages:add", args=["activities", "activitypage", parent.pk])


@require_POST
def next_dates(request: HttpRequest) -> HttpResponse:
    """Return the plan of an unsaved form in words and its next dates, as a piece of HTML."""
    if not rights_of(request.user).works_here:
        raise PermissionDenied
    row_sets = ActivityPage.get_edit_handler().get_form_class().formsets
    data = unstored(request.POST)
    schedules, breaks = (
        row_sets[name](data, instance=ActivityPage(), prefix=name)
        for name in ("schedules", "breaks")
    )
    ahead = dates_ahead(schedules, breaks, today=timezone.localdate())
    return render(request, "activities/admin/next_dates.html", {"ahead": ahead})


def unstored(data: QueryDict) -> QueryDict:
    """Return posted rows as if none of them was stored yet, so that no database row is touched."""
    copy = data.copy()
    for name in list(copy):
        if name.endswith("-id"):
            copy[name] = ""
        elif name.endswith("-INITIAL_FORMS"):
            copy[name] = "0"
        elif name.endswith("-TOTAL_FORMS"):
            typed = str(copy[name])
            many = typed.isdecimal() and len(typed) >= len(str(MOST_ROWS))
            copy[name] = str(MOST_ROWS) if many else typed
    return copy


@require_POST
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back one change of a date."""
    change = get_object_or_404(OccurrenceChange.objects.select_related("activity"), pk=pk)
    if not may_operate(rights_of(request.user), change.activity):
        raise PermissionDenied
    if undo_change(change, by=request.user, now=timezone.now()):
        messages.success(request, _("The change is taken back. The plan holds again."))
    else:
        messages.info(request, _("The change was taken back already."))
    return redirect("change_list:index")


@require_POST
def undo_stop(request: HttpRequest, pk: int) -> HttpResponse:
    """Let an activity go on, with all that was decided in the same act."""
    stop = get_object_or_404(ActivityStop.objects.select_related("batch"), pk=pk)
    if not may_undo(rights_of(request.user), stop.batch):
        raise PermissionDenied
    if stop.undone_at is None:
        undo_batch(stop.batch, by=request.user, now=timezone.now())
        messages.success(request, _("The change is taken back. The plan holds again."))
    else:
        messages.info(request, _("The change was taken back already."))
    return redirect("change_list:index")
