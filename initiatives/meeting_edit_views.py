"""What is done to a leaders' meeting: called, changed, written down, fixed and sent."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin import messages

from core.wording import date_text
from initiatives.actions import Refused
from initiatives.actions.meetings import (
    FACTS,
    add_action,
    add_decision,
    add_item,
    add_note,
    call_meeting,
    change_meeting,
    move_item,
    remove_action,
    remove_decision,
    remove_item,
    set_cancelled,
    set_done,
    take_proposals,
    write_minutes,
)
from initiatives.actions.minutes import send_agenda, settle_minutes
from initiatives.meeting_forms import (
    ActionForm,
    DecisionForm,
    ItemForm,
    MeetingForm,
    MinutesForm,
    NoteForm,
)
from initiatives.meeting_views import LIST, SHOW, MeetingPage, may_tick
from initiatives.models import MeetingAction, MeetingDecision
from initiatives.people import members
from initiatives.tracker_forms import TrackerFormView


class CallView(TrackerFormView):
    """Call a meeting."""

    page_title = gettext_lazy("Call a leaders' meeting")
    submit_label = gettext_lazy("Call the meeting")

    def above(self) -> list[tuple[str, str]]:
        return [(reverse(LIST), _("Leaders' meetings"))]

    def make_form(self, data: Any = None, files: Any = None) -> MeetingForm:
        return MeetingForm(data)

    def deed(self, form: Any) -> str:
        meeting = call_meeting(form.cleaned_data, by=self.request.user, now=self.now)
        return reverse(SHOW, args=[meeting.pk])

    def done_text(self) -> str:
        return _("The meeting stands. Put the agenda together, and send it when it is ready.")

    def back_url(self) -> str:
        return reverse(LIST)


class MeetingFormView(MeetingPage, TrackerFormView):
    """A form about one meeting."""

    def get_page_title(self) -> str:
        return str(self.page_title)

    def above(self) -> list[tuple[str, str]]:
        return [*super().above(), (self.url(), str(self.meeting))]

    def back_url(self) -> str:
        return self.url()


class ChangeView(MeetingFormView):
    """When, where and what about."""

    page_title = gettext_lazy("Change the meeting")

    def make_form(self, data: Any = None, files: Any = None) -> MeetingForm:
        return MeetingForm(data, initial={key: getattr(self.meeting, key) for key in FACTS})

    def deed(self, form: Any) -> str:
        change_meeting(self.meeting, form.cleaned_data)
        return self.url()

    def done_text(self) -> str:
        return _("The meeting is changed.")


class ItemView(MeetingFormView):
    """A point of one's own on the agenda."""

    page_title = gettext_lazy("Add a point")

    def make_form(self, data: Any = None, files: Any = None) -> ItemForm:
        return ItemForm(data)

    def deed(self, form: Any) -> str:
        values = form.cleaned_data
        add_item(
            self.meeting,
            values["title"],
            note=values["note"],
            initiative=values["initiative"],
        )
        return self.url()


class MinutesView(MeetingFormView):
    """Who was there, and what was said."""

    page_title = gettext_lazy("Write the minutes")
    submit_label = gettext_lazy("Save the minutes")
    lead = gettext_lazy(
        "Write under each point. Decisions and tasks have places of their own on the meeting's "
        "page. Nobody gets the minutes before you fix and send them."
    )

    def make_form(self, data: Any = None, files: Any = None) -> MinutesForm:
        return MinutesForm(data, meeting=self.meeting)

    def deed(self, form: Any) -> str:
        values = form.cleaned_data
        write_minutes(
            self.meeting,
            form.said(),
            seen=form.seen(),
            present=values["present"],
            also_present=values["also_present"],
        )
        return self.url()

    def done_text(self) -> str:
        return _("The minutes are saved.")


class DecisionView(MeetingFormView):
    """A decision of the meeting."""

    page_title = gettext_lazy("Write down a decision")

    def make_form(self, data: Any = None, files: Any = None) -> DecisionForm:
        return DecisionForm(data)

    def deed(self, form: Any) -> str:
        values = form.cleaned_data
        add_decision(
            self.meeting,
            values["text"],
            reason=values["reason"],
            initiative=values["initiative"],
        )
        return self.url()


