"""A venue's page as values: the page and its records in, what the template shows out."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils.http import urlencode
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from core.domain.dates import local_time
from core.models import SiteSettings
from core.pictures import shown
from core.wording import age_text, date_text, day_range, sentence
from directory.answers import Answer, Asked, Mark, answers, coming_christmas_eve
from directory.domain.opening import DayPlan, day_spans, plans_between
from directory.drawings import drawing_of
from directory.status import Opening, VenueStatus, opening_of, status_at
from directory.taxonomy import Fact, UsePolicy
from directory.wording import HoursRow, day_hours, hours_rows, plan_exception

if TYPE_CHECKING:
    from directory.models import Notice, VenueMove, VenuePage

WEEK = dt.timedelta(days=7)
DAYS_AHEAD = 28
MAP_ADDRESS = "https://www.openstreetmap.org/"
PHOTO_SIZE = "fill-800x980|format-webp"


@dataclass(frozen=True, slots=True)
class Ahead:
    """Days to come with other hours than usual: `Mandag den 24. december` – `kl. 12–20`."""

    days: str
    text: str


@dataclass(frozen=True, slots=True)
class Profile:
    """All that the page of one venue tells at one moment, in words and ready links."""

    kind: str
    status: VenueStatus
    tel: str
    answers: list[Answer]
    confirmed: str
    confirmation_is_old: bool
    week: str
    coming_days: str
    hours: list[HoursRow]
    ahead: list[Ahead]
    notices: "list[Notice]"
    moves: list[str]
    steps: list[dict[str, str]]
    amenities: list[dict[str, str]]
    access: list[Answer]
    access_unknown: bool
    house_rules: list[dict[str, str]]
    for_you_who: list[str]
    map_url: str
    picture: dict[str, Any]
    next_change: dt.datetime


def venue_profile(
    venue: "VenuePage", now: dt.datetime, site: SiteSettings, *, index_url: str = ""
) -> Profile:
    """Return the profile of `venue` at the aware moment `now`."""
    today = local_time(now).date()
    opening = opening_of([venue], today)[venue.pk]
    status = status_at(opening, now)
    amenities = list(venue.amenities.all())
    codes = frozenset(amenity.code for amenity in amenities)
    monday = today - dt.timedelta(days=today.weekday())
    notices, next_notice = _notices(venue, now)
    confirmed, is_old = confirmation_text(venue.confirmed_at, today)
    access = access_facts(venue)
    asked = Asked(venue, codes, status, _plan(opening, coming_christmas_eve(today)), index_url)
    return Profile(
        kind=kind_text(venue),
        status=status,
        tel=asked.tel,
        answers=answers(asked),
        confirmed=confirmed,
        confirmation_is_old=is_old,
        week=day_range(monday, monday + WEEK - dt.timedelta(days=1)),
        coming_days=day_range(today, today + WEEK - dt.timedelta(days=1)),
        hours=hours_rows(_plans(opening, monday, 7), today),
        ahead=days_ahead(opening, monday + WEEK, today + dt.timedelta(days=DAYS_AHEAD)),
        notices=notices,
        moves=[move_text(venue, move, today) for move in _moves(venue, today)],
        steps=[
            {"strong": sentence(step.heading), "text": step.text}
            for step in venue.first_visit_steps.all()
        ],
        amenities=[{"text": term.label, "icon": term.icon} for term in amenities],
        access=access,
        access_unknown=any(fact.mark is Mark.UNKNOWN for fact in access),
        house_rules=house_rules(venue),
        for_you_who=[group.sentence for group in venue.target_groups.all()],
        map_url=map_url(venue),
        picture=picture(venue, today),
        next_change=min(filter(None, (status.next_change, next_notice))),
    )


def kind_text(venue: "VenuePage") -> str:
    """`Værested i Havnekvarteret`; without a district the kind alone."""
    kind = venue.get_venue_type_display()
    if venue.district is None or not venue.address_public:
        return kind
    return _("%(kind)s in %(district)s") % {"kind": kind, "district": venue.district}


def confirmation_text(confirmed_at: dt.datetime | None, today: dt.date) -> tuple[str, bool]:
    """Return `Bekræftet af stedet for 3 uger siden` and whether that is too long ago."""
    if confirmed_at is None:
        return _("The venue has not yet confirmed this page"), True
    day = local_time(confirmed_at).date()
    text = _("Confirmed by the venue %(when)s") % {"when": age_text(day, today)}
    return text, (today - day).days > settings.FRISTED_VENUE_VERIFY_DAYS


def days_ahead(opening: Opening, first: dt.date, last: dt.date) -> list[Ahead]:
    """Return the days from `first` to `last` that are not as usual, alike days together."""
    found: list[tuple[dt.date, dt.date, str]] = []
    for plan in _plans(opening, first, max((last - first).days + 1, 0)):
        text = _special(plan, opening)
        if not text:
            continue
        follows = found and found[-1][1] + dt.timedelta(days=1) == plan.day
        if follows and found[-1][2] == text:
            found[-1] = (found[-1][0], plan.day, text)
        else:
            found.append((plan.day, plan.day, text))
    return [Ahead(_days(start, end), text) for start, end, text in found]


def _special(plan: DayPlan, opening: Opening) -> str:
    """What is special about a day, or nothing."""
    deviates = any(deviation.covers(plan.day) for deviation in opening.deviations)
    if plan.holiday is None and not deviates:
        return ""
    hours = day_hours(plan.spans) if plan.confirmed else ""
    return " ".join(filter(None, (plan_exception(plan), sentence(hours))))


def _days(first: dt.date, last: dt.date) -> str:
    if first == last:
        return capfirst(date_text(first, year=False))
    return capfirst(day_range(first, last))


def move_text(venue: "VenuePage", move: "VenueMove", today: dt.date) -> str:
    """`Perlen flytter den 1. december til Nygade 3.`, in the past after the day."""
    words = {
        "venue": venue.title,
        "day": date_text(move.on),
        "other": move.successor.title if move.successor else "",
        "street": move.street,
    }
    past = today >= move.on
    if move.successor:
        text = (
            _("%(venue)s became a part of %(other)s on %(day)s.")
            if past
            else _("%(venue)s becomes a part of %(other)s on %(day)s.")
        )
    elif move.street and venue.address_public:
        text = (
            _("%(venue)s moved to %(street)s on %(day)s.")
            if past
            else _("%(venue)s moves to %(street)s on %(day)s.")
        )
    else:
        text = (
            _("%(venue)s moved on %(day)s. Ring and hear where to.")
            if past
            else _("%(venue)s moves on %(day)s. Ring and hear where to.")
        )
    return " ".join(filter(None, (text % words, sentence(move.note))))


def access_facts(venue: "VenuePage") -> list[Answer]:
    """Return the facts about getting in and around: yes, no or not known."""
    facts = (
        (_("Step-free access"), venue.step_free),
        (_("Accessible toilet"), venue.accessible_toilet),
        (_("Lift"), venue.lift),
        (_("Hearing loop"), venue.hearing_loop),
        (_("Accessible parking"), venue.accessible_parking),
        (_("Quiet room"), venue.quiet_room),
        (_("Help at the door"), venue.door_help),
    )
    words = {
        Fact.YES: (Mark.YES, _("Yes.")),
        Fact.NO: (Mark.NO, _("No.")),
        Fact.UNKNOWN: (Mark.UNKNOWN, _("We do not know.")),
    }
    return [Answer(label, *words[Fact(fact)]) for label, fact in facts]


def house_rules(venue: "VenuePage") -> list[dict[str, str]]:
    """Return what else one may want to know before coming; nothing where it is not known."""
    rules: list[tuple[str, str, str]] = []
    if venue.relatives_welcome != Fact.UNKNOWN:
        rules.append(("people", _("Relatives"), _welcome(venue.relatives_welcome)))
    if venue.children_welcome != Fact.UNKNOWN:
        rules.append(("children", _("Children"), _welcome(venue.children_welcome)))
    if venue.smoking_policy != UsePolicy.ASK:
        rules.append(("smoking", _("Smoking"), venue.get_smoking_policy_display()))
    if venue.languages_spoken:
        rules.append(("globe", _("Languages"), venue.languages_spoken))
    return [{"icon": icon, "label": label, "text": text} for icon, label, text in rules]


def _welcome(fact: str) -> str:
    return _("Are welcome.") if fact == Fact.YES else _("Cannot come along.")


def map_url(venue: "VenuePage") -> str:
    """Return an address that shows the venue on a map elsewhere; none if it is secret."""
    if not venue.address_public:
        return ""
    if venue.latitude is not None and venue.longitude is not None:
        place = f"{venue.latitude:.5f}", f"{venue.longitude:.5f}"
        query = urlencode({"mlat": place[0], "mlon": place[1]})
        return f"{MAP_ADDRESS}?{query}#map=17/{place[0]}/{place[1]}"
    if venue.street:
        return f"{MAP_ADDRESS}search?{urlencode({'query': venue.address_line})}"
    return ""


def picture(venue: "VenuePage", today: dt.date) -> dict[str, Any]:
    """Return the inputs of components/picture.html: the photo while consent lasts."""
    photo = shown(venue.photo, today)
    if photo:
        rendition = photo.get_rendition(PHOTO_SIZE)
        return {
            "image_url": rendition.url,
            "image_alt": venue.photo_alt,
            "width": rendition.width,
            "height": rendition.height,
        }
    return {"illustration": drawing_of(venue.illustration, venue.venue_type), "title": ""}


def _notices(venue: "VenuePage", now: dt.datetime) -> "tuple[list[Notice], dt.datetime | None]":
    if venue.pk is None:
        return [], None
    notices = venue.notices.all()
    return list(notices.showing(now)), notices.next_change(now)


def _moves(venue: "VenuePage", today: dt.date) -> "Iterable[VenueMove]":
    if venue.pk is None:
        return ()
    return venue.moves.worth_telling(today).select_related("successor")


def _plan(opening: Opening, day: dt.date) -> DayPlan:
    return day_spans(opening.hours, opening.deviations, day)


def _plans(opening: Opening, first: dt.date, days: int) -> tuple[DayPlan, ...]:
    last = first + dt.timedelta(days=days - 1)
    return plans_between(opening.hours, opening.deviations, first, last)
