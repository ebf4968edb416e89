"""A venue or a fixed activity as Det Sociale Kompas asks about it: one value for each field there.

Nobody describes a way in for machines, so people copy field by field. Only what our own pages
tell is here: no person, and no address that is secret. Each field also has the bare facts behind
its words, and the hash of those tells whether what stands in Kompas is still true; it does not
change because a day passes or because we word something better.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any

from django.utils.text import capfirst
from django.utils.translation import gettext, gettext_lazy, pgettext_lazy

from activities import activity_facts
from activities.activity_facts import At
from activities.addresses import absolute
from activities.cards import price_text, public_path
from activities.domain.ical_text import plain_text
from activities.domain.rules import Rule
from activities.domain.stop import without_stopped
from activities.taxonomy import PlaceKind
from core.wording import clock_range, kr, sentence
from directory.taxonomy import Fact, OpeningKind, PriceType, Referral

if TYPE_CHECKING:
    from activities.models import ActivityPage
    from directory.models import VenuePage

LABELS = {
    "title": gettext_lazy("Title"),
    "short": gettext_lazy("Short description"),
    "description": gettext_lazy("Description"),
    "challenges": gettext_lazy("Challenges"),
    "audience": gettext_lazy("Target group"),
    "type": pgettext_lazy("field", "Kind of activity"),
    "age_from": gettext_lazy("From age"),
    "age_to": gettext_lazy("To age"),
    "form": pgettext_lazy("field", "Form"),
    "address": gettext_lazy("Address"),
    "area": gettext_lazy("Area"),
    "when": gettext_lazy("Time and place"),
    "join": gettext_lazy("How to come along"),
    "price": gettext_lazy("Price"),
    "contact": gettext_lazy("Contact: whom to ask for"),
    "phone": gettext_lazy("Contact: phone"),
    "email": gettext_lazy("Contact: e-mail"),
    "link": gettext_lazy("Link"),
    "organiser": gettext_lazy("Organiser"),
    "non_profit": gettext_lazy("Non-profit"),
}
Value = tuple[str, Any]  # what is shown, and the facts behind it


@dataclass(frozen=True, slots=True)
class Field:
    """One field to copy: its code, what it is called there, what to write, and the bare facts."""

    code: str
    text: str
    fact: Any

    @property
    def label(self) -> str:
        return str(LABELS[self.code])

    @property
    def rows(self) -> int:
        """How many lines a box for it needs."""
        return min(12, max(1, len(self.text) // 70 + 1, self.text.count("\n") + 1))


@dataclass(frozen=True, slots=True)
class Card:
    """All fields of one venue or activity. `uid` is ours and never changes."""

    kind: str
    uid: str
    title: str
    fields: tuple[Field, ...]

    @property
    def content_hash(self) -> str:
        """Return 64 letters that change when, and only when, a public fact does."""
        facts = [[field.code, field.fact] for field in self.fields]
        told = json.dumps(facts, ensure_ascii=False, default=str)
        return hashlib.sha256(told.encode()).hexdigest()

    @property
    def filled(self) -> list[Field]:
        """The fields there is something to write in."""
        return [field for field in self.fields if field.text]

    @property
    def row(self) -> list[str]:
        """The line of a table: kind, our identifier, then every field."""
        kinds = {"venue": gettext("Venue"), "activity": gettext("Activity")}
        return [kinds[self.kind], self.uid, *(field.text for field in self.fields)]


def headings() -> list[str]:
    """Return the first line of a table of cards."""
    return [gettext("What"), gettext("Our identifier"), *(str(text) for text in LABELS.values())]


def belongs_in_kompas(venue: "VenuePage | None") -> bool:
    """Whether the rules there let the venue in: one must be able to come without a referral."""
    return venue is not None and venue.referral != Referral.REQUIRED


def activity_card(at: At) -> Card:
    """Return the card of an activity. `at.today` only chooses words, never facts."""
    activity, home = at.activity, at.home
    values: dict[str, Value] = {
        "title": _plain(activity.title),
        "short": _plain(activity.summary),
        "description": _plain(plain_text(activity.body)),
        "challenges": _groups(activity, home),
        "audience": _audience(at),
        "type": (str(activity.get_activity_type_display()), activity.activity_type),
        "age_from": _number(home.age_min if home else None),
        "age_to": _number(home.age_max if home else None),
        "form": (gettext("You come to the place"), "in_person"),
        "address": _plain(_address(at)),
        "area": _plain(_area(at)),
        "when": _when(at),
        "join": _join(at),
        "price": _price(activity),
        "contact": _plain(_function(home)),
        "phone": _plain(at.phone),
        "email": _plain(home.email if home else ""),
        "link": _link(activity.url_path, at.root),
        "organiser": _plain(_organiser(at)),
        "non_profit": _non_profit(home),
    }
    return _card("activity", str(activity.uid), activity.title, values)


def venue_card(venue: "VenuePage", root: str) -> Card:
    """Return the card of a venue itself."""
    about = "\n\n".join(filter(None, map(plain_text, (venue.core_task, venue.description))))
    public = venue.address_public
    values: dict[str, Value] = {
        "title": _plain(venue.title),
        "short": _plain(venue.summary),
        "description": _plain(about),
        "challenges": _groups(venue),
        "audience": _venue_audience(venue),
        "type": (str(venue.get_venue_type_display()), venue.venue_type),
        "age_from": _number(venue.age_min),
        "age_to": _number(venue.age_max),
        "form": _form(venue),
        "address": _plain(venue.address_line),
        "area": _plain(venue.district.name if public and venue.district else ""),
        "when": _hours(venue),
        "join": _access(venue),
        "price": _food(venue),
        "contact": _plain(_function(venue)),
        "phone": _plain(venue.phone),
        "email": _plain(venue.email),
        "link": _link(venue.url_path, root),
        "organiser": _plain(venue.organisation.name if venue.organisation else ""),
        "non_profit": _non_profit(venue),
    }
    return _card("venue", str(venue.uid), venue.title, values)


def _card(kind: str, uid: str, title: str, values: dict[str, Value]) -> Card:
    fields = tuple(Field(code, *values[code]) for code in LABELS)
    return Card(kind, uid, title, fields)


def _plain(text: str) -> Value:
    return text, text


def _number(value: int | None) -> Value:
    return "" if value is None else str(value), value


def _groups(*pages: "ActivityPage | VenuePage | None") -> Value:
    """An activity that names no group is for its venue's, as everywhere on the site."""
    for page in pages:
        groups = list(page.target_groups.all()) if page else []
        if groups:
            codes = sorted(group.code for group in groups)
            return ", ".join(group.label for group in groups), codes
    return "", []


