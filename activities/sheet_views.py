"""The admin's pages for spreadsheets: template, upload, what it would do, progress, taking back."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.generic import TemplateView, View
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.viewsets.base import ViewSet

from activities.actions.sheets import keep_checked, start_import, start_undo
from activities.models import SheetImport
from activities.sheets.check import check_sheet
from activities.sheets.outgoing import DATES, FORMATS, Download, list_file, template_file
from activities.sheets.terms import SheetAction, SheetKind, SheetRowState, SheetState
from activities.tasks import run_sheet
from core.queue import enqueue
from core.sheets import SheetError
from core.sheets.reading import MAX_PACKED
from directory.models import VenuePage
from directory.permissions import Rights, rights_of
from directory.taxonomy import Role

PAGE_SIZE = 100
SHOWN = 20
SECONDS_BETWEEN_LOOKS = 3
TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}
OUTCOMES = (
    (SheetAction.REFUSE, gettext_lazy("Cannot be used")),
    (SheetAction.CREATE, pgettext_lazy("of an activity", "New")),
    (SheetAction.CHANGE, gettext_lazy("Changed")),
    (SheetAction.SAME, gettext_lazy("The same already")),
    (SheetRowState.FAILED, gettext_lazy("Failed")),
    (SheetRowState.KEPT, gettext_lazy("Could not be taken back")),
)


def kinds_for(rights: Rights) -> list[tuple[str, Any]]:
    """Return what a person may import."""
    if rights.edits_site:
        return list(SheetKind.choices)
    own = [choice for choice in SheetKind.choices if choice[0] != SheetKind.VENUES]
    return own if rights.publishes else []


class UploadForm(forms.Form):
    """A file and what is in it."""

    kind = forms.ChoiceField(label=gettext_lazy("What is in it?"), widget=forms.RadioSelect)
    file = forms.FileField(
        label=gettext_lazy("The file"),
        help_text=gettext_lazy("Excel (.xlsx) or CSV, at most 5 MB."),
        error_messages={"required": gettext_lazy("Choose a file.")},
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
    )

    def __init__(self, *args: Any, kinds: list[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["kind"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  (for the type checker)
        field.choices = kinds
        field.initial = kinds[-1][0]

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > MAX_PACKED:
            raise forms.ValidationError(
                _("The file is larger than 5 MB. Split it into several."), code="too_large"
            )
        return file


class SheetMixin:
    """What every page here asks first: may this person import anything?"""

    request: Any

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        self.rights = rights_of(request.user)
        self.kinds = kinds_for(self.rights)
        if not self.kinds:
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]  # a mixin

    def own_sheets(self) -> Any:
        """Return the sheets that the person uploaded, or all for those who edit the site."""
        sheets = SheetImport.objects.select_related("created_by")
        return sheets if self.rights.edits_site else sheets.filter(created_by=self.request.user)


class SheetIndexView(SheetMixin, WagtailAdminTemplateMixin, TemplateView):  # type: ignore[misc]
    """Templates, the upload, lists to take out, and what was uploaded before."""

    template_name = "activities/admin/sheet_index.html"
    page_title = gettext_lazy("Fetch from a spreadsheet")
    header_icon = "table"
    form: UploadForm | None = None

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        lists = [*SheetKind.choices, (DATES, _("Coming dates"))]
        return {
            **super().get_context_data(**kwargs),
            "form": self.form or UploadForm(kinds=self.kinds),
            "kinds": self.kinds,
            "lists": lists,
            "formats": FORMATS,
            "sheets": self.own_sheets()[:SHOWN],
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Look the file through; nothing of it is imported yet."""
        self.form = UploadForm(request.POST, request.FILES, kinds=self.kinds)
        if self.form.is_valid():
            kind, file = self.form.cleaned_data["kind"], self.form.cleaned_data["file"]
            now = timezone.now()
            today = timezone.localdate(now)
            try:
                checked = check_sheet(kind, file.read(), rights=self.rights, today=today)
            except SheetError as error:
                self.form.add_error("file", error.text)
            else:
                kept = keep_checked(kind, file.name or "", checked, by=request.user, now=now)
                return redirect("sheet_import:sheet", kept.pk)
        return self.render_to_response(self.get_context_data(), status=422)


