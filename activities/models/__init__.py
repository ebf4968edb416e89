"""What happens, when: activities, their schedules, stored dates and changes to them."""

from activities.models.calendar import CalendarEntry, Tombstone
from activities.models.host import ActivityHost
from activities.models.occurrence import Occurrence, OccurrenceChange
from activities.models.pages import (
    ActivityPage,
    ActivityVerification,
    CalendarPage,
    SharedIndexPage,
)
from activities.models.schedule import Schedule, ScheduleBreak

__all__ = [
    "ActivityHost",
    "ActivityPage",
    "ActivityVerification",
    "CalendarEntry",
    "CalendarPage",
    "Occurrence",
    "OccurrenceChange",
    "Schedule",
    "ScheduleBreak",
    "SharedIndexPage",
    "Tombstone",
]
