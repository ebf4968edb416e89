"""A decision of a meeting that revises the action plan."""

from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from initiatives.actions import PlannedStart
from initiatives.actions.meetings import revise_plan_by
from initiatives.meeting_views import LIST, SHOW
from initiatives.models import MeetingDecision
from initiatives.plan_forms import PlanForm
from initiatives.plan_views import PlanReviseView


class DecisionPlanView(PlanReviseView):
    """The plan's form, filled with the meeting's decision; the decision then names the version."""

    def enter(self) -> None:
        super().enter()
        self.decision = get_object_or_404(
            MeetingDecision.objects.select_related("meeting"),
            pk=self.kwargs["row"],
            meeting=self.kwargs["pk"],
        )
        if self.decision.plan_id is not None:
            raise Http404

    def above(self) -> list[tuple[str, str]]:
        return [
            (reverse(LIST), _("Leaders' meetings")),
            (self.back_url(), str(self.decision.meeting)),
        ]

    def back_url(self) -> str:
        return reverse(SHOW, args=[self.decision.meeting_id])

    def make_form(self, data: Any = None, files: Any = None) -> PlanForm:
        form = super().make_form(data, files)
        form.initial.update(
            meeting=self.decision.meeting_id,
            decided_on=self.decision.meeting.on,
            decision=self.decision.text,
            reason=self.decision.reason,
        )
        for name in ("meeting", "decided_on"):
            form.fields[name].disabled = True
        return form

    def deed(self, form: PlanForm) -> str:
        said = form.cleaned_data
        self.made = revise_plan_by(
            self.decision,
            [PlannedStart(*line) for line in form.order()],
            decision_text=said["decision"],
            reason=said["reason"],
            by=self.request.user,
            now=self.now,
            decides_all=self.rights.everywhere,
            seen_version=said["seen_version"],
        )
        return self.back_url()
