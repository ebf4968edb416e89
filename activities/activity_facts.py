"""What one must know to come along: when, where, what it costs, for whom, and how to join."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.http import urlencode
from django.utils.translation import gettext, ngettext

from activities.cards import price_text, public_path, seats_text
from activities.domain.stop import without_stopped
from activities.taxonomy import ChangeKind, PlaceKind, SignUp, Weeks
from activities.wording import schedule_text
from core.wording import sentence
from directory.profile import MAP_ADDRESS, map_url
from directory.taxonomy import GenderPolicy

if TYPE_CHECKING:
    from activities.models import ActivityPage
    from directory.models import VenuePage

Fact = dict[str, str]


@dataclass(frozen=True, slots=True)
class At:
    """One activity, the venue it belongs to, the venues that hold it, and the local day."""

    activity: "ActivityPage"
    home: "VenuePage | None"
    hosts: list["VenuePage"]
    root: str
    today: dt.date

    @property
    def place(self) -> "VenuePage | None":
        """The venue where it happens; None for another address."""
        if self.activity.place_kind == PlaceKind.ADDRESS:
            return None
        if self.activity.place_kind == PlaceKind.OTHER_VENUE:
            return self.activity.place_venue
        return self.home

    @property
    def phone(self) -> str:
        return self.activity.phone or (self.home.phone if self.home else "")


def facts(at: At, free_seats: int | None) -> list[Fact]:
    """Return the rows of `components/facts.html`; what does not apply is left out."""
    rows = [
        when(at, called_off(at)),
        place(at),
        price(at),
        for_whom(at),
        join(at, free_seats),
        held_by(at),
    ]
    return [row for row in [*rows, ask(at)] if row.get("strong") or row.get("text")]


def called_off(at: At) -> set[dt.datetime]:
    """Return the naive local starts by the plan that were cancelled or moved. At most one query.

    Empty where the words for the plan name no next date.
    """
    if not at.activity.pk or all(
        row.weeks != Weeks.INTERVAL for row in at.activity.schedules.all()
    ):
        return set()
    told = (ChangeKind.CANCELLED, ChangeKind.MOVED)
    rows = at.activity.changes.filter(undone_at__isnull=True, kind__in=told)
    starts = rows.filter(original_on__gte=at.today).values_list("original_on", "original_at")
    return {dt.datetime.combine(*start) for start in starts}


def when(at: At, off: Collection[dt.datetime] = ()) -> Fact:
    """Return the plan in words; `off` are starts that must not be named as the next date."""
    rules = [schedule.rule() for schedule in at.activity.schedules.all()]
    if at.activity.pk:
        rules = without_stopped(rules, [row.stop() for row in at.activity.stops.all()])
    breaks = [row.pause() for row in at.activity.breaks.all()]
    text = schedule_text(rules, breaks, today=at.today, off=off)
    return {"icon": "clock", "label": gettext("When"), "strong": sentence(text)}


def place(at: At) -> Fact:
    """The street is told only where the address is public; elsewhere one rings and asks."""
    fact = {"icon": "map", "label": gettext("Where")}
    venue = at.place
    room = sentence(at.activity.room)
    if venue is None:
        return fact | _other_address(at, room)
    fact |= {"strong": sentence(venue.title)}
    if not venue.address_public:
        secret = gettext("The address is secret. Call and hear where it is:")
        return fact | {"text": f"{room} {secret}".strip()} | _phone(venue.phone or at.phone)
    town = f"{venue.postal_code} {venue.city}".strip()
    street = ", ".join(part for part in (venue.street, town) if part)
    if not (venue.live or venue == at.home):
        return fact | {"text": room} | _phone(at.phone)
    parts = (sentence(street), room, sentence(venue.directions))
    fact["text"] = " ".join(part for part in parts if part)
    if venue != at.home and venue.live:
        words = {"venue": venue.title}
        url = public_path(venue.url_path, at.root)
        return fact | {"url": url, "link_text": gettext("Read about %(venue)s") % words}
    return fact | _way(map_url(venue))


def _other_address(at: At, room: str) -> Fact:
    activity = at.activity
    town = f"{activity.place_postal_code} {activity.place_city}".strip()
    street = ", ".join(part for part in (activity.place_street, town) if part)
    text = " ".join(part for part in (sentence(street), room) if part)
    way = f"{MAP_ADDRESS}search?{urlencode({'query': street})}" if activity.place_street else ""
    if not activity.place_name:
        return {"strong": sentence(street), "text": room} | _way(way)
    return {"strong": sentence(activity.place_name), "text": text} | _way(way)


def price(at: At) -> Fact:
    fact = {"icon": "price", "label": gettext("Price")}
    known = price_text(at.activity)
    note = sentence(at.activity.price_note)
    if known or note:
        return fact | {"strong": sentence(known), "text": note}
    return fact | _unknown(at)


def for_whom(at: At) -> Fact:
    activity = at.activity
    by_sex = {
        GenderPolicy.WOMEN_ONLY: gettext("Only for women."),
        GenderPolicy.MEN_ONLY: gettext("Only for men."),
    }
    strong = by_sex.get(GenderPolicy(activity.gender_policy), "")
    groups = [group.sentence for group in activity.target_groups.all()]
    parts = [sentence(activity.who_text)]
    if groups:
        parts.append(gettext("For you who %(what)s.") % {"what": _either(groups)})
    if not strong and not activity.who_text and not groups:
        strong = gettext("Everybody is welcome.") if activity.open_to_public else ""
    return {
        "icon": "people",
        "label": gettext("Who it is for"),
        "strong": strong,
        "text": " ".join(part for part in parts if part),
    }


def join(at: At, free_seats: int | None) -> Fact:
    activity = at.activity
    fact = {"icon": "yes", "label": gettext("How to come along")}
    name = {"venue": at.home.title if at.home else gettext("the place")}
    notes = [sentence(activity.sign_up_text), _seats(activity, free_seats)]
    told = " ".join(part for part in notes if part)
    if activity.sign_up == SignUp.NONE:
        no_need = gettext("You do not have to sign up.")
        return fact | {
            "strong": gettext("Just come."),
            "text": told or no_need,
        }
    if activity.sign_up == SignUp.ASK:
        return fact | {"strong": gettext("Ask at the place if you want to come."), "text": told}
    strong = gettext("Ring %(venue)s if you want to come.") % name
    return fact | {"strong": strong, "text": told} | _phone(at.phone)


def held_by(at: At) -> Fact:
    fact = {"icon": "shared", "label": gettext("Who holds it")}
    if len(at.hosts) < 2:
        return fact
    return fact | {"text": sentence(_all([venue.title for venue in at.hosts]))}


def ask(at: At) -> Fact:
    fact = {"icon": "phone", "label": gettext("Questions")}
    if not at.phone or at.activity.sign_up == SignUp.CALL:
        return fact
    name = {"venue": at.home.title if at.home else gettext("the place")}
    return fact | {"text": gettext("Ring %(venue)s:") % name} | _phone(at.phone)


def _seats(activity: "ActivityPage", free: int | None) -> str:
    if free == 0:
        return gettext("There are no places left.")
    if free is not None:
        return gettext("There are %(places)s.") % {"places": seats_text(free)}
    if activity.seats is None:
        return ""
    text = ngettext("There is room for %(count)d.", "There is room for %(count)d.", activity.seats)
    return text % {"count": activity.seats}


def _unknown(at: At) -> Fact:
    if not at.phone:
        return {"strong": gettext("We do not know.")}
    text = gettext("Call and ask:")
    return {"strong": gettext("We do not know."), "text": text} | _phone(at.phone)


def _way(url: str) -> Fact:
    return {"url": url, "link_text": gettext("Find the way")} if url else {}


def _phone(phone: str) -> Fact:
    return {"phone": phone, "tel": phone.replace(" ", "")} if phone else {}


def _all(names: list[str]) -> str:
    *most, last = names
    if not most:
        return last
    return gettext("%(items)s and %(last)s") % {"items": ", ".join(most), "last": last}


def _either(names: list[str]) -> str:
    *most, last = names
    if not most:
        return last
    return gettext("%(items)s or %(last)s") % {"items": ", ".join(most), "last": last}
