"""A venue for search engines: schema.org in JSON-LD. A secret address is not in it."""

import datetime as dt
import json
from typing import TYPE_CHECKING, Any

from directory.domain.opening import Deviation, Hours
from directory.status import Opening

if TYPE_CHECKING:
    from directory.models import VenuePage

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_HTML = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}
_LAST_MINUTE = dt.time(23, 59)


def venue_json_ld(venue: "VenuePage", opening: Opening, url: str) -> str:
    """Return the data block of a venue's page, safe inside a script element.

    Weekly hours and deviations in which one can walk in. A holiday nobody has spoken for
    cannot be said in schema.org; the page itself says it.
    """
    found: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "CivicStructure",
        "@id": f"{url}#sted",
        "name": venue.title,
        "description": venue.summary,
        "url": url,
        "telephone": venue.phone,
        "openingHoursSpecification": [
            _weekly(row) for row in opening.hours if row.kind.opens_the_door
        ],
        "specialOpeningHoursSpecification": [
            _special(row) for row in opening.deviations if row.closed or row.kind.opens_the_door
        ],
        **_place(venue),
    }
    return to_script({key: value for key, value in found.items() if value not in ("", [])})


def to_script(data: dict[str, Any]) -> str:
    """Return `data` as JSON that cannot end the script element it stands in."""
    return json.dumps(data, ensure_ascii=False).translate(_HTML)


def _place(venue: "VenuePage") -> dict[str, Any]:
    if not venue.address_public or not venue.street:
        return {}
    address = {
        "@type": "PostalAddress",
        "streetAddress": venue.street,
        "postalCode": venue.postal_code,
        "addressLocality": venue.city,
        "addressCountry": "DK",
    }
    place: dict[str, Any] = {"address": {k: v for k, v in address.items() if v}}
    if venue.latitude is not None and venue.longitude is not None:
        place["geo"] = {
            "@type": "GeoCoordinates",
            "latitude": venue.latitude,
            "longitude": venue.longitude,
        }
    return place


def _weekly(row: Hours) -> dict[str, str]:
    spec = {
        "@type": "OpeningHoursSpecification",
        "dayOfWeek": f"https://schema.org/{DAYS[row.weekday]}",
        **_times(row.opens, row.closes),
    }
    return spec | _days(row.valid_from, row.valid_until)


def _special(row: Deviation) -> dict[str, str]:
    closed = row.closed or row.opens is None or row.closes is None
    times = {"opens": "00:00", "closes": "00:00"} if closed else {}
    if row.opens is not None and row.closes is not None and not row.closed:
        times = _times(row.opens, row.closes)
    spec = {"@type": "OpeningHoursSpecification", **times}
    return spec | _days(row.first_on, row.until_on)


def _times(opens: dt.time, closes: dt.time) -> dict[str, str]:
    """Equal times mean a whole day; schema.org would read them as closed."""
    last = _LAST_MINUTE if opens == closes else closes
    return {"opens": opens.isoformat("minutes"), "closes": last.isoformat("minutes")}


def _days(first: dt.date | None, last: dt.date | None) -> dict[str, str]:
    found = {"validFrom": first, "validThrough": last}
    return {key: day.isoformat() for key, day in found.items() if day}
