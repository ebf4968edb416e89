"""Leaders' meetings: called, put an agenda together for, and written down."""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from initiatives.actions.plan import PlannedStart, revise_plan
from initiatives.actions.refusal import Refused, author
from initiatives.agenda import FOLLOW_UP, THEME, proposals, theme_point
from initiatives.models import (
    ActionPlan,
    AgendaItem,
    Initiative,
    LeadersMeeting,
    MeetingAction,
    MeetingDecision,
    MinutesNote,
)

FACTS = (
    "on",
    "starts",
    "ends",
    "host_venue",
    "place",
    "theme",
    "speaker",
    "venue_visited",
    "visit_elsewhere",
)


@transaction.atomic
def call_meeting(values: Mapping[str, Any], *, by: Any = None, now: dt.datetime) -> LeadersMeeting:
    """Call a leaders' meeting with the keys of FACTS; its standing points go on the agenda.

    Raises Refused when it has no place, ends before it starts, or there is a meeting then.
    """
    who = author(by)
    meeting = LeadersMeeting(called_by=who["by"], called_by_name=who["by_name"])
    _write_facts(meeting, values)
    take_proposals(meeting, [THEME, FOLLOW_UP], now=now)
    return meeting


@transaction.atomic
def change_meeting(meeting: LeadersMeeting, values: Mapping[str, Any]) -> None:
    """Change when, where and what about; the agenda's point about the theme follows.

    Raises Refused as `call_meeting`, and once fixed.
    """
    open_meeting(meeting)
    _write_facts(meeting, values)
    _renew_theme(meeting)


@transaction.atomic
def set_cancelled(meeting: LeadersMeeting, *, cancelled: bool, now: dt.datetime) -> None:
    """Cancel a meeting, or say that it takes place after all. Raises Refused once fixed."""
    open_meeting(meeting)
    meeting.cancelled_at = now if cancelled else None
    meeting.save()


@transaction.atomic
def take_proposals(meeting: LeadersMeeting, keys: Collection[str], *, now: dt.datetime) -> int:
    """Put the proposals with `keys` last on the agenda; return how many. Unknown keys are left."""
    open_meeting(meeting)
    wanted = [one for one in proposals(meeting, now) if one.key in keys]
    numbers = {row.number: row for row in Initiative.objects.all()}
    for place, proposal in enumerate(wanted, start=_last(meeting) + 1):
        AgendaItem.objects.create(
            meeting=meeting,
            order=place,
            title=proposal.title[:200],
            note=proposal.note,
            source=proposal.source,
            source_key=proposal.key,
            initiative=numbers.get(proposal.initiative),
        )
    return len(wanted)


@transaction.atomic
def add_item(
    meeting: LeadersMeeting, title: str, *, note: str = "", initiative: Initiative | None = None
) -> AgendaItem:
    """Put a point of one's own last on the agenda. Raises Refused without words, or once fixed."""
    open_meeting(meeting)
    if not title.strip():
        raise Refused({"title": _("Write what the point is about.")})
    item: AgendaItem = AgendaItem.objects.create(
        meeting=meeting,
        order=_last(meeting) + 1,
        title=title.strip(),
        note=note.strip(),
        initiative=initiative,
    )
    return item


@transaction.atomic
def move_item(item: AgendaItem, *, up: bool) -> None:
    """Let a point change places with its neighbour. Raises Refused once the minutes are fixed."""
    open_meeting(item.meeting)
    items = list(item.meeting.items.all())
    place = items.index(item)
    other = place - 1 if up else place + 1
    if 0 <= other < len(items):
        items[place], items[other] = items[other], items[place]
    for order, row in enumerate(items, start=1):
        row.order = order
        row.save()


@transaction.atomic
def remove_item(item: AgendaItem) -> None:
    """Take a point off the agenda; a proposal can be taken again. Raises Refused once fixed."""
    open_meeting(item.meeting)
    if item.said.strip():
        raise Refused(_("Something is written down under this point. Empty its minutes first."))
    item.delete()


@transaction.atomic
def write_minutes(
    meeting: LeadersMeeting,
    said: Mapping[int, str],
    *,
    present: Collection[Any],
    also_present: str = "",
    seen: Mapping[int, str] | None = None,
) -> None:
    """Write what was said by id of the point, and who was there; other points stay.

    `seen` is what stood under points when the caller's form was filled. Raises Refused once
    fixed, and for a point that somebody else has written under since; nothing is written then.
    """
    open_meeting(meeting)
    items = list(meeting.items.filter(pk__in=said))
    changed = [item for item in items if item.said != (seen or {}).get(item.pk, item.said)]
    if changed:
        text = _("The page was changed meanwhile. Read it through once more.")
        raise Refused({f"said-{item.pk}": text for item in changed})
    for item in items:
        item.said = said[item.pk].strip()
        item.save()
    meeting.also_present = also_present.strip()
    meeting.save()
    meeting.present.set(present)


