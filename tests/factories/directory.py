"""Venues and what stands beside them."""

import datetime as dt
from typing import Any

from core.domain.text import slugify_da
from directory.models import (
    District,
    Notice,
    OpeningException,
    OpeningHours,
    Organisation,
    TargetGroup,
    VenueIndexPage,
    VenuePage,
)
from directory.taxonomy import ExceptionReason, OperatorType, VenueType

DEFAULTS = {
    "venue_type": VenueType.DROP_IN_CENTRE,
    "summary": "Et hus med varm kaffe og god tid.",
    "street": "Ågade 4",
    "postal_code": "9999",
    "city": "Eksempelby",
    "phone": "12 34 56 78",
}


def make_venue(
    title: str = "Perlen",
    *,
    index: VenueIndexPage | None = None,
    hours: list[tuple[int, str, str]] | None = None,
    target_groups: list[str] | None = None,
    **fields: Any,
) -> VenuePage:
    """Return a published venue.

    `hours` are (weekday 0-6, "10.00", "16.00"); `target_groups` are codes. The list of venues
    must exist (fixture `home`).
    """
    values = {"title": title, "slug": slugify_da(title)} | DEFAULTS | fields
    if not values.get("address_public", True):
        values = {
            name: value for name, value in values.items() if name not in VenuePage.ADDRESS_FIELDS
        }
    page = VenuePage(**values)
    if target_groups:
        page.target_groups = list(TargetGroup.objects.filter(code__in=target_groups))
    page.opening_hours = [
        OpeningHours(weekday=weekday, opens=clock(opens), closes=clock(closes))
        for weekday, opens, closes in hours or []
    ]
    return (index or VenueIndexPage.objects.get()).add_child(instance=page)


def make_district(name: str = "Nørrebro") -> District:
    return District.objects.create(name=name, slug=slugify_da(name))


def make_organisation(name: str = "Eksempelby Kommune") -> Organisation:
    return Organisation.objects.create(name=name, operator_type=OperatorType.MUNICIPAL)


def make_exception(
    venue: VenuePage, first_on: dt.date, until_on: dt.date | None = None, **fields: Any
) -> OpeningException:
    """Return days on which the venue is closed, unless `fields` say otherwise."""
    values = {"reason": ExceptionReason.STAFF_DAY} | fields
    return OpeningException.objects.create(
        venue=venue, first_on=first_on, until_on=until_on or first_on, **values
    )


def make_notice(
    venue: VenuePage | None,
    starts_at: dt.datetime,
    ends_at: dt.datetime,
    title: str = "Lukket i dag på grund af sygdom",
    **fields: Any,
) -> Notice:
    return Notice.objects.create(
        venue=venue, starts_at=starts_at, ends_at=ends_at, title=title, **fields
    )


def clock(text: str) -> dt.time:
    """Return "17.30" as a time."""
    hours, minutes = text.split(".")
    return dt.time(int(hours), int(minutes))
