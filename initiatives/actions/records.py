"""Writing the facts that an initiative asks for."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction

from core.models import ContentVersion
from initiatives.actions.progress import (
    check_open,
    check_unchanged,
    cpr_problems,
    stamp,
    write_change,
)
from initiatives.actions.refusal import Refused
from initiatives.domain.records import public_values, written_here
from initiatives.models import Progress, Record, StatusChange
from initiatives.record_reading import fields_at
from initiatives.taxonomy import ChangeKind

SHOWN = "shown"


@transaction.atomic
def save_record(
    progress: Progress,
    values: Mapping[str, Any],
    *,
    shown: bool | None = None,
    by: Any = None,
    now: dt.datetime,
    seen_at: dt.datetime | None = None,
) -> StatusChange | None:
    """Write facts of `progress` by the keys of its initiative's record, stored as JSON.

    Keys that the catalogue does not ask for here are left alone. `shown` says whether the public
    ones stand on the venue's page. Returns the log entry, None when nothing is different. Raises
    Refused for somebody's CPR number, and as `update_progress` does.
    """
    fresh = Progress.objects.select_for_update().get(pk=progress.pk)
    check_open(fresh, now=now)
    check_unchanged(fresh, seen_at)
    fields = written_here(fields_at(fresh))
    wanted = {field.key: values[field.key] for field in fields if field.key in values}
    if problems := cpr_problems(wanted):
        raise Refused(problems)
    record, _made = Record.objects.get_or_create(progress=fresh, defaults={"changed_at": now})
    was_public = public_values(fields, record.values) if record.shown else ()
    before = {**record.values, SHOWN: record.shown}
    after = {**before, **wanted, SHOWN: record.shown if shown is None else shown}
    changed = sorted(key for key in after if after[key] != before.get(key))
    if not changed:
        return None
    record.shown = after.pop(SHOWN)
    record.values, record.changed_at = after, now
    record.save()
    if was_public != (public_values(fields, after) if record.shown else ()):
        ContentVersion.bump(now=now)
    stamp(fresh, now)
    progress.changed_at = progress.confirmed_at = now
    return write_change(
        fresh,
        ChangeKind.RECORD,
        {key: before.get(key) for key in changed},
        {key: {**after, SHOWN: record.shown}[key] for key in changed},
        by=by,
        now=now,
    )
