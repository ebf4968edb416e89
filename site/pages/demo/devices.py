"""A shared tablet at one of the demo's places. Nobody has its secret: it is only looked at."""

import datetime as dt

from pages.demo import days
from pages.demo.memory import Memory
from staff.actions.devices import make_device, pair

PLACE, NAME, PIN = "perlen", "Tabletten i køkkenet", "4711"


def add_device(memory: Memory) -> None:
    """Let a tablet in at the first place, ten days before the demo's own day."""
    now = days.days_ago(10, memory.today)
    venue, leader = memory.venues[PLACE], memory.people[PLACE]
    _device, code = make_device(venue, name=NAME, pin=PIN, by=leader, now=now)
    pair(code, now=now + dt.timedelta(minutes=4))
