"""What waits for oneself: a panel on the admin's front page, and a page with all of it."""

import datetime as dt
from typing import Any

from django.utils.translation import gettext_lazy
from wagtail.admin.ui.components import Component

from initiatives.needs import needs_of
from initiatives.permissions import TrackerRights
from initiatives.tracker_pages import TrackerView

MOST_ON_FRONT = 8


class NeedsPanel(Component):  # type: ignore[misc]  # Wagtail is untyped
    """On the admin's front page: what waits for a leader, the first of it."""

    order = 40
    name = "needs"
    template_name = "initiatives/needs_panel.html"

    class Media:
        css = {"all": ["css/board.css"]}

    def __init__(self, rights: TrackerRights, now: dt.datetime) -> None:
        self.rights = rights
        self.now = now

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        needs = needs_of(self.rights, self.now)
        return {"needs": needs.first(MOST_ON_FRONT), "count": needs.count}


class NeedsView(TrackerView):
    """All that waits for the person, by what it is about."""

    template_name = "initiatives/needs.html"
    page_title = gettext_lazy("Waiting for you")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "needs": needs_of(self.rights, self.now)}
