"""What was decided about single dates: cancelled, moved, extra, a word to say, places left."""

import datetime as dt
from typing import Any

from activities.domain.recurrence import slots
from activities.domain.rules import Slot
from activities.models import Occurrence, OccurrenceChange
from activities.taxonomy import ChangeKind, OccurrenceStatus, PlaceKind
from pages.demo import days
from pages.demo.content import Table
from pages.demo.memory import Made, Memory
from pages.demo.venues import exception_days

LOOK_AHEAD = dt.timedelta(days=200)


def add_changes(content: Table, venues: dict[str, Table], memory: Memory) -> None:
    """Add every change; of two for the same date the first one written stays."""
    taken: set[tuple[str, dt.datetime]] = set()
    for row in content["changes"]:
        if "one_of" in row:
            _add_to_one_of(row, memory, taken)
        else:
            _add(row["activity"], row, memory, taken)
    for name, made in memory.activities.items():
        for row in made.written.get("changes", []):
            _add(name, row, memory, taken)
    for slug, venue in venues.items():
        for row in venue.get("exceptions", []):
            if "cancel_reason" in row:
                _cancel_while_closed(slug, row, memory, taken)


def set_free_seats(memory: Memory) -> None:
    """Write down how many places are left on the next date of those that have a number."""
    start = days.moment(memory.today, dt.time())
    for made in memory.activities.values():
        if "free_seats" in made.written:
            dates = Occurrence.objects.filter(activity=made.page, starts_at__gte=start)
            held = dates.exclude(status=OccurrenceStatus.CANCELLED).order_by("starts_at", "pk")
            coming = held.values_list("pk", flat=True)[:1]
            Occurrence.objects.filter(pk__in=list(coming)).update(
                free_seats=made.written["free_seats"]
            )


def coming_dates(made: Made, today: dt.date) -> list[Slot]:
    """Return what the schedule gives from `today` on, before any change."""
    rules = [row.rule() for row in made.page.schedules.all()]
    breaks = [row.pause() for row in made.page.breaks.all()]
    return slots(rules, breaks, start=today, end=today + LOOK_AHEAD)


def _add_to_one_of(row: Table, memory: Memory, taken: set[tuple[str, dt.datetime]]) -> None:
    for count in row["days"]:
        on = memory.today + dt.timedelta(days=count)
        for choice in row["one_of"]:
            slot = _on_day(choice["activity"], on, memory)
            if slot and (choice["activity"], slot.original) not in taken:
                _store(choice["activity"], row | choice, slot, memory, taken)
                break


def _add(name: str, row: Table, memory: Memory, taken: set[tuple[str, dt.datetime]]) -> None:
    if row["kind"] == ChangeKind.EXTRA:
        _store(name, row, None, memory, taken)
        return
    slot = coming_dates(memory.activities[name], memory.today)[row["next"]]
    _store(name, row, slot, memory, taken)


def _cancel_while_closed(
    slug: str, row: Table, memory: Memory, taken: set[tuple[str, dt.datetime]]
) -> None:
    """What should take place at a venue on a day on which its door is shut."""
    first, last = exception_days(row, memory.today)
    change = {"kind": ChangeKind.CANCELLED, "reason": row["cancel_reason"]}
    for name, made in memory.activities.items():
        if not name.startswith(f"{slug}/") or made.page.place_kind != PlaceKind.OWN:
            continue
        for slot in coming_dates(made, memory.today):
            if first <= slot.starts.date() <= last and not _within(slot, row):
                _store(name, change, slot, memory, taken)


def _within(slot: Slot, row: Table) -> bool:
    """Whether a date fits into the hours of an exception that opens at all."""
    return "opens" in row and slot.starts.time() >= days.clock(row["opens"])


def _on_day(name: str, on: dt.date, memory: Memory) -> Slot | None:
    dates = coming_dates(memory.activities[name], memory.today)
    return next((slot for slot in dates if slot.starts.date() == on), None)


def _store(
    name: str, row: Table, slot: Slot | None, memory: Memory, taken: set[tuple[str, dt.datetime]]
) -> None:
    if slot and (name, slot.original) in taken:
        return
    fields: dict[str, Any] = {field: row.get(field, "") for field in ("reason", "note", "place")}
    if slot:
        taken.add((name, slot.original))
        fields["original_on"] = slot.original.date()
        fields["original_at"] = slot.original.time()
    if row["kind"] in (ChangeKind.MOVED, ChangeKind.EXTRA):
        fields |= _new_time(row, slot, memory.today)
    change = OccurrenceChange.objects.create(
        activity=memory.activities[name].page,
        kind=row["kind"],
        created_by=memory.person_at(name.partition("/")[0]),
        **fields,
    )
    decided = days.days_ago(1, memory.today, dt.time(15)) + dt.timedelta(minutes=len(taken))
    OccurrenceChange.objects.filter(pk=change.pk).update(created_at=decided)


def _new_time(row: Table, slot: Slot | None, today: dt.date) -> dict[str, Any]:
    if slot is None:
        return {
            "starts_on": days.day(row["on"], today),
            "starts_at": days.clock(row["from"]),
            "ends_at": days.clock(row["until"]),
        }
    return {
        "starts_on": slot.starts.date() + dt.timedelta(days=row.get("days_later", 0)),
        "starts_at": days.clock(row["from"]) if "from" in row else slot.starts.time(),
        "ends_at": days.clock(row["until"]) if "until" in row else slot.ends.time(),
    }
