"""The menu "Steder" of the admin: the list of venues, and the rows beside their pages."""

import datetime as dt
from collections.abc import Collection
from typing import Any

import django_filters
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.menu import MenuItem
from wagtail.admin.panels import ObjectList
from wagtail.admin.ui.tables import BooleanColumn, Column, DateColumn
from wagtail.admin.ui.tables.pages import BulkActionsColumn, PageStatusColumn, PageTitleColumn
from wagtail.admin.views import generic
from wagtail.admin.views.generic.history import HistoryView
from wagtail.admin.views.generic.usage import UsageView
from wagtail.admin.views.pages.listing import IndexView
from wagtail.admin.viewsets.base import ViewSetGroup
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.viewsets.pages import PageListingViewSet

from core.sheets.exporting import SafeExport
from directory import row_panels
from directory.forms import NoticeForm, OpeningExceptionForm, VenueMoveForm, VenueRowForm
from directory.models import (
    Amenity,
    CooperationAgreement,
    District,
    Membership,
    Notice,
    OpeningException,
    Organisation,
    SecretAddress,
    TargetGroup,
    VenueMove,
    VenuePage,
)
from directory.permissions import rights_of
from directory.row_rights import EDITING, VenueRowPolicy
from directory.status import opening_of, status_at
from directory.taxonomy import VenueType


class VenueFilterSet(WagtailFilterSet):  # type: ignore[misc]  # Wagtail is untyped
    """Kind, district, published or not, and those nobody has confirmed for a while."""

    venue_type = django_filters.ChoiceFilter(label=_("kind of venue"), choices=VenueType.choices)
    live = django_filters.BooleanFilter(label=_("published"))
    stale = django_filters.BooleanFilter(label=_("not confirmed lately"), method="filter_stale")

    class Meta:
        model = VenuePage
        fields = ["venue_type", "district", "live", "stale"]

    def filter_stale(self, venues: Any, name: str, value: bool | None) -> Any:
        if value is None:
            return venues
        oldest = timezone.now() - dt.timedelta(days=settings.FRISTED_VENUE_VERIFY_DAYS)
        stale = VenuePage.objects.confirmed_before(oldest).values("pk")
        return venues.filter(pk__in=stale) if value else venues.exclude(pk__in=stale)


class OpenNowColumn(Column):  # type: ignore[misc]  # Wagtail is untyped
    """The status line in the list. The rows come with their hours loaded."""

    def get_value(self, instance: VenuePage) -> str:
        now = timezone.now()
        opening = opening_of([instance], timezone.localdate(now))[instance.pk]
        text = status_at(opening, now).text
        return f"{text.head} {text.tail}".strip()


class VenueIndexView(SafeExport, IndexView):  # type: ignore[misc]  # Wagtail is untyped
    """Venues that the user may work with or look at, by name."""

    list_export = [
        "title",
        "venue_type",
        "organisation",
        "district",
        "address_line",
        "phone",
        "email",
        "website",
        "last_confirmed",
        "live",
    ]
    export_headings = {
        "title": _("Name"),
        "address_line": _("Address"),
        "last_confirmed": _("Last confirmed"),
        "live": _("Published"),
    }
    export_filename = "steder"

    default_ordering = "title"
    any_permission_required = {"add", "change", "publish", "bulk_delete", "lock", "unlock"}

    def get_add_url(self) -> str | None:
        """Wagtail offers it to whoever may add any page; an activity is one too."""
        url: str | None = super().get_add_url()
        return url if rights_of(self.request.user).edits_site else None

    def get_base_queryset(self) -> Any:
        pages = super().get_base_queryset()
        return pages.for_lists().with_opening(timezone.localdate()).with_confirmation()

    def annotate_queryset(self, pages: Any) -> Any:
        pages = pages.prefetch_related("content_type", "locale", "sites_rooted_here")
        return (
            pages.prefetch_workflow_states().annotate_site_root_state().annotate_approved_schedule()
        )


class AreaMenuItem(MenuItem):  # type: ignore[misc]  # Wagtail is untyped
    """Shown to everybody who has a role."""

    def is_shown(self, request: Any) -> bool:
        return rights_of(request.user).works_here


