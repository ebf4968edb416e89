"""Where the planning of shared events stands in the admin: buttons on the events."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import Button
from wagtail.models import Page

from activities.hosts import events_of
from activities.models import ActivityPage
from activities.planning_views import SheetSurface
from directory.permissions import rights_of

PLANS = SheetSurface(
    prefix="plan",
    sheet="activities/admin/planning.html",
    act="activities/admin/act.html",
    answer="invitation_list:answer",
)
KNOWN = "_planned_events"


def planning_buttons(page: Page, user: Any) -> Iterator[Button]:
    """Lead from a shared event to its planning sheet; what a person sees is asked once."""
    if page.specific_class is not ActivityPage or not page.pk:
        return
    known = user.__dict__.get(KNOWN)
    if known is None:
        found = events_of(rights_of(user)).values_list("pk", flat=True)
        known = user.__dict__[KNOWN] = set(found)
    if page.pk in known:
        yield Button(_("Planning"), reverse("plan_sheet", args=[page.pk]), icon_name="list-ul")
