"""What the tracker's pages in the admin share: who may enter, the way back, and lists as files."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from core.sheets import Sheet, csv_bytes, xlsx_bytes
from directory.models import VenuePage
from initiatives.menu import rights_for
from initiatives.permissions import TrackerRights

LARGEST_ID = 2**63 - 1  # what a row's number can be; the address bar holds more
FILE_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def tracker_entry(request: HttpRequest) -> TrackerRights:
    """Return the person's rights. Raises PermissionDenied for those who have no business here."""
    rights = rights_for(request)
    if not rights.sees_any:
        raise PermissionDenied
    return rights


def seen_venue(rights: TrackerRights, pk: int) -> VenuePage:
    """Return a venue the person may see; 404 for every other, so that nothing is told."""
    if pk > LARGEST_ID or not rights.sees(pk):
        raise Http404
    return get_object_or_404(VenuePage, pk=pk)


class TrackerView(WagtailAdminTemplateMixin, TemplateView):  # type: ignore[misc]  # untyped
    """A page of the tracker. Sets `rights` and `now`; `above` are the steps before it."""

    header_icon = "list-ul"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        self.now = timezone.now()
        self.today = timezone.localdate(self.now)
        self.rights = tracker_entry(request)
        return super().dispatch(request, *args, **kwargs)

    def above(self) -> list[tuple[str, str]]:
        """Return (address, words) of the pages between the menu's first page and this one."""
        return []

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        steps = [(reverse("initiatives"), _("Initiatives")), *self.above()]
        items = [{"url": url, "label": str(label)} for url, label in steps]
        return [*self.breadcrumbs_items, *items, {"url": "", "label": str(self.get_page_title())}]


class TrackerListView(TrackerView):
    """A list of the tracker, also as a file: `?export=csv` or `?export=xlsx`."""

    @property
    def export_name(self) -> str:
        """Return the file's name, without its ending."""
        raise NotImplementedError

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        asked = request.GET.get("export", "")
        if asked in FILE_TYPES:
            return list_file(self.export_name, asked, self.export_headings(), self.export_rows())
        answer: HttpResponse = super().get(request, *args, **kwargs)
        return answer

    def export_headings(self) -> Sequence[Any]:
        """Return the headings of the file's columns."""
        raise NotImplementedError

    def export_rows(self) -> Iterable[Sequence[Any]]:
        """Return the rows of the file: what the page shows to this person, all of it."""
        raise NotImplementedError

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        query = self.request.GET.copy()
        links = []
        for file_type, label in (("csv", "CSV"), ("xlsx", "Excel")):
            query["export"] = file_type
            links.append((f"?{query.urlencode()}", label))
        return {**super().get_context_data(**kwargs), "export_links": links}


def list_file(
    name: str, file_type: str, headings: Sequence[Any], rows: Iterable[Sequence[Any]]
) -> HttpResponse:
    """Return a list as a CSV or XLSX file that runs nothing when it is opened."""
    if file_type == "csv":
        body = csv_bytes(headings, rows)
    else:
        body = xlsx_bytes([Sheet(name[:31], headings, rows)])
    answer = HttpResponse(body, content_type=FILE_TYPES[file_type])
    answer["Content-Disposition"] = f'attachment; filename="{name}.{file_type}"'
    return answer
