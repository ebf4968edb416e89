"""Whose dates a person may cancel and move: their venues' own, and what those hold with others."""

from collections.abc import Iterable
from typing import Any

from wagtail.models import Page

from activities.models import ActivityHost
from activities.querysets import HOLDING
from directory.models import VenuePage
from directory.permissions import Rights, rights_of

KNOWN = "_operated"


class _Operated:
    """What a person operates, read once. Lives as long as the user object of one request."""

    def __init__(self, rights: Rights) -> None:
        self.everything = rights.edits_site
        own = VenuePage.objects.filter(pk__in=rights.operates).values_list("path", flat=True)
        self.paths = tuple(own)
        held = ActivityHost.objects.filter(HOLDING, venue__in=rights.operates)
        self.held = set(held.values_list("activity_id", flat=True))

    def covers(self, activity: Page) -> bool:
        below = bool(self.paths) and activity.path.startswith(self.paths)
        return self.everything or below or activity.pk in self.held


def operated_activities(rights: Rights, activities: Iterable[Page]) -> set[int]:
    """Return the ids of those activities whose dates the person may cancel and move.

    They belong to a venue the person works at, or are held by one. Two queries.
    """
    operated = _Operated(rights)
    return {page.pk for page in activities if operated.covers(page)}


def may_operate(rights: Rights, activity: Page) -> bool:
    """Whether the person may cancel and move the dates of one activity."""
    return activity.pk in operated_activities(rights, [activity])


def may_operate_listed(user: Any, activity: Page) -> bool:
    """Like `may_operate`, for each row of a list: what the user may is asked once."""
    known = user.__dict__.get(KNOWN)
    if known is None:
        known = user.__dict__[KNOWN] = _Operated(rights_of(user))
    return known.covers(activity)
