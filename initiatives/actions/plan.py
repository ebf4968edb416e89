"""Decisions about the action plan. Each makes a new version; no version is ever changed."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from core.wording import day_month
from initiatives.actions.refusal import Refused, author
from initiatives.models import ActionPlan, Initiative, LeadersMeeting, PlanLine
from initiatives.reading import local_day, plan_lines


@dataclass(frozen=True, slots=True)
class PlannedStart:
    """When an initiative starts: `start_year` to `latest_start_year`, both included."""

    initiative: Initiative
    start_year: int
    latest_start_year: int


@transaction.atomic
def revise_plan(
    order: Sequence[PlannedStart],
    *,
    decided_on: dt.date,
    decision: str,
    reason: str,
    meeting: LeadersMeeting | None = None,
    by: Any = None,
    now: dt.datetime,
    decides_all: bool = True,
    seen_version: int | None = None,
) -> ActionPlan:
    """Store a new version of the plan, in force from now on: `order` is the order of priority.

    `decides_all` False leaves the start years of the area head's initiatives as they were (S8).
    `seen_version` is the version the caller's form was filled from. Returns the version. Raises
    Refused by field: an initiative missing or named twice, years in the wrong order, no decision
    or reason, a day that has not been or lies before the version in force.
    """
    present = ActionPlan.objects.select_for_update().filter(present=True).first()
    version = present.version if present else 0
    if seen_version is not None and seen_version != version:
        raise Refused(
            _("Version %(number)d has been decided meanwhile. Look at it, and save again.")
            % {"number": version}
        )
    problems = {
        **_order_problems(order, decides_all=decides_all),
        **_word_problems(decision, reason),
        **_day_problems(decided_on, meeting, present, now),
    }
    if problems:
        raise Refused(problems)
    ActionPlan.objects.filter(present=True).update(present=False)
    newest = ActionPlan.objects.aggregate(newest=Max("version"))["newest"] or 0
    person = author(by)
    plan = ActionPlan.objects.create(
        version=newest + 1,
        decided_on=decided_on,
        decision=decision.strip(),
        reason=reason.strip(),
        meeting=meeting,
        present=True,
        entered_at=now,
        entered_by=person["by"],
        entered_by_name=person["by_name"],
    )
    PlanLine.objects.bulk_create(
        PlanLine(
            plan=plan,
            initiative=planned.initiative,
            start_year=planned.start_year,
            latest_start_year=planned.latest_start_year,
            priority=place,
        )
        for place, planned in enumerate(order, start=1)
    )
    return plan


def proposed_order() -> list[PlannedStart]:
    """Return the plan in force as a proposal for the next; before the first, the catalogue's years.

    Initiatives that the plan in force does not know come last.
    """
    lines = plan_lines()
    initiatives = list(Initiative.objects.all())
    last = len(lines) + 1

    def place(initiative: Initiative) -> tuple[int, int]:
        line = lines.get(initiative.pk)
        return (line.priority if line else last, initiative.order)

    def years(initiative: Initiative) -> tuple[int, int]:
        line = lines.get(initiative.pk)
        if line:
            return line.start_year, line.latest_start_year
        return initiative.start_year_min, initiative.start_year_max

    return [PlannedStart(one, *years(one)) for one in sorted(initiatives, key=place)]


def _order_problems(order: Sequence[PlannedStart], *, decides_all: bool) -> dict[str, str]:
    numbers = [planned.initiative.number for planned in order]
    every = Initiative.objects.values_list("number", flat=True)
    missing = [number for number in every if number not in numbers]
    if missing or len(set(numbers)) != len(numbers):
        return {"": _("Every initiative stands in the plan once.")}
    lines = plan_lines()
    problems = {}
    for planned in order:
        key = f"last_{planned.initiative.number}"
        if planned.latest_start_year < planned.start_year:
            problems[key] = _("The last year lies before the first.")
        elif not decides_all and _changes_what_is_not_theirs(planned, lines):
            problems[key] = _("The head of social services and disability decides these years.")
    return problems


def _changes_what_is_not_theirs(planned: PlannedStart, lines: Mapping[int, PlanLine]) -> bool:
    initiative = planned.initiative
    if initiative.owner_role != Initiative.Owner.AREA_HEAD:
        return False
    line = lines.get(initiative.pk)
    stands = (
        (line.start_year, line.latest_start_year)
        if line
        else (initiative.start_year_min, initiative.start_year_max)
    )
    return stands != (planned.start_year, planned.latest_start_year)


def _word_problems(decision: str, reason: str) -> dict[str, str]:
    problems = {}
    if not decision.strip():
        problems["decision"] = _("Write what was decided.")
    if not reason.strip():
        problems["reason"] = _("Write why, so that those who come later understand it.")
    return problems


def _day_problems(
    decided_on: dt.date,
    meeting: LeadersMeeting | None,
    present: ActionPlan | None,
    now: dt.datetime,
) -> dict[str, str]:
    today = local_day(now)
    if today and decided_on > today:
        return {"decided_on": _("That day has not been yet.")}
    if meeting is not None and meeting.on != decided_on:
        return {
            "decided_on": _("The meeting was %(day)s.") % {"day": day_month(meeting.on, year=True)}
        }
    if present is not None and decided_on < present.decided_on:
        return {
            "decided_on": _("The version in force was decided %(day)s, which is later.")
            % {"day": day_month(present.decided_on, year=True)}
        }
    return {}
