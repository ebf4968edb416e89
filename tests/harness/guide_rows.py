"""Rows of the demo that the pictures of the guide are taken of, by the names in their paths."""

from typing import Any

from activities.models import ActivityPage, Occurrence
from directory.models import VenuePage
from newsletter.models import Dispatch, IssuePage


def rows() -> dict[str, Any]:
    """Return names and keys: a venue, an activity and its next date, a letter and the like."""
    venue = VenuePage.objects.get(slug="perlen")
    cards = ActivityPage.objects.child_of(venue).get(title="Kaffe og kort")
    dates = Occurrence.objects.filter(activity=cards, local_date__gte="2026-11-23")
    return {
        "venue": venue.pk,
        "activity": cards.pk,
        "date": dates.order_by("starts_at", "pk").first().pk,
        "shared": ActivityPage.objects.filter(hosts__venue=venue).order_by("pk").first().pk,
        "issue": IssuePage.objects.filter(live=False).order_by("pk").first().pk,
        "dispatch": Dispatch.objects.order_by("pk").first().pk,
    }
