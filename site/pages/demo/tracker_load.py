"""Putting the leaders' tracker of the demo in, and taking it away again."""

import datetime as dt
from collections.abc import Callable
from functools import partial
from typing import Any

from django.db import models

from initiatives import models as tracker
from initiatives.models import AnnualReportPage
from pages.demo.memory import Memory
from pages.demo.tracker import add_first_plan, add_progress, begin_tracker
from pages.demo.tracker_meetings import add_meeting, called_on
from pages.demo.tracker_rounds import (
    add_locked_round,
    add_report,
    add_running_round,
    locked_halves,
    opened_at,
    running_from,
)

KEPT = {tracker.GuidingPrinciple, tracker.Initiative, AnnualReportPage}


def add_tracker(memory: Memory) -> None:
    """Add two years of plan, progress, meetings and rounds, up to today."""
    tracked = begin_tracker(memory)
    add_first_plan(tracked)
    add_progress(tracked)
    deeds: list[tuple[dt.date, Callable[[], object]]] = [
        (called_on(tracked, row), partial(add_meeting, tracked, row))
        for row in tracked.written["meetings"]
    ]
    deeds += [
        (opened_at(tracked, half).date(), partial(add_locked_round, tracked, half))
        for half in locked_halves(tracked)
    ]
    deeds.append((running_from(tracked), partial(add_running_round, tracked)))
    # In the order of time: an agenda is made out of what was known when it was made.
    for _on, deed in sorted(deeds, key=lambda pair: pair[0]):
        deed()


def add_reports(memory: Memory) -> None:
    """Add last year's report and this year's draft, with the figures that are there by now."""
    add_report(begin_tracker(memory))


def clear_tracker() -> None:
    """Delete all that leaders have written; the catalogue stays.

    Past the guards that keep logs and sealed rows: a demo begins anew.
    """
    for page in AnnualReportPage.objects.all():
        page.delete()
    models_here = [
        model
        for model in _tracker_models()
        if model not in KEPT and not model._meta.abstract and not model._meta.proxy
    ]
    for model in models_here:
        rows: models.QuerySet[Any] = models.QuerySet(model)
        rows._raw_delete(rows.db)


def _tracker_models() -> list[type[models.Model]]:
    """Every table of the tracker, also those between two others, from the leaves up."""
    found: list[type[models.Model]] = []
    pending = [
        model
        for model in tracker.Initiative._meta.apps.get_app_config("initiatives").get_models(
            include_auto_created=True
        )
        if model not in KEPT
    ]
    while pending:
        free = [
            model
            for model in pending
            if not any(_refers(other, model) for other in pending if other is not model)
        ]
        found += free or pending
        pending = [model for model in pending if model not in free] if free else []
    return found


def _refers(model: type[models.Model], other: type[models.Model]) -> bool:
    return any(field.related_model is other for field in model._meta.concrete_fields)
