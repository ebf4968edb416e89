"""Who may send what right now: places at the relay, allowances by time, and lots of messages."""

import datetime as dt
from collections.abc import Iterable, Sequence
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from newsletter.actions.sending.durability import is_of_this_life, to_the_disk
from newsletter.domain.sending import refill
from newsletter.models import Allowance, Delivery, Dispatch, RelayLine
from newsletter.sending_taxonomy import DeliveryState

LEASE = dt.timedelta(seconds=120)
HOLD = dt.timedelta(seconds=90)


def take_place(holder: UUID, *, places: int, now: dt.datetime) -> int | None:
    """Return the number of a free place at the relay, now held by `holder`, or None.

    A place whose holder died is free again after a minute and a half.
    """
    known = set(RelayLine.objects.filter(number__lt=places).values_list("number", flat=True))
    missing = [RelayLine(number=number) for number in range(places) if number not in known]
    RelayLine.objects.bulk_create(missing, ignore_conflicts=True)
    free = Q(held_until__isnull=True) | Q(held_until__lt=now)
    for number in range(places):
        rows = RelayLine.objects.filter(free, number=number)
        if rows.update(holder=holder, held_until=now + HOLD):
            return number
    return None


def keep_place(holder: UUID, *, now: dt.datetime) -> bool:
    """Hold one's place longer; False when somebody else has it by now."""
    return bool(RelayLine.objects.filter(holder=holder).update(held_until=now + HOLD))


def leave_place(holder: UUID) -> None:
    """Make the place free."""
    RelayLine.objects.filter(holder=holder).update(holder=None, held_until=None)


@transaction.atomic
def take_allowance(name: str, wanted: int, *, per_minute: int, now: dt.datetime) -> int:
    """Return how many of `wanted` messages may go now to the relay or mail domain `name`.

    A bucket that fills by time and holds ten seconds' worth, at least one. 0 a minute: no limit.
    """
    if per_minute <= 0 or wanted <= 0:
        return max(wanted, 0)
    most = max(per_minute / 6, 1.0)
    Allowance.objects.get_or_create(name=name, defaults={"left": most, "counted_at": now})
    bucket = Allowance.objects.select_for_update().get(name=name)
    passed = (now - bucket.counted_at).total_seconds()
    left = refill(bucket.left, per_minute=per_minute, seconds=passed, most=most)
    taken = min(wanted, int(left))
    bucket.left, bucket.counted_at = left - taken, max(now, bucket.counted_at)
    bucket.save(update_fields=["left", "counted_at"])
    return taken


@transaction.atomic
def give_back(name: str, number: int, *, per_minute: int) -> None:
    """Return what was taken and not used."""
    if per_minute > 0 and number > 0:
        bucket = Allowance.objects.select_for_update().get(name=name)
        bucket.left += number
        bucket.save(update_fields=["left"])


def lease_lot(
    dispatch: Dispatch, lease: UUID, *, size: int, now: dt.datetime
) -> Sequence[Delivery]:
    """Return up to `size` messages that are ours alone for two minutes, under the key `lease`.

    Rows that another worker is just taking are passed over (SKIP LOCKED); SQLite has one writer.
    The lease is on the disk before the first message of it begins.
    """
    with to_the_disk():
        ready = Delivery.objects.ready(now).filter(dispatch=dispatch).order_by("pk")
        locked = ready.select_for_update(skip_locked=True).values_list("pk", flat=True)
        rows = Delivery.objects.filter(pk__in=list(locked[:size]), state=DeliveryState.QUEUED)
        rows.update(state=DeliveryState.LEASED, lease=lease, lease_until=now + LEASE)
    mine = Delivery.objects.filter(dispatch=dispatch, lease=lease, state=DeliveryState.LEASED)
    return list(mine.order_by("pk"))


def put_back(
    lease: UUID, *, only: Iterable[int] | None = None, not_before: dt.datetime | None = None
) -> int:
    """Give up messages of `lease` that have not passed the gate; return how many.

    After a crash of the database nobody knows which those are: then they stay for the sweep.
    """
    if not is_of_this_life(lease):
        return 0
    rows = Delivery.objects.filter(lease=lease, state=DeliveryState.LEASED)
    if only is not None:
        rows = rows.filter(pk__in=list(only))
    return rows.update(
        state=DeliveryState.QUEUED, lease=None, lease_until=None, not_before=not_before
    )
