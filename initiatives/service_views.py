"""Outreach services (4c): the list of those one may see, and one of them to write."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from initiatives.actions import save_service
from initiatives.actions.services import FACTS, GROUPS
from initiatives.models import OutreachService
from initiatives.reading import tracked_venues
from initiatives.service_forms import ServiceForm
from initiatives.taxonomy import ServiceStatus
from initiatives.tracker_forms import TrackerFormView
from initiatives.tracker_pages import TrackerListView


class ServiceListView(TrackerListView):
    """The services at the venues one may see; `?status=` leaves those that far."""

    template_name = "initiatives/services.html"
    page_title = gettext_lazy("Outreach services")
    export_name = "indsatser"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        asked = request.GET.get("status", "")
        self.status = asked if asked in ServiceStatus.values else ""
        return super().get(request, *args, **kwargs)

    def services(self) -> Any:
        """Return the rows of the list, by venue."""
        rows = OutreachService.objects.within(self.rights.venues).select_related(
            "venue", "activity", "coordinated_at"
        )
        rows = rows.prefetch_related("target_groups")
        return (rows.filter(status=self.status) if self.status else rows).in_order()

    def export_headings(self) -> Sequence[Any]:
        return [
            _("Venue"),
            _("What"),
            _("About"),
            _("Who provides it"),
            _("For whom"),
            _("Agreement"),
            _("When"),
            _("Coordinated"),
            _("Number of contacts"),
        ]

    def export_rows(self) -> Iterable[Sequence[Any]]:
        for service in self.services():
            meeting = service.coordinated_at
            yield [
                service.venue.title,
                service.title,
                service.get_area_display(),
                service.provider,
                ", ".join(group.label for group in service.target_groups.all()),
                service.get_status_display(),
                service.activity.title if service.activity else service.when_text,
                meeting.on if meeting else None,
                service.contacts_made,
            ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {
            **super().get_context_data(**kwargs),
            "services": self.services(),
            "statuses": ServiceStatus.choices,
            "status": self.status,
        }


class ServiceEditView(TrackerFormView):
    """One service; without a number a new one."""

    submit_label = gettext_lazy("Save")

    def enter(self) -> None:
        pk = self.kwargs.get("pk")
        seen = OutreachService.objects.within(self.rights.venues)
        self.service = get_object_or_404(seen, pk=pk) if pk is not None else None
        if self.service and not self.rights.edits(self.service.venue_id):
            raise PermissionDenied
        venues = tracked_venues(self.today)
        if self.rights.venues is not None:
            venues = venues.filter(pk__in=self.rights.venues)
        self.venues = venues
        if not venues.exists():
            raise Http404

    def get_page_title(self) -> str:
        return str(self.service.title) if self.service else _("A new outreach service")

    def get_page_subtitle(self) -> str:
        return str(self.service.venue.title) if self.service else ""

    def above(self) -> list[tuple[str, str]]:
        return [(reverse("services"), _("Outreach services"))]

    def back_url(self) -> str:
        return reverse("services")

    def make_form(self, data: Any = None, files: Any = None) -> ServiceForm:
        initial: dict[str, Any] = {}
        if self.service:
            initial = {key: getattr(self.service, key) for key in FACTS}
            initial[GROUPS] = list(self.service.target_groups.all())
            initial["seen_at"] = self.seen_at()
        else:
            initial["venue"] = self.request.GET.get("sted", "")
        return ServiceForm(data, initial=initial, venues=self.venues, service=self.service)

    def seen_at(self) -> str:
        return self.service.changed_at.isoformat() if self.service else ""

    def deed(self, form: ServiceForm) -> str:
        said = form.cleaned_data
        saved = save_service(
            self.service,
            {key: said[key] for key in (*FACTS, GROUPS)},
            by=self.request.user,
            now=self.now,
            seen_at=said["seen_at"] if self.service else None,
        )
        self.saved = saved
        return reverse("services")

    def done_text(self) -> str:
        if self.saved.status == ServiceStatus.RUNNING:
            return _("Saved. “%(title)s” stands on the venue's page now.") % {
                "title": self.saved.title
            }
        return _("Saved. The public does not see it before it is running.")