class VenueListing(PageListingViewSet):  # type: ignore[misc]  # Wagtail is untyped
    model = VenuePage
    name = "steder"
    menu_label = _("All venues")
    icon = "home"
    add_to_admin_menu = False
    menu_item_class = AreaMenuItem
    index_view_class = VenueIndexView
    filterset_class = VenueFilterSet
    columns = [
        BulkActionsColumn("bulk_actions"),
        PageTitleColumn("title", label=_("Name"), sort_key="title", classname="title"),
        Column("get_venue_type_display", label=_("Kind"), sort_key="venue_type"),
        Column("district", label=_("District"), sort_key="district__sort_key"),
        OpenNowColumn("open_now", label=_("Open now")),
        DateColumn("last_confirmed", label=_("Last confirmed"), sort_key="last_confirmed"),
        PageStatusColumn("status", label=_("Status"), sort_key="live"),
    ]


class OwnRows:
    """A list of the rows that the user may touch; Wagtail's own shows all of them."""

    def get_base_queryset(self) -> Any:
        rows = super().get_base_queryset()  # type: ignore[misc]  # a mixin
        policy, user = self.permission_policy, self.request.user  # type: ignore[attr-defined]
        return rows.filter(
            pk__in=policy.instances_user_has_any_permission_for(user, EDITING).values("pk")
        )

    @cached_property
    def filters(self) -> Any:
        """The filters, which offer no venue that the user may not write rows for."""
        filters = super().filters  # type: ignore[misc]  # a mixin
        policy = self.permission_policy  # type: ignore[attr-defined]
        if filters is not None and isinstance(policy, VenueRowPolicy):
            user = self.request.user  # type: ignore[attr-defined]
            for name in {"venue"} & set(filters.form.fields):
                venues = policy.may_choose(user, VenuePage.objects.in_order())
                filters.form.fields[name].queryset = venues
        return filters


class OwnRow:
    """One row that the user may touch; Wagtail's own views ask about the model only."""

    asks: Collection[str] = EDITING

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        row = get_object_or_404(self.model, pk=kwargs.get("pk"))  # type: ignore[attr-defined]
        policy = self.permission_policy  # type: ignore[attr-defined]
        if not policy.user_has_any_permission_for_instance(request.user, self.asks, row):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]  # a mixin


class RowIndexView(OwnRows, SafeExport, generic.IndexView):  # type: ignore[misc]  # untyped
    @property
    def export_headings(self) -> dict[str, Any]:
        """Return what the file calls the columns that are more than a field."""
        own = [column for column in self.list_display if isinstance(column, Column)]
        return {column.name: column.label for column in own}


class RowEditView(OwnRow, generic.EditView):  # type: ignore[misc]  # Wagtail is untyped
    asks = ("change",)


class RowDeleteView(OwnRow, generic.DeleteView):  # type: ignore[misc]  # Wagtail is untyped
    asks = ("delete",)


class RowHistoryView(OwnRow, HistoryView):  # type: ignore[misc]  # Wagtail is untyped
    pass


class RowUsageView(OwnRow, UsageView):  # type: ignore[misc]  # Wagtail is untyped
    pass


class RowViewSet(ModelViewSet):  # type: ignore[misc]  # Wagtail is untyped
    """A list of rows with a form. Who may do what: directory.row_rights."""

    form_class: Any = WagtailAdminModelForm
    form_panels: list[Any] = []
    index_view_class = RowIndexView
    edit_view_class = RowEditView
    delete_view_class = RowDeleteView
    history_view_class = RowHistoryView
    usage_view_class = RowUsageView
    copy_view_enabled = False
    add_to_reference_index = False
    list_per_page = 50

    @property
    def list_export(self) -> list[str]:
        """Return the columns of the list as a file."""
        return [getattr(column, "name", column) for column in self.list_display]

    @property
    def export_filename(self) -> str:
        return str(self.name)

    def get_edit_handler(self) -> Any:
        handler = ObjectList(self.form_panels, base_form_class=self.form_class)
        return handler.bind_to_model(self.model)

    def get_permissions_to_register(self) -> Any:
        """Rights follow from memberships; there is nothing to tick for a group."""
        return super().get_permissions_to_register().none()

    @cached_property
    def pk_path_converter(self) -> str:
        return "int"


class ExceptionAddView(generic.CreateView):  # type: ignore[misc]  # Wagtail is untyped
    """Lets the apps above go on with a closed venue: the hook `after_add_opening_exception`."""

    def run_after_hook(self) -> Any:
        for ask in hooks.get_hooks("after_add_opening_exception"):
            if (answer := ask(self.request, self.object)) is not None:
                return answer
        return super().run_after_hook()


