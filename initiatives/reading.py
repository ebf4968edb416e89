"""What the tracker's pages, rounds and reports read: which squares there are, and their state.

Every list begins with `tracked_venues` and `squares`, so that the board, a round and a report
count the same venues.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Q

from core.domain.dates import local_time
from directory.models import CooperationAgreement, VenuePage
from directory.querysets import start_of_day
from initiatives.domain.progress import ProgressState, from_json
from initiatives.models import ActionPlan, Initiative, PlanLine, Progress

Square = tuple[int, int | None]  # ids of initiative and venue; no venue: jointly


def tracked_venues(day: dt.date) -> Any:
    """Return the venues that counted on the local `day`, by name: published ones and those with
    progress, without those that had become part of another venue by then.
    """
    with_progress = Progress.objects.filter(venue__isnull=False).values("venue")
    return VenuePage.objects.filter(Q(live=True) | Q(pk__in=with_progress)).standing(day).in_order()


def squares(
    initiatives: Iterable[Initiative], venues: Iterable[VenuePage]
) -> list[tuple[Initiative, VenuePage | None]]:
    """Return every initiative with each venue it is kept at; None stands for jointly, first."""
    places = list(venues)
    found: list[tuple[Initiative, VenuePage | None]] = []
    for initiative in initiatives:
        if initiative.joint:
            found.append((initiative, None))
        if initiative.at_venues:
            found += [(initiative, venue) for venue in places]
    return found


def board_on(day: dt.date) -> dict[Square, ProgressState]:
    """Return what was known at the end of the local `day`, by (initiative id, venue id or None).

    One query. What nobody had begun to write is absent: read it with `state_of`.
    """
    end = start_of_day(day + dt.timedelta(days=1))
    rows = (
        Progress.objects.with_state(end)
        .filter(state_then__isnull=False)
        .order_by()
        .values_list("pk", "initiative_id", "venue_id", "state_then")
    )
    return {
        (initiative_id, venue_id): from_json(
            state, initiative_id=initiative_id, venue_id=venue_id, progress_id=pk
        )
        for pk, initiative_id, venue_id, state in rows
    }


def state_of(
    board: Mapping[Square, ProgressState], initiative: Initiative, venue: VenuePage | None
) -> ProgressState:
    """Return one square of `board`; not started where nobody has written anything."""
    key = (initiative.pk, venue.pk if venue else None)
    return board.get(key) or ProgressState(initiative_id=key[0], venue_id=key[1])


def present_state(progress: Progress) -> ProgressState:
    """Return what is known of a progress now."""
    return ProgressState(
        initiative_id=progress.initiative_id,
        venue_id=progress.venue_id,
        progress_id=progress.pk,
        status=str(progress.status),
        agreed_start=progress.agreed_start,
        agreed_deadline=progress.agreed_deadline,
        responsible=progress.responsible,
        next_step=progress.next_step,
        confirmed_on=local_day(progress.confirmed_at),
        changed_on=local_day(progress.changed_at),
    )


def present_plan() -> ActionPlan | None:
    """Return the action plan in force, with its lines and initiatives loaded."""
    return (
        ActionPlan.objects.filter(present=True)
        .prefetch_related("lines__initiative__guiding_principle")
        .first()
    )


def plan_lines(day: dt.date | None = None) -> dict[int, PlanLine]:
    """Return the lines of the plan in force by initiative id; none before the first decision.

    With a local `day` those of the plan that had been entered by its end.
    """
    plans = ActionPlan.objects.filter(present=True)
    if day is not None:
        end = start_of_day(day + dt.timedelta(days=1))
        plans = ActionPlan.objects.filter(entered_at__lt=end).order_by("-version")
    lines = PlanLine.objects.filter(plan__in=plans.values("pk")[:1]).select_related("plan")
    return {line.initiative_id: line for line in lines}


def local_day(moment: dt.datetime | None) -> dt.date | None:
    """Return the local day of an aware moment."""
    return local_time(moment).date() if moment else None


def is_followed(agreement: CooperationAgreement) -> bool:
    """Whether the organisation has another agreement from the day after this one ends."""
    if agreement.ends_on is None:
        return False
    later = Q(ends_on__isnull=True) | Q(ends_on__gt=agreement.ends_on)
    next_day = agreement.ends_on + dt.timedelta(days=1)
    others = CooperationAgreement.objects.filter(organisation=agreement.organisation_id)
    return others.filter(later, starts_on__lte=next_day).exclude(pk=agreement.pk).exists()
