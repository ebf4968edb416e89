"""The leaders' tracker, as it stands after the catalogue has been loaded."""

import datetime as dt
from typing import Any

from django.utils import timezone

from directory.models import VenuePage
from initiatives.actions import load_catalogue, progress_at, update_progress
from initiatives.catalogue import read_catalogue
from initiatives.models import Initiative, Progress

NOW = timezone.make_aware(dt.datetime(2026, 11, 23, 9, 30))


def make_catalogue() -> dict[str, Initiative]:
    """Return the 12 initiatives that come with Fristed, by number."""
    load_catalogue(read_catalogue())
    return {initiative.number: initiative for initiative in Initiative.objects.all()}


def make_progress(
    number: str,
    venue: VenuePage | None = None,
    *,
    at: dt.datetime = NOW,
    by: Any = None,
    **values: Any,
) -> Progress:
    """Return the progress of an initiative at `venue`, jointly without one, written at `at`.

    `values` are facts such as `status`; a started status needs `agreed_start`. The catalogue
    must have been loaded (`make_catalogue`).
    """
    progress = progress_at(Initiative.objects.get(number=number), venue, by=by, now=at)
    if values:
        update_progress(progress, values=values, by=by, now=at)
    return progress
