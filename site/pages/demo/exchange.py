"""Visits, swaps and courses between the demo's places, and what they wish of each other."""

import datetime as dt

from core.domain.dates import instant
from core.models import User
from pages.demo import days
from pages.demo.content import Table
from pages.demo.memory import Memory
from staff.models import ExchangeEvent, Lesson, SignUp, Wish
from staff.models.exchange import SeatState


def add_exchange(content: Table, memory: Memory) -> None:
    """Store what the data file says; days are written from the demo's own day."""
    people = list(dict.fromkeys(memory.people.values()))
    for row in content["events"]:
        _add_event(row, people, memory)
    for row in content["wishes"]:
        Wish.objects.create(
            kind=row["kind"],
            venue=memory.venues[row["venue"]],
            other=memory.venues.get(row.get("other", "")),
            text=row["text"],
            created_at=days.days_ago(row["days_ago"], memory.today),
        )


def _add_event(row: Table, people: list[User], memory: Memory) -> None:
    on = memory.today + dt.timedelta(days=row["in_days"])
    starts_at = instant(dt.datetime.combine(on, days.clock(row["starts"])))
    event = ExchangeEvent.objects.create(
        kind=row["kind"],
        title=row["title"],
        venue=memory.venues.get(row.get("venue", "")),
        place=row.get("place", ""),
        starts_at=starts_at,
        ends_at=instant(dt.datetime.combine(on, days.clock(row["ends"]))),
        seats=row.get("seats"),
        text=row["text"],
    )
    written = days.days_ago(20, memory.today)
    # The demo has few people and many places: each stands for the place it comes from.
    for number, (slug, user) in enumerate(zip(row["from"], people, strict=False)):
        full = event.seats is not None and number >= event.seats
        SignUp.objects.create(
            event=event,
            user=user,
            venue=memory.venues[slug],
            state=SeatState.WAITING if full else SeatState.GOING,
            at=written + dt.timedelta(hours=number),
        )
    for number, text in enumerate(row.get("learned", [])):
        user = people[number % len(people)]
        Lesson.objects.create(event=event, user=user, text=text, at=event.ends_at)
