"""The admin's front page: what an editor needs today, and what waits."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.admin.ui.components import Component
from wagtail.models import Page
from wagtail.permissions import policy_registry

from activities.date_rows import DateRow, date_rows
from activities.models import Occurrence
from activities.planning_list import open_invitations
from activities.querysets import OccurrenceQuerySet
from activities.taxonomy import OccurrenceStatus
from core.domain.dates import day_bounds, local_day
from core.pictures import lapsing
from core.wording import date_text, relative_day
from directory.models import VenuePage
from directory.permissions import Rights, rights_of
from newsletter.issue_views import may_edit
from staff.freshness import due_at
from staff.models import PageReport
from staff.models.report import ReportState

MOST_DRAFTS = 6
DAYS = 2
AFTER_NEEDS = 50  # the panel of what waits for a leader has 40


@dataclass(frozen=True, slots=True)
class Waiting:
    """Something that waits: how it is called and where it is settled."""

    text: str
    url: str


class TodayPanel(Component):  # type: ignore[misc]  # Wagtail is untyped
    """Today's and tomorrow's dates at one's own places, what waits, and the ways to begin."""

    name = "today"
    order = 30
    template_name = "pages/admin/today.html"

    def __init__(self, request: HttpRequest, rights: Rights) -> None:
        self.request = request
        self.rights = rights
        if sees_everywhere(rights) and not rights.edits_site:
            self.order = AFTER_NEEDS

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        now = timezone.now()
        return {
            "days": days_of(self.rights, now),
            "everywhere": sees_everywhere(self.rights),
            "waiting": list(waiting(self.rights, self.request.user, now)),
            "told_elsewhere": bool(self.rights.leads) or self.rights.heads_area,
            "drafts": drafts_of(self.request.user),
            "starts": list(starts(self.rights)),
        }


def panel_for(request: HttpRequest) -> TodayPanel | None:
    """Return the panel of whoever has a role; None for the rest."""
    rights = rights_of(request.user)
    return TodayPanel(request, rights) if rights.works_here else None


def sees_everywhere(rights: Rights) -> bool:
    """Whether the days are those of the whole municipality, for want of places of one's own."""
    return rights.sees_everything and not rights.drafts


def days_of(rights: Rights, now: dt.datetime) -> list[tuple[str, list[DateRow]]]:
    """Return today and tomorrow with the dates at one's own places.

    Those who look after all places get what is out of the ordinary: shared events, and dates
    that are cancelled, moved or extra.
    """
    today = local_day(now)
    days = [today + dt.timedelta(days=ahead) for ahead in range(DAYS)]
    dates = (
        _of_interest(rights)
        .filter(ends_at__gt=now, starts_at__lt=day_bounds(days[-1])[1])
        .order_by("starts_at", "pk")
        .with_pages()
    )
    rows = date_rows(dates, rights, now=now)
    return [
        (
            f"{capfirst(relative_day(day, today))}, {date_text(day, year=False)}",
            [row for row in rows if max(row.date.local_date, today) == day],
        )
        for day in days
    ]


def _of_interest(rights: Rights) -> OccurrenceQuerySet:
    if not sees_everywhere(rights):
        return Occurrence.objects.for_venues(rights.drafts)
    public = Occurrence.objects.public()
    return (public.shared() | public.exclude(status=OccurrenceStatus.PLANNED)).distinct()


def waiting(rights: Rights, user: Any, now: dt.datetime) -> Iterator[Waiting]:
    """Yield what waits for an answer at the person's own places."""
    if invitations := open_invitations(rights).count():
        text = ngettext(
            "%(count)d invitation to a shared event waits for your answer",
            "%(count)d invitations to shared events wait for your answer",
            invitations,
        )
        yield Waiting(text % {"count": invitations}, reverse("staff_together"))
    own = VenuePage.objects.public().filter(pk__in=rights.operates)
    if due := sum(len(found.items) for found in due_at(list(own), now=now)):
        text = ngettext(
            "%(count)d thing waits for you to say that it is still right",
            "%(count)d things wait for you to say that they are still right",
            due,
        )
        yield Waiting(text % {"count": due}, reverse("staff_stale"))
    if ending := lapsing(user, local_day(now)).count():
        text = ngettext(
            "%(count)d picture loses the consent of those in it soon, or has lost it",
            "%(count)d pictures lose the consent of those in them soon, or have lost it",
            ending,
        )
        yield Waiting(text % {"count": ending}, reverse("lapsing_pictures"))
    reports = PageReport.objects.filter(state=ReportState.OPEN)
    mine = reports if rights.edits_site else reports.filter(venue__in=rights.operates)
    if count := mine.count():
        text = ngettext(
            "%(count)d visitor has told of an error on a page",
            "%(count)d visitors have told of errors on pages",
            count,
        )
        yield Waiting(text % {"count": count}, reverse("staff_reports"))


def drafts_of(user: Any) -> list[Page]:
    """Return the pages with a draft that is not published, newest first, a few."""
    policy = policy_registry.get_by_type(Page)
    pages = policy.instances_user_has_permission_for(user, "change")
    unpublished = pages.filter(has_unpublished_changes=True).exclude(latest_revision=None)
    return list(unpublished.order_by("-latest_revision_created_at", "pk")[:MOST_DRAFTS])


def starts(rights: Rights) -> Iterator[Waiting]:
    """Yield the ways to begin something new."""
    if rights.drafts or rights.edits_site:
        yield Waiting(_("New activity"), reverse("activity_list:choose_parent"))
    if rights.operates or rights.edits_site:
        yield Waiting(_("New notice"), reverse("opslag:add"))
    if may_edit(rights):
        yield Waiting(_("New newsletter"), reverse("newsletters:index"))
