"""How a request shows that it comes from a device that is let in, and unlocked.

Two cookies below /enhed/, which no other part of the site is sent: the device's own secret, and
the token of the present unlocking. Neither is a login: `request.user` is never asked here.
"""

import datetime as dt
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.decorators.clickjacking import xframe_options_deny

from core.domain.dates import local_time
from directory.permissions import Rights
from staff.actions.devices import is_unlocked, note_use, secret_hash
from staff.devices import device_rights
from staff.models import Device

PATH = "/enhed/"
KEPT_SECONDS = 400 * 24 * 60 * 60  # browsers keep no cookie longer
guarded = [never_cache, xframe_options_deny]


def device_of(request: HttpRequest, now: dt.datetime) -> Device | None:
    """Return the device that asks, if it is let in and its venue is there; else nothing."""
    secret = request.COOKIES.get(settings.FRISTED_DEVICE_COOKIE, "")
    if not secret:
        return None
    devices = Device.objects.let_in(local_time(now).date()).select_related("venue")
    return devices.filter(secret_hash=secret_hash(secret)).first()


def is_open(device: Device, request: HttpRequest, now: dt.datetime) -> bool:
    """Whether this browser has unlocked the device, and not too long ago."""
    return is_unlocked(device, request.COOKIES.get(_unlock_name(), ""), now=now)


def remember_device(response: HttpResponse, secret: str) -> None:
    """Give the browser the device's secret; an unlocking from before is over."""
    _set(response, settings.FRISTED_DEVICE_COOKIE, secret, KEPT_SECONDS)
    forget_unlocking(response)


def remember_unlocking(response: HttpResponse, token: str) -> None:
    """Give the browser the token of this unlocking, until it is closed at the latest."""
    _set(response, _unlock_name(), token, None)


def forget_unlocking(response: HttpResponse) -> None:
    response.delete_cookie(_unlock_name(), path=PATH, samesite="Lax")


def forget_device(response: HttpResponse) -> None:
    """Take both cookies away: the device has been shut out."""
    response.delete_cookie(settings.FRISTED_DEVICE_COOKIE, path=PATH, samesite="Lax")
    forget_unlocking(response)


@method_decorator(guarded, name="dispatch")
class DeviceView(View):
    """A page of an unlocked device; `device` is the one that asks. Others are led to the start."""

    device: Device
    rights: Rights
    now: dt.datetime
    by = None  # nobody is signed in

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        self.now = timezone.now()
        if (elsewhere := self.enter(request)) is not None:
            return elsewhere
        return super().dispatch(request, *args, **kwargs)

    def enter(self, request: HttpRequest) -> HttpResponse | None:
        """Find the device, and count this as use; return where to go when it is locked or out."""
        device = device_of(request, self.now)
        if device is None or not is_open(device, request, self.now):
            return redirect("device_home")
        note_use(device, now=self.now)
        self.device, self.rights = device, device_rights(device)
        return None


def _unlock_name() -> str:
    return f"{settings.FRISTED_DEVICE_COOKIE}-aaben"


def _set(response: HttpResponse, name: str, value: str, seconds: int | None) -> None:
    response.set_cookie(
        name,
        value,
        max_age=seconds,
        path=PATH,
        secure=bool(settings.SESSION_COOKIE_SECURE),
        httponly=True,
        samesite="Lax",
    )
