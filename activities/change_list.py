"""Ændringer in the admin: what was decided about dates, and a way back."""

import datetime as dt
from collections.abc import Iterable, Iterator
from heapq import merge
from typing import Any

from django.db.models import QuerySet
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.admin.viewsets.base import ViewSet
from wagtail.models import Page
from wagtail.permissions import policy_registry

from activities import admin_views
from activities.date_rows import change_text, stop_text
from activities.forms import ChangeFilterSet
from activities.models import ActivityStop, OccurrenceChange
from activities.operating import operated_activities
from activities.taxonomy import ChangeKind
from activities.viewsets import PlainListView, local_text
from directory.permissions import rights_of

MOST_STOPS = 200


class UndoColumn(Column):  # type: ignore[misc]  # Wagtail is untyped
    cell_template_name = "activities/admin/undo_cell.html"

    def get_cell_context_data(self, instance: Any, parent_context: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_cell_context_data(instance, parent_context)
        return {**context, "undo_url": undo_url(instance)}


def undo_url(row: OccurrenceChange | ActivityStop) -> str:
    """Return where a row of the list is taken back."""
    if isinstance(row, ActivityStop):
        return reverse("change_list:undo_stop", args=[row.pk])
    return reverse("change_list:undo", args=[row.pk])


def what_of(row: OccurrenceChange | ActivityStop) -> str:
    return stop_text(row) if isinstance(row, ActivityStop) else change_text(row)


def when(row: OccurrenceChange | ActivityStop) -> dt.datetime:
    return row.created_at


class ChangeListView(PlainListView):
    """Who changed which date or stopped which activity, when, with a button to take it back."""

    page_title = _("Changes")
    header_icon = "history"
    index_url_name = "change_list:index"
    index_results_url_name = "change_list:index_results"
    filterset_class = ChangeFilterSet
    verbose_name_plural = _("changes of dates")
    export_filename = "aendringer"
    list_export = ["activity.title", "what", "reason", "note", "created_by", "created_at"]
    export_headings = {
        "activity.title": _("Activity"),
        "what": _("What happened"),
        "created_by": _("Who"),
        "created_at": _("When"),
    }
    columns = [
        Column("activity", label=_("Activity"), accessor="activity.title"),
        Column("what", label=_("What happened"), accessor=lambda row: what_of(row)),
        Column("reason", label=_("Reason")),
        Column("created_by", label=_("Who"), accessor=lambda row: row.created_by or "–"),
        Column("created_at", label=_("When"), accessor=lambda row: local_text(row.created_at)),
        UndoColumn("undo", label=_("Take back"), accessor="pk"),
    ]

    def to_row_dict(self, item: OccurrenceChange | ActivityStop) -> dict[str, Any]:
        item.what = what_of(item)  # type: ignore[union-attr]  # a column of the list
        if isinstance(item, ActivityStop):
            item.note = ""  # type: ignore[attr-defined]  # a stop has a reason only
        return super().to_row_dict(item)

    def _rows(self, queryset: Iterable[Any]) -> Iterator[list[Any]]:
        """Write the stops into the sheet, too, where they belong by their time."""
        return super()._rows(merge(queryset, self.get_stops(), key=when, reverse=True))

    @cached_property
    def rights(self) -> Any:
        return rights_of(self.request.user)

    def get_base_queryset(self) -> QuerySet[OccurrenceChange]:
        seen = policy_registry.get_by_type(Page).explorable_instances(self.request.user)
        rows = OccurrenceChange.objects.filter(activity__in=seen.values("pk"))
        return rows.select_related("activity", "created_by", "undone_by")

    def get_stops(self) -> QuerySet[ActivityStop]:
        """Return the stops that fit the filters: stopping cancels, at the venue that is asked."""
        seen = policy_registry.get_by_type(Page).explorable_instances(self.request.user)
        stops = ActivityStop.objects.filter(activity__in=seen.values("pk"))
        asked = self.filters.form.cleaned_data if self.filters and self.filters.is_valid() else {}
        if asked.get("kind") not in (None, "", ChangeKind.CANCELLED):
            return stops.none()
        if asked.get("venue"):
            stops = stops.filter(activity__path__startswith=asked["venue"].path)
        return stops.select_related("activity", "created_by", "undone_by")

    def paginate_queryset(self, queryset: Any, page_size: int) -> tuple[Any, Any, Any, bool]:
        """Put the stops among the changes of the page, where they belong by their time."""
        paginator, page, rows, many = super().paginate_queryset(queryset, page_size)
        changes, stops = list(rows), self.get_stops()
        if page.has_previous():
            before = queryset[page.start_index() - 2]
            stops = stops.filter(created_at__lte=before.created_at)
        if page.has_next():
            stops = stops.filter(created_at__gt=changes[-1].created_at)
        merged = sorted([*changes, *stops[:MOST_STOPS]], key=when, reverse=True)
        operated = operated_activities(self.rights, [row.activity for row in merged])
        for row in merged:
            row.may_undo = row.undone_at is None and row.activity_id in operated
        return paginator, page, merged, many


class ChangeViewSet(ViewSet):  # type: ignore[misc]  # Wagtail is untyped
    """Ændringer: cancelled, moved and extra dates, with who and when."""

    name = "change_list"
    url_prefix = "aendringer"
    icon = "history"
    menu_label = _("Changes")
    menu_name = "changes"
    add_to_admin_menu = True
    menu_order = 40

    def get_urlpatterns(self) -> list[URLPattern]:
        view = ChangeListView
        return [
            path("", view.as_view(), name="index"),
            path("liste/", view.as_view(results_only=True), name="index_results"),
            path("<int:pk>/tag-tilbage/", admin_views.undo, name="undo"),
            path("stop/<int:pk>/tag-tilbage/", admin_views.undo_stop, name="undo_stop"),
        ]
