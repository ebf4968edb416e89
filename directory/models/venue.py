import datetime as dt
import uuid
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.fields import RichTextField
from wagtail.models import Page
from wagtail.search import index
from wagtail.url_routing import RouteResult

from core.domain.dates import local_time
from core.models import BasePage, SiteSettings
from core.page_cache import changes_at
from core.page_panels import introduction_panel
from core.validators import position_errors, validate_phone
from directory import panels
from directory.editor_forms import VenuePageForm
from directory.listing import venue_listing
from directory.page_frame import trail, venue_frame
from directory.profile import venue_profile
from directory.querysets import VenueManager
from directory.taxonomy import (
    Fact,
    GenderPolicy,
    PetsPolicy,
    PriceType,
    Referral,
    Registration,
    SobrietyPolicy,
    UsePolicy,
    VenueType,
)

SIMPLE_TEXT = ["bold", "link", "ul", "ol"]


def fact(label: Any) -> models.CharField:
    """Return a field for a yes, a no or an honest "we do not know"."""
    return models.CharField(label, max_length=8, choices=Fact, default=Fact.UNKNOWN)


def note(label: Any) -> models.CharField:
    """Return a field for the half sentence that follows an answer on the venue's page."""
    return models.CharField(label, max_length=200, blank=True)


class VenueIndexPage(BasePage):
    """The directory of all venues, at /steder/."""

    introduction = models.CharField(_("introduction"), max_length=255, blank=True)

    parent_page_types = ["pages.HomePage"]
    subpage_types = ["directory.VenuePage"]
    max_count = 1
    template = "directory/venue_index.html"
    fixed_place = True
    content_panels = [
        *BasePage.content_panels,
        introduction_panel(_("For example: You may come in everywhere, just as you are.")),
    ]

    class Meta:
        verbose_name = _("list of venues")
        verbose_name_plural = _("lists of venues")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        now = timezone.now()
        venues = VenuePage.objects.public().standing(local_time(now).date())
        listing = venue_listing(
            venues, request.GET, now, outline=SiteSettings.for_request(request).outline
        )
        changes_at(request, listing.next_change)
        return super().get_context(request, *args, **kwargs) | {
            "listing": listing,
            "breadcrumbs": trail(self, request),
        }


