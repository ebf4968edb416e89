"""What the catalogue asks to have recorded for a progress, and what has been written."""

from collections.abc import Mapping
from typing import Any

from initiatives.domain.records import (
    Completeness,
    RecordField,
    completeness,
    fields_of,
    record_fields,
)
from initiatives.models import Initiative, Progress


def fields_for(initiative: Initiative, *, joint: bool) -> tuple[RecordField, ...]:
    """Return what an initiative asks for, jointly or at each venue."""
    return fields_of(record_fields(initiative.record, initiative.record_groups), joint=joint)


def fields_at(progress: Progress) -> tuple[RecordField, ...]:
    """Return what is recorded for one progress."""
    return fields_for(progress.initiative, joint=progress.venue_id is None)


def values_at(progress: Progress) -> Mapping[str, Any]:
    """Return what has been written for one progress, by key."""
    record = getattr(progress, "record", None)
    return record.values if record else {}


def completeness_at(progress: Progress) -> Completeness:
    """Return how far the catalogue's own questions have been answered."""
    return completeness(fields_at(progress), values_at(progress))
