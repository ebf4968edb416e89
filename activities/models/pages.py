import uuid
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.fields import RichTextField
from wagtail.search import index

from activities import panels
from activities.detail import activity_context, preview_context
from activities.editor_forms import ActivityPageForm
from activities.listing import calendar_context
from activities.models.occurrence import Occurrence
from activities.querysets import ActivityManager
from activities.taxonomy import ActivityKind, ActivityType, PlaceKind, SignUp
from activities.together import shared_context
from core.models import BasePage
from core.page_panels import introduction_panel
from core.validators import validate_phone
from directory.taxonomy import GenderPolicy, PriceType

NEXT_DATES = "datoer"
SIMPLE_TEXT = ["bold", "link", "ul", "ol"]


class CalendarPage(BasePage):
    """All that happens, at /aktiviteter/: as a list, a week or a month."""

    introduction = models.CharField(_("introduction"), max_length=255, blank=True)

    parent_page_types = ["pages.HomePage"]
    subpage_types: list[str] = []
    max_count = 1
    template = "activities/calendar_page.html"
    fixed_place = True
    content_panels = [
        *BasePage.content_panels,
        introduction_panel(_("For example: See what happens, and just come.")),
    ]

    class Meta:
        verbose_name = _("calendar")
        verbose_name_plural = _("calendars")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        return context | calendar_context(request, Occurrence.objects.public(), timezone.now())


class SharedIndexPage(BasePage):
    """Events that several venues hold together, at /faelles/."""

    introduction = models.CharField(_("introduction"), max_length=255, blank=True)

    parent_page_types = ["pages.HomePage"]
    subpage_types = ["activities.ActivityPage"]
    max_count = 1
    template = "activities/shared_index_page.html"
    fixed_place = True
    content_panels = [
        *BasePage.content_panels,
        introduction_panel(_("For example: Trips and parties that several venues hold together.")),
    ]

    class Meta:
        verbose_name = _("shared events")
        verbose_name_plural = _("shared events")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        return context | shared_context(request, Occurrence.objects.public(), timezone.now())


