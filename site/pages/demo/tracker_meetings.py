"""The demo's leaders' meetings: two held, with minutes and a plan that follows, and one to come."""

import datetime as dt

from initiatives.actions.meetings import (
    add_action,
    add_decision,
    call_meeting,
    revise_plan_by,
    set_done,
    take_proposals,
    write_minutes,
)
from initiatives.actions.minutes import fix_minutes
from initiatives.agenda import proposals
from initiatives.minutes import minutes_document
from initiatives.models import LeadersMeeting
from pages.demo import days
from pages.demo.content import Table
from pages.demo.tracker import Tracked, planned

TUESDAY = 1
MOST_POINTS = 4


def held_on(tracked: Tracked, row: Table) -> dt.date:
    """Return the Tuesday of the week a meeting lies in."""
    near = tracked.today + dt.timedelta(days=row["on"])
    return near + dt.timedelta(days=TUESDAY - near.weekday())


def called_on(tracked: Tracked, row: Table) -> dt.date:
    """Return the day a meeting was called on: three weeks before, today at the latest."""
    return min(held_on(tracked, row) - dt.timedelta(days=21), tracked.today)


def add_meeting(tracked: Tracked, row: Table) -> LeadersMeeting:
    """Call a meeting; if it has been, write it down and fix it."""
    on = held_on(tracked, row)
    called_at = days.moment(called_on(tracked, row), dt.time(10))
    venues = tracked.memory.venues
    meeting = call_meeting(
        {
            "on": on,
            "starts": days.clock(row["starts"]),
            "ends": days.clock(row["ends"]),
            "host_venue": venues[row["host"]],
            "theme": row["theme"],
            "speaker": row["speaker"],
            "venue_visited": venues[row["visited"]],
        },
        by=tracked.head,
        now=called_at,
    )
    open_now = [one.key for one in proposals(meeting, called_at)]
    take_proposals(meeting, open_now[:MOST_POINTS], now=called_at)
    if "said" in row:
        _write_down(tracked, meeting, row)
    return meeting


def _write_down(tracked: Tracked, meeting: LeadersMeeting, row: Table) -> None:
    held_at = days.moment(meeting.on, dt.time(13))
    venues = tracked.memory.venues
    items = list(meeting.items.all())
    said = {item.pk: "Drøftet kort." for item in items}
    said[items[0].pk] = row["said"]
    write_minutes(
        meeting,
        said,
        present=[venues[slug] for slug in row["present"]],
        also_present=row["also_present"],
    )
    for written in row["decisions"]:
        decision = add_decision(
            meeting,
            written["text"],
            reason=written["reason"],
            initiative=tracked.initiatives[written["initiative"]],
        )
        if written.get("revises"):
            plan = tracked.written["plans"][1]
            revise_plan_by(
                decision,
                planned(tracked, plan["order"]),
                decision_text=plan["decision"],
                reason=plan["reason"],
                by=tracked.head,
                now=held_at,
            )
    for task in row["tasks"]:
        venue = venues[task["venue"]] if "venue" in task else None
        due = meeting.on + dt.timedelta(days=task["days"])
        values = {"text": task["text"], "owner": task["owner"], "venue": venue, "due_on": due}
        action = add_action(meeting, values)
        if task["done"]:
            done_at = held_at + dt.timedelta(days=task["days"] // 2)
            set_done(action, done=True, by=tracked.head, now=done_at)
    document = minutes_document(meeting, meeting.on)
    fix_minutes(meeting, document, by=tracked.head, now=held_at + dt.timedelta(days=1))
