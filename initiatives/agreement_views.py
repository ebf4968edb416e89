"""Cooperation agreements and the initiatives they support."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from directory.models import CooperationAgreement
from initiatives.actions import link_agreement
from initiatives.agreement_forms import AgreementForm
from initiatives.due import AGREEMENT_SOON
from initiatives.models import Initiative
from initiatives.permissions import TrackerRights
from initiatives.reading import is_followed
from initiatives.tracker_forms import TrackerFormView
from initiatives.tracker_pages import TrackerListView


def seen_agreements(rights: TrackerRights) -> Any:
    """Return the agreements one may see: all, or those of the venues one leads."""
    rows = CooperationAgreement.objects.select_related("organisation").prefetch_related(
        "initiative_links__initiative", "organisation__venues"
    )
    if rights.venues is not None:
        rows = rows.filter(organisation__venues__in=rights.venues).distinct()
    return rows.order_by("ends_on", "title", "pk")


class AgreementListView(TrackerListView):
    """The agreements one may see, those that end soon first."""

    template_name = "initiatives/agreements.html"
    page_title = gettext_lazy("Cooperation agreements")
    export_name = "samarbejdsaftaler"

    def state_of(self, agreement: CooperationAgreement) -> str:
        """Return `ended`, `followed`, `ends_soon` or `` for an agreement today."""
        ends_on = agreement.ends_on
        if ends_on is None:
            return ""
        if ends_on < self.today:
            return "ended"
        if is_followed(agreement):
            return "followed"
        return "ends_soon" if ends_on <= self.today + AGREEMENT_SOON else ""

    def export_headings(self) -> Sequence[Any]:
        return [
            _("Organisation"),
            _("Agreement"),
            _("From"),
            _("Until"),
            _("State"),
            _("Initiatives"),
        ]

    def export_rows(self) -> Iterable[Sequence[Any]]:
        for agreement in seen_agreements(self.rights):
            links = agreement.initiative_links.all()
            yield [
                agreement.organisation.name,
                agreement.title,
                agreement.starts_on,
                agreement.ends_on,
                str(STATES[self.state_of(agreement)]),
                ", ".join(link.initiative.number for link in links),
            ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = [
            {
                "agreement": agreement,
                "state": state,
                "words": STATES[state],
                "venues": [venue.title for venue in agreement.organisation.venues.all()],
            }
            for agreement in seen_agreements(self.rights)
            for state in (self.state_of(agreement),)
        ]
        return {
            **super().get_context_data(**kwargs),
            "rows": rows,
            "add_url": reverse("samarbejdsaftaler:add") if self.rights.manages_agreements else "",
        }


STATES = {
    "": gettext_lazy("runs"),
    "ends_soon": gettext_lazy("ends soon"),
    "followed": gettext_lazy("a new one follows"),
    "ended": gettext_lazy("has ended"),
}


class AgreementView(TrackerFormView):
    """One agreement: what it is, and which initiatives it supports."""

    template_name = "initiatives/agreement.html"

    def enter(self) -> None:
        self.agreement = get_object_or_404(seen_agreements(self.rights), pk=self.kwargs["pk"])

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.rights.manages_agreements:
            raise PermissionDenied
        return super().post(request, *args, **kwargs)

    def get_page_title(self) -> str:
        return str(self.agreement.title)

    def above(self) -> list[tuple[str, str]]:
        return [(reverse("agreements"), _("Cooperation agreements"))]

    def back_url(self) -> str:
        return reverse("agreements")

    def make_form(self, data: Any = None, files: Any = None) -> AgreementForm:
        links = self.agreement.initiative_links.all()
        return AgreementForm(
            data,
            initiatives=Initiative.objects.all(),
            notes={link.initiative_id: link.note for link in links},
        )

    def deed(self, form: AgreementForm) -> str:
        link_agreement(self.agreement, form.notes(), by=self.request.user, now=self.now)
        return reverse("agreement", args=[self.agreement.pk])

    def done_text(self) -> str:
        return _("Saved.")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        manages = self.rights.manages_agreements
        return {
            **super().get_context_data(**kwargs),
            "agreement": self.agreement,
            "may_write": manages,
            "edit_url": reverse("samarbejdsaftaler:edit", args=[self.agreement.pk])
            if manages
            else "",
            "links": self.agreement.initiative_links.all(),
        }
