"""The field's own lists: what a venue is, who may come and on which terms.

Codes and labels follow docs/glossary.md; the FFB codes (Fælles Faglige Begreber, KL) are for
exports. Target groups and amenities are rows in the database, filled from here by a migration.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _


class VenueType(models.TextChoices):
    DROP_IN_CENTRE = "drop_in_centre", _("Drop-in centre")
    WARMING_SHELTER = "warming_shelter", _("Warming shelter")
    NIGHT_CAFE = "night_cafe", _("Night café")
    MORNING_CAFE = "morning_cafe", _("Morning café")
    SOCIAL_CAFE = "social_cafe", _("Social café")
    ACTIVITY_HOUSE = "activity_house", _("Activity house")
    CONTACT_POINT = "contact_point", _("Contact point")
    MOBILE_DROP_IN = "mobile_drop_in", _("Mobile drop-in centre")
    PEER_COMMUNITY = "peer_community", _("Community")
    WORKSHOP = "workshop", _("Workshop")
    AFFILIATED_SERVICE = "affiliated_service", _("Associated service")


class OperatorType(models.TextChoices):
    MUNICIPAL = "municipal", _("Municipal")
    CIVIL_SOCIETY_AGREEMENT = (
        "civil_society_agreement",
        _("Civil society with an agreement"),
    )
    CIVIL_SOCIETY_INDEPENDENT = (
        "civil_society_independent",
        _("Civil society without an agreement"),
    )
    SELF_GOVERNING = "self_governing", _("Self-governing")
    OTHER_PUBLIC = "other_public", _("Region or state")


class Fact(models.TextChoices):
    """A fact that may be unknown: then the page says so and offers the phone number."""

    YES = "yes", _("Yes")
    NO = "no", _("No")
    UNKNOWN = "unknown", _("We do not know")


class Referral(models.TextChoices):
    NONE = "none", _("No referral")
    OPTIONAL = "optional", _("Referral recommended")
    REQUIRED = "required", _("By referral only")
    UNKNOWN = "unknown", _("We do not know")


class Registration(models.TextChoices):
    NONE = "none", _("No registration")
    FIRST_NAME = "first_name", _("First name only")
    MEMBERSHIP = "membership", _("Membership")
    UNKNOWN = "unknown", _("We do not know")


class GenderPolicy(models.TextChoices):
    ALL = "all", _("Everyone")
    WOMEN_ONLY = "women_only", _("Women only")
    MEN_ONLY = "men_only", _("Men only")
    WOMEN_HOURS = "women_hours", _("Special hours for women")


class SobrietyPolicy(models.TextChoices):
    NOT_REQUIRED = "not_required", _("Not required")
    REQUIRED = "required", _("Sober and clean")
    BY_AGREEMENT = "by_agreement", _("By agreement")
    UNKNOWN = "unknown", _("We do not know")


class UsePolicy(models.TextChoices):
    NOT_ALLOWED = "not_allowed", _("Not allowed")
    MAY_BE_INTOXICATED = (
        "may_be_intoxicated",
        _("You may be under the influence, not use it here"),
    )
    ALLOWED_DESIGNATED = "allowed_designated", _("Allowed in certain places")
    ALLOWED = "allowed", _("Allowed")
    ASK = "ask", _("Ask")


class PetsPolicy(models.TextChoices):
    WELCOME = "welcome", _("Dogs are welcome")
    RESTRICTED = "restricted", _("On a lead or outdoors")
    BY_AGREEMENT = "by_agreement", _("By agreement")
    ASSISTANCE_ONLY = "assistance_only", _("Assistance dogs only")
    UNKNOWN = "unknown", _("We do not know")


class PriceType(models.TextChoices):
    FREE = "free", _("Free")
    FIXED = "fixed", _("Fixed price")
    RANGE = "range", _("From–to")
    PAY_WHAT_YOU_CAN = "pay_what_you_can", _("Pay what you can")
    AT_COST = "at_cost", _("At cost")
    UNKNOWN = "unknown", _("We do not know")


class OpeningKind(models.TextChoices):
    STAFFED = "staffed", _("Staffed")
    VOLUNTEER_RUN = "volunteer_run", _("Run by volunteers")
    USER_RUN = "user_run", _("Run by the users")
    WOMEN_ONLY = "women_only", _("Women only")
    PHONE = "phone", _("Phone hours")
    BY_APPOINTMENT = "by_appointment", _("By appointment")


class ExceptionReason(models.TextChoices):
    HOLIDAY = "holiday", _("Public holiday")
    CHRISTMAS = "christmas", _("Christmas and New Year")
    SUMMER = "summer", _("Closed for the summer")
    STAFF_DAY = "staff_day", _("Staff day")
    OUTING = "outing", _("Event or outing")
    ILLNESS = "illness", _("Illness")
    MOVING = "moving", _("Moving")
    EXTRA_OPEN = "extra_open", _("Extra opening")


class Weekday(models.IntegerChoices):
    MONDAY = 0, _("Monday")
    TUESDAY = 1, _("Tuesday")
    WEDNESDAY = 2, _("Wednesday")
    THURSDAY = 3, _("Thursday")
    FRIDAY = 4, _("Friday")
    SATURDAY = 5, _("Saturday")
    SUNDAY = 6, _("Sunday")


class Role(models.TextChoices):
    VOLUNTEER = "volunteer", _("Volunteer")
    STAFF = "staff", _("Staff")
    EDITOR = "editor", _("Editor")
    COMMUNICATION = "communication", _("Communication editor")
    VENUE_LEADER = "venue_leader", _("Venue leader")
    AREA_HEAD = "area_head", _("Head of social services and disability")
