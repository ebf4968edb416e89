"""Kendskab: visits, swaps and courses for people who work at the places (initiative 4b)."""

import datetime as dt
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.domain.dates import local_day, local_time
from core.wording import clock_range, date_text
from directory.models import VenuePage
from directory.permissions import Rights, rights_of
from staff.actions.exchange import (
    ExchangeError,
    cancel_event,
    close_wish,
    reopen_event,
    save_event,
    sign_off,
    sign_up,
    start_round,
    tell_lesson,
)
from staff.exchange import exchange_figures, matrix
from staff.exchange_forms import EventForm, RoundForm, WishForm, WordsForm
from staff.models import ExchangeEvent, SignUp, Wish
from staff.models.exchange import SeatState

PAST_SHOWN = 12
YEAR = dt.timedelta(days=364)
form_view = require_http_methods(["GET", "HEAD", "POST"])


@never_cache
@login_required
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Show what comes, what is offered and wished, and what was."""
    rights = _rights(request)
    now = timezone.now()
    events = ExchangeEvent.objects.select_related("venue").prefetch_related("sign_ups")
    wishes = Wish.objects.filter(closed_at=None).select_related("venue", "other")
    context = {
        "coming": [_row(event, request) for event in events.filter(ends_at__gt=now)],
        "past": [
            _row(event, request)
            for event in events.filter(ends_at__lte=now, cancelled_at=None).order_by("-starts_at")[
                :PAST_SHOWN
            ]
        ],
        "wishes": [(wish, _own(rights, wish.venue_id)) for wish in wishes],
        "may_plan": _may_plan(rights),
        "current": "exchange",
    }
    return render(request, "staff/exchange/index.html", context)


@never_cache
@login_required
@require_safe
def event(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one event: who comes, whether there is room, and what was learned."""
    rights = _rights(request)
    found = get_object_or_404(ExchangeEvent.objects.select_related("venue", "round"), pk=pk)
    rows = found.sign_ups.select_related("user", "venue")
    context = {
        **_row(found, request),
        "going": [row for row in rows if row.state == SeatState.GOING],
        "waiting": [row for row in rows if row.state == SeatState.WAITING],
        "lessons": found.lessons.select_related("user"),
        "may_edit": _may_edit(rights, request, found),
        "is_over": found.ends_at <= timezone.now(),
        "has_begun": found.starts_at <= timezone.now(),
        "current": "exchange",
    }
    return render(request, "staff/exchange/event.html", context)


