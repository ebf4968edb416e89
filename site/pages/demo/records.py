"""What the demo's leaders have recorded, what others bring to their venues, and agreements."""

import datetime as dt
from typing import Any

from core.models import User
from directory.models import CooperationAgreement
from directory.taxonomy import Role
from initiatives.actions import link_agreement, progress_at, save_record, save_service
from initiatives.models import Initiative, LeadersMeeting
from pages.demo import days
from pages.demo.content import Table, read
from pages.demo.memory import Memory

DAYS = {"on", "due", "since", "review_due"}


def add_records(memory: Memory) -> None:
    """Add facts by the catalogue's keys, services with a calendar, and what agreements support."""
    content = read("records.toml")
    by = User.objects.filter(memberships__role=Role.AREA_HEAD).first()
    initiatives = {one.number: one for one in Initiative.objects.all()}
    for row in content["records"]:
        _record(row, initiatives[row["number"]], memory)
    for row in content["services"]:
        _serve(row, by, memory)
    for row in content["links"]:
        agreement = CooperationAgreement.objects.get(title=row["agreement"])
        notes = {initiatives[number]: note for number, note in row["notes"].items()}
        link_agreement(agreement, notes, by=by, now=_ago(100, memory))


def _record(row: Table, initiative: Initiative, memory: Memory) -> None:
    venue = memory.venues[row["venue"]]
    by = memory.person_at(venue.slug)
    moment = _ago(row.get("days_ago", 6), memory)
    progress = progress_at(initiative, venue, by=by, now=moment)
    values = {key: _value(key, value, memory) for key, value in row["values"].items()}
    save_record(progress, values, by=by, now=moment)


def _value(key: str, value: Any, memory: Memory) -> Any:
    """Return a value of the data file as the record keeps it: days as ISO text, venues as ids."""
    if isinstance(value, list):
        return [_value(key, one, memory) for one in value]
    if isinstance(value, dict):
        return {name: _value(name, one, memory) for name, one in value.items()}
    if isinstance(value, str) and value in memory.venues:
        return memory.venues[value].pk
    if key in DAYS or key.endswith(("_on", "_due")):
        return days.day(value, memory.today).isoformat()
    return value


def _serve(row: Table, by: Any, memory: Memory) -> None:
    values = {
        "venue": memory.venues[row["venue"]],
        "title": row["title"],
        "area": row["area"],
        "provider": row["provider"],
        "description": row.get("description", ""),
        "status": row["status"],
        "activity": memory.activities[row["activity"]].page if "activity" in row else None,
        "when_text": row.get("when", ""),
        "coordinated_at": _last_meeting(memory) if row.get("coordinated") else None,
    }
    save_service(None, values, by=by, now=_ago(110, memory))


def _last_meeting(memory: Memory) -> LeadersMeeting | None:
    return LeadersMeeting.objects.filter(on__lt=memory.today).first()


def _ago(number: int, memory: Memory) -> dt.datetime:
    return days.days_ago(number, memory.today, dt.time(10))