def _audience(at: At) -> Value:
    told = activity_facts.for_whom(at)
    activity = at.activity
    fact = [activity.gender_policy, activity.who_text, activity.open_to_public]
    return _words(told), fact


def _venue_audience(venue: "VenuePage") -> Value:
    gender = "" if venue.gender_policy == "all" else str(venue.get_gender_policy_display())
    text = " ".join(filter(None, (sentence(gender), venue.target_text, sentence(venue.not_for))))
    return text, [venue.gender_policy, venue.target_text, venue.not_for]


def _words(told: dict[str, str]) -> str:
    return " ".join(filter(None, (told.get("strong", ""), told.get("text", ""))))


def _address(at: At) -> str:
    """The street where it happens; nothing of a place whose address is secret."""
    activity, place = at.activity, at.place
    if activity.place_kind != PlaceKind.ADDRESS:
        return place.address_line if place else ""
    town = f"{activity.place_postal_code} {activity.place_city}".strip()
    return ", ".join(filter(None, (activity.place_name, activity.place_street, town)))


def _area(at: At) -> str:
    activity, place = at.activity, at.place
    if activity.place_kind == PlaceKind.ADDRESS:
        return activity.place_district.name if activity.place_district else ""
    if place is None or not place.address_public or place.district is None:
        return ""
    return place.district.name


def _when(at: At) -> Value:
    """The plan, never single dates: those are cancelled and moved on the page that is linked to."""
    activity, place = at.activity, at.place
    plan = [row.rule() for row in activity.schedules.all()]
    stops = [row.stop() for row in activity.stops.all()]
    rules = sorted(map(_rule, without_stopped(plan, stops)))
    breaks = sorted([str(row.first_on), str(row.until_on)] for row in activity.breaks.all())
    other = activity.place_kind == PlaceKind.ADDRESS
    name = activity.place_name if other else (place.title if place else "")
    room = "" if place is not None and not place.address_public else activity.room
    parts = (activity_facts.when(at)["strong"], sentence(name), sentence(room))
    return " ".join(filter(None, parts)), [rules, breaks, name, room]