class SheetView(SheetMixin, WagtailAdminTemplateMixin, TemplateView):  # type: ignore[misc]
    """One sheet: what it would do, how far it has come, or what it did."""

    template_name = "activities/admin/sheet.html"
    header_icon = "table"

    def get_page_title(self) -> str:
        return str(self.sheet.get_kind_display())

    def get_page_subtitle(self) -> str:
        return self.sheet.file_name

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        above = {"url": reverse("sheet_import:index"), "label": SheetIndexView.page_title}
        return [*self.breadcrumbs_items, above, {"url": "", "label": self.sheet.file_name}]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.sheet = get_object_or_404(self.own_sheets(), pk=kwargs["pk"])
        response = super().get(request, *args, **kwargs)
        if self.sheet.at_work:
            response["Refresh"] = str(SECONDS_BETWEEN_LOOKS)  # works without JavaScript
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        counts = self.sheet.counts()
        tabs = [
            {"code": str(code), "label": label, "count": counts[code]}
            for code, label in OUTCOMES
            if counts.get(code)
        ]
        codes = [tab["code"] for tab in tabs]
        asked = self.request.GET.get("vis", "")
        chosen = asked if asked in codes else next(iter(codes), "")
        field = "state" if chosen in SheetRowState.values else "action"
        rows = self.sheet.rows.filter(**{field: chosen})
        return {
            **super().get_context_data(**kwargs),
            "sheet": self.sheet,
            "tabs": tabs,
            "chosen": chosen,
            "rows": Paginator(rows, PAGE_SIZE).get_page(self.request.GET.get("side")),
            "wanted": sum(counts.get(code, 0) for code in SheetAction.writes()),
            "done": sum(counts.get(code, 0) for code in _DONE[self.sheet.state]),
            "counts": counts,
            "may_undo": self.sheet.may_be_undone(timezone.now()),
        }


_RUN = (SheetRowState.APPLIED, SheetRowState.FAILED)
_BACK = (SheetRowState.UNDONE, SheetRowState.KEPT, SheetRowState.FAILED)
_DONE = {
    SheetState.CHECKED: (),
    SheetState.RUNNING: _RUN,
    SheetState.DONE: (SheetRowState.APPLIED,),
    SheetState.UNDOING: _BACK,
    SheetState.UNDONE: (SheetRowState.UNDONE,),
}


class SheetDeedView(SheetMixin, View):
    """Import a sheet, take it back or throw it away."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int, deed: str) -> HttpResponse:
        sheet = get_object_or_404(self.own_sheets(), pk=pk)
        now = timezone.now()
        if deed == "importer" and sheet.kind not in dict(self.kinds):
            raise PermissionDenied
        if deed == "kasser":
            return self._drop(request, sheet)
        started = (
            start_import(sheet, now=now)
            if deed == "importer"
            else start_undo(sheet, by=request.user, now=now)
        )
        if started:
            enqueue(run_sheet, sheet.pk)
        else:
            messages.info(request, _("It was started already, or it is too late."))
        return redirect("sheet_import:sheet", sheet.pk)

    def _drop(self, request: HttpRequest, sheet: SheetImport) -> HttpResponse:
        if sheet.state != SheetState.CHECKED:
            messages.info(request, _("It was started already, or it is too late."))
            return redirect("sheet_import:sheet", sheet.pk)
        sheet.delete()
        messages.success(request, _("The sheet was thrown away. Nothing was changed."))
        return redirect("sheet_import:index")


class TemplateFileView(SheetMixin, View):
    """An empty sheet to fill in."""

    def get(self, request: HttpRequest, kind: str, form: str) -> HttpResponse:
        if kind not in dict(self.kinds) or form not in FORMATS:
            raise Http404
        return _handed_out(template_file(kind, form), form)


class ListFileView(SheetMixin, View):
    """What the person sees in the admin, as a file."""

    def get(self, request: HttpRequest, what: str, form: str) -> HttpResponse:
        if what not in {*SheetKind.values, DATES} or form not in FORMATS:
            raise Http404
        venues = VenuePage.objects.order_by("sort_key", "pk")
        if not self.rights.sees_everything:
            venues = venues.filter(pk__in=self.rights.venues(Role.values))
        return _handed_out(list_file(what, form, venues, now=timezone.now()), form)


def _handed_out(file: Download, form: str) -> HttpResponse:
    response = HttpResponse(file.content, content_type=TYPES[form])
    response.headers["Content-Disposition"] = f'attachment; filename="{file.name}"'
    return response


class SheetMenuItem(MenuItem):  # type: ignore[misc]  # Wagtail is untyped
    """Shown to those who may import something."""

    def is_shown(self, request: HttpRequest) -> bool:
        return bool(kinds_for(rights_of(request.user)))


class SheetViewSet(ViewSet):  # type: ignore[misc]  # Wagtail is untyped
    """Hent fra regneark: venues, opening hours and activities."""

    name = "sheet_import"
    url_prefix = "regneark"
    icon = "table"
    menu_label = gettext_lazy("Fetch from a spreadsheet")
    menu_name = "sheets"
    menu_item_class = SheetMenuItem
    add_to_admin_menu = True
    menu_order = 120

    def get_urlpatterns(self) -> list[URLPattern]:
        deed = SheetDeedView.as_view()
        return [
            path("", SheetIndexView.as_view(), name="index"),
            path("<int:pk>/", SheetView.as_view(), name="sheet"),
            path("<int:pk>/importer/", deed, {"deed": "importer"}, name="start"),
            path("<int:pk>/fortryd/", deed, {"deed": "fortryd"}, name="undo"),
            path("<int:pk>/kasser/", deed, {"deed": "kasser"}, name="drop"),
            path("skabelon/<str:kind>.<str:form>", TemplateFileView.as_view(), name="template"),
            path("liste/<str:what>.<str:form>", ListFileView.as_view(), name="list"),
        ]
