"""What a shared device may do at its venue: cancel, move, write a notice, count, and undo its own.

Nobody is signed in on it, so the rows have no person; the log names the device.
"""

import datetime as dt
from typing import Any

from django.db import transaction

from activities.actions import count_heads, record_change, undo_change, withdraw_count
from activities.date_rows import change_text
from activities.models import HeadCount, Occurrence
from activities.taxonomy import ChangeKind
from core.domain.dates import local_time
from core.wording import moment_text, sentence
from directory.actions import publish_notice, withdraw_notice
from staff.models import Device, DeviceAct
from staff.models.device import DeviceActKind

KINDS = {ChangeKind.CANCELLED: DeviceActKind.CANCELLED, ChangeKind.MOVED: DeviceActKind.MOVED}


@transaction.atomic
def change_date(
    device: Device, date: Occurrence, kind: str, *, now: dt.datetime, **what: Any
) -> DeviceAct:
    """Cancel or move one date; `kind` and `what` as in `record_change`, whose RuleError it raises.

    Raises KeyError for any other kind of change.
    """
    act_kind = KINDS[ChangeKind(kind)]
    change = record_change(
        date.activity, kind, original=date.original, via=device.name, now=now, **what
    )
    text = f"{sentence(date.activity.title)} {sentence(change_text(change))}"
    return DeviceAct.objects.create(
        device=device, kind=act_kind, at=now, text=text[:500], change=change
    )


@transaction.atomic
def write_notice(
    device: Device,
    *,
    title: str,
    text: str,
    starts_at: dt.datetime,
    ends_at: dt.datetime,
    now: dt.datetime,
) -> DeviceAct:
    """Show a message of the device's venue between two aware moments.

    Raises ValidationError when it ends before it starts.
    """
    notice = publish_notice(
        device.venue,
        title=title,
        text=text,
        starts_at=starts_at,
        ends_at=ends_at,
        via=device.name,
    )
    return DeviceAct.objects.create(
        device=device, kind=DeviceActKind.NOTICE, at=now, text=sentence(title), notice=notice
    )


@transaction.atomic
def count_people(
    device: Device, date: Occurrence, number: int, *, now: dt.datetime
) -> DeviceAct | None:
    """Note how many came to a date; None when somebody has counted the same already.

    Raises ValidationError as `count_heads` does.
    """
    known = set(
        HeadCount.objects.standing()
        .filter(activity=date.activity_id, recurrence_id=date.recurrence_id)
        .values_list("pk", flat=True)
    )
    count = count_heads(date, number, via=device.name, now=now)
    if count.pk in known:
        return None
    when = moment_text(local_time(date.starts_at))
    text = f"{sentence(count.title)} {sentence(when)} {count.number}"
    return DeviceAct.objects.create(
        device=device, kind=DeviceActKind.COUNTED, at=now, text=text[:500], count=count
    )


@transaction.atomic
def take_back(act: DeviceAct, *, now: dt.datetime) -> bool:
    """Undo what a device did; return whether it still stood.

    Raises ValidationError for a count whose month may have been told of.
    """
    row = DeviceAct.objects.select_for_update(of=("self",)).get(pk=act.pk)
    if not row.holds:
        return False
    via = row.device.name
    if row.change is not None:
        undo_change(row.change, via=via, now=now)
    elif row.notice is not None:
        withdraw_notice(row.notice, now=now, via=via)
    elif row.count is not None:
        withdraw_count(row.count, via=via, now=now)
    row.undone_at = now
    row.save(update_fields=["undone_at"])
    return True
