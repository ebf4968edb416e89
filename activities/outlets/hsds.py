"""The venues in the form of the Human Services Data Specification 3 (HSDS), for other directories.

A venue is a service at one location. What we do not know is left out, and a secret address is in
none of it. FFB codes are KL's (Fælles Faglige Begreber, version 20240530).
"""

import datetime as dt
import uuid
from collections.abc import Iterator
from typing import Any
from urllib.parse import urljoin

from django.conf import settings
from django.utils.translation import gettext

from activities.cards import public_path, site_root
from activities.domain.ical_text import plain_text
from core.domain.dates import day_bounds, local_day
from core.models import SiteSettings
from core.wording import sentence
from directory.answers import (
    Answer,
    Asked,
    Mark,
    anonymous,
    coming_christmas_eve,
    food_price,
    may_i_come,
)
from directory.domain.opening import Deviation, Hours, Kind, day_spans
from directory.models import VenuePage
from directory.profile import access_facts
from directory.status import Opening, opening_of, status_at
from directory.taxonomy import VenueType
from directory.wording import kind_label

FFB = "Fælles Faglige Begreber 20240530 (urn:oid:1.2.208.176.2.22)"
DROP_IN = "9401777d-bdc5-4f52-9804-63c8cae9a792"  # also places one needs no referral to
FFB_OF_TYPE = {
    VenueType.MOBILE_DROP_IN: "d90f4da6-f87a-43b5-833f-646b4baf16d6",
    VenueType.AFFILIATED_SERVICE: "",
}
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")

Json = dict[str, Any]


def services(today: dt.date, site: SiteSettings) -> list[Json]:
    """Return every public venue as an HSDS service on the local day `today`, by name."""
    venues = (
        VenuePage.objects.public().standing(today).with_profile().with_confirmation().in_order()
    )
    rows = list(venues)
    openings = opening_of(rows, today)
    root = site_root()
    return [_Service(venue, openings[venue.pk], today, root, site).json() for venue in rows]


def page_of(contents: list[Json]) -> Json:
    """Return HSDS's page of a list: always the only one."""
    return {
        "total_items": len(contents),
        "total_pages": 1,
        "page_number": 1,
        "size": len(contents),
        "first_page": True,
        "last_page": True,
        "empty": not contents,
        "contents": contents,
    }


