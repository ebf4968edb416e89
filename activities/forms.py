"""Filters of the admin's lists of activities and of what was changed."""

import datetime as dt
from typing import Any

import django_filters
from django import forms
from django.db.models import F, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet

from activities.models import ActivityPage, OccurrenceChange
from activities.taxonomy import ActivityKind, ActivityType, ChangeKind
from core.domain.dates import day_bounds
from directory.models import VenuePage

LIVE, DRAFT, SCHEDULED, ENDED = "live", "draft", "scheduled", "ended"
STATUSES = [
    (LIVE, _("Published")),
    (DRAFT, _("Draft")),
    (SCHEDULED, _("Will be published")),
    (ENDED, _("No more dates")),
]
THIS_WEEK, NONE = "this_week", "none"
NEXT_DATES = [(THIS_WEEK, _("This week")), (NONE, _("No coming date"))]


def venues_seen(request: Any) -> QuerySet[VenuePage]:
    """Return the venues whose pages the person may see in the admin, by name."""
    from wagtail.models import Page
    from wagtail.permissions import policy_registry

    seen = policy_registry.get_by_type(Page).explorable_instances(request.user)
    return VenuePage.objects.filter(pk__in=seen.values("pk")).in_order()


class ActivityFilterSet(WagtailFilterSet):  # type: ignore[misc]  # Wagtail is untyped
    """Which activities to list. Needs the annotation `next_at`."""

    venue = django_filters.ModelChoiceFilter(
        label=_("Venue"), queryset=venues_seen, method="at_venue", widget=forms.Select
    )
    kind = django_filters.ChoiceFilter(
        label=_("Fixed or varying"), choices=ActivityKind.choices, widget=forms.RadioSelect
    )
    activity_type = django_filters.MultipleChoiceFilter(
        label=_("Kind of activity"),
        choices=ActivityType.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    status = django_filters.ChoiceFilter(
        label=_("Status"), choices=STATUSES, method="with_status", widget=forms.RadioSelect
    )
    next_date = django_filters.ChoiceFilter(
        label=_("Next date"), choices=NEXT_DATES, method="next_on", widget=forms.RadioSelect
    )
    next_between = django_filters.DateFromToRangeFilter(
        label=_("Next date from and to"), field_name="next_at", widget=DateRangePickerWidget
    )

    class Meta:
        model = ActivityPage
        fields: list[str] = []

    def at_venue(self, activities: Any, name: str, venue: VenuePage) -> Any:
        return activities.filter(path__startswith=venue.path)

    def with_status(self, activities: Any, name: str, status: str) -> Any:
        if status == LIVE:
            return activities.filter(live=True)
        if status == DRAFT:
            return activities.filter(live=False, _approved_schedule=False)
        if status == SCHEDULED:
            return activities.filter(_approved_schedule=True)
        return activities.filter(live=True, next_at__isnull=True)

    def next_on(self, activities: Any, name: str, choice: str) -> Any:
        if choice == NONE:
            return activities.filter(next_at__isnull=True)
        today = timezone.localdate()
        sunday = today + dt.timedelta(days=6 - today.weekday())
        return activities.filter(next_at__lt=day_bounds(sunday)[1])


class ChangeFilterSet(WagtailFilterSet):  # type: ignore[misc]  # Wagtail is untyped
    """Which changes of dates to list."""

    venue = django_filters.ModelChoiceFilter(
        label=_("Venue"), queryset=venues_seen, method="at_venue", widget=forms.Select
    )
    kind = django_filters.ChoiceFilter(
        label=_("What happened"), choices=ChangeKind.choices, widget=forms.RadioSelect
    )

    class Meta:
        model = OccurrenceChange
        fields: list[str] = []

    def at_venue(self, changes: Any, name: str, venue: VenuePage) -> Any:
        return changes.filter(activity__path__startswith=venue.path)


def by_next_date(activities: Any, *, descending: bool = False) -> Any:
    """Order by the next date, those without one last."""
    order = F("next_at").desc(nulls_last=True) if descending else F("next_at").asc(nulls_last=True)
    return activities.order_by(order, "sort_key", "pk")
