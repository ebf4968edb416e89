"""What is asked before an activity is published: its facts as plain values, and the words."""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from activities.domain.publishing import ActivityFacts, House, Price, Where, activity_findings
from activities.domain.rules import Rule
from activities.domain.stop import with_stops
from activities.editor_forms import RULE_ERRORS
from activities.taxonomy import HostRole, PlaceKind, SignUp
from core.domain.dates import local_time
from core.domain.findings import Finding
from core.publishing import Told
from core.wording import clock, clock_range, date_text, sentence
from directory.status import opening_of
from directory.taxonomy import PriceType

if TYPE_CHECKING:
    from activities.models import ActivityPage
    from directory.models import VenuePage

Facts = Mapping[str, Any]


def activity_told(
    page: "ActivityPage", now: dt.datetime, *, venue: "VenuePage | None" = None
) -> list[Told]:
    """Return what a citizen would misunderstand of an activity as it stands in memory.

    `now` is aware. `venue` is the one it belongs to, for a page that has no place in the tree yet.
    """
    facts = facts_of(page, now, venue=venue)
    return [told(finding) for finding in activity_findings(facts, now=local_time(now))]


def facts_of(
    page: "ActivityPage", now: dt.datetime, *, venue: "VenuePage | None" = None
) -> ActivityFacts:
    """Return what the rules look at; rows somebody is still typing are left out."""
    home = venue or home_of(page)
    place = _place(page, home)
    rules = list(_rules(page))
    changes: list[Any] = []
    breaks = [row.pause() for row in page.breaks.all() if row.first_on and row.until_on]
    if page.pk:
        rows = page.changes.filter(undone_at__isnull=True).order_by("created_at", "pk")
        stops = [row.stop() for row in page.stops.order_by("created_at", "pk")]
        rules, changes = with_stops(rules, breaks, [row.change() for row in rows], stops)
    return ActivityFacts(
        rules=tuple(rules),
        breaks=tuple(breaks),
        changes=tuple(changes),
        price=_price(page),
        where=_where(page, place),
        house=_house(place, local_time(now).date()) if place else None,
        must_ring=page.sign_up == SignUp.CALL,
        phone=page.phone or (home.phone if home else ""),
    )


def home_of(page: "ActivityPage") -> "VenuePage | None":
    """Return the venue an activity belongs to, or the main host of a shared event."""
    venues = page._meta.get_field("place_venue").related_model._default_manager
    above = venues.filter(path=page.path[: -page.steplen]).first() if page.path else None
    if above is not None or page.pk is None:
        return above
    lead = page.hosts.filter(role=HostRole.LEAD).select_related("venue").first()
    return lead.venue if lead else None


def _rules(page: "ActivityPage") -> Iterator[Rule]:
    for row in page.schedules.all():
        if None not in (row.starts, row.ends, row.first_on):
            yield row.rule()


def _place(page: "ActivityPage", home: "VenuePage | None") -> "VenuePage | None":
    if page.place_kind == PlaceKind.OTHER_VENUE:
        return page.place_venue
    return home if page.place_kind == PlaceKind.OWN else None


def _where(page: "ActivityPage", place: "VenuePage | None") -> Where:
    if page.place_kind == PlaceKind.ADDRESS:
        known = bool(page.place_name or page.place_street)
    elif place is not None and not place.address_public:
        return Where.HIDDEN
    else:
        known = place is not None and bool(place.street or place.city)
    return Where.SAID if known else Where.UNKNOWN


def _price(page: "ActivityPage") -> Price:
    if page.price_type == PriceType.UNKNOWN:
        return Price.SAID if page.price_note else Price.UNKNOWN
    wanted = {PriceType.FIXED: (page.price,), PriceType.RANGE: (page.price, page.price_max)}
    missing = None in wanted.get(PriceType(page.price_type), ())
    return Price.MISSING if missing else Price.SAID


def _house(place: "VenuePage", today: dt.date) -> House:
    opening = opening_of([place], today)[place.pk]
    return House(place.title, opening.hours, opening.deviations)


def told(finding: Finding) -> Told:
    """Put a finding of this app into words."""
    if finding.code in RULE_ERRORS:
        return Told(finding, str(RULE_ERRORS[finding.code][1]))
    text, advice = WORDS[finding.code](finding.facts)
    return Told(finding, text, advice)


def _past(facts: Facts) -> tuple[str, str]:
    text = _("The last date was %(day)s. Nobody sees an activity without dates in the calendar.")
    return text % {"day": date_text(facts["day"])}, _("Write a new date. Is the year right?")


def _year(facts: Facts) -> tuple[str, str]:
    return _("There is a date in the year %(year)d: %(day)s.") % {
        "year": facts["day"].year,
        "day": date_text(facts["day"]),
    }, _("Is the year right?")


def _long(facts: Facts) -> tuple[str, str]:
    rule = facts["rule"]
    words = {
        "hours": clock_range(rule.starts, rule.ends),
        "length": round(rule.length.total_seconds() / 3600),
    }
    text = _("It lasts %(length)d hours: %(hours)s.") % words
    return text, _("Midnight is written 24, and noon is 12.")


def _night(facts: Facts) -> tuple[str, str]:
    starts = facts["rule"].starts
    text = _("It begins in the night, %(time)s.") % {"time": clock(starts)}
    return text, _("Did you mean %(time)s?") % {
        "time": clock(starts.replace(hour=starts.hour + 12))
    }


def _closed(facts: Facts) -> tuple[str, str]:
    words = _dated(facts) | {"reason": sentence(facts["reason"])}
    text = _("%(house)s is closed %(day)s. %(reason)s") % words
    return text.strip(), _("Cancel that date, or write another place.")


def _shut_that_day(facts: Facts) -> tuple[str, str]:
    text = _("%(house)s is not open on that day of the week: %(day)s.") % _dated(facts)
    return text, _("Somebody may stand at a locked door. Write in the text how one gets in.")


def _outside(facts: Facts) -> tuple[str, str]:
    spans = facts["spans"]
    open_hours = ", ".join(clock_range(s.opens.time(), s.closes.time()) for s in spans)
    words = _dated(facts) | {"hours": open_hours}
    text = _("%(house)s is open %(hours)s that day, and the activity is %(day)s.") % words
    return text, _("Somebody may stand at a locked door. Write in the text how one gets in.")


def _dated(facts: Facts) -> dict[str, Any]:
    slot = facts["slot"]
    hours = clock_range(slot.starts.time(), slot.ends.time())
    return {"house": facts["house"], "day": f"{date_text(slot.starts.date())} {hours}"}


WORDS: dict[str, Callable[[Facts], tuple[str, str]]] = {
    "all_past": _past,
    "strange_year": _year,
    "very_long": _long,
    "starts_at_night": _night,
    "place_closed": _closed,
    "place_shut_that_day": _shut_that_day,
    "outside_hours": _outside,
    "no_schedule": lambda facts: (_("Say when it happens."), ""),
    "no_dates_ahead": lambda facts: (
        _("There is no date to come: all are cancelled, or lie in a break."),
        _("Write a new date, or wait with publishing."),
    ),
    "price_missing": lambda facts: (_("Write the price."), ""),
    "no_price": lambda facts: (
        _("The price is not said. Many stay at home when they do not know what it costs."),
        _("Choose “free”, or write the price."),
    ),
    "no_place": lambda facts: (
        _("It is not said where it happens. Nobody can find it."),
        _("Write the address under “Where”, or give the venue an address."),
    ),
    "no_phone_to_ring": lambda facts: (
        _("People are asked to ring, but there is no phone number."),
        _("Write one under “Price and joining”."),
    ),
}
