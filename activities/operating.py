"""Whose dates a person may cancel and move: their venues' own, and what those hold with others."""

from collections.abc import Iterable

from wagtail.models import Page

from activities.models import ActivityHost
from activities.taxonomy import HostRole, HostStatus
from directory.models import VenuePage
from directory.permissions import Rights


def operated_activities(rights: Rights, activities: Iterable[Page]) -> set[int]:
    """Return the ids of those activities whose dates the person may cancel and move.

    They belong to a venue the person works at, or are held by one. Two queries.
    """
    rows = {page.pk: page.path for page in activities}
    if rights.edits_site:
        return set(rows)
    own = VenuePage.objects.filter(pk__in=rights.operates).values_list("path", flat=True)
    paths = tuple(own)
    held = ActivityHost.objects.filter(activity__in=rows, venue__in=rights.operates).exclude(
        status__in=[HostStatus.DECLINED, HostStatus.INVITED], role=HostRole.CO_HOST
    )
    below = {pk for pk, path in rows.items() if path.startswith(paths)} if paths else set()
    return below | set(held.values_list("activity_id", flat=True))


def may_operate(rights: Rights, activity: Page) -> bool:
    """Whether the person may cancel and move the dates of one activity."""
    return activity.pk in operated_activities(rights, [activity])
