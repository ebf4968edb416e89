"""What a shared device shows: a code, a PIN, the week of its venue, and nothing else (ADR 27)."""

import datetime as dt
import math
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django.views.generic import FormView

from activities.change_views import CancelView, MoveView, Surface
from activities.screen.views import screen_context
from core.domain.dates import local_time
from staff.actions.device_acts import change_date, count_people, take_back, write_notice
from staff.actions.devices import PinAnswer, Unlocking, find_code, lock, note_use, pair, unlock
from staff.count_views import TAPS, count_heading, typed_number
from staff.counts import Countable
from staff.device_access import (
    DeviceView,
    device_of,
    forget_device,
    forget_unlocking,
    guarded,
    is_open,
    remember_device,
    remember_unlocking,
)
from staff.device_forms import CodeForm, NoticeForm, UnlockForm
from staff.devices import device_counts, device_dates, device_week, own_acts
from staff.models import Device, DeviceAct

SURFACE = Surface(
    template="staff/device/act.html", prefix="device", home="device_home", by_activity=False
)
UNDONE, TOO_LATE = "fortrudt", "for-sent"
BY_ITSELF = "selv"  # a page that renews itself is not use
ONLY_ORIGIN = "strict-origin"  # the code stands in the address, and goes nowhere from there


def guard(view: Any) -> Any:
    """Keep a page out of caches and frames."""
    for decorator in guarded:
        view = decorator(view)
    return view


@guard
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """`/enhed/`: the code of a new device, the PIN of a locked one, the week of an open one."""
    now = timezone.now()
    device = device_of(request, now)
    if device is None:
        return _ask_for_code(request)
    if not is_open(device, request, now):
        return _ask_for_pin(request, device, UnlockForm(), _wait_of(device, now))
    if BY_ITSELF not in request.GET:
        note_use(device, now=now)
    context = {"device": device, "week": device_week(device, now=now), "current": "week"}
    return render(request, "staff/device/week.html", context | _told(request, device))


@guard
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def let_in(request: HttpRequest, code: str = "") -> HttpResponse:
    """Let a device in with its code. Only the button does it: a preview of the link does not."""
    now = timezone.now()
    if request.method == "POST":
        return _pair(request, now)
    if not code:
        return redirect("device_home")
    device = find_code(code, now=now)
    if device is None:
        return _ask_for_code(request, wrong=True, status=404)
    context = {"device": device, "code": code, "canonical_url": ""}
    response = render(request, "staff/device/let_in.html", context)
    response.headers["Referrer-Policy"] = ONLY_ORIGIN
    return response


@sensitive_variables("secret")
def _pair(request: HttpRequest, now: dt.datetime) -> HttpResponse:
    form = CodeForm(request.POST)
    if not form.is_valid():
        return _ask_for_code(request, form, status=422)
    paired = pair(form.cleaned_data["code"], now=now)
    if paired is None:
        return _ask_for_code(request, wrong=True, status=422)
    _device, secret = paired
    response = redirect("device_home")
    remember_device(response, secret)
    return response


@guard
@sensitive_post_parameters()
@require_POST
def open_up(request: HttpRequest) -> HttpResponse:
    """Unlock the device with its PIN."""
    now = timezone.now()
    device = device_of(request, now)
    if device is None:
        return redirect("device_home")
    form = UnlockForm(request.POST)
    if not form.is_valid():
        return _ask_for_pin(request, device, form, None, status=422)
    unlocking = unlock(device, form.cleaned_data["pin"], now=now)
    if unlocking.answer is PinAnswer.OPEN:
        response: HttpResponse = redirect("device_home")
        remember_unlocking(response, unlocking.token)
        return response
    if unlocking.answer is PinAnswer.WRONG:
        form.add_error("pin", _("That PIN does not fit."))
    status = 422 if unlocking.answer is PinAnswer.WRONG else 429
    return _ask_for_pin(request, device, form, unlocking, status=status)


@guard
@require_POST
def lock_up(request: HttpRequest) -> HttpResponse:
    """Lock the device. Whoever has it in hand may; it stays let in."""
    now = timezone.now()
    device = device_of(request, now)
    if device is not None and is_open(device, request, now):
        lock(device)
    response = redirect("device_home")
    forget_unlocking(response)
    return response


@guard
@require_http_methods(["GET", "HEAD", "POST"])
def pulse(request: HttpRequest) -> HttpResponse:
    """Tell an open page whether it still is: `open`, `locked` or `out`. POST counts as use."""
    now = timezone.now()
    device = device_of(request, now)
    if device is None:
        state = "out"
    elif is_open(device, request, now):
        state = "open"
        if request.method == "POST":
            note_use(device, now=now)
    else:
        state = "locked"
    return HttpResponse(state, content_type="text/plain; charset=utf-8")


@guard
@require_safe
def screen(request: HttpRequest) -> HttpResponse:
    """The info screen of the device's venue, with a way back. Public things, so no PIN."""
    now = timezone.now()
    device = device_of(request, now)
    if device is None:
        return redirect("device_home")
    context = screen_context(request, device.venue, now)
    source = reverse("screen", args=[device.venue.slug])
    return render(request, "staff/device/screen.html", context | {"source_url": source})


