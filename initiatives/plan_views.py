"""The action plan: the version in force, older ones, two side by side, and a new decision."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from initiatives.actions import PlannedStart, proposed_order, revise_plan
from initiatives.domain.plans import Line, compare
from initiatives.models import ActionPlan, Initiative
from initiatives.plan_forms import PlanForm
from initiatives.tracker_forms import TrackerFormView, shown_beside
from initiatives.tracker_pages import TrackerListView, TrackerView


class PlanView(TrackerListView):
    """One version of the plan; without a number the one in force."""

    template_name = "initiatives/plan.html"
    page_title = gettext_lazy("Action plan")

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        plans = ActionPlan.objects.select_related("meeting").prefetch_related(
            "lines__initiative__guiding_principle"
        )
        version = self.kwargs.get("version")
        found = plans.filter(present=True) if version is None else plans.filter(version=version)
        self.plan = found.first()
        if self.plan is None and version is not None:
            raise Http404
        return super().get(request, *args, **kwargs)

    @property
    def export_name(self) -> str:
        return f"handleplan-{self.plan.version}" if self.plan else "handleplan"

    def export_headings(self) -> Sequence[Any]:
        return [
            _("Priority"),
            pgettext("of an initiative", "Number"),
            _("Initiative"),
            _("Start"),
            _("Owner"),
            _("Version"),
        ]

    def export_rows(self) -> Iterable[Sequence[Any]]:
        for line in self.plan.lines.all() if self.plan else ():
            initiative = line.initiative
            owner = initiative.get_owner_role_display()
            row = [line.priority, initiative.number, initiative.title, line.years, owner]
            yield [*row, self.plan.version if self.plan else ""]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        versions = list(ActionPlan.objects.select_related("meeting"))
        older = [one for one in versions if self.plan and one.version < self.plan.version]
        return {
            **super().get_context_data(**kwargs),
            "plan": self.plan,
            "versions": versions,
            "before": older[0] if older else None,
            "proposed": [] if self.plan else proposed_order(),
            "may_revise": self.rights.revises_plan,
        }


class PlanCompareView(TrackerView):
    """Two versions side by side: `?fra=1&til=2`; without, the two newest."""

    template_name = "initiatives/plan_compare.html"
    page_title = gettext_lazy("Compare two versions")

    def above(self) -> list[tuple[str, str]]:
        return [(reverse("action_plan"), _("Action plan"))]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        versions = list(ActionPlan.objects.prefetch_related("lines__initiative"))
        known = {str(plan.version): plan for plan in versions}
        newest = versions[0] if versions else None
        after = known.get(self.request.GET.get("til", ""), newest)
        older = [plan for plan in versions if after and plan.version < after.version]
        before = known.get(self.request.GET.get("fra", ""), older[0] if older else None)
        titles = dict(Initiative.objects.values_list("number", "title"))
        changes = compare(lines_of(before), lines_of(after)) if before and after else ()
        return {
            **super().get_context_data(**kwargs),
            "versions": versions,
            "before": before,
            "after": after,
            "rows": [(change, titles.get(change.number, "")) for change in changes],
            "changed": sum(change.changed for change in changes),
        }


class PlanReviseView(TrackerFormView):
    """What the leaders decided: a new version of the plan."""

    template_name = "initiatives/plan_form.html"
    page_title = gettext_lazy("A new decision about the plan")
    submit_label = gettext_lazy("Put the new version in force")

    def enter(self) -> None:
        if not self.rights.revises_plan:
            raise PermissionDenied
        self.proposed = proposed_order()
        if not self.proposed:
            raise Http404
        self.present = ActionPlan.objects.filter(present=True).first()

    def above(self) -> list[tuple[str, str]]:
        return [(reverse("action_plan"), _("Action plan"))]

    def back_url(self) -> str:
        return reverse("action_plan")

    def make_form(self, data: Any = None, files: Any = None) -> PlanForm:
        return PlanForm(
            data,
            proposed=self.proposed,
            decides_all=self.rights.everywhere,
            initial={
                "decided_on": self.today,
                "seen_version": self.version(),
            },
        )

    def version(self) -> int:
        """Return the number of the version in force, 0 before the first."""
        return self.present.version if self.present else 0

    def show_again(self) -> None:
        shown_beside(self.form, "seen_version", self.version())

    def deed(self, form: PlanForm) -> str:
        said = form.cleaned_data
        order = [PlannedStart(*line) for line in form.order()]
        plan = revise_plan(
            order,
            decided_on=said["decided_on"],
            decision=said["decision"],
            reason=said["reason"],
            meeting=said["meeting"],
            by=self.request.user,
            now=self.now,
            decides_all=self.rights.everywhere,
            seen_version=said["seen_version"],
        )
        self.made = plan
        return reverse("action_plan")

    def done_text(self) -> str:
        return _("%(version)s is in force now.") % {"version": self.made}


def lines_of(plan: ActionPlan | None) -> list[Line]:
    """Return the lines of a version as the domain compares them."""
    if plan is None:
        return []
    return [
        Line(line.initiative.number, line.start_year, line.latest_start_year, line.priority)
        for line in plan.lines.all()
    ]
