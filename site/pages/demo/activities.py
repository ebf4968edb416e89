"""Activities, shared events and their hosts."""

import datetime as dt
from typing import Any

from activities.models import (
    ActivityHost,
    ActivityPage,
    ActivityVerification,
    Schedule,
    ScheduleBreak,
)
from activities.taxonomy import ActivityKind, Frequency, HostRole, HostStatus, Nth, Weeks
from core.domain.text import slugify_da
from pages.demo import days
from pages.demo.content import Table, key, rich_text, uid
from pages.demo.memory import Made, Memory
from pages.demo.tree import add_page

BESIDE = (
    "accepted",
    "breaks",
    "changes",
    "declined",
    "free_seats",
    "invited",
    "lead",
    "published_days_ago",
    "times",
    "verified_days_ago",
)
WEEKS_BACK = 12
FIXED_AGE, VARYING_AGE = 80, 7
ANSWERS = {
    "accepted": HostStatus.ACCEPTED,
    "invited": HostStatus.INVITED,
    "declined": HostStatus.DECLINED,
}


def add_activities(content: dict[str, Table], memory: Memory) -> None:
    """Add the activities of every venue below its page."""
    for slug, venue in content.items():
        for written in venue.get("activities", []):
            usual = [] if written.get("kind") == ActivityKind.VARYING else venue.get("breaks", [])
            _add_activity(slug, memory.venues[slug], {"breaks": usual} | written, memory)


def add_shared_events(content: Table, memory: Memory) -> None:
    """Add the events that several venues hold together, with what each host answered."""
    for written in content["events"]:
        event = {"kind": ActivityKind.VARYING, "breaks": []} | written
        page = _add_activity("faelles", memory.parents["shared"], event, memory)
        _add_hosts(page, written, memory)


def _add_activity(place: str, parent: Any, written: Table, memory: Memory) -> ActivityPage:
    fields = {name: value for name, value in written.items() if name not in BESIDE}
    slug = fields.pop("slug", "") or slugify_da(fields["title"])
    name = f"{place}/{slug}"
    groups = fields.pop("target_groups", [])
    fields["body"] = rich_text(fields["body"])
    if "place_venue" in fields:
        fields["place_venue"] = memory.venues[fields["place_venue"]]
    if "place_district" in fields:
        fields["place_district"] = memory.districts[fields["place_district"]]
        fields |= {"place_postal_code": "9999", "place_city": "Eksempelby"}
    page = ActivityPage(uid=uid(f"activity:{name}"), slug=slug, **fields)
    page.target_groups = [memory.groups[code] for code in groups]
    page.schedules = [
        _schedule(line, f"{name}:{order}", order, memory.today)
        for order, line in enumerate(written["times"])
    ]
    page.breaks = [
        _break(memory.periods[period], order, memory.today)
        for order, period in enumerate(written["breaks"])
    ]
    usual = VARYING_AGE if page.kind == ActivityKind.VARYING else FIXED_AGE
    age = written.get("published_days_ago", usual)
    add_page(parent, page, memory=memory, published_days_ago=age)
    _verify(page, written, memory)
    memory.activities[name] = Made(page, written)
    return page


def _schedule(line: Table, name: str, order: int, today: dt.date) -> Schedule:
    row = Schedule(
        key=key(name),
        sort_order=order,
        starts=days.clock(line["from"]),
        ends=days.clock(line["until"]),
    )
    if "on" in line:
        row.frequency = Frequency.ONCE
        row.first_on = days.day(line["on"], today)
        return row
    row.weekdays = days.weekdays(line["days"])  # type: ignore[assignment]  # a list to Python
    row.first_on, row.until_on = _bounds(line, today)
    if "nth" in line:
        row.frequency, row.nth = Frequency.MONTHLY, Nth[line["nth"].upper()]
    elif "every" in line:
        row.weeks, row.interval = Weeks.INTERVAL, line["every"]
    else:
        row.weeks = Weeks(line.get("weeks", Weeks.EVERY))
    return row


def _bounds(line: Table, today: dt.date) -> tuple[dt.date, dt.date | None]:
    if "last" in line:
        return days.span(line["first"], line["last"], today)
    return days.day(line.get("first", f"monday -{WEEKS_BACK}"), today), None


def _break(period: Table, order: int, today: dt.date) -> ScheduleBreak:
    first, last = days.span(period["first"], period["last"], today)
    return ScheduleBreak(sort_order=order, first_on=first, until_on=last, reason=period["reason"])


def _verify(page: ActivityPage, written: Table, memory: Memory) -> None:
    if "verified_days_ago" in written:
        ActivityVerification.objects.create(
            activity=page,
            verified_at=days.days_ago(written["verified_days_ago"], memory.today),
        )


def _add_hosts(page: ActivityPage, written: Table, memory: Memory) -> None:
    asked = days.days_ago(written["published_days_ago"], memory.today)
    lead = memory.venues[written["lead"]]
    rows = [(lead, HostRole.LEAD, HostStatus.ACCEPTED)]
    for answer, status in ANSWERS.items():
        for slug in written.get(answer, []):
            rows.append((memory.venues[slug], HostRole.CO_HOST, status))
    answered = asked + dt.timedelta(hours=28)
    ActivityHost.objects.bulk_create(  # no signals: the dates are worked out once, at the end
        ActivityHost(
            activity=page,
            venue=venue,
            role=role,
            status=status,
            answered_at=None if status == HostStatus.INVITED else answered,
        )
        for venue, role, status in rows
    )
    ActivityHost.objects.filter(activity=page).update(invited_at=asked)
