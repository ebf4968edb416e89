"""Calendars that venues already keep: read in a child process, handed over as plain values.

Nothing of Django is loaded up here: the child starts with these modules and should start fast.
"""

from activities.domain.imports.values import (
    HeldDate,
    Imported,
    ImportedEvent,
    ImportProblem,
    Limits,
    Problem,
)
from activities.importing.process import read_calendar

__all__ = [
    "HeldDate",
    "ImportProblem",
    "Imported",
    "ImportedEvent",
    "Limits",
    "Problem",
    "read_calendar",
]
