"""Calendars that venues already keep: read in a child process, handed over as plain values."""

from activities.domain.imports.values import (
    Imported,
    ImportedEvent,
    ImportProblem,
    Limits,
    Problem,
)

__all__ = ["ImportProblem", "Imported", "ImportedEvent", "Limits", "Problem"]
