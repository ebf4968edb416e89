"""An activity's dates for search engines: schema.org events whose status is true."""

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from activities.activity_facts import At
from activities.cards import date_anchor
from activities.taxonomy import OccurrenceStatus, PlaceKind
from core.domain.dates import COPENHAGEN
from directory.structured_data import to_script
from directory.taxonomy import PriceType

if TYPE_CHECKING:
    from activities.cards import Date
    from activities.models import ActivityPage
    from directory.models import VenuePage

SCHEMA = "https://schema.org"


def activity_json_ld(rows: Sequence["Date"], at: At, url: str) -> str:
    """Return the data block of an activity's page, "" without dates. Safe inside a script.

    One Event a date. `url` is the page's absolute address; a secret address is not in it.
    """
    if not rows:
        return ""
    events = [event(row, at, url) for row in rows]
    return to_script({"@context": SCHEMA, "@graph": events})


def event(row: "Date", at: At, url: str) -> dict[str, Any]:
    """Return one date as a schema.org Event; what is not known is left out."""
    activity = at.activity
    found = {
        "@type": "Event",
        "@id": f"{url}#{date_anchor(row.local_date)}",
        "name": activity.title,
        "description": activity.summary,
        "url": f"{url}#{date_anchor(row.local_date)}",
        "startDate": _moment(row.starts_at),
        "endDate": _moment(row.ends_at),
        "eventAttendanceMode": f"{SCHEMA}/OfflineEventAttendanceMode",
        "inLanguage": "da",
        **_status(row),
        "location": _location(row, at),
        "organizer": [_organizer(venue, url) for venue in _organizers(at)],
        **_offers(activity, url),
    }
    return {key: value for key, value in found.items() if value not in ("", [], {})}


def _status(row: "Date") -> dict[str, str]:
    """A date that only got another room or end is still the one that was planned."""
    original = row.original.replace(tzinfo=COPENHAGEN)
    if row.status == OccurrenceStatus.CANCELLED:
        return {"eventStatus": f"{SCHEMA}/EventCancelled"}
    if row.status == OccurrenceStatus.MOVED and original != row.starts_at:
        return {
            "eventStatus": f"{SCHEMA}/EventRescheduled",
            "previousStartDate": _moment(original),
        }
    return {"eventStatus": f"{SCHEMA}/EventScheduled"}


def _location(row: "Date", at: At) -> dict[str, Any]:
    activity, venue = at.activity, at.place
    if row.place:
        return {"@type": "Place", "name": row.place}
    if activity.place_kind == PlaceKind.ADDRESS:
        address = _address(activity.place_street, activity.place_postal_code, activity.place_city)
        return _place(activity.place_name or activity.place_street, address)
    if venue is None:
        return {}
    if not (venue.address_public and venue.live):
        return {"@type": "Place", "name": venue.title}
    return _place(venue.title, _address(venue.street, venue.postal_code, venue.city))


def _place(name: str, address: dict[str, str]) -> dict[str, Any]:
    found: dict[str, Any] = {"@type": "Place", "name": name}
    return found | {"address": address} if address else found


def _address(street: str, postal_code: str, city: str) -> dict[str, str]:
    if not street and not city:
        return {}
    found = {
        "@type": "PostalAddress",
        "streetAddress": street,
        "postalCode": postal_code,
        "addressLocality": city,
        "addressCountry": "DK",
    }
    return {key: value for key, value in found.items() if value}


def _organizers(at: At) -> list["VenuePage"]:
    return at.hosts or ([at.home] if at.home else [])


def _organizer(venue: "VenuePage", url: str) -> dict[str, str]:
    scheme, _, rest = url.partition("://")
    host = f"{scheme}://{rest.partition('/')[0]}"
    path = venue.get_url_parts()[2] if venue.live else ""
    found = {"@type": "Organization", "name": venue.title}
    return found | {"url": f"{host}{path}"} if path else found


def _offers(activity: "ActivityPage", url: str) -> dict[str, Any]:
    """Prices that are known; a place that is full is not said here, since it changes hourly."""
    offer = {"@type": "Offer", "priceCurrency": "DKK", "url": url}
    if activity.price_type == PriceType.FREE:
        return {"isAccessibleForFree": True, "offers": offer | {"price": "0"}}
    if activity.price_type == PriceType.FIXED and activity.price is not None:
        return {
            "isAccessibleForFree": activity.price == 0,
            "offers": offer | {"price": _kroner(activity.price)},
        }
    if activity.price_type == PriceType.RANGE and activity.price is not None:
        return {
            "offers": {
                "@type": "AggregateOffer",
                "priceCurrency": "DKK",
                "url": url,
                "lowPrice": _kroner(activity.price),
                "highPrice": _kroner(activity.price_max or activity.price),
            }
        }
    return {}


def _kroner(ore: int) -> str:
    return f"{ore // 100}.{ore % 100:02d}"


def _moment(moment: dt.datetime) -> str:
    return moment.astimezone(COPENHAGEN).isoformat(timespec="minutes")