class VenuePage(BasePage):
    """One venue as the public meets it: who it is for, on which terms, where and when.

    The one place of core task, target group and first visit: the leaders' tracker refers to
    them and never copies. A secret address is not here at all, see SecretAddress.
    """

    ADDRESS_FIELDS = (
        "street",
        "postal_code",
        "city",
        "district",
        "dar_access_address_id",
        "latitude",
        "longitude",
        "directions",
        "stop",
    )

    uid = models.UUIDField(default=uuid.uuid4, editable=False, unique=True)
    venue_type = models.CharField(_("kind of venue"), max_length=30, choices=VenueType)
    organisation = models.ForeignKey(
        "directory.Organisation",
        verbose_name=_("run by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="venues",
    )
    summary = models.CharField(_("in one sentence"), max_length=200)
    description = RichTextField(_("about the venue"), features=SIMPLE_TEXT, blank=True)
    core_task = RichTextField(_("core task"), features=SIMPLE_TEXT, blank=True)
    target_groups = ParentalManyToManyField(
        "directory.TargetGroup", verbose_name=_("target groups"), blank=True
    )
    target_text = models.TextField(_("who it is for, in your own words"), blank=True)
    not_for = note(_("who it is not for"))
    instead = models.ForeignKey(
        "self",
        verbose_name=_("where they can go instead"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    who_meets_you = note(_("who meets you the first time"))
    first_visit_note = note(_("for somebody who is nervous"))

    referral = models.CharField(
        _("referral"), max_length=10, choices=Referral, default=Referral.NONE
    )
    access_note = note(_("may I come?"))
    anonymous_ok = fact(_("can I be anonymous?"))
    registration = models.CharField(
        _("registration on arrival"),
        max_length=12,
        choices=Registration,
        default=Registration.UNKNOWN,
    )
    anonymous_note = note(_("about being anonymous"))
    residency_required = fact(_("only for people who live in the municipality"))
    age_min = models.PositiveSmallIntegerField(_("from age"), null=True, blank=True)
    age_max = models.PositiveSmallIntegerField(_("to age"), null=True, blank=True)
    gender_policy = models.CharField(
        _("for women, men or everyone"),
        max_length=12,
        choices=GenderPolicy,
        default=GenderPolicy.ALL,
    )
    gender_note = note(_("about women and men"))
    sobriety_policy = models.CharField(
        _("sober"),
        max_length=14,
        choices=SobrietyPolicy,
        default=SobrietyPolicy.UNKNOWN,
    )
    alcohol_policy = models.CharField(
        _("alcohol"), max_length=20, choices=UsePolicy, default=UsePolicy.ASK
    )
    drug_policy = models.CharField(
        _("drugs"), max_length=20, choices=UsePolicy, default=UsePolicy.ASK
    )
    intoxication_note = note(_("about being under the influence"))
    smoking_policy = models.CharField(
        _("smoking"), max_length=20, choices=UsePolicy, default=UsePolicy.ASK
    )
    pets_policy = models.CharField(
        _("dogs"), max_length=16, choices=PetsPolicy, default=PetsPolicy.UNKNOWN
    )
    pets_note = note(_("about dogs"))
    relatives_welcome = fact(_("relatives are welcome"))
    children_welcome = fact(_("children are welcome"))
    call_first = fact(_("ring before the first visit"))

    amenities = ParentalManyToManyField(
        "directory.Amenity", verbose_name=_("what the venue offers"), blank=True
    )
    food_price_type = models.CharField(
        _("price of food"), max_length=20, choices=PriceType, default=PriceType.UNKNOWN
    )
    food_price = models.PositiveIntegerField(_("price in øre"), null=True, blank=True)
    food_price_max = models.PositiveIntegerField(_("highest price in øre"), null=True, blank=True)
    food_note = note(_("about the food"))
    bath_note = note(_("about baths"))
    sleep_note = note(_("about sleeping here"))
    christmas_note = note(_("about Christmas Eve"))

    step_free = fact(_("step-free access"))
    accessible_toilet = fact(_("accessible toilet"))
    lift = fact(_("lift"))
    hearing_loop = fact(_("hearing loop"))
    accessible_parking = fact(_("accessible parking"))
    quiet_room = fact(_("quiet room"))
    door_help = fact(_("help at the door"))
    wheelchair_note = note(_("about coming in a wheelchair"))
    languages_spoken = models.CharField(_("languages spoken"), max_length=160, blank=True)

    address_public = models.BooleanField(
        _("the address may be shown"),
        default=True,
        help_text=_("If not, it is kept in a private record and never published anywhere."),
    )
    street = models.CharField(_("street and number"), max_length=120, blank=True)
    postal_code = models.CharField(_("postal code"), max_length=4, blank=True)
    city = models.CharField(_("town"), max_length=60, blank=True)
    district = models.ForeignKey(
        "directory.District",
        verbose_name=_("district"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="venues",
    )
    dar_access_address_id = models.UUIDField(_("DAR address id"), null=True, blank=True)
    latitude = models.FloatField(_("latitude"), null=True, blank=True)
    longitude = models.FloatField(_("longitude"), null=True, blank=True)
    directions = models.TextField(_("how to get there"), blank=True)
    stop = models.CharField(_("bus stop or station"), max_length=120, blank=True)

    phone = models.CharField(_("phone"), max_length=30, blank=True, validators=[validate_phone])
    phone_note = note(_("who to ask for"))
    email = models.EmailField(_("e-mail address"), blank=True)
    website = models.URLField(_("website"), blank=True)
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
    show_quick_exit = models.BooleanField(
        _("show “Quick exit”"),
        default=False,
        help_text=_("A button that leads away at once, for people exposed to violence."),
    )

    objects = VenueManager()

    parent_page_types = ["directory.VenueIndexPage"]
    subpage_types = ["activities.ActivityPage"]
    template = "directory/venue_page.html"
    fixed_place = True
    exclude_fields_in_copy = ["uid"]
    base_form_class = VenuePageForm
    edit_handler = panels.VENUE_EDIT_HANDLER
    search_fields = [
        *BasePage.search_fields,
        index.FilterField("venue_type"),
        index.FilterField("district_id"),
    ]

    class Meta:
        verbose_name = _("venue")
        verbose_name_plural = _("venues")

    def clean(self) -> None:
        super().clean()
        errors = position_errors(self.latitude, self.longitude)
        if self.age_min and self.age_max and self.age_min > self.age_max:
            errors["age_max"] = _("The highest age lies below the lowest.")
        if not self.address_public:
            for name in self.ADDRESS_FIELDS:
                if getattr(self, name):
                    errors[name] = _("The address is secret. Keep this in the private record.")
        if errors:
            raise ValidationError(errors)

    def searchable_texts(self) -> list[str]:
        groups = self.target_groups.all()
        amenities = self.amenities.all()
        return [
            *super().searchable_texts(),
            self.get_venue_type_display(),
            self.summary,
            self.target_text,
            self.street,
            self.city,
            self.district.name if self.district else "",
            *(f"{group.label} {group.synonyms}" for group in groups),
            *(f"{amenity.label} {amenity.synonyms}" for amenity in amenities),
        ]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        now = timezone.now()
        index_url = self.get_parent().get_url(request) or ""
        site = SiteSettings.for_request(request)
        profile = venue_profile(self, now, site, index_url=index_url)
        changes_at(request, profile.next_change)
        return (
            super().get_context(request, *args, **kwargs)
            | venue_frame(self, request, site, now)
            | {"venue": self, "profile": profile, "now": now}
        )

    def route(
        self, request: HttpRequest, path_components: list[str]
    ) -> RouteResult | tuple[Any, ...]:
        """Lead to the venue that this one is a part of now, also when it is unpublished."""
        successor = self.successor_on(timezone.localdate())
        if successor is not None:
            return RouteResult(self, kwargs={"moved_to": (successor, path_components)})
        return super().route(request, path_components)

    def serve(
        self,
        request: HttpRequest,
        *args: Any,
        moved_to: "tuple[VenuePage, list[str]] | None" = None,
        **kwargs: Any,
    ) -> HttpResponse:
        if moved_to is None:
            return super().serve(request, *args, **kwargs)
        successor, path_components = moved_to
        target: Page = successor
        if path_components:
            slug = path_components[0]
            children = {child.slug: child for child in successor.get_children().live()}
            renamed = children.get(self.slug_after_merger(slug, self.slug))
            target = renamed or children.get(slug) or successor
        return HttpResponsePermanentRedirect(target.get_url(request) or "/")

    @staticmethod
    def slug_after_merger(slug: str, venue_slug: str) -> str:
        """Return the address part of a page below `venue_slug` when its own is taken."""
        return f"{slug[:120]}-{venue_slug}"

    def successor_on(self, today: dt.date) -> "VenuePage | None":
        """Return the venue this one is a part of on the local day `today`, if any.

        Follows a chain of mergers to its end; a circle ends where it would begin again.
        """
        venue, seen = self, {self.pk}
        while True:
            merged = venue.moves.filter(kind="merged", on__lte=today)
            move = merged.select_related("successor").order_by("on").last()
            if move is None or move.successor.pk in seen:
                return None if venue is self else venue
            venue = move.successor
            seen.add(venue.pk)

    @property
    def address_line(self) -> str:
        """Return `Havnegade 12, 9999 Eksempelby`; nothing at all if the address is secret."""
        if not self.address_public:
            return ""
        town = f"{self.postal_code} {self.city}".strip()
        return ", ".join(filter(None, (self.street, town)))

    @property
    def confirmed_at(self) -> dt.datetime | None:
        """When the venue last said that its page is right."""
        if hasattr(self, "last_confirmed"):
            return self.last_confirmed
        newest = self.verifications.first() if self.pk else None
        return newest.verified_at if newest else None

    @property
    def needs_quick_exit(self) -> bool:
        """Whether its visitors may have to leave the page in a hurry."""
        return self.show_quick_exit or any(
            group.code == "violence" for group in self.target_groups.all()
        )
