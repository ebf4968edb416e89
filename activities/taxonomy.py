"""What kinds of activities there are. FFB codes (KL) are for exports."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ActivityKind(models.TextChoices):
    FIXED = "fixed", _("Fixed")
    VARYING = "varying", _("Varying")


class ActivityType(models.TextChoices):
    SOCIAL = "social", _("Company")
    PHYSICAL = "physical", _("Exercise")
    CREATIVE = "creative", _("Creative")
    EXPERIENCE = "experience", _("Outing or experience")
    LEARNING = "learning", _("Learning")
    SENSORY = "sensory", _("Calm")
    MEAL = "meal", _("Meal")
    ADVICE = "advice", _("Advice")
    HEALTH = "health", _("Health")
    PEER_GROUP = "peer_group", _("Conversation group")
    USER_MEETING = "user_meeting", _("House meeting")
    CELEBRATION = "celebration", _("Celebration")
    WORK = "work", _("Workshop")
    SPIRITUAL = "spiritual", _("Faith and reflection")


FFB_CODES = {
    ActivityType.SOCIAL: "7e419926-bb04-4829-99c9-95ea20403c2c",
    ActivityType.PHYSICAL: "66e23d66-1c5f-4070-bed1-8827cc863dcd",
    ActivityType.CREATIVE: "be5d5058-ef06-42a9-b894-51e44513e717",
    ActivityType.EXPERIENCE: "2c1944be-fe87-4c42-b08e-9cc075c9ef18",
    ActivityType.LEARNING: "f25674bf-3162-45c3-bde4-6d542bf9629b",
    ActivityType.SENSORY: "299af83f-586c-4c17-8af6-c8c47a847d6d",
}


class PlaceKind(models.TextChoices):
    OWN = "own", _("At the venue")
    OTHER_VENUE = "other_venue", _("At another venue")
    ADDRESS = "address", _("Somewhere else")


class SignUp(models.TextChoices):
    NONE = "none", _("Just come")
    CALL = "call", _("Ring the venue")
    ASK = "ask", _("Ask at the venue")


class Frequency(models.TextChoices):
    ONCE = "once", _("One date")
    WEEKLY = "weekly", _("Weekly")
    MONTHLY = "monthly", _("Monthly")


class Weeks(models.TextChoices):
    EVERY = "every", _("Every week")
    EVEN = "even", _("Even weeks")
    ODD = "odd", _("Odd weeks")
    INTERVAL = "interval", _("Every so many weeks, counted from the first date")


class Nth(models.IntegerChoices):
    FIRST = 1, _("The first")
    SECOND = 2, _("The second")
    THIRD = 3, _("The third")
    FOURTH = 4, _("The fourth")
    LAST = -1, _("The last")


class ChangeKind(models.TextChoices):
    CANCELLED = "cancelled", pgettext_lazy("of a date", "Cancelled")
    MOVED = "moved", _("Moved")
    EXTRA = "extra", _("Extra date")
    NOTE = "note", _("Note")


class OccurrenceStatus(models.TextChoices):
    PLANNED = "planned", _("Planned")
    CANCELLED = "cancelled", pgettext_lazy("of a date", "Cancelled")
    MOVED = "moved", _("Moved")
    EXTRA = "extra", _("Extra")


class HostRole(models.TextChoices):
    LEAD = "lead", _("Main host")
    CO_HOST = "co_host", _("Host")


class HostStatus(models.TextChoices):
    INVITED = "invited", _("Invited")
    ACCEPTED = "accepted", _("Accepted")
    DECLINED = "declined", _("Declined")


class Channel(models.TextChoices):
    """Where somebody passes an activity or a venue on by hand. The site names Kompas itself."""

    KOMPAS = "kompas", _("The national directory")
    FACEBOOK = "facebook", "Facebook"
    INSTAGRAM = "instagram", "Instagram"
    LINKEDIN = "linkedin", "LinkedIn"
    OTHER = "other", _("Somewhere else")