@never_cache
@login_required
@form_view
def edit(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """Plan a visit, a swap or a course, or change one."""
    rights = _rights(request)
    found = get_object_or_404(ExchangeEvent, pk=pk) if pk else None
    if not (_may_edit(rights, request, found) if found else _may_plan(rights)):
        raise PermissionDenied
    form = EventForm(
        request.POST or None, instance=found, initial=_prefilled(request), now=timezone.now()
    )
    if request.method == "POST" and form.is_valid():
        saved = save_event(form.save(commit=False), by=request.user, now=timezone.now())
        messages.success(request, _("Saved. Those who come are told if it has moved."))
        return redirect("exchange_event", saved.pk)
    heading = _("Change it") if found else _("Plan a visit, a swap or a course")
    back = reverse("exchange_event", args=[found.pk]) if found else reverse("exchange")
    lead = _("Only people who work at the places see this.")
    return _form(request, form, heading=heading, lead=lead, submit=_("Save"), back=back)


@never_cache
@login_required
@form_view
def plan_round(request: HttpRequest) -> HttpResponse:
    """Plan a visit at each of several places."""
    if not _may_plan(_rights(request)):
        raise PermissionDenied
    form = RoundForm(request.POST or None, now=timezone.now())
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        start_round(
            title=data["title"],
            venues=data["venues"],
            first=data["first"],
            minutes=data["minutes"],
            every_days=data["every_days"],
            seats=data["seats"],
            by=request.user,
        )
        messages.success(request, _("The round is planned. Every visit can be changed by itself."))
        return redirect("exchange")
    return _form(
        request,
        form,
        heading=_("Plan a visit round"),
        lead=_("One visit at each place, so that everybody sees them all in turn."),
        submit=_("Plan the visits"),
        back=reverse("exchange"),
    )


@login_required
@require_POST
def seat(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a place, or give it back."""
    rights = _rights(request)
    found = get_object_or_404(ExchangeEvent, pk=pk)
    now = timezone.now()
    if request.POST.get("act") == "off":
        sign_off(found, request.user, now=now)
        messages.success(request, _("You are signed off. The place goes to whoever waits."))
        return redirect("exchange_event", pk)
    try:
        row = sign_up(found, request.user, venue=_home(rights), now=now)
    except ExchangeError as error:
        words = {"over": _("It has begun."), "cancelled": _("It is called off.")}
        messages.error(request, words[error.code])
        return redirect("exchange_event", pk)
    going = row.state == SeatState.GOING
    text = _("You have a place.") if going else _("It is full. You are on the waiting list.")
    messages.success(request, text)
    return redirect("exchange_event", pk)


@never_cache
@login_required
@form_view
def call_off(request: HttpRequest, pk: int) -> HttpResponse:
    """Call an event off, with the reason; or take that back."""
    rights = _rights(request)
    found = get_object_or_404(ExchangeEvent, pk=pk)
    if not _may_edit(rights, request, found):
        raise PermissionDenied
    if request.method == "POST" and request.POST.get("act") == "undo":
        reopen_event(found, now=timezone.now())
        messages.success(request, _("It takes place after all. Everybody is told."))
        return redirect("exchange_event", pk)
    label = _("Why? Those who come read it")
    form = WordsForm(request.POST or None, label=label, hint=_("No names of guests or users."))
    if request.method == "POST" and form.is_valid():
        cancel_event(found, reason=form.cleaned_data["words"][:200], now=timezone.now())
        messages.success(request, _("It is called off, and everybody is told. You can undo it."))
        return redirect("exchange_event", pk)
    count = found.sign_ups.exclude(state=SeatState.OFF).count()
    lead = _("%(count)d people are told by mail.") % {"count": count}
    back = reverse("exchange_event", args=[pk])
    heading = _("Call “%(title)s” off?") % {"title": found.title}
    return _form(request, form, heading=heading, lead=lead, submit=_("Call it off"), back=back)


@never_cache
@login_required
@form_view
def lesson(request: HttpRequest, pk: int) -> HttpResponse:
    """Tell in a few words what one learned; only for those who were there."""
    _rights(request)
    found = get_object_or_404(ExchangeEvent, pk=pk, ends_at__lte=timezone.now())
    if not SignUp.objects.filter(event=found, user=request.user.pk, state=SeatState.GOING).exists():
        raise PermissionDenied
    written = found.lessons.filter(user=request.user.pk).first()
    form = WordsForm(
        request.POST or None,
        label=_("What did we learn?"),
        hint=_("About the work, so that others can use it. No names of guests or users."),
        initial={"words": written.text if written else ""},
    )
    if request.method == "POST" and form.is_valid():
        tell_lesson(found, request.user, text=form.cleaned_data["words"], now=timezone.now())
        messages.success(request, _("Thank you. Everybody who works at the places can read it."))
        return redirect("exchange_event", pk)
    back = reverse("exchange_event", args=[pk])
    return _form(
        request,
        form,
        heading=found.title,
        lead=_("A few words are enough."),
        submit=_("Save"),
        back=back,
    )


@never_cache
@login_required
@form_view
def wish(request: HttpRequest) -> HttpResponse:
    """Offer or wish a visit or a swap for one's own place."""
    rights = _rights(request)
    if not rights.operates:
        raise PermissionDenied
    form = WishForm(request.POST or None, own=rights.operates)
    if request.method == "POST" and form.is_valid():
        row = form.save(commit=False)
        row.created_at, row.created_by = timezone.now(), request.user
        row.save()
        messages.success(request, _("Your wish is on the list, where the others see it."))
        return redirect("exchange")
    return _form(
        request,
        form,
        heading=_("Offer or wish something"),
        lead=_("The other places see it and can plan something with you."),
        submit=_("Put it on the list"),
        back=reverse("exchange"),
    )


@login_required
@require_POST
def settle_wish(request: HttpRequest, pk: int) -> HttpResponse:
    """Take one's own wish off the list."""
    found = get_object_or_404(Wish, pk=pk, closed_at=None)
    if not _own(_rights(request), found.venue_id):
        raise PermissionDenied
    close_wish(found, now=timezone.now())
    messages.success(request, _("It is off the list."))
    return redirect("exchange")


@never_cache
@login_required
@require_safe
def who_met(request: HttpRequest) -> HttpResponse:
    """Show which places have met in the last year, and the figures of it."""
    _rights(request)
    today = local_day(timezone.now())
    venues = list(VenuePage.objects.public().standing(today).in_order())
    context = {
        "venues": venues,
        "rows": matrix(today - YEAR, today, venues),
        "figures": exchange_figures(today - YEAR, today, venues),
        "current": "exchange",
    }
    return render(request, "staff/exchange/matrix.html", context)


def _rights(request: HttpRequest) -> Rights:
    rights = rights_of(request.user)
    if not rights.works_here:
        raise PermissionDenied
    return rights


def _may_plan(rights: Rights) -> bool:
    return bool(rights.operates) or rights.sees_everything


def _may_edit(rights: Rights, request: HttpRequest, found: ExchangeEvent) -> bool:
    """Whoever planned it, whoever works where it is, and those who lead the area."""
    own = found.created_by_id is not None and found.created_by_id == request.user.pk
    return own or rights.sees_everything or found.venue_id in rights.operates


def _own(rights: Rights, venue_id: int) -> bool:
    return rights.sees_everything or venue_id in rights.operates


def _home(rights: Rights) -> VenuePage | None:
    """Return the place a person comes from: the first of those they belong to."""
    ids = sorted({key for keys in rights.by_role.values() for key in keys})
    return VenuePage.objects.filter(pk=ids[0]).first() if ids else None


def _prefilled(request: HttpRequest) -> dict[str, Any]:
    """Take kind and place from a wish that somebody answers."""
    number = request.GET.get("oenske", "")
    found = Wish.objects.filter(pk=number).first() if number.isdecimal() else None
    if found is None:
        return {}
    kinds = {"offer": "visit", "wish": "visit", "swap": "swap"}
    return {"kind": kinds[found.kind], "venue": found.venue_id, "text": found.text}


def _row(found: ExchangeEvent, request: HttpRequest) -> dict[str, Any]:
    starts, ends = local_time(found.starts_at), local_time(found.ends_at)
    rows = list(found.sign_ups.all())
    going = sum(row.state == SeatState.GOING for row in rows)
    mine = next((row for row in rows if row.user_id == request.user.pk), None)
    return {
        "event": found,
        "when": f"{date_text(starts.date())} {clock_range(starts.time(), ends.time())}",
        "count": going,
        "left": None if found.seats is None else max(found.seats - going, 0),
        "mine": mine.state if mine else "",
    }


def _form(
    request: HttpRequest, form: Any, *, heading: str, lead: str, submit: str, back: str
) -> HttpResponse:
    context = {
        "form": form,
        "heading": heading,
        "lead": lead,
        "submit": submit,
        "back_url": back,
        "current": "exchange",
    }
    return render(request, "staff/act.html", context)