def _rule(rule: Rule) -> list[str]:
    names = ("frequency", "weekdays", "weeks", "interval", "nth", "starts", "ends")
    return [str(getattr(rule, name)) for name in (*names, "first_on", "until_on")]


def _join(at: At) -> Value:
    told = activity_facts.join(at, None)
    activity = at.activity
    return _words(told), [activity.sign_up, activity.sign_up_text, activity.seats]


def _price(activity: "ActivityPage") -> Value:
    text = " ".join(filter(None, (sentence(price_text(activity)), sentence(activity.price_note))))
    prices = [activity.price_type, activity.price, activity.price_max, activity.price_note]
    return text, prices


def _food(venue: "VenuePage") -> Value:
    """What food costs; it costs nothing to come."""
    words = {
        PriceType.FREE: gettext("The food is free of charge."),
        PriceType.PAY_WHAT_YOU_CAN: gettext("You pay what you can for the food."),
        PriceType.AT_COST: gettext("You pay what the food costs us."),
    }
    told = words.get(PriceType(venue.food_price_type), "")
    if venue.food_price_type == PriceType.FIXED and venue.food_price is not None:
        told = gettext("Food costs %(price)s") % {"price": kr(venue.food_price)}
    text = " ".join(filter(None, (told, sentence(venue.food_note))))
    return text, [venue.food_price_type, venue.food_price, venue.food_price_max, venue.food_note]


def _access(venue: "VenuePage") -> Value:
    texts = [sentence(str(venue.get_referral_display())), sentence(venue.access_note)]
    if venue.referral == Referral.UNKNOWN:
        texts[0] = ""
    if venue.call_first == Fact.YES:
        texts.append(gettext("Ring before you come the first time."))
    return " ".join(filter(None, texts)), [venue.referral, venue.access_note, venue.call_first]


def _form(venue: "VenuePage") -> Value:
    kinds = {row.kind for row in venue.opening_hours.all()}
    forms = ["in_person"] if kinds - {OpeningKind.PHONE} or not kinds else []
    forms += ["phone"] if OpeningKind.PHONE in kinds else []
    words = {"in_person": gettext("You come to the place"), "phone": gettext("By telephone")}
    return ", ".join(words[form] for form in forms), forms


def _hours(venue: "VenuePage") -> Value:
    """Ordinary weekly hours; other days stand on the page that is linked to."""
    rows = sorted(venue.opening_hours.all(), key=lambda row: (row.weekday, row.opens, row.closes))
    lines = [
        f"{capfirst(str(day))}: {' · '.join(map(_hours_text, spans))}"
        for day, spans in groupby(rows, key=lambda row: row.get_weekday_display())
    ]
    names = ("weekday", "opens", "closes", "kind", "note", "valid_from", "valid_until")
    return "\n".join(lines), [[str(getattr(row, name)) for name in names] for row in rows]


def _hours_text(row: Any) -> str:
    text = clock_range(row.opens, row.closes)
    extra = "" if row.kind == OpeningKind.STAFFED else str(row.get_kind_display()).lower()
    notes = ", ".join(filter(None, (extra, row.note)))
    return f"{text} ({notes})" if notes else text


def _function(venue: "VenuePage | None") -> str:
    """Whom to ask for, by function: the names that a venue's page may carry stay there."""
    contacts: Sequence[Any] = list(venue.contacts.all()) if venue else []
    return contacts[0].function if contacts else ""


def _link(url_path: str, root: str) -> Value:
    path = public_path(url_path, root)
    return absolute(path), path


def _organiser(at: At) -> str:
    if len(at.hosts) > 1:
        return ", ".join(venue.title for venue in at.hosts)
    if at.home is None:
        return ""
    organisation = at.home.organisation
    return ", ".join(filter(None, (at.home.title, organisation.name if organisation else "")))


def _non_profit(venue: "VenuePage | None") -> Value:
    """Municipal, other public, self-governing or an association: none of them is for profit."""
    known = venue is not None and venue.organisation is not None
    return gettext("Yes") if known else "", known
