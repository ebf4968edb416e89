"""Shared devices of venues, as their leaders let them in."""

import datetime as dt

from django.test import Client

from core.models import User
from directory.models import VenuePage
from staff.actions.devices import make_device, pair
from staff.models import Device

PIN = "4711"


def make_code(
    venue: VenuePage, now: dt.datetime, *, name: str = "Køkkenet", by: User | None = None
) -> tuple[Device, str]:
    """Return a device that waits for its code, and the code."""
    return make_device(venue, name=name, pin=PIN, by=by, now=now)


def make_paired(
    venue: VenuePage, now: dt.datetime, *, name: str = "Køkkenet"
) -> tuple[Device, str]:
    """Return a device that is let in and locked, with the secret of its cookie."""
    _device, code = make_code(venue, now, name=name)
    return pair(code, now=now)


def open_device(client: Client, code: str, pin: str = PIN) -> Client:
    """Let the browser of `client` in as a device, and unlock it."""
    client.post("/enhed/ind/", {"code": code})
    client.post("/enhed/laas-op/", {"pin": pin})
    return client
