"""The finder: what somebody asks, read from an address, and the venues as it weighs them.

The public page and the internal one ask the same questions and give the same order. Nothing of
what is asked is stored, and the page sets no cookie.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core.domain.dates import local_time
from directory.domain.finder import Candidate, Condition, Door, Met, Sex, SoberRule, Wish
from directory.domain.opening import Visit, visit_between
from directory.needs import (
    BATH_CODES,
    DOGS_MAY_COME,
    MEAL_CODES,
    SLEEP_CODES,
    TALK_CODES,
)
from directory.status import Opening
from directory.taxonomy import Fact, GenderPolicy, PetsPolicy, PriceType, SobrietyPolicy

if TYPE_CHECKING:
    from directory.models import VenuePage

DAYS_TO_CHOOSE = 7
OLDEST = 120
NEED, DAY, TIME, DISTRICT = "behov", "dag", "tid", "bydel"
SEX, AGE, CONDITION = "koen", "alder", "rus"
NOW = "nu"

# What one can ask for, in the order of the form: code → (icon, words).
NEEDS: Mapping[str, tuple[str, str | Promise]] = {
    "mad": ("food", _("Food")),
    "gratismad": ("food", _("Food for free")),
    "bad": ("bath", _("A bath and clothes")),
    "snak": ("talk", _("Somebody to talk to")),
    "sove": ("sleep", _("Somewhere to sleep")),
    "hund": ("dog", _("With a dog")),
    "anonym": ("people", _("Without saying who I am")),
    "koerestol": ("wheelchair", _("In without steps")),
    "ro": ("house", _("A quiet room")),
}
# Parts of the day: code → (words, from, until); the night ends the next morning.
TIMES: Mapping[str, tuple[str | Promise, dt.time, dt.time]] = {
    "formiddag": (_("In the morning"), dt.time(7), dt.time(12)),
    "eftermiddag": (_("In the afternoon"), dt.time(12), dt.time(17)),
    "aften": (_("In the evening"), dt.time(17), dt.time(22)),
    "nat": (_("At night"), dt.time(22), dt.time(7)),
}
SEXES: Mapping[str, tuple[str | Promise, Sex]] = {
    "kvinde": (_("A woman"), Sex.WOMAN),
    "mand": (_("A man"), Sex.MAN),
}
CONDITIONS: Mapping[str, tuple[str | Promise, Condition]] = {
    "aedru": (_("No, nothing"), Condition.SOBER),
    "paavirket": (_("Yes, I have drunk or taken something"), Condition.UNDER_INFLUENCE),
}


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked: the wish, and the stretch of wall time in which somebody can come.

    `time` is "nu" or a part of the day. `unknown` are values that nobody knows; they are named
    to the visitor and left out.
    """

    wish: Wish
    day: dt.date
    time: str
    start: dt.datetime
    end: dt.datetime
    asked: bool
    unknown: tuple[str, ...] = ()

    @property
    def is_now(self) -> bool:
        return self.time == NOW


def read_question(query: QueryDict, districts: Iterable[str], now: dt.datetime) -> Question:
    """Return what the query of a request asks at the aware moment `now`.

    Without a day or a time it means right now; a part of today that is over means now, too.
    """
    wall = local_time(now)
    odd: list[str] = []
    needs = tuple(dict.fromkeys(_known(query.getlist(NEED), NEEDS, odd)))
    day = _day(query.get(DAY, ""), wall.date(), odd)
    time = _one(query, TIME, {NOW: None, **TIMES}, odd) or NOW
    if time == NOW and day != wall.date():
        start, end = _whole_day(day)
    elif time == NOW:
        start, end = wall, wall + dt.timedelta(minutes=1)
    else:
        start, end = _part(day, time)
    if end <= wall:
        day, time, start, end = wall.date(), NOW, wall, wall + dt.timedelta(minutes=1)
    wish = Wish(
        needs=needs,
        district=_one(query, DISTRICT, dict.fromkeys(districts), odd),
        sex=SEXES[code][1] if (code := _one(query, SEX, SEXES, odd)) else None,
        age=_age(query.get(AGE, ""), odd),
        condition=CONDITIONS[code][1]
        if (code := _one(query, CONDITION, CONDITIONS, odd))
        else None,
    )
    return Question(
        wish=wish,
        day=day,
        time=time if day == wall.date() or time != NOW else "",
        start=max(start, wall),
        end=end,
        asked=any(query.get(name) for name in (NEED, DAY, TIME, DISTRICT, SEX, AGE, CONDITION)),
        unknown=tuple(dict.fromkeys(value[:40] for value in odd))[:5],
    )


