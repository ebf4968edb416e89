"""The pages on which people sign up, say yes, change their choices and leave.

No page here uses a cookie or a login: what may be done follows from the key in the address, so
there is nothing for a forged request to borrow, and CSRF keys would only stand in the way of
pages that send no referrer. GET never changes anything: mail scanners follow links.
"""

import functools
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from core.queue import enqueue
from core.throttle import network
from newsletter import limits, reader_mail, tokens
from newsletter.actions import readers
from newsletter.actions.reader_terms import copy_of, erase
from newsletter.models import Subscriber, Token
from newsletter.reader_forms import LinkForm, ManageForm, SignUpForm, is_paused
from newsletter.tasks import answer_asks
from newsletter.taxonomy import How, ReaderState, SubscriptionState

View = Callable[..., HttpResponseBase]
ONE_CLICK = ("List-Unsubscribe", "One-Click")  # RFC 8058, section 3.2
DONE = "klar"


def private_page(view: View) -> View:
    """Keep a page out of caches and search engines, and its address out of referrers."""

    @functools.wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        response.headers["Cache-Control"] = "private, no-store"
        response.headers["Referrer-Policy"] = "no-referrer"
        response.headers["X-Robots-Tag"] = "noindex"
        return response

    return csrf_exempt(guarded)


@private_page
@require_http_methods(["GET", "HEAD", "POST"])
def sign_up(request: HttpRequest) -> HttpResponse:
    """Ask for mail. The answer is the same whatever we know of the address."""
    now = timezone.now()
    form = SignUpForm(request.POST or None, now=now, elsewhere=_is_elsewhere(request))
    if form.is_valid():
        if _within_limits(request):
            readers.ask(form.cleaned_data["email"], form.choices(), how=How.FORM, now=now)
            enqueue(answer_asks)
        return redirect("newsletter_sent")
    return _show(request, "sign_up", {"form": form}, form=form)


@private_page
@require_http_methods(["GET", "HEAD", "POST"])
def ask_for_link(request: HttpRequest) -> HttpResponse:
    """Ask for a link to one's own choices; the same answer for everybody."""
    now = timezone.now()
    form = LinkForm(request.POST or None, now=now, elsewhere=_is_elsewhere(request))
    if form.is_valid():
        if _within_limits(request):
            readers.ask_for_link(form.cleaned_data["email"], now=now)
            enqueue(answer_asks)
        return redirect("newsletter_link_sent")
    return _show(request, "ask_for_link", {"form": form}, form=form)


@private_page
@require_safe
def sent(request: HttpRequest, template: str) -> HttpResponse:
    """Say that mail may be on its way."""
    return _show(request, template, {})


@private_page
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, key: str) -> HttpResponse:
    """Show what was asked for, and a button; the button is the yes."""
    now = timezone.now()
    if request.method == "POST":
        reader = readers.confirm(key, now=now)
        if reader is not None and reader.state == ReaderState.ACTIVE:
            choices_key = tokens.new_key(reader, Token.Purpose.MANAGE, now=now)
            return redirect(f"{reverse('newsletter_manage', args=[choices_key])}?{DONE}=ja")
        return _show(request, "confirm_gone", {})
    token = tokens.find(key, Token.Purpose.CONFIRM)
    if token is None or (token.used_at is None and token.has_run_out(now)):
        return _show(request, "confirm_gone", {})
    if token.used_at is not None:
        return _show(request, "confirm_done", {})
    return _show(request, "confirm", _asked_for(token.subscriber))


@private_page
@require_http_methods(["GET", "HEAD", "POST"])
def manage(request: HttpRequest, key: str) -> HttpResponse:
    """Change what one gets, and take a break."""
    now = timezone.now()
    reader = _reader_of(key)
    if reader is None:
        return _show(request, "link_gone", {})
    form = ManageForm(request.POST if request.method == "POST" else None, reader=reader, now=now)
    if form.is_valid():
        paused_until = form.paused_until()
        readers.change_choices(reader, form.choices(), paused_until=paused_until, now=now)
        return redirect(f"{reverse('newsletter_manage', args=[key])}?{DONE}=gemt")
    context = {
        "form": form,
        "key": key,
        "reader": reader,
        "paused": is_paused(reader, now),
        "stopped": reader.state == ReaderState.STOPPED,
        "places_open": form.is_bound or not reader.everything,
        "lost": not reader.everything and not reader.follows.exists(),
        "done": request.GET.get(DONE, ""),
    }
    return _show(request, "manage", context, form=form)