CLOSED = BooleanColumn("closed", label=_("Closed"), sort_key="closed")


class OpeningExceptionViewSet(RowViewSet):
    model = OpeningException
    add_view_class = ExceptionAddView
    name = "andre-aabningstider"
    menu_label = _("Other opening hours")
    icon = "date"
    form_class = OpeningExceptionForm
    form_panels = row_panels.OPENING_EXCEPTION
    list_display = ["venue", "first_on", "until_on", CLOSED, "opens", "closes", "reason"]
    list_filter = ["venue", "closed", "reason"]
    ordering = ["-first_on"]


class NoticeViewSet(RowViewSet):
    model = Notice
    name = "opslag"
    menu_label = _("Notices")
    icon = "warning"
    form_class = NoticeForm
    form_panels = row_panels.NOTICE
    list_display = ["title", "venue", "starts_at", "ends_at"]
    list_filter = ["venue"]
    ordering = ["-starts_at"]


CARRIED_OUT = DateColumn("done_at", label=_("Carried out"), sort_key="done_at")


class VenueMoveViewSet(RowViewSet):
    model = VenueMove
    name = "flytninger"
    menu_label = _("Moves")
    icon = "redirect"
    form_class = VenueMoveForm
    form_panels = row_panels.VENUE_MOVE
    list_display = ["venue", "kind", "on", "successor", "street", CARRIED_OUT]
    list_filter = ["venue", "kind"]
    ordering = ["-on"]


class SecretAddressViewSet(RowViewSet):
    model = SecretAddress
    list_export: list[str] = []  # type: ignore[misc,assignment]  # where somebody hides: no file
    name = "hemmelige-adresser"
    menu_label = _("Secret addresses")
    icon = "lock"
    form_class = VenueRowForm
    form_panels = row_panels.SECRET_ADDRESS
    list_display = ["venue"]


class OrganisationViewSet(RowViewSet):
    model = Organisation
    name = "organisationer"
    menu_label = _("Organisations")
    icon = "group"
    form_panels = row_panels.ORGANISATION
    list_display = ["name", "operator_type"]
    list_filter = ["operator_type"]


class CooperationAgreementViewSet(RowViewSet):
    model = CooperationAgreement
    name = "samarbejdsaftaler"
    menu_label = _("Cooperation agreements")
    icon = "doc-full"
    form_panels = row_panels.COOPERATION_AGREEMENT
    list_display = ["title", "organisation", "starts_on", "ends_on"]
    list_filter = ["organisation"]


class DistrictViewSet(RowViewSet):
    model = District
    name = "bydele"
    menu_label = _("Districts")
    icon = "site"
    form_panels = row_panels.DISTRICT
    list_display = ["name"]


class TargetGroupViewSet(RowViewSet):
    model = TargetGroup
    name = "maalgrupper"
    menu_label = _("Target groups")
    icon = "user"
    form_panels = row_panels.TARGET_GROUP
    list_display = ["label", "sentence", "order"]


class AmenityViewSet(RowViewSet):
    model = Amenity
    name = "faciliteter"
    menu_label = _("What venues offer")
    icon = "list-ul"
    form_panels = row_panels.AMENITY
    list_display = ["label", "order"]


class EndRoleView(RowDeleteView):
    """A role ends on a page of its own, which says what follows for the person (accounts)."""

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        if not self.permission_policy.user_has_permission(request.user, "delete"):
            raise PermissionDenied
        return redirect("end_role", kwargs["pk"])


class MembershipViewSet(RowViewSet):
    """Roles are given and ended, never changed: the old one would be gone without a word."""

    model = Membership
    edit_view_class = delete_view_class = EndRoleView
    name = "roller"
    menu_label = _("Who may do what")
    icon = "key"
    form_panels = row_panels.MEMBERSHIP
    list_display = ["user", "venue", "role"]
    list_filter = ["role", "venue"]


class DirectoryGroup(ViewSetGroup):  # type: ignore[misc]  # Wagtail is untyped
    menu_label = _("Venues")
    menu_icon = "home"
    menu_name = "venues"
    menu_order = 110
    items = (
        VenueListing(),
        OpeningExceptionViewSet(),
        NoticeViewSet(),
        VenueMoveViewSet(),
        SecretAddressViewSet(),
        OrganisationViewSet(),
        CooperationAgreementViewSet(),
        DistrictViewSet(),
        TargetGroupViewSet(),
        AmenityViewSet(),
        MembershipViewSet(),
    )
