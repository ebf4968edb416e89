"""Enheder in the internal section: leaders let devices in, see what they did and shut them out."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_safe

from activities.addresses import absolute, qr_element, spoken
from directory.permissions import Rights, rights_of
from staff.actions.devices import make_device, new_code, rename, set_pin, shut_out
from staff.device_forms import NameForm, NewDeviceForm, PinForm
from staff.devices import done_acts, log_of, managed_venues, manages_any, may_manage
from staff.domain.pins import shown_code
from staff.models import Device

NEWEST, NEWEST_IN_LIST = 50, 3
DONE = {
    "navn": _("The device has its new name."),
    "pin": _("The device has its new PIN, and is locked until somebody types it."),
    "ude": _("The device is shut out. Nobody gets any further on it."),
}


@never_cache
@login_required
@require_safe
def devices(request: HttpRequest) -> HttpResponse:
    """Show the devices of the venues one leads, by venue."""
    rights = _leader(request)
    venues = managed_venues(rights).prefetch_related(
        Prefetch("devices", queryset=Device.objects.order_by("name", "pk")),
        Prefetch("devices__acts", queryset=done_acts()[:NEWEST_IN_LIST], to_attr="latest"),
    )
    with_devices = [venue for venue in venues if venue.devices.all()]
    context = {"venues": with_devices, "now": timezone.now(), "current": "place"}
    return render(request, "staff/device/list.html", context)


@never_cache
@login_required
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def new_device(request: HttpRequest) -> HttpResponse:
    """Write a device down, and show the code that lets it in."""
    venues = managed_venues(_leader(request))
    form = NewDeviceForm(request.POST or None, venues=venues)
    if request.method == "POST" and form.is_valid():
        what = {key: form.cleaned_data[key] for key in ("venue", "name", "pin")}
        device, code = make_device(**what, by=request.user, now=timezone.now())
        return _show_code(request, device, code)
    status = 422 if form.errors else 200
    context = {"form": form, "current": "place"}
    return render(request, "staff/device/new.html", context, status=status)


@never_cache
@login_required
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def device(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one device and its log; rename it, give it a PIN or a code, shut it out."""
    found = _device(_leader(request), pk)
    now = timezone.now()
    act = request.POST.get("act", "") if request.method == "POST" else ""
    name_form = NameForm(
        request.POST if act == "navn" else None,
        venue=found.venue,
        device=found,
        initial={"name": found.name},
    )
    pin_form = PinForm(request.POST if act == "pin" else None)
    if act == "kode":
        return _show_code(request, found, new_code(found, by=request.user, now=now))
    if act == "ude":
        shut_out(found, by=request.user, now=now)
        return _back(found, act)
    if act == "navn" and name_form.is_valid():
        rename(found, name_form.cleaned_data["name"], by=request.user, now=now)
        return _back(found, act)
    if act == "pin" and pin_form.is_valid():
        set_pin(found, pin_form.cleaned_data["pin"], by=request.user, now=now)
        return _back(found, act)
    context = {
        "device": found,
        "name_form": name_form,
        "pin_form": pin_form,
        "acts": log_of(found)[:NEWEST],
        "now": now,
        "done": DONE.get(request.GET.get("gjort", "")),
        "current": "place",
    }
    status = 422 if act else 200
    return render(request, "staff/device/manage.html", context, status=status)


@sensitive_variables("code", "address")
def _show_code(request: HttpRequest, device: Device, code: str) -> HttpResponse:
    address = absolute(reverse("device_code", args=[code]))
    context: dict[str, Any] = {
        "device": device,
        "code": shown_code(code),
        "address": address,
        "typed_at": spoken(absolute(reverse("device_home"))),
        "qr": qr_element(address),
        "current": "place",
    }
    response = render(request, "staff/device/show_code.html", context)
    response.headers["Referrer-Policy"] = "same-origin"
    return response


def _leader(request: HttpRequest) -> Rights:
    rights = rights_of(request.user)
    if not manages_any(rights):
        raise PermissionDenied
    return rights


def _device(rights: Rights, pk: int) -> Device:
    """Return a device one looks after; another venue's is not there."""
    found = get_object_or_404(Device.objects.select_related("venue"), pk=pk)
    if not may_manage(rights, found.venue_id):
        raise Http404
    return found


def _back(device: Device, done: str) -> HttpResponse:
    return redirect(f"{reverse('staff_device', args=[device.pk])}?gjort={done}")