class ActionView(MeetingFormView):
    """A task that somebody took on."""

    page_title = gettext_lazy("Write down a task")

    def make_form(self, data: Any = None, files: Any = None) -> ActionForm:
        return ActionForm(data)

    def deed(self, form: Any) -> str:
        add_action(self.meeting, form.cleaned_data)
        return self.url()


class NoteView(MeetingFormView):
    """A remark to fixed minutes."""

    page_title = gettext_lazy("Add a remark")
    lead = gettext_lazy("The minutes stay as they were sent; your remark stands below them.")

    def make_form(self, data: Any = None, files: Any = None) -> NoteForm:
        return NoteForm(data)

    def deed(self, form: Any) -> str:
        add_note(self.meeting, form.cleaned_data["text"], by=self.request.user, now=self.now)
        return self.url()


class SettleView(MeetingPage):
    """The last question before minutes are fixed and sent."""

    template_name = "initiatives/meetings/settle.html"

    def get_page_title(self) -> str:
        return _("Fix and send the minutes")

    def above(self) -> list[tuple[str, str]]:
        return [*super().above(), (self.url(), str(self.meeting))]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.meeting.settled_at is not None:
            return redirect(self.url())
        return super().get(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            count = settle_minutes(self.meeting, by=request.user, now=self.now)
        except Refused as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, _sent_text(count))
        return redirect(self.url())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {
            **super().get_context_data(**kwargs),
            "meeting": self.meeting,
            "day": date_text(self.meeting.on),
            "people": len(members()),
            "empty": self.meeting.items.filter(said="").count(),
            "back_url": self.url(),
        }


class DeedView(MeetingPage):
    """One thing done by a button: always back to the meeting, with what was refused."""

    http_method_names = ["post"]
    deed = ""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            text = getattr(self, f"do_{self.deed}")()
        except Refused as refused:
            messages.error(request, str(refused))
        else:
            if text:
                messages.success(request, text)
        from_list = request.POST.get("fra") == "opgaver"
        return redirect("initiatives_tasks" if from_list else self.url())

    def do_take(self) -> str:
        taken = take_proposals(self.meeting, self.request.POST.getlist("proposal"), now=self.now)
        if not taken:
            return ""
        text = ngettext(
            "%(count)d point stands on the agenda.", "%(count)d points stand on the agenda.", taken
        )
        return text % {"count": taken}

    def do_cancel(self) -> str:
        set_cancelled(self.meeting, cancelled=True, now=self.now)
        return _("The meeting is cancelled. You can let it take place after all.")

    def do_restore(self) -> str:
        set_cancelled(self.meeting, cancelled=False, now=self.now)
        return _("The meeting takes place.")

    def do_send(self) -> str:
        return _sent_text(send_agenda(self.meeting, now=self.now))

    def do_up(self) -> str:
        move_item(self._item(), up=True)
        return ""

    def do_down(self) -> str:
        move_item(self._item(), up=False)
        return ""

    def do_remove_item(self) -> str:
        remove_item(self._item())
        return _("The point is off the agenda.")

    def do_remove_decision(self) -> str:
        remove_decision(self._row(MeetingDecision))
        return _("The decision is taken out.")

    def do_remove_action(self) -> str:
        remove_action(self._row(MeetingAction))
        return _("The task is taken out.")

    def do_tick(self) -> str:
        action = self._row(MeetingAction)
        if not may_tick(self.rights, action):
            raise Http404
        done = action.done_at is None
        set_done(action, done=done, by=self.request.user, now=self.now)
        return _("The task is done.") if done else _("The task is open again.")

    def _item(self) -> Any:
        return get_object_or_404(self.meeting.items, pk=self.kwargs["row"])

    def _row(self, model: Any) -> Any:
        return get_object_or_404(model, meeting=self.meeting, pk=self.kwargs["row"])


def _sent_text(count: int) -> str:
    text = ngettext("On its way to %(count)d member.", "On its way to %(count)d members.", count)
    return text % {"count": count}
