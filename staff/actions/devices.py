"""Shared devices of a venue: let in once, unlocked for a while, shut out (ADR 27).

Secrets are told once and kept as hashes. What is short (code, PIN) is hashed with the site's key,
so that a copy of the database alone cannot be searched for it.
"""

import datetime as dt
import enum
import hashlib
import hmac
import secrets
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction
from django.db.models import Q
from django.utils.crypto import salted_hmac

from core.domain.dates import local_time
from directory.models import VenuePage
from staff.domain.pins import CODE_LENGTH, CODE_LETTERS, typed_code, wait_after
from staff.models import Device, DeviceAct
from staff.models.device import DeviceActKind

SECRET_BYTES = 32  # 256 bits


class PinAnswer(enum.Enum):
    """What became of a PIN somebody typed."""

    OPEN = "open"
    WRONG = "wrong"
    WAIT = "wait"
    BLOCKED = "blocked"


@dataclass(frozen=True, slots=True)
class Unlocking:
    """The answer to a PIN; with OPEN the token of this unlocking, with WAIT until when."""

    answer: PinAnswer
    token: str = ""
    wait_until: dt.datetime | None = None


@transaction.atomic
def make_device(
    venue: VenuePage, *, name: str, pin: str, by: Any, now: dt.datetime
) -> tuple[Device, str]:
    """Write a device down and return it with the code that lets it in; told this once.

    `pin` has passed `domain.pins.pin_problem`; no other device of the venue has the name.
    """
    device = Device(venue=venue, name=name, created_at=now, created_by=by)
    device.pin = _pin_hash(pin)
    device.save()
    return device, new_code(device, by=by, now=now)


@transaction.atomic
def new_code(device: Device, *, by: Any, now: dt.datetime) -> str:
    """Return a new one-time code for a device; an older one stops, the device itself does not."""
    code = "".join(secrets.choice(CODE_LETTERS) for _ in range(CODE_LENGTH))
    device.code_hash = _code_hash(code)
    device.code_ends_at = now + dt.timedelta(minutes=settings.FRISTED_DEVICE_CODE_MINUTES)
    device.save(update_fields=["code_hash", "code_ends_at"])
    _note(device, DeviceActKind.CODE, now, by=by)
    return code


def find_code(typed: str, *, now: dt.datetime) -> Device | None:
    """Return the device a code would let in. A wrong, a used and an old one find nothing alike."""
    code = typed_code(typed)
    if len(code) != CODE_LENGTH:
        return None
    waiting = Device.objects.awaiting(now).filter(code_hash=_code_hash(code))
    public = VenuePage.objects.public().standing(local_time(now).date())
    return waiting.filter(venue__in=public).select_related("venue").first()


@transaction.atomic
def pair(typed: str, *, now: dt.datetime) -> tuple[Device, str] | None:
    """Let a device in with its code; return it with the secret for its cookie.

    The code is used up, also when two ask at once: one of them gets None. Whatever had the
    device's secret before is out.
    """
    device = find_code(typed, now=now)
    if device is None:
        return None
    secret = secrets.token_urlsafe(SECRET_BYTES)
    used = Device.objects.awaiting(now).filter(pk=device.pk, code_hash=device.code_hash)
    changed = used.update(
        code_hash="",
        code_ends_at=None,
        secret_hash=secret_hash(secret),
        let_in_at=now,
        unlock_hash="",
        unlocked_until=None,
        shut_out_at=None,
        shut_out_by=None,
    )
    if not changed:
        return None
    _note(device, DeviceActKind.LET_IN, now)
    return device, secret


def unlock(device: Device, typed: str, *, now: dt.datetime) -> Unlocking:
    """Unlock a device with its PIN for as long as the setting says.

    The guess is counted before it is looked at, and only one at a time: whoever asks with the
    count another has just used has to wait. Never inside a transaction that could be undone.
    """
    if device.blocked:
        return Unlocking(PinAnswer.BLOCKED)
    if device.wait_until is not None and device.wait_until > now:
        return Unlocking(PinAnswer.WAIT, wait_until=device.wait_until)
    wrong = device.wrong_pins + 1
    wait_until = now + wait_after(wrong)
    free = Q(wait_until=None) | Q(wait_until__lte=now)
    mine = Device.objects.filter(free, pk=device.pk, wrong_pins=wrong - 1, pin=device.pin)
    if not mine.update(wrong_pins=wrong, wait_until=wait_until):
        return Unlocking(PinAnswer.WAIT)
    if not _pin_fits(device, typed):
        return _refused(device, wrong, wait_until, now)
    token = secrets.token_urlsafe(SECRET_BYTES)
    Device.objects.filter(pk=device.pk, pin=device.pin).update(
        wrong_pins=0,
        wait_until=None,
        unlock_hash=secret_hash(token),
        unlocked_until=_open_until(now),
        last_used_at=now,
    )
    return Unlocking(PinAnswer.OPEN, token)