class _Service:
    """One venue. Ids of its parts follow from its own, so that they never change."""

    def __init__(
        self, venue: VenuePage, opening: Opening, today: dt.date, root: str, site: SiteSettings
    ) -> None:
        self.venue = venue
        self.opening = opening
        self.today = today
        self.url = urljoin(settings.WAGTAILADMIN_BASE_URL, public_path(venue.url_path, root))
        self.site = site

    def json(self) -> Json:
        venue = self.venue
        asked = self._asked()
        found = {
            "id": str(venue.uid),
            "name": venue.title,
            "description": "\n\n".join(
                filter(None, (sentence(venue.summary), plain_text(venue.description)))
            ),
            "url": self.url,
            "email": venue.email,
            "status": "active",
            "application_process": _known(may_i_come(asked), anonymous(asked)),
            "fees_description": _known(food_price(asked)),
            "eligibility_description": venue.target_text or self._for_whom(),
            "minimum_age": venue.age_min,
            "maximum_age": venue.age_max,
            "assured_date": venue.confirmed_at and local_day(venue.confirmed_at).isoformat(),
            "last_modified": venue.last_published_at and venue.last_published_at.isoformat(),
            "organization": self._organisation(),
            "phones": self._phones(),
            "schedules": [*self._weekly(), *self._other_days()],
            "languages": [
                {"id": self._id("sprog", name), "name": name} for name in self._languages()
            ],
            "attributes": list(self._attributes()),
            "service_at_locations": [
                {"id": self._id("paa-stedet"), "location": _without_empty(self._location())}
            ],
        }
        return _without_empty(found)

    def _id(self, *parts: object) -> str:
        return str(uuid.uuid5(self.venue.uid, "/".join(str(part) for part in parts)))

    def _asked(self) -> Asked:
        codes = frozenset(amenity.code for amenity in self.venue.amenities.all())
        status = status_at(self.opening, day_bounds(self.today)[0])
        eve = coming_christmas_eve(self.today)
        plan = day_spans(self.opening.hours, self.opening.deviations, eve)
        return Asked(self.venue, codes, status, plan, "")

    def _for_whom(self) -> str:
        return ", ".join(group.label for group in self.venue.target_groups.all())

    def _organisation(self) -> Json | None:
        organisation = self.venue.organisation
        if organisation is None:
            return None
        name = f"organisation/{organisation.pk}"
        return _without_empty(
            {
                "id": str(uuid.uuid5(uuid.NAMESPACE_URL, self._absolute(name))),
                "name": organisation.name,
                "description": str(organisation.get_operator_type_display()),
                "email": organisation.email,
                "website": organisation.website,
            }
        )

    def _phones(self) -> list[Json]:
        if not self.venue.phone:
            return []
        phone = {
            "id": self._id("telefon"),
            "number": self.venue.phone,
            "description": self.venue.phone_note,
        }
        return [_without_empty(phone)]

    def _weekly(self) -> Iterator[Json]:
        for number, row in enumerate(self.opening.hours):
            day = {
                "id": self._id("ugedag", number),
                "freq": "WEEKLY",
                "byday": WEEKDAYS[row.weekday],
                "valid_from": row.valid_from and row.valid_from.isoformat(),
                "valid_to": row.valid_until and row.valid_until.isoformat(),
                **_times(row),
            }
            yield _without_empty(day)

    def _other_days(self) -> Iterator[Json]:
        """Days with other hours. HSDS has no word for closed: then there are no times."""
        for number, row in enumerate(self.opening.deviations):
            days = {
                "id": self._id("andre-dage", number),
                "valid_from": row.first_on.isoformat(),
                "valid_to": row.until_on.isoformat(),
                **({"description": gettext("Closed.")} if row.closed else _times(row)),
            }
            reason = ". ".join(filter(None, (row.reason, row.note)))
            yield _without_empty(days | {"notes": sentence(reason) if reason else ""})

    def _languages(self) -> list[str]:
        words = self.venue.languages_spoken.replace(" og ", ",").split(",")
        return [word.strip(" .") for word in words if word.strip(" .")]

    def _attributes(self) -> Iterator[Json]:
        venue = self.venue
        kind = venue.get_venue_type_display()
        ffb = FFB_OF_TYPE.get(VenueType(venue.venue_type), DROP_IN)
        yield self._attribute("venue_type", venue.venue_type, kind)
        if ffb:
            yield self._attribute("ffb", ffb, kind, FFB)
        for group in venue.target_groups.all():
            yield self._attribute("target_group", group.code, group.label)
            if group.ffb_code:
                yield self._attribute("ffb", str(group.ffb_code), group.label, FFB)
        for amenity in venue.amenities.all():
            yield self._attribute("amenity", amenity.code, amenity.label)
        yield self._attribute("referral", venue.referral, venue.get_referral_display())
        yield self._attribute(
            "gender_policy", venue.gender_policy, venue.get_gender_policy_display()
        )
        yield self._attribute("pets_policy", venue.pets_policy, venue.get_pets_policy_display())

    def _attribute(self, link_type: str, code: str, label: str, taxonomy: str = "") -> Json:
        taxonomy = taxonomy or f"Fristed {link_type}"
        return {
            "id": self._id(taxonomy, code),
            "link_id": str(self.venue.uid),
            "link_entity": "service",
            "link_type": link_type,
            "taxonomy_term": {
                "id": str(uuid.uuid5(uuid.NAMESPACE_URL, f"{taxonomy}/{code}")),
                "code": code,
                "name": str(label),
                "description": str(label),
                "taxonomy": taxonomy,
            },
        }

    def _location(self) -> Json:
        venue = self.venue
        found: Json = {
            "id": self._id("sted"),
            "location_type": "physical",
            "name": venue.title,
            "accessibility": [
                {
                    "id": self._id("adgang", number),
                    "description": str(fact.question),
                    "details": str(fact.strong),
                }
                for number, fact in enumerate(access_facts(venue))
                if fact.mark is not Mark.UNKNOWN
            ],
        }
        return found | (self._address() if venue.address_public else {})

    def _address(self) -> Json:
        venue = self.venue
        found: Json = {
            "transportation": " ".join(
                sentence(text) for text in (venue.stop, venue.directions) if text
            ),
            "latitude": venue.latitude,
            "longitude": venue.longitude,
        }
        if venue.street and venue.postal_code and venue.city:
            address = {
                "id": self._id("adresse"),
                "address_1": venue.street,
                "city": venue.city,
                "region": venue.district.name if venue.district else "",
                "state_province": self.site.municipality or venue.city,
                "postal_code": venue.postal_code,
                "country": "DK",
                "address_type": "physical",
            }
            found["addresses"] = [_without_empty(address)]
        return found

    @staticmethod
    def _absolute(path: str) -> str:
        return urljoin(settings.WAGTAILADMIN_BASE_URL, path)


def _times(row: Hours | Deviation) -> Json:
    """Local wall time, as on the door; closing at or before opening is the next day."""
    opens, closes = row.opens, row.closes
    return {
        "opens_at": opens and opens.isoformat(timespec="minutes"),
        "closes_at": closes and closes.isoformat(timespec="minutes"),
        "attending_type": "" if row.kind is Kind.STAFFED else kind_label(row.kind),
        "description": row.note if isinstance(row, Hours) else "",
    }


def _known(*answers: Answer) -> str:
    """Return questions and answers, but those that only say that we do not know."""
    known = (answer for answer in answers if answer.mark != Mark.UNKNOWN)
    texts = (f"{answer.question} {answer.strong} {answer.text}".strip() for answer in known)
    return " ".join(texts)


def _without_empty(values: Json) -> Json:
    return {key: value for key, value in values.items() if value not in (None, "", [], {})}
