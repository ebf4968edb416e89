"""One sending in the admin: how it goes, what became of it, and what can be done about it."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from core.queue import enqueue_named
from directory.permissions import rights_of
from newsletter.actions import sending
from newsletter.actions.sending import SendingError
from newsletter.models import Dispatch
from newsletter.sending_taxonomy import DispatchState, DoubtPolicy
from newsletter.sending_wording import doubt_rows, figures_of, kind_text, moment, state_text

LIST, SHOW = "newsletter_sending:index", "newsletter_sending:sending"
TICK = "newsletter.tasks.tick"
REFRESH_SECONDS = 5
PER_PAGE = 50
STOPPABLE = {
    DispatchState.WAITING,
    DispatchState.FROZEN,
    DispatchState.SENDING,
    DispatchState.PAUSED,
}


def check_rights(request: HttpRequest) -> None:
    """Sending is the communication team's: PermissionDenied for everybody else."""
    if not rights_of(request.user).edits_site:
        raise PermissionDenied


class SendingMixin(WagtailAdminTemplateMixin):  # type: ignore[misc]  # Wagtail is untyped
    header_icon = "mail"
    page_title: Any = gettext_lazy("Sendings")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        check_rights(request)
        answer: HttpResponse = super().dispatch(request, *args, **kwargs)
        return answer

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        desk = {"url": reverse("newsletters:index"), "label": _("Newsletters")}
        above = [{"url": reverse(LIST), "label": _("Sendings")}] if self.is_below else []
        here = {"url": "", "label": str(self.get_page_title())}
        return [*self.breadcrumbs_items, desk, *above, here]

    is_below = False


class SendingsView(SendingMixin, TemplateView):  # type: ignore[misc]  # Wagtail is untyped
    """Everything that was sent, is sent and will be: also the programmes and the cancellations."""

    template_name = "newsletter/admin/sending/index.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = Dispatch.objects.select_related("topic").order_by("-due_at", "pk")
        page = Paginator(rows, PER_PAGE).get_page(self.request.GET.get("p"))
        now = timezone.now()
        shown = [(row, kind_text(row), state_text(row, now)) for row in page.object_list]
        return {**super().get_context_data(**kwargs), "rows": shown, "page": page}


class SendingView(SendingMixin, TemplateView):  # type: ignore[misc]  # Wagtail is untyped
    """One sending. While it goes on the page renews itself."""

    template_name = "newsletter/admin/sending/show.html"
    is_below = True

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        check_rights(request)
        rows = Dispatch.objects.select_related("topic")
        self.sending = get_object_or_404(rows, pk=kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)

    def get_page_title(self) -> str:
        return self.sending.subject

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        answer: HttpResponse = super().get(request, *args, **kwargs)
        if self.sending.state in {DispatchState.FROZEN, DispatchState.SENDING}:
            answer.headers["Refresh"] = str(REFRESH_SECONDS)
        return answer

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        row = self.sending
        return {
            **super().get_context_data(**kwargs),
            "sending": row,
            "state": state_text(row, timezone.now()),
            "kind": kind_text(row),
            "figures": figures_of(row),
            "planned": moment(row.due_at),
            "begun": moment(row.frozen_at),
            "may_pause": row.state in STOPPABLE - {DispatchState.PAUSED},
            "may_resume": row.state == DispatchState.PAUSED,
            "may_stop": row.state in STOPPABLE,
            "policies": DoubtPolicy.choices,
        }


class CancelView(SendingView):
    """Says what stopping for good means, and does it."""

    template_name = "newsletter/admin/sending/cancel.html"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            stopped = sending.cancel(self.sending, now=timezone.now())
        except SendingError as error:
            messages.error(request, str(error))
        else:
            messages.success(
                request,
                ngettext(
                    "Stopped. %(number)s reader did not get it.",
                    "Stopped. %(number)s readers did not get it.",
                    stopped,
                )
                % {"number": stopped},
            )
        return redirect(SHOW, self.sending.pk)


class DoubtsView(SendingView):
    """Messages of which nobody can know whether they arrived."""

    template_name = "newsletter/admin/sending/doubts.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "doubts": doubt_rows(self.sending)}


def acting(deed: Callable[[HttpRequest, Dispatch], str]) -> Callable[..., HttpResponse]:
    """Return a view that does something to a sending by a button, and says what."""

    @require_POST
    def act(request: HttpRequest, pk: UUID) -> HttpResponse:
        check_rights(request)
        row = get_object_or_404(Dispatch, pk=pk)
        try:
            messages.success(request, deed(request, row))
        except SendingError as error:
            messages.error(request, str(error))
        enqueue_named(TICK)
        return redirect(SHOW, pk)

    return act


@acting
def pause(request: HttpRequest, row: Dispatch) -> str:
    sending.pause(row, now=timezone.now())
    return _("Paused. Nobody gets it until you let it go on.")


@acting
def resume(request: HttpRequest, row: Dispatch) -> str:
    sending.resume(row, now=timezone.now())
    return _("It goes on.")


@acting
def choose_policy(request: HttpRequest, row: Dispatch) -> str:
    chosen = request.POST.get("policy", "")
    if chosen not in DoubtPolicy.values:
        raise SendingError(_("Choose what is to happen to messages in doubt."))
    sending.choose_doubt_policy(row, DoubtPolicy(chosen))
    return _("Saved.")


@acting
def resend(request: HttpRequest, row: Dispatch) -> str:
    number = sending.resend_held(row, now=timezone.now())
    if not number:
        raise SendingError(_("There is nothing to send once more."))
    return ngettext(
        "%(number)s message is sent once more.", "%(number)s messages are sent once more.", number
    ) % {"number": number}