def candidate(venue: "VenuePage", opening: Opening, question: Question) -> Candidate:
    """Return a venue as the finder weighs it. Wants `for_lists` and the opening loaded."""
    visit = visit_between(opening.hours, opening.deviations, question.start, question.end)
    women_only = venue.gender_policy == GenderPolicy.WOMEN_ONLY
    # Where only women come, hours "for women only" are simply the hours.
    opens = visit.opens_for_women if women_only else visit.opens
    return Candidate(
        key=venue.pk,
        sort_key=venue.sort_key,
        district=venue.district.slug if venue.district else "",
        needs=needs_of(venue),
        women_only=women_only,
        men_only=venue.gender_policy == GenderPolicy.MEN_ONLY,
        age_min=venue.age_min,
        age_max=venue.age_max,
        sober=SOBER_RULES[SobrietyPolicy(venue.sobriety_policy)],
        door=_door(opens, visit),
        women_door=_door(visit.opens_for_women, visit),
        opens=opens,
    )


SOBER_RULES = {
    SobrietyPolicy.NOT_REQUIRED: SoberRule.FREE,
    SobrietyPolicy.REQUIRED: SoberRule.SOBER_ONLY,
    SobrietyPolicy.BY_AGREEMENT: SoberRule.ASK,
    SobrietyPolicy.UNKNOWN: SoberRule.UNKNOWN,
}


def needs_of(venue: "VenuePage") -> dict[str, Met]:
    """Return what the venue says about each need.

    A venue that has written nothing about what it offers is not taken to offer nothing.
    """
    codes = {amenity.code for amenity in venue.amenities.all()}
    return {
        "mad": _offers(codes, MEAL_CODES),
        "gratismad": _free_food(venue, codes),
        "bad": _offers(codes, BATH_CODES),
        "snak": _offers(codes, TALK_CODES),
        "sove": _offers(codes, SLEEP_CODES),
        "hund": _dog(PetsPolicy(venue.pets_policy)),
        "anonym": FACTS[Fact(venue.anonymous_ok)],
        "koerestol": FACTS[Fact(venue.step_free)],
        "ro": FACTS[Fact(venue.quiet_room)],
    }


FACTS = {Fact.YES: Met.YES, Fact.NO: Met.NO, Fact.UNKNOWN: Met.UNKNOWN}


def _offers(codes: set[str], wanted: Iterable[str]) -> Met:
    if not codes:
        return Met.UNKNOWN
    return Met.YES if codes & set(wanted) else Met.NO


def _free_food(venue: "VenuePage", codes: set[str]) -> Met:
    food = _offers(codes, MEAL_CODES)
    if "free_food" in codes or (food is Met.YES and venue.food_price_type == PriceType.FREE):
        return Met.YES
    if food is Met.YES and venue.food_price_type == PriceType.UNKNOWN:
        return Met.UNKNOWN
    return Met.UNKNOWN if food is Met.UNKNOWN else Met.NO


def _dog(policy: PetsPolicy) -> Met:
    if policy in (PetsPolicy.UNKNOWN, PetsPolicy.BY_AGREEMENT):
        return Met.UNKNOWN
    return Met.YES if policy in DOGS_MAY_COME else Met.NO


def _door(opens: dt.datetime | None, visit: Visit) -> Door:
    if opens is not None:
        return Door.OPEN
    return Door.UNKNOWN if visit.uncertain else Door.CLOSED


def _part(day: dt.date, time: str) -> tuple[dt.datetime, dt.datetime]:
    _words, begins, ends = TIMES[time]
    start = dt.datetime.combine(day, begins)
    end = dt.datetime.combine(day, ends)
    return start, end if end > start else end + dt.timedelta(days=1)


def _whole_day(day: dt.date) -> tuple[dt.datetime, dt.datetime]:
    start = dt.datetime.combine(day, dt.time())
    return start, start + dt.timedelta(days=1)


def _known(values: Iterable[str], known: Mapping[str, object], odd: list[str]) -> Iterable[str]:
    for value in values:
        if value in known:
            yield value
        elif value:
            odd.append(value)


def _one(query: QueryDict, name: str, known: Mapping[str, object], odd: list[str]) -> str:
    return next(iter(_known([query.get(name, "")], known, odd)), "")


def _day(text: str, today: dt.date, odd: list[str]) -> dt.date:
    try:
        day = dt.date.fromisoformat(text) if text else today
    except ValueError:
        day = None
    if day is None or not 0 <= (day - today).days < DAYS_TO_CHOOSE:
        odd.append(text)
        return today
    return day


def _age(text: str, odd: list[str]) -> int | None:
    text = text.strip()
    if text.isascii() and text.isdigit() and len(text) <= 3 and 0 < int(text) <= OLDEST:
        return int(text)
    if text:
        odd.append(text)
    return None