class ActivityPage(BasePage):
    """Something that happens, once or again and again: written once, read everywhere.

    Lives below its venue, or below "Fælles arrangementer" when several venues hold it.
    """

    uid = models.UUIDField(default=uuid.uuid4, editable=False, unique=True)
    # Until when this version of the page knows what was decided about its plan (ADR 26).
    acts_known_at = models.DateTimeField(null=True, blank=True, editable=False)
    kind = models.CharField(
        _("fixed or varying"),
        max_length=8,
        choices=ActivityKind,
        default=ActivityKind.FIXED,
    )
    activity_type = models.CharField(
        _("kind of activity"),
        max_length=14,
        choices=ActivityType,
        default=ActivityType.SOCIAL,
    )
    summary = models.CharField(_("in one sentence"), max_length=200)
    body = RichTextField(_("more about it"), features=SIMPLE_TEXT, blank=True)
    target_groups = ParentalManyToManyField(
        "directory.TargetGroup", verbose_name=_("target groups"), blank=True
    )
    who_text = models.CharField(_("who it is for"), max_length=200, blank=True)
    gender_policy = models.CharField(
        _("for women, men or everyone"),
        max_length=12,
        choices=GenderPolicy,
        default=GenderPolicy.ALL,
    )

    place_kind = models.CharField(
        _("where"), max_length=12, choices=PlaceKind, default=PlaceKind.OWN
    )
    place_venue = models.ForeignKey(
        "directory.VenuePage",
        verbose_name=_("which venue"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    place_name = models.CharField(_("name of the place"), max_length=80, blank=True)
    place_street = models.CharField(_("street and number"), max_length=120, blank=True)
    place_postal_code = models.CharField(_("postal code"), max_length=4, blank=True)
    place_city = models.CharField(_("town"), max_length=60, blank=True)
    place_district = models.ForeignKey(
        "directory.District",
        verbose_name=_("district"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    room = models.CharField(_("room or meeting point"), max_length=120, blank=True)

    price_type = models.CharField(
        _("price"), max_length=20, choices=PriceType, default=PriceType.FREE
    )
    price = models.PositiveIntegerField(_("price in øre"), null=True, blank=True)
    price_max = models.PositiveIntegerField(_("highest price in øre"), null=True, blank=True)
    price_note = models.CharField(_("about the price"), max_length=120, blank=True)
    sign_up = models.CharField(_("how to join"), max_length=8, choices=SignUp, default=SignUp.NONE)
    sign_up_text = models.CharField(_("about joining"), max_length=200, blank=True)
    seats = models.PositiveSmallIntegerField(
        _("places"),
        null=True,
        blank=True,
        help_text=_("Leave empty if there is always room."),
    )
    phone = models.CharField(
        _("phone, if not the venue's"),
        max_length=30,
        blank=True,
        validators=[validate_phone],
    )
    open_to_public = models.BooleanField(_("everybody is welcome"), default=True)
    photo = models.ForeignKey(
        "core.FristedImage",
        verbose_name=_("picture"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    photo_alt = models.CharField(_("what the picture shows"), max_length=200, blank=True)
    illustration = models.SlugField(_("drawing"), max_length=40, blank=True)

    objects = ActivityManager()

    parent_page_types = ["directory.VenuePage", "activities.SharedIndexPage"]
    subpage_types: list[str] = []
    template = "activities/activity_page.html"
    exclude_fields_in_copy = ["uid"]
    base_form_class = ActivityPageForm
    edit_handler = panels.ACTIVITY_EDIT_HANDLER
    search_fields = [
        *BasePage.search_fields,
        index.FilterField("kind"),
        index.FilterField("activity_type"),
    ]

    class Meta:
        verbose_name = _("activity")
        verbose_name_plural = _("activities")

    def clean(self) -> None:
        super().clean()
        errors = {}
        if self.place_kind == PlaceKind.OTHER_VENUE and not self.place_venue_id:
            errors["place_venue"] = _("Choose the venue where it happens.")
        if self.place_kind == PlaceKind.ADDRESS and not (self.place_name or self.place_street):
            errors["place_name"] = _("Write where it happens.")
        if self.price_type == PriceType.FIXED and self.price is None:
            errors["price"] = _("Write the price.")
        if self.price_type == PriceType.RANGE and None in (self.price, self.price_max):
            errors["price_max"] = _("Write both the lowest and the highest price.")
        if errors:
            raise ValidationError(errors)

    def searchable_texts(self) -> list[str]:
        return [
            *super().searchable_texts(),
            self.get_activity_type_display(),
            self.summary,
            self.who_text,
            self.place_name,
            *(f"{group.label} {group.synonyms}" for group in self.target_groups.all()),
        ]

    @property
    def preview_modes(self) -> list[tuple[str, Any]]:
        return [("", _("The page")), (NEXT_DATES, _("The next ten dates"))]

    def get_preview_template(self, request: HttpRequest, mode_name: str) -> str:
        if mode_name == NEXT_DATES:
            return "activities/preview_dates.html"
        return super().get_preview_template(request, mode_name)

    def get_preview_context(self, request: HttpRequest, mode_name: str) -> dict[str, Any]:
        if mode_name != NEXT_DATES:
            return super().get_preview_context(request, mode_name)
        dates = Occurrence.objects.public()
        return {"page": self, "request": request, **preview_context(self, dates, timezone.now())}

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        dates = Occurrence.objects.public()
        return context | activity_context(request, self, dates, timezone.now())

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the page to the public, unless its venue or a page above is not public."""
        if not type(self).objects.public().filter(pk=self.pk).exists():
            raise Http404
        return super().serve(request, *args, **kwargs)


class ActivityVerification(models.Model):
    """Somebody said: this activity is still as the page says. One that was a slip is taken back."""

    activity = models.ForeignKey(
        ActivityPage, on_delete=models.CASCADE, related_name="verifications"
    )
    verified_at = models.DateTimeField(_("confirmed at"))
    verified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    class Meta:
        ordering = ["-verified_at"]
        get_latest_by = "verified_at"
        verbose_name = _("confirmation")
        verbose_name_plural = _("confirmations")

    def __str__(self) -> str:
        return f"{self.activity_id} {self.verified_at:%Y-%m-%d}"
