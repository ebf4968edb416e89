"""A venue for search engines: schema.org in JSON-LD. A secret address is not in it."""

import datetime as dt
import json
from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING, Any

from directory.domain.opening import Deviation, Hours, day_spans
from directory.status import Opening

if TYPE_CHECKING:
    from directory.models import VenuePage

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_HTML = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}
_LAST_MINUTE = dt.time(23, 59)
_CLOSED = {"opens": "00:00", "closes": "00:00"}
_A_DAY = dt.timedelta(days=1)
_LOOK_AHEAD = 400  # days of one deviation that are told


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
        "specialOpeningHoursSpecification": list(_special(opening)),
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


def _special(opening: Opening) -> Iterator[dict[str, str]]:
    """Tell all that holds on days with deviations: search engines put it in place of the week.

    Days running that are alike are told together.
    """
    days = sorted({day for row in opening.deviations for day in _covered(row)})
    told = [
        (day.toordinal() - place, day, _door_times(opening, day)) for place, day in enumerate(days)
    ]
    for (_run, times), group in groupby(told, key=lambda one: (one[0], one[2])):
        running = [day for _run, day, _times in group]
        yield from (_on_days(each, running[0], running[-1]) for each in times or [_CLOSED])


def _covered(row: Deviation) -> Iterator[dt.date]:
    return (row.first_on + number * _A_DAY for number in range(min(row.days, _LOOK_AHEAD)))


def _door_times(opening: Opening, day: dt.date) -> list[dict[str, str]]:
    """What the door's hours are on `day`; of a holiday nobody has spoken for, the usual ones."""
    plan = day_spans(opening.hours, opening.deviations, day)
    spans = plan.door_spans if plan.confirmed else (*plan.spans, *plan.usual)
    return [
        _times(span.opens.time(), span.closes.time()) for span in spans if span.kind.opens_the_door
    ]


def _on_days(times: dict[str, str], first: dt.date, last: dt.date) -> dict[str, str]:
    return {"@type": "OpeningHoursSpecification", **times, **_days(first, last)}


def _times(opens: dt.time, closes: dt.time) -> dict[str, str]:
    """Equal times mean a whole day; schema.org would read them as closed."""
    last = _LAST_MINUTE if opens == closes else closes
    return {"opens": opens.isoformat("minutes"), "closes": last.isoformat("minutes")}


def _days(first: dt.date | None, last: dt.date | None) -> dict[str, str]:
    found = {"validFrom": first, "validThrough": last}
    return {key: day.isoformat() for key, day in found.items() if day}
