"""Every figure the hub works out by itself, in the catalogue's order.

A figure is one function and one entry here. What cannot be counted in this installation is left
out: the page never promises a figure that nobody keeps.
"""

from django.utils.translation import gettext_lazy as _

from initiatives.indicators import people, together, venues
from initiatives.indicators.base import Indicator

_CORE_TASK = Indicator(
    code="1a-kerneopgave",
    initiative="1a",
    title=_("Venues with a published core task and target group"),
    definition=_(
        "Of the published venues: those whose page tells their core task and for whom they are."
    ),
    over_time=False,
    measure=venues.core_task_published,
)
_VENUES_CONFIRMED = Indicator(
    code="2b-steder",
    initiative="2b",
    title=_("Venues that have confirmed their page lately"),
    definition=_(
        "Of the published venues: those that have said “still right” within the term that "
        "is set for venues."
    ),
    over_time=False,
    measure=venues.venues_confirmed,
)
_ACTIVITIES_CONFIRMED = Indicator(
    code="2b-aktiviteter",
    initiative="2b",
    title=_("Fixed activities that have been confirmed lately"),
    definition=_(
        "Of the public fixed activities with dates ahead: those that somebody has confirmed "
        "within the term that is set for activities."
    ),
    over_time=False,
    measure=venues.activities_confirmed,
)
_KOMPAS = Indicator(
    code="2b-kompas",
    initiative="2b",
    title=_("Fixed activities confirmed in the national directory"),
    definition=_(
        "Of the public fixed activities that belong there: those that somebody has confirmed to "
        "stand there within the term. Behind each venue are those that are missing."
    ),
    over_time=False,
    measure=venues.in_kompas,
)
_SHARED = Indicator(
    code="2c-faelles",
    initiative="2c",
    title=_("Events that several venues held together"),
    definition=_(
        "Shared events with a date that took place in the period, up to today. A venue takes part "
        "when it is main host or has said yes. Dates are kept for 13 months."
    ),
    over_time=True,
    measure=together.shared_events,
)
_EXCHANGES = Indicator(
    code="4b-udveksling",
    initiative="4b",
    title=_("Venues that got to know each other"),
    definition=_(
        "Visits, staff swaps and joint courses that were held in the period, by venue. An exchange "
        "counts at each venue that took part."
    ),
    over_time=True,
    measure=together.exchanges,
)
_SERVICES = Indicator(
    code="4c-indsatser",
    initiative="4c",
    title=_("Outreach services at the venues"),
    definition=_("Services that others bring to a venue and that are running now."),
    over_time=False,
    measure=together.services_running,
)
_PEOPLE = Indicator(
    code="5a-gaester",
    initiative="5a",
    title=_("People counted at activities"),
    definition=_(
        "The sum of what staff counted at each date, in the period's months that are closed: two "
        "weeks after a month nothing is changed any more. A person who comes twice counts twice; "
        "nobody is registered. Small numbers are never told, and are in no total."
    ),
    over_time=True,
    measure=people.head_counts,
)


def indicators() -> tuple[Indicator, ...]:
    """Return the figures that can be worked out here."""
    found = [_CORE_TASK, _VENUES_CONFIRMED, _ACTIVITIES_CONFIRMED, _KOMPAS, _SHARED]
    found += [_EXCHANGES] if together.exchanges_counted() else []
    return (*found, _SERVICES, _PEOPLE)


def indicator(code: str) -> Indicator | None:
    """Return one of them, or None."""
    return next((one for one in indicators() if one.code == code), None)