@transaction.atomic
def add_decision(
    meeting: LeadersMeeting, text: str, *, reason: str = "", initiative: Initiative | None = None
) -> MeetingDecision:
    """Write down a decision. Raises Refused without words, or once the minutes are fixed."""
    open_meeting(meeting)
    if not text.strip():
        raise Refused({"text": _("Write what was decided.")})
    decision: MeetingDecision = MeetingDecision.objects.create(
        meeting=meeting, text=text.strip(), reason=reason.strip(), initiative=initiative
    )
    return decision


@transaction.atomic
def remove_decision(decision: MeetingDecision) -> None:
    """Take a decision out. Raises Refused once fixed, or when the action plan rests on it."""
    open_meeting(decision.meeting)
    if decision.plan_id is not None:
        raise Refused(_("The action plan was revised by this decision, so it stays."))
    decision.delete()


@transaction.atomic
def revise_plan_by(
    decision: MeetingDecision,
    order: Sequence[PlannedStart],
    *,
    decision_text: str,
    reason: str,
    by: Any = None,
    now: dt.datetime,
    decides_all: bool = True,
    seen_version: int | None = None,
) -> ActionPlan:
    """Revise the action plan by a meeting's decision, and let the decision name the version.

    The rest is as `revise_plan` takes it. Raises Refused as that does, once the minutes are
    fixed, and when the decision has revised the plan already.
    """
    open_meeting(decision.meeting)
    if decision.plan_id is not None:
        raise Refused(_("This decision has revised the action plan already."))
    plan = revise_plan(
        order,
        decided_on=decision.meeting.on,
        decision=decision_text,
        reason=reason,
        meeting=decision.meeting,
        by=by,
        now=now,
        decides_all=decides_all,
        seen_version=seen_version,
    )
    decision.plan = plan
    decision.save()
    return plan


@transaction.atomic
def add_action(meeting: LeadersMeeting, values: Mapping[str, Any]) -> MeetingAction:
    """Write down a task: `text`, `owner`, `due_on` and perhaps `venue`.

    Raises Refused when the deadline lies before the meeting, or once the minutes are fixed.
    """
    open_meeting(meeting)
    if values["due_on"] < meeting.on:
        raise Refused({"due_on": _("The deadline lies before the meeting.")})
    action: MeetingAction = MeetingAction.objects.create(meeting=meeting, **values)
    return action


@transaction.atomic
def remove_action(action: MeetingAction) -> None:
    """Take a task out that was written down by mistake. Raises Refused once fixed."""
    open_meeting(action.meeting)
    action.delete()


@transaction.atomic
def set_done(action: MeetingAction, *, done: bool, by: Any = None, now: dt.datetime) -> None:
    """Say that a task is done, or that it is not after all; also after the minutes are fixed."""
    who = author(by)
    action.done_at = now if done else None
    action.done_by = who["by"] if done else None
    action.done_by_name = who["by_name"] if done else ""
    action.save()


@transaction.atomic
def add_note(
    meeting: LeadersMeeting, text: str, *, by: Any = None, now: dt.datetime
) -> MinutesNote:
    """Add a remark to fixed minutes. Raises Refused without words, or before they are fixed."""
    if not meeting.is_sealed:
        raise Refused(_("The minutes are still open: write in them."))
    if not text.strip():
        raise Refused({"text": _("Write the remark.")})
    note = MinutesNote(meeting=meeting, text=text.strip(), at=now, **author(by))
    note.save()
    return note


def open_meeting(meeting: LeadersMeeting) -> None:
    """Raise Refused if the minutes of `meeting` are fixed. Holds its row until the commit."""
    if meeting.pk is None:
        return
    stored = LeadersMeeting.objects.select_for_update().filter(pk=meeting.pk)
    if stored.filter(settled_at__isnull=False).exists():
        raise Refused(_("The minutes are fixed and sent. You may add a remark to them."))


def _write_facts(meeting: LeadersMeeting, values: Mapping[str, Any]) -> None:
    for key in FACTS:
        if key in values:
            setattr(meeting, key, values[key])
    problems = {}
    if not meeting.host_venue and not meeting.place.strip():
        problems["host_venue"] = _("Choose the host, or write another place.")
    if meeting.ends and meeting.ends <= meeting.starts:
        problems["ends"] = _("The meeting ends before it starts.")
    same = LeadersMeeting.objects.filter(on=meeting.on, starts=meeting.starts)
    if same.exclude(pk=meeting.pk).exists():
        problems["starts"] = _("There is a leaders' meeting then already.")
    if problems:
        raise Refused(problems)
    meeting.save()


def _renew_theme(meeting: LeadersMeeting) -> None:
    """Let the point about the theme name the present one; without a theme an unsaid one goes."""
    points, present = meeting.items.filter(source_key=THEME), theme_point(meeting)
    if present is None:
        points.filter(said="").delete()
    else:
        points.update(title=present.title[:200], note=present.note)


def _last(meeting: LeadersMeeting) -> int:
    return meeting.items.aggregate(last=Max("order"))["last"] or 0
