"""The questions everybody asks of a venue, in the order in which they ask, and its answers.

Each answer is a field of the page. Where the field is empty the page says that we do not
know, with the number to ring: somebody may walk far in the cold on our word.
"""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from core.wording import kr, sentence
from directory.domain.opening import DayPlan
from directory.needs import MEAL_CODES
from directory.status import VenueStatus
from directory.taxonomy import (
    Fact,
    GenderPolicy,
    PetsPolicy,
    PriceType,
    Referral,
    Registration,
    SobrietyPolicy,
    UsePolicy,
)
from directory.wording import day_hours

if TYPE_CHECKING:
    from directory.models import VenuePage

CHRISTMAS_EVE = (12, 24)


class Mark(StrEnum):
    """The little door beside an answer."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class Answer:
    """One question and its answer: the first words strong, the rest plain, perhaps a link.

    `phone` and `tel` are given where the visitor should ring and ask.
    """

    question: str | Promise
    mark: str
    strong: str | Promise = ""
    text: str = ""
    url: str = ""
    link_text: str | Promise = ""
    phone: str = ""
    tel: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """What the answers are worked out from; `index_url` leads to the list of all venues."""

    venue: "VenuePage"
    amenities: frozenset[str]
    status: VenueStatus
    christmas: DayPlan
    index_url: str

    @property
    def tel(self) -> str:
        return self.venue.phone.replace(" ", "")


def answers(asked: Asked) -> list[Answer]:
    """Return all answers, in the order of the questions."""
    return [
        open_now(asked),
        may_i_come(asked),
        anonymous(asked),
        food_price(asked),
        dog(asked),
        under_influence(asked),
        who_meets_me(asked),
        wheelchair(asked),
        bath(asked),
        sleep(asked),
        women_only(asked),
        way_and_phone(asked),
        christmas_eve(asked),
    ]


def coming_christmas_eve(today: dt.date) -> dt.date:
    """Return the next 24 December, `today` included."""
    eve = dt.date(today.year, *CHRISTMAS_EVE)
    return eve if today <= eve else eve.replace(year=today.year + 1)


def open_now(asked: Asked) -> Answer:
    text = asked.status.text
    marks = {"open": Mark.YES, "closed": Mark.NO}
    mark = marks.get(text.state, Mark.UNKNOWN)
    ring = mark is Mark.UNKNOWN
    return Answer(
        _("Is it open now?"),
        mark,
        text.head,
        text.tail,
        phone=asked.venue.phone if ring else "",
        tel=asked.tel if ring else "",
    )


def may_i_come(asked: Asked) -> Answer:
    question, venue = _("May I come?"), asked.venue
    rest = [_who_may_come(venue)]
    if venue.referral == Referral.UNKNOWN:
        return _unknown(question, asked, venue.access_note)
    if venue.referral == Referral.REQUIRED:
        mark, strong = Mark.INFO, _("Only if you are referred.")
    else:
        mark, strong = Mark.YES, _yes_for(venue.gender_policy)
        rest.append(
            _("You do not need a referral.")
            if venue.referral == Referral.NONE
            else _("A referral is a good idea, but not a must.")
        )
    if venue.residency_required == Fact.YES:
        rest.append(_("You must live in the municipality."))
    if venue.call_first == Fact.YES:
        rest.append(_("Ring before you come the first time."))
    return Answer(question, mark, strong, _join(*rest, venue.access_note))


def _yes_for(policy: str) -> str:
    if policy == GenderPolicy.WOMEN_ONLY:
        return _("Yes, if you are a woman.")
    if policy == GenderPolicy.MEN_ONLY:
        return _("Yes, if you are a man.")
    return _("Yes.")


def _who_may_come(venue: "VenuePage") -> str:
    people = {
        GenderPolicy.WOMEN_ONLY: _("All women"),
        GenderPolicy.MEN_ONLY: _("All men"),
    }.get(GenderPolicy(venue.gender_policy), _("Everybody"))
    words = {"people": people, "from": venue.age_min, "to": venue.age_max}
    if venue.age_min and venue.age_max:
        return _("%(people)s from %(from)d to %(to)d years of age may come.") % words
    if venue.age_min:
        return _("%(people)s from %(from)d years of age may come.") % words
    if venue.age_max:
        return _("%(people)s up to %(to)d years of age may come.") % words
    return _("%(people)s may come.") % words


def anonymous(asked: Asked) -> Answer:
    question, venue = _("Can I be anonymous?"), asked.venue
    registered = {
        Registration.NONE: _("We write nothing down about you."),
        Registration.FIRST_NAME: _("We only ask for your first name."),
        Registration.MEMBERSHIP: _("You must be a member."),
    }
    note = venue.anonymous_note or registered.get(Registration(venue.registration), "")
    return _fact(question, asked, venue.anonymous_ok, note)


def food_price(asked: Asked) -> Answer:
    question, venue = _("What does the food cost?"), asked.venue
    kind = PriceType(venue.food_price_type)
    if kind == PriceType.FREE:
        return Answer(question, Mark.YES, _("The food is free."), venue.food_note)
    words = {"price": kr(venue.food_price or 0), "max": kr(venue.food_price_max or 0)}
    strong = {
        PriceType.FIXED: _("A meal costs %(price)s"),
        PriceType.RANGE: _("A meal costs from %(price)s to %(max)s"),
        PriceType.PAY_WHAT_YOU_CAN: _("You pay what you can."),
        PriceType.AT_COST: _("You pay what the food has cost."),
    }.get(kind)
    if strong:
        return Answer(question, Mark.INFO, sentence(strong % words), venue.food_note)
    if venue.food_note:
        return _split(question, Mark.INFO, venue.food_note)
    if asked.amenities and not asked.amenities & {*MEAL_CODES, "coffee"}:
        return _no_with_link(question, asked, "", "mad", strong=_("There is no food here."))
    return _unknown(question, asked)


def dog(asked: Asked) -> Answer:
    question, venue = _("May my dog come?"), asked.venue
    policy = PetsPolicy(venue.pets_policy)
    if policy == PetsPolicy.UNKNOWN:
        return _unknown(question, asked, venue.pets_note)
    mark, strong = {
        PetsPolicy.WELCOME: (Mark.YES, _("Yes.")),
        PetsPolicy.RESTRICTED: (Mark.YES, _("Yes, on a lead or outdoors.")),
        PetsPolicy.BY_AGREEMENT: (Mark.INFO, _("By agreement. Ring first.")),
        PetsPolicy.ASSISTANCE_ONLY: (Mark.NO, _("No, only assistance dogs.")),
    }[policy]
    return Answer(question, mark, strong, venue.pets_note)


def under_influence(asked: Asked) -> Answer:
    question, venue = _("May I be under the influence?"), asked.venue
    note = venue.intoxication_note
    if venue.sobriety_policy == SobrietyPolicy.REQUIRED:
        return Answer(question, Mark.NO, _("No."), note or _("You must be sober and clean."))
    if venue.sobriety_policy == SobrietyPolicy.BY_AGREEMENT:
        return Answer(question, Mark.INFO, _("You agree it with the venue."), note)
    rules = {UsePolicy(venue.alcohol_policy), UsePolicy(venue.drug_policy)}
    tolerant = rules & {
        UsePolicy.MAY_BE_INTOXICATED,
        UsePolicy.ALLOWED_DESIGNATED,
        UsePolicy.ALLOWED,
    }
    if venue.sobriety_policy == SobrietyPolicy.UNKNOWN and not tolerant:
        return _unknown(question, asked, note)
    return Answer(question, Mark.YES, _("Yes."), note or _what_you_may_use(venue))


def _what_you_may_use(venue: "VenuePage") -> str:
    never = {UsePolicy.NOT_ALLOWED, UsePolicy.MAY_BE_INTOXICATED}
    alcohol, drugs = UsePolicy(venue.alcohol_policy), UsePolicy(venue.drug_policy)
    if alcohol in never and drugs in never:
        return _("But you may not drink or take drugs here.")
    about_alcohol = {
        UsePolicy.ALLOWED: _("You may drink alcohol here."),
        UsePolicy.ALLOWED_DESIGNATED: _("You may drink alcohol in certain places."),
        UsePolicy.ASK: "",
    }.get(alcohol, _("You may not drink here."))
    about_drugs = {
        UsePolicy.ALLOWED: _("You may take drugs here."),
        UsePolicy.ALLOWED_DESIGNATED: _("You may take drugs in certain places."),
        UsePolicy.ASK: "",
    }.get(drugs, _("You may not take drugs here."))
    return _join(about_alcohol, about_drugs)


def who_meets_me(asked: Asked) -> Answer:
    question = _("Who meets me?")
    if asked.venue.who_meets_you:
        return _split(question, Mark.INFO, asked.venue.who_meets_you)
    return _unknown(question, asked)


def wheelchair(asked: Asked) -> Answer:
    question, venue = _("Can I get in with a wheelchair?"), asked.venue
    if venue.step_free == Fact.NO and venue.door_help == Fact.YES:
        help_text = _("Ring, and somebody comes to the door and helps you in.")
        return Answer(question, Mark.NO, _("No, not alone."), venue.wheelchair_note or help_text)
    toilet = venue.step_free == Fact.YES and venue.accessible_toilet == Fact.YES
    note = venue.wheelchair_note or (_("There is a toilet for wheelchairs.") if toilet else "")
    return _fact(question, asked, venue.step_free, note)


def bath(asked: Asked) -> Answer:
    question = _("Can I have a bath?")
    if "shower" in asked.amenities:
        return Answer(question, Mark.YES, _("Yes."), asked.venue.bath_note)
    return _not_among_amenities(question, asked, asked.venue.bath_note, "bad")


def sleep(asked: Asked) -> Answer:
    question, note = _("Can I sleep here?"), asked.venue.sleep_note
    if "overnight" in asked.amenities:
        return Answer(question, Mark.YES, _("Yes."), note)
    if "rest_room" in asked.amenities:
        note = note or _("But you can rest here while it is open.")
    return _not_among_amenities(question, asked, note, "sove")


def women_only(asked: Asked) -> Answer:
    question, venue = _("Is it only for women?"), asked.venue
    note = venue.gender_note
    match GenderPolicy(venue.gender_policy):
        case GenderPolicy.WOMEN_ONLY:
            return Answer(question, Mark.YES, _("Yes."), note)
        case GenderPolicy.MEN_ONLY:
            return Answer(question, Mark.NO, _("No."), note or _("It is only for men."))
        case GenderPolicy.WOMEN_HOURS:
            hint = note or _("See when under opening hours.")
            return Answer(question, Mark.INFO, _("At certain hours."), hint)
    return _no_with_link(question, asked, note or _("Everybody is welcome."), "kvinder")


def way_and_phone(asked: Asked) -> Answer:
    question, venue = _("How do I get there?"), asked.venue
    if not venue.address_public:
        return Answer(
            question,
            Mark.INFO,
            _("The address is secret."),
            _("Ring, and we will tell you how to get here."),
            url=f"tel:{asked.tel}" if asked.tel else "",
            link_text=venue.phone,
        )
    if not (venue.street or venue.directions):
        return _unknown(question, asked)
    stop = _("The stop is %(stop)s") % {"stop": venue.stop} if venue.stop else ""
    strong = sentence(venue.address_line) if venue.street else ""
    return Answer(
        question,
        Mark.INFO,
        strong,
        sentence(stop),
        url="#vej",
        link_text=_("See the way"),
        phone=venue.phone,
        tel=asked.tel,
    )


def christmas_eve(asked: Asked) -> Answer:
    question, plan = _("Is it open on Christmas Eve?"), asked.christmas
    note = asked.venue.christmas_note
    if not plan.confirmed:
        return _unknown(question, asked, note)
    if not plan.door_spans:
        reason = plan.closed_reason or ""
        return Answer(question, Mark.NO, _("No."), note or sentence(reason))
    hours = _("Yes, %(hours)s") % {"hours": day_hours(plan.door_spans)}
    return Answer(question, Mark.YES, sentence(hours), note)


def _fact(question: str, asked: Asked, fact: str, note: str) -> Answer:
    if fact == Fact.UNKNOWN:
        return _unknown(question, asked, note)
    if fact == Fact.YES:
        return Answer(question, Mark.YES, _("Yes."), note)
    return Answer(question, Mark.NO, _("No."), note)


def _not_among_amenities(question: str, asked: Asked, note: str, need: str) -> Answer:
    """Something that a venue with a list of amenities does not list is not there."""
    if not asked.amenities and not note:
        return _unknown(question, asked)
    return _no_with_link(question, asked, note, need)


def _no_with_link(question: str, asked: Asked, note: str, need: str, *, strong: str = "") -> Answer:
    words = {
        "mad": _("Find a place with food"),
        "bad": _("Find a place with a bath"),
        "sove": _("Find a place to sleep"),
        "kvinder": _("Find a place only for women"),
    }
    url = f"{asked.index_url}?behov={need}" if asked.index_url else ""
    link = words[need] if url else ""
    return Answer(question, Mark.NO, strong or _("No."), note, url=url, link_text=link)


def _unknown(question: str, asked: Asked, note: str = "") -> Answer:
    return Answer(
        question,
        Mark.UNKNOWN,
        _("We do not know."),
        note,
        phone=asked.venue.phone,
        tel=asked.tel,
    )


def _split(question: str, mark: Mark, text: str) -> Answer:
    """Make the first sentence of a text the answer and the rest what follows it."""
    first, dot, rest = text.partition(". ")
    return Answer(question, mark, f"{first}." if dot else sentence(first), rest)


def _join(*sentences: str) -> str:
    return " ".join(text for text in sentences if text)
