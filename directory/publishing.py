"""What is asked before a venue's page is published: its facts as plain values, and the words."""

import datetime as dt
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from core.domain.dates import local_day
from core.domain.findings import Finding
from core.publishing import Told
from core.wording import clock, clock_range, date_text
from directory.domain.hours import Hours, Kind
from directory.domain.publishing import VenueFacts, venue_findings, week_minutes
from directory.needs import MEAL_CODES
from directory.taxonomy import PriceType, Weekday

if TYPE_CHECKING:
    from directory.models import VenuePage

Facts = Mapping[str, Any]
NOON = dt.time(12)


def venue_told(venue: "VenuePage", now: dt.datetime) -> list[Told]:
    """Return what a citizen would misunderstand of a venue as it stands in memory; `now` aware."""
    return [told(finding) for finding in venue_findings(facts_of(venue), today=local_day(now))]


def facts_of(venue: "VenuePage") -> VenueFacts:
    """Return what the rules look at; rows somebody is still typing are left out."""
    rows = [row for row in venue.opening_hours.all() if None not in (row.opens, row.closes)]
    return VenueFacts(
        phone=venue.phone,
        hours=tuple(hours_of(row) for row in rows if row.weekday is not None),
        address_public=venue.address_public,
        address=venue.street or venue.city,
        price_unknown=venue.food_price_type == PriceType.UNKNOWN
        and not venue.food_note
        and offers_meals(venue),
    )


def hours_of(row: Any) -> Hours:
    """Return a stored or typed row of opening hours as the plain value."""
    return Hours(
        weekday=int(row.weekday),
        opens=row.opens,
        closes=row.closes,
        kind=Kind(row.kind),
        valid_from=row.valid_from,
        valid_until=row.valid_until,
    )


def offers_meals(venue: "VenuePage") -> bool:
    return any(amenity.code in MEAL_CODES for amenity in venue.amenities.all())


def told(finding: Finding) -> Told:
    """Put a finding of this app into words."""
    text, advice = WORDS[finding.code](finding.facts)
    return Told(finding, text, advice)


def _overlap(facts: Facts) -> tuple[str, str]:
    row = facts["row"]
    words = {"day": _weekday(row), "hours": clock_range(row.opens, row.closes)}
    return (
        _("Two rows of opening hours overlap: %(day)s %(hours)s stands twice.") % words,
        _("Change one of the two rows."),
    )


def _long(facts: Facts) -> tuple[str, str]:
    row = facts["row"]
    start, end = week_minutes(row)
    words = {
        "day": _weekday(row),
        "hours": clock_range(row.opens, row.closes),
        "length": (end - start) // 60,
    }
    text = _("On %(day)s it says open %(hours)s: that is %(length)d hours on end.") % words
    if row.closes < NOON:
        return text, _("Did you mean %(time)s?") % {"time": clock(_afternoon(row.closes))}
    return text, _("Midnight is written 24, and noon is 12.")


def _night(facts: Facts) -> tuple[str, str]:
    row = facts["row"]
    words = {"day": _weekday(row), "time": clock(row.opens)}
    text = _("On %(day)s it says that the door opens in the night, %(time)s.") % words
    return text, _("Did you mean %(time)s?") % {"time": clock(_afternoon(row.opens))}


def _year(facts: Facts) -> tuple[str, str]:
    words = {"day": date_text(facts["day"])}
    return _("Opening hours are bound to %(day)s.") % words, _("Is the year right?")


def _over(facts: Facts) -> tuple[str, str]:
    return (
        _("All opening hours ended %(day)s. The page says that the place is closed.")
        % {"day": date_text(facts["day"])},
        _("Write the new hours, or empty “only until”."),
    )


def _weekday(row: Hours) -> str:
    return str(Weekday(row.weekday).label).lower()


def _afternoon(time: dt.time) -> dt.time:
    return time.replace(hour=(time.hour + 12) % 24)


WORDS: dict[str, Callable[[Facts], tuple[str, str]]] = {
    "hours_overlap": _overlap,
    "long_hours": _long,
    "opens_at_night": _night,
    "strange_year": _year,
    "hours_over": _over,
    "no_hours": lambda facts: (
        _("There are no opening hours. Nobody can see when the door is open."),
        _("Write them under “Opening hours”."),
    ),
    "no_phone": lambda facts: (
        _("There is no phone number. Where we do not know, the page says: ring and ask."),
        _("Write it under “Profile”."),
    ),
    "no_address": lambda facts: (
        _("There is no address. Nobody can find the way."),
        _("Write street and town under “Address”, or say that the address is secret."),
    ),
    "no_food_price": lambda facts: (
        _("The place serves food, but not a word on what it costs. Many do not dare to ask."),
        _("Choose a price under “Food and facilities”."),
    ),
}
