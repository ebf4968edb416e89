"""What people come for, and the venues that have it. The front page's six doors lead here."""

from dataclasses import dataclass

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from directory.taxonomy import GenderPolicy, PetsPolicy


@dataclass(frozen=True, slots=True)
class Need:
    """One need: `slug` as `?behov=` has it, its words, its icon, and which venues meet it."""

    slug: str
    label: str | Promise
    icon: str
    venues: Q


def _with(*codes: str) -> Q:
    return Q(amenities__code__in=codes)


MEAL_CODES = ("free_food", "breakfast", "hot_meal", "takeaway_food")
BATH_CODES = ("shower", "laundry", "clothes")
TALK_CODES = ("conversation", "counselling")
SLEEP_CODES = ("overnight",)
DOGS_MAY_COME = (PetsPolicy.WELCOME, PetsPolicy.RESTRICTED, PetsPolicy.BY_AGREEMENT)
ROOM_FOR_WOMEN = (GenderPolicy.WOMEN_ONLY, GenderPolicy.WOMEN_HOURS)

NEEDS = (
    Need("mad", _("Food"), "food", _with(*MEAL_CODES)),
    Need("bad", _("A bath and clothes"), "bath", _with(*BATH_CODES)),
    Need("snak", _("Somebody to talk to"), "talk", _with(*TALK_CODES)),
    Need("sove", _("Somewhere to sleep"), "sleep", _with(*SLEEP_CODES)),
    Need("hund", _("With a dog"), "dog", Q(pets_policy__in=DOGS_MAY_COME)),
    Need("kvinder", _("Only for women"), "women", Q(gender_policy__in=ROOM_FOR_WOMEN)),
)
NEED_BY_SLUG = {need.slug: need for need in NEEDS}