@private_page
@require_safe
def export(request: HttpRequest, key: str) -> HttpResponse:
    """A file with all we know of the reader."""
    reader = _reader_of(key)
    if reader is None:
        return _show(request, "link_gone", {})
    answer = JsonResponse(copy_of(reader), json_dumps_params={"ensure_ascii": False, "indent": 2})
    answer.headers["Content-Disposition"] = 'attachment; filename="mine-oplysninger.json"'
    return answer


@private_page
@require_http_methods(["GET", "HEAD", "POST"])
def erase_all(request: HttpRequest, key: str) -> HttpResponse:
    """Ask once, saying what it means; then delete everything about the reader."""
    reader = _reader_of(key)
    if reader is None:
        return _show(request, "link_gone", {})
    if request.method == "POST":
        erase(reader, how=How.LINK, now=timezone.now())
        return redirect("newsletter_erased")
    return _show(request, "erase", {"key": key})


@private_page
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, key: str) -> HttpResponse:
    """Leave one topic: by the mail program's own button (RFC 8058), or by ours.

    The answer is 200 whatever the key is: a mail program can do nothing with another one, and
    what it belonged to may have been erased. Nothing else of the reader is shown, since mails
    are forwarded.
    """
    now = timezone.now()
    if request.method != "POST":
        row = readers.subscription_of(key)
        stands = row is not None and row.state != SubscriptionState.ENDED
        state = "ask" if stands else "ended"
        return _show_unsubscribe(request, key, row, state)
    if "undo" in request.POST:
        row = readers.resume_subscription(key, now=now)
        return _show_unsubscribe(request, key, row, "back" if row else "ended")
    one_click = request.POST.get(ONE_CLICK[0]) == ONE_CLICK[1]
    how = How.ONE_CLICK if one_click else How.LINK
    row = readers.end_subscription(key, now=now, how=how)
    return _show_unsubscribe(request, key, row, "done" if row else "ended")


def _show_unsubscribe(request: HttpRequest, key: str, row: Any, state: str) -> HttpResponse:
    may_undo = row is not None and readers.may_resume(row, timezone.now())
    topic = row.topic if row else None
    context = {"key": key, "topic": topic, "state": state, "may_undo": may_undo}
    return _show(request, "unsubscribe", context)


def _show(
    request: HttpRequest, template: str, context: dict[str, Any], form: Any = None
) -> HttpResponse:
    status = 422 if form is not None and form.errors else 200
    return render(request, f"newsletter/reader/{template}.html", context, status=status)


def _reader_of(key: str) -> Subscriber | None:
    """Return whose choices a key opens, while it does."""
    token = tokens.find(key, Token.Purpose.MANAGE)
    if token is None or token.has_run_out(timezone.now()):
        return None
    return token.subscriber  # type: ignore[no-any-return]  # the plugin loses it


def _asked_for(reader: Subscriber) -> dict[str, Any]:
    pending = reader.subscriptions.pending().select_related("topic").order_by("topic__order")
    follows = reader.follows.select_related("venue", "district")
    places = sorted(str(row.venue or row.district) for row in follows)
    return {"topics": [row.topic for row in pending], "places": places}


def _is_elsewhere(request: HttpRequest) -> bool:
    """Whether the browser says that another website sent the form."""
    return request.headers.get("Sec-Fetch-Site") == "cross-site"


def _within_limits(request: HttpRequest) -> bool:
    """Count this form; the network is hashed with the hour and kept nowhere else."""
    now = timezone.now()
    if limits.count_form(network(request), now=now):
        return True
    if limits.is_first_over_the_ceiling(now=now):
        reader_mail.warn_of_ceiling(now=now)
    return False
