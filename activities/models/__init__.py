"""What happens, when: activities, their schedules, stored dates and changes to them."""

from activities.models.batch import ActivityStop, ChangeBatch, PlanChange
from activities.models.calendar import CalendarEntry, Tombstone
from activities.models.head_count import HeadCount
from activities.models.host import ActivityHost
from activities.models.occurrence import Occurrence, OccurrenceChange
from activities.models.outlet import HandOver
from activities.models.pages import (
    ActivityPage,
    ActivityVerification,
    CalendarPage,
    SharedIndexPage,
)
from activities.models.planning import (
    PlanningChange,
    PlanningSheet,
    PlanningTask,
    SharedCost,
    VenueSeats,
)
from activities.models.schedule import Schedule, ScheduleBreak
from activities.models.sheet import SheetImport, SheetRow
from activities.models.source import CalendarSource, EntryState, SourceEntry, SourceKind, WhenGone

__all__ = [
    "ActivityHost",
    "ActivityPage",
    "ActivityStop",
    "ActivityVerification",
    "CalendarEntry",
    "CalendarPage",
    "CalendarSource",
    "ChangeBatch",
    "EntryState",
    "HandOver",
    "HeadCount",
    "Occurrence",
    "OccurrenceChange",
    "PlanChange",
    "PlanningChange",
    "PlanningSheet",
    "PlanningTask",
    "Schedule",
    "ScheduleBreak",
    "SharedCost",
    "SharedIndexPage",
    "SheetImport",
    "SheetRow",
    "SourceEntry",
    "SourceKind",
    "Tombstone",
    "VenueSeats",
    "WhenGone",
]
