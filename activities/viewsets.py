"""The admin's lists of activities and of shared events."""

import datetime as dt
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.admin.ui.tables.pages import PageStatusColumn, PageTitleColumn
from wagtail.admin.views.generic.base import BaseListingView
from wagtail.admin.views.pages.listing import IndexView
from wagtail.admin.viewsets.pages import PageListingViewSet
from wagtail.models import Page

from activities import admin_views
from activities.domain.stop import without_stopped
from activities.forms import ActivityFilterSet, by_next_date
from activities.models import (
    ActivityHost,
    ActivityPage,
    ActivityStop,
    Occurrence,
    Schedule,
    ScheduleBreak,
    SharedIndexPage,
)
from activities.taxonomy import HostRole
from activities.wording import schedule_text
from core.domain.dates import local_time
from core.domain.text import fold
from core.sheets.exporting import SafeExport, SafeListExport
from core.wording import moment_text

PAGE_SIZE = 50
MAX_FOUND = 2000


class ActivityIndexView(SafeExport, IndexView):  # type: ignore[misc]  # Wagtail is untyped
    """Activities the person may see, the soonest first."""

    add_item_label = _("New activity")
    default_ordering = "next_at"
    list_export = ["title", "venue_name", "kind", "activity_type", "when_text", "next_at", "live"]
    export_headings = {
        "title": _("Title"),
        "venue_name": _("Venue"),
        "when_text": _("When"),
        "next_at": _("Next date"),
        "live": _("Published"),
    }
    export_filename = "aktiviteter"

    def get_base_queryset(self) -> QuerySet[ActivityPage]:
        dates = Occurrence.objects.taking_place().upcoming(timezone.now())
        next_at = dates.filter(activity=OuterRef("pk")).values("starts_at")[:1]
        return super().get_base_queryset().annotate(next_at=Subquery(next_at))

    def order_queryset(self, activities: Any) -> Any:
        if self.ordering in {"next_at", "-next_at"}:
            return by_next_date(activities, descending=self.ordering.startswith("-"))
        return super().order_queryset(activities)

    def search_queryset(self, activities: Any) -> Any:
        """Search like the public site does, and keep order and filters of the list."""
        if not self.is_searching:
            return activities
        found = ActivityPage.objects.all().autocomplete(fold(self.search_query))[:MAX_FOUND]
        return activities.filter(pk__in=[page.pk for page in found])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        show_plans(context["object_list"])
        return context


class SharedIndexView(ActivityIndexView):
    """Events that several venues hold together."""

    page_title = _("Shared events")

    def get_base_queryset(self) -> QuerySet[ActivityPage]:
        below = Q(pk__in=[])
        for parent in SharedIndexPage.objects.values_list("path", flat=True):
            below |= Q(path__startswith=parent)
        held = ActivityHost.objects.filter(role=HostRole.CO_HOST)
        return super().get_base_queryset().filter(below | Q(pk__in=held.values("activity")))


def show_plans(activities: Any) -> None:
    """Give each activity of a page of the list its `venue_name` and `when_text`; four queries."""
    pages = list(activities)
    parents = {page.path[: -Page.steplen] for page in pages}
    names = dict(Page.objects.filter(path__in=parents).values_list("path", "title"))
    rules: dict[int, list[Any]] = {page.pk: [] for page in pages}
    breaks: dict[int, list[Any]] = {page.pk: [] for page in pages}
    for row in Schedule.objects.filter(activity__in=rules):
        rules[row.activity_id].append(row.rule())
    for pause in ScheduleBreak.objects.filter(activity__in=breaks):
        breaks[pause.activity_id].append(pause.pause())
    stops: dict[int, list[Any]] = {page.pk: [] for page in pages}
    for stop in ActivityStop.objects.filter(activity__in=stops):
        stops[stop.activity_id].append(stop.stop())
    today = timezone.localdate()
    for page in pages:
        page.venue_name = names.get(page.path[: -Page.steplen], "")
        held = without_stopped(rules[page.pk], stops[page.pk])
        text = schedule_text(held, breaks[page.pk], today=today)
        page.when_text = text[:1].upper() + text[1:]


def local_text(moment: dt.datetime | None) -> str:
    """Return a moment as Danes read it, "tirsdag den 3. marts 2026 kl. 17.30", or a dash."""
    return moment_text(local_time(moment)) if moment else "–"


class ActivityViewSet(PageListingViewSet):  # type: ignore[misc]  # Wagtail is untyped
    """Aktiviteter: what happens at the venues."""

    model = ActivityPage
    name = "activity_list"
    url_prefix = "aktiviteter"
    icon = "calendar-alt"
    menu_label = _("Activities")
    menu_name = "activities"
    add_to_admin_menu = True
    menu_order = 20
    index_view_class = ActivityIndexView
    choose_parent_view_class = admin_views.NewActivityView
    filterset_class = ActivityFilterSet
    list_per_page = PAGE_SIZE
    columns = [
        PageTitleColumn("title", label=_("Title"), sort_key="title", classname="title"),
        Column("venue_name", label=_("Venue")),
        Column(
            "get_kind_display",
            label=_("Fixed or varying"),
            sort_key="kind",
            classname="wide-only",
        ),
        Column(
            "get_activity_type_display",
            label=_("Kind"),
            sort_key="activity_type",
            classname="wide-only",
        ),
        Column("when_text", label=_("When")),
        Column(
            "next_at",
            label=_("Next date"),
            sort_key="next_at",
            accessor=lambda page: local_text(page.next_at),
        ),
        PageStatusColumn("status", label=_("Status"), sort_key="live"),
    ]

    def get_choose_parent_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        return {"index_url_name": self.get_url_name("index"), **kwargs}


class SharedViewSet(ActivityViewSet):
    """Fælles: what several venues hold together."""

    name = "shared_list"
    url_prefix = "faelles"
    icon = "group"
    menu_label = _("Shared events")
    menu_name = "shared"
    menu_order = 30
    index_view_class = SharedIndexView


class PlainListView(SafeListExport, BaseListingView):  # type: ignore[misc]  # untyped
    """A list of rows beside pages; who may see them is decided in `get_base_queryset`."""

    paginate_by = PAGE_SIZE

    def get_base_queryset(self) -> Any:
        raise NotImplementedError