def is_unlocked(device: Device, token: str, *, now: dt.datetime) -> bool:
    """Whether `token` is the one of the present unlocking, and it has not run out."""
    if not (token and device.unlock_hash and device.unlocked_until):
        return False
    same = hmac.compare_digest(secret_hash(token), device.unlock_hash)
    return same and device.unlocked_until > now


def note_use(device: Device, *, now: dt.datetime) -> None:
    """Keep an unlocked device open for another while."""
    open_now = Device.objects.filter(pk=device.pk, unlock_hash=device.unlock_hash)
    open_now.update(last_used_at=now, unlocked_until=_open_until(now))


def lock(device: Device) -> None:
    """Lock a device; it stays let in."""
    Device.objects.filter(pk=device.pk).update(unlock_hash="", unlocked_until=None)


@transaction.atomic
def set_pin(device: Device, pin: str, *, by: Any, now: dt.datetime) -> None:
    """Give a device a new PIN: it is locked, and wrong ones are forgotten."""
    device.pin = _pin_hash(pin)
    device.wrong_pins, device.wait_until = 0, None
    device.unlock_hash, device.unlocked_until = "", None
    device.save(update_fields=["pin", "wrong_pins", "wait_until", "unlock_hash", "unlocked_until"])
    _note(device, DeviceActKind.NEW_PIN, now, by=by)


@transaction.atomic
def rename(device: Device, name: str, *, by: Any, now: dt.datetime) -> None:
    """Call a device something else; the log keeps what it was called."""
    was, device.name = device.name, name
    device.save(update_fields=["name"])
    _note(device, DeviceActKind.RENAMED, now, by=by, text=f"{was} → {name}")


@transaction.atomic
def shut_out(device: Device, *, by: Any, now: dt.datetime) -> None:
    """Shut a device out: its next request finds nothing. A new code lets it in again."""
    device.secret_hash = device.unlock_hash = device.code_hash = ""
    device.unlocked_until = device.code_ends_at = None
    device.shut_out_at, device.shut_out_by = now, by
    device.save(
        update_fields=[
            "secret_hash",
            "unlock_hash",
            "code_hash",
            "unlocked_until",
            "code_ends_at",
            "shut_out_at",
            "shut_out_by",
        ]
    )
    _note(device, DeviceActKind.SHUT_OUT, now, by=by)


def secret_hash(secret: str) -> str:
    """Return what is stored of a long random secret; it needs no salt."""
    return hashlib.sha256(secret.encode()).hexdigest()


def _refused(device: Device, wrong: int, wait_until: dt.datetime, now: dt.datetime) -> Unlocking:
    if wrong >= settings.FRISTED_DEVICE_WRONG_PINS:
        lock(device)
        _note(device, DeviceActKind.BLOCKED, now)
        return Unlocking(PinAnswer.BLOCKED)
    return Unlocking(PinAnswer.WRONG, wait_until=wait_until if wait_until > now else None)


def _open_until(now: dt.datetime) -> dt.datetime:
    return now + dt.timedelta(minutes=settings.FRISTED_DEVICE_UNLOCK_MINUTES)


def _pin_hash(pin: str) -> str:
    return make_password(_keyed("pin", pin))


def _pin_fits(device: Device, typed: str) -> bool:
    """Whether the PIN is right, hashed with the site's key or with one it had before."""
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return any(check_password(_keyed("pin", typed, key), device.pin) for key in keys)


def _code_hash(code: str) -> str:
    return _keyed("code", code)


def _keyed(purpose: str, text: str, key: str | None = None) -> str:
    salt = f"staff.device.{purpose}"
    return salted_hmac(salt, text, secret=key, algorithm="sha256").hexdigest()


def _note(device: Device, kind: str, now: dt.datetime, *, by: Any = None, text: str = "") -> None:
    DeviceAct.objects.create(device=device, kind=kind, at=now, by=by, text=text)