class DeviceDate(DeviceView):
    """Cancelling and moving on a device: one date of its venue's coming week, and no series."""

    def find(self, pk: int) -> None:
        self.date = get_object_or_404(device_dates(self.device, now=self.now), pk=pk)
        self.activity = self.date.activity

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "series": False}  # type: ignore[misc]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "device": self.device}  # type: ignore[misc]

    def record(self, kind: str, **what: Any) -> str:
        act = change_date(self.device, self.date, kind, now=self.now, **what)
        return str(act.pk)


class DeviceCancelView(DeviceDate, CancelView):
    """Cancel one date."""


class DeviceMoveView(DeviceDate, MoveView):
    """Move one date."""


class NoticeView(DeviceView, FormView):  # type: ignore[type-arg]  # not generic at run time
    """Write a message of the venue, shown from one moment to another."""

    form_class = NoticeForm
    template_name = "staff/device/act.html"

    def get_initial(self) -> dict[str, Any]:
        wall = local_time(self.now)
        today, ends = wall.date(), dt.time(23, 59)
        return {"first_on": today, "starts": wall.time(), "last_on": today, "ends": ends}

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "now": local_time(self.now)}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        words = {
            "heading": _("Write a notice"),
            "lead": _(
                "It shows on the page of %(venue)s and on the info screen. You can take it back."
            )
            % {"venue": self.device.venue.title},
            "submit": _("Put it up"),
            "back_url": reverse("device_home"),
        }
        return {
            **super().get_context_data(**kwargs),
            **words,
            "device": self.device,
            "current": "notice",
        }

    def form_valid(self, form: forms.Form) -> HttpResponse:
        keys = ("title", "text", "starts_at", "ends_at")
        what = {key: form.cleaned_data[key] for key in keys}
        act = write_notice(self.device, **what, now=self.now)
        return HttpResponseRedirect(SURFACE.home_url(None, str(act.pk)))


class DeviceCountView(DeviceView):
    """How many came to one date: tap the number, or write it."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self._page(request, self._find(pk))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        row = self._find(pk)
        try:
            number = typed_number(request)
            act = count_people(self.device, row.date, number, now=self.now)
        except ValidationError as error:
            return self._page(request, row, " ".join(error.messages))
        return HttpResponseRedirect(SURFACE.home_url(None, str(act.pk) if act else ""))

    def _find(self, pk: int) -> Countable:
        found = [row for row in device_counts(self.device, now=self.now) if row.date.pk == pk]
        if not found:
            raise Http404
        return found[0]

    def _page(self, request: HttpRequest, row: Countable, problem: str = "") -> HttpResponse:
        context = {
            "heading": count_heading(row.date, self.now),
            "standing": row.count,
            "taps": TAPS,
            "problem": problem,
            "written": request.POST.get("number", "")[:20],
            "back_url": reverse("device_home"),
            "device": self.device,
        }
        status = 422 if problem else 200
        return render(request, "staff/device/count.html", context, status=status)


class DeviceUndoView(DeviceView):
    """Take back what this device did; by POST only."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        act = get_object_or_404(own_acts(self.device), pk=pk)
        try:
            undone = take_back(act, now=self.now)
        except ValidationError:
            undone = False
        return HttpResponseRedirect(SURFACE.home_url(None, UNDONE if undone else TOO_LATE))


def _ask_for_code(
    request: HttpRequest, form: CodeForm | None = None, *, wrong: bool = False, status: int = 200
) -> HttpResponse:
    context = {"form": form or CodeForm(), "wrong": wrong, "canonical_url": ""}
    response = render(request, "staff/device/code.html", context, status=status)
    if (
        settings.FRISTED_DEVICE_COOKIE in request.COOKIES
        and device_of(request, timezone.now()) is None
    ):
        forget_device(response)
    return response


def _ask_for_pin(
    request: HttpRequest,
    device: Device,
    form: UnlockForm,
    unlocking: Unlocking | None,
    status: int = 200,
) -> HttpResponse:
    context = {
        "device": device,
        "form": form,
        "blocked": unlocking is not None and unlocking.answer is PinAnswer.BLOCKED,
        "waiting": unlocking is not None and unlocking.answer is not PinAnswer.BLOCKED,
        "wait_minutes": _minutes_left(unlocking),
    }
    return render(request, "staff/device/locked.html", context, status=status)


def _minutes_left(unlocking: Unlocking | None) -> int:
    """How many minutes nobody may try, rounded up; 0 when there is no wait."""
    if unlocking is None or unlocking.wait_until is None:
        return 0
    return max(1, math.ceil((unlocking.wait_until - timezone.now()).total_seconds() / 60))


def _wait_of(device: Device, now: dt.datetime) -> Unlocking | None:
    """What hinders a PIN from being typed just now, if anything does."""
    if device.blocked:
        return Unlocking(PinAnswer.BLOCKED)
    if device.wait_until is not None and device.wait_until > now:
        return Unlocking(PinAnswer.WAIT, wait_until=device.wait_until)
    return None


def _told(request: HttpRequest, device: Device) -> dict[str, Any]:
    """What the address says has just been done on this device."""
    word = request.GET.get("gjort", "")
    if word in {UNDONE, TOO_LATE}:
        return {"undone": word == UNDONE, "too_late": word == TOO_LATE}
    if not (word.isascii() and word.isdigit()):
        return {}
    act: DeviceAct | None = own_acts(device).filter(pk=int(word[:18])).first()
    return {"done": act} if act and act.holds else {}
