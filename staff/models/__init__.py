"""What the internal section stores. Nothing here is a Wagtail page, and nothing is public."""

from staff.models.calendar import PersonalCalendar
from staff.models.device import Device, DeviceAct
from staff.models.exchange import ExchangeEvent, Lesson, SignUp, VisitRound, Wish
from staff.models.freshness import VenueAsk
from staff.models.internal import VenueInternal
from staff.models.report import PageReport

__all__ = [
    "Device",
    "DeviceAct",
    "ExchangeEvent",
    "Lesson",
    "PageReport",
    "PersonalCalendar",
    "SignUp",
    "VenueAsk",
    "VenueInternal",
    "VisitRound",
    "Wish",
]
