"""What other apps' pages show of newsletters."""

from typing import Any

from django import template

from activities.models import ActivityPage
from newsletter.models import Mention
from newsletter.sending_taxonomy import DispatchState

register = template.Library()

SHOWN = 10


@register.inclusion_tag("newsletter/admin/mentions.html")
def newsletters_with(activity: ActivityPage) -> dict[str, Any]:
    """The newsletters that told of an activity, the newest first."""
    out = (DispatchState.SENDING, DispatchState.PAUSED, DispatchState.DONE)
    rows = Mention.objects.filter(activity=activity, dispatch__state__in=out)
    found = rows.select_related("dispatch").order_by("-dispatch__due_at")
    return {"mentions": list(found[:SHOWN])}
