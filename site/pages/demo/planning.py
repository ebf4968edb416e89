"""The internal planning sheets of the demo's shared events."""

import datetime as dt
from typing import Any

from activities.actions.planning import mark_task, save_on_sheet, sheet_of
from activities.models import PlanningSheet, PlanningTask, SharedCost, VenueSeats
from core.models import User
from pages.demo import days
from pages.demo.content import Table
from pages.demo.memory import Memory

BEGUN_DAYS_AGO = 12


def add_planning(content: Table, memory: Memory) -> None:
    """Write on each shared event's sheet what its hosts agreed on, in the order they did."""
    for slug, written in content.items():
        made = memory.activities[f"faelles/{slug}"]
        who = memory.people.get(made.written["lead"])
        _fill(sheet_of(made.page), written, who, memory)


def _fill(sheet: PlanningSheet, written: Table, by: User | None, memory: Memory) -> None:
    begun = days.days_ago(BEGUN_DAYS_AGO, memory.today)
    sheet.transport = written["transport"]
    save_on_sheet(sheet, by=by, now=begun)
    for row in written["tasks"]:
        _add_task(sheet, row, by, memory)
    for row in written["costs"]:
        cost = SharedCost(
            sheet=sheet, what=row["what"], amount=row["amount"], venue=_venue(row, memory)
        )
        save_on_sheet(cost, by=by, now=begun)
    came = written.get("participants", {})
    for slug, (seats, taken) in written["seats"].items():
        counts = VenueSeats(
            sheet=sheet, venue=memory.venues[slug], seats=seats, taken=taken, participants=None
        )
        save_on_sheet(counts, by=by, now=days.days_ago(1, memory.today))
        if slug in came:
            counts.participants = came[slug]
            save_on_sheet(counts, by=by, now=days.days_ago(1, memory.today))
    if "learned" in written:
        sheet.learned = written["learned"]
        save_on_sheet(sheet, by=by, now=days.days_ago(1, memory.today))


def _add_task(sheet: PlanningSheet, row: Table, by: User | None, memory: Memory) -> None:
    due = memory.today + dt.timedelta(days=row["due"])
    task = PlanningTask(sheet=sheet, text=row["text"], due_on=due, venue=_venue(row, memory))
    save_on_sheet(task, by=by, now=days.days_ago(BEGUN_DAYS_AGO, memory.today))
    if "done" in row:
        mark_task(task, done=True, by=by, now=days.days_ago(-row["done"], memory.today))


def _venue(row: Table, memory: Memory) -> Any:
    return memory.venues[row["venue"]] if "venue" in row else None
