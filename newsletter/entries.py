"""Dates of the calendar as an issue tells of them.

What an issue says is read later than it is written: nothing here says "today" or "tomorrow".
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

from django.conf import settings
from django.utils.translation import gettext

from activities.card_rows import DateRow, card_rows
from activities.cards import Card, make_cards, next_dates
from activities.change_wording import moved_text
from activities.models import ActivityHost, Occurrence
from activities.querysets import HOLDING
from activities.taxonomy import OccurrenceStatus, PlaceKind
from core.domain.dates import local_time
from core.wording import clock_range, date_text, sentence
from newsletter.domain.content import Entry

if TYPE_CHECKING:
    from activities.querysets import OccurrenceQuerySet

# Whom a date concerns: readers of its venues, and of the districts it belongs to.
WHOM = (
    "pk",
    "venue_id",
    "venue__address_public",
    "venue__district_id",
    "activity__place_kind",
    "activity__place_venue_id",
    "activity__place_venue__address_public",
    "activity__place_venue__district_id",
    "activity__place_district_id",
)
DAY = dt.timedelta(days=1)


def entries_of(found: "OccurrenceQuerySet", *, now: dt.datetime, most: int) -> tuple[Entry, ...]:
    """Return the first `most` of the public dates in `found`, in its order; six queries at most."""
    rows = card_rows(found.public(), most)
    if not rows:
        return ()
    public = Occurrence.objects.public()
    cards = make_cards(rows, public, now)
    coming = next_dates([row for row in rows if row.cancelled], public, now)
    concerned = _concerned([row.pk for row in rows])
    return tuple(
        _entry(row, card, coming.get(row.pk), *concerned[row.pk])
        for row, card in zip(rows, cards, strict=True)
    )


def entries_by_id(ids: Iterable[int], *, now: dt.datetime) -> dict[int, Entry]:
    """Return these dates by id as they are at `now`; one that is no longer public is not in it."""
    wanted = sorted(set(ids))
    found = Occurrence.objects.filter(pk__in=wanted).order_by("starts_at", "pk")
    return {entry.occurrence_id: entry for entry in entries_of(found, now=now, most=len(wanted))}


def _entry(
    row: DateRow,
    card: Card,
    next_on: dt.date | None,
    activity_id: int,
    venue_ids: frozenset[int],
    district_ids: frozenset[int],
) -> Entry:
    starts, ends = local_time(row.starts_at), local_time(row.ends_at)
    return Entry(
        occurrence_id=row.pk,
        activity_id=activity_id,
        venue_ids=venue_ids,
        district_ids=district_ids,
        starts_at=row.starts_at,
        day=row.local_date,
        when=clock_range(starts.time(), ends.time()),
        title=card.title,
        place=", ".join(filter(None, (card.where.name, card.where.street or card.where.district))),
        url=urljoin(settings.WAGTAILADMIN_BASE_URL, card.url),
        cancelled=row.cancelled,
        moved=_moved(row) if row.moved else "",
        same_time=row.moved and bool(row.place) and row.original == starts,
        reason=_reason(row.reason, next_on) if row.cancelled else "",
        note=card.note,
        tags=() if row.cancelled else tuple(_tags(row, card)),
    )


def _moved(row: DateRow) -> str:
    """`Flyttet fra kl. 14.30 til kl. 16 tirsdag den 24. november. Samme sted.`"""
    starts, ends = local_time(row.starts_at), local_time(row.ends_at)
    # A day before both: then neither of them is called today.
    before = min(row.original, starts).date() - DAY
    told = moved_text(row.original, starts, ends, place=row.place, reason=row.reason, today=before)
    return f"{gettext('Moved')} {told}"


def _reason(reason: str, next_on: dt.date | None) -> str:
    told = [sentence(reason)]
    if next_on is not None:
        day = date_text(next_on, year=False)
        told.append(gettext("Next time is %(day)s.") % {"day": day})
    return " ".join(filter(None, told))


def _tags(row: DateRow, card: Card) -> Iterator[str]:
    if row.status == OccurrenceStatus.EXTRA:
        yield gettext("Extra")
    yield from (label for _kind, label in card.tags)
    if card.shown_price:
        yield card.shown_price


def _concerned(ids: list[int]) -> dict[int, tuple[int, frozenset[int], frozenset[int]]]:
    """Return for each date its activity, venues and districts.

    A secret address has no district here: whoever follows a district would learn of it.
    """
    rows = list(Occurrence.objects.filter(pk__in=ids).values(*WHOM, "activity_id"))
    hosts: dict[int, set[int]] = defaultdict(set)
    districts: dict[int, set[int]] = defaultdict(set)
    holding = ActivityHost.objects.filter(
        HOLDING, activity__in={row["activity_id"] for row in rows}
    )
    for activity, venue, open_address, district in holding.values_list(
        "activity", "venue", "venue__address_public", "venue__district"
    ):
        hosts[activity].add(venue)
        if open_address and district:
            districts[activity].add(district)
    return {
        row["pk"]: (
            row["activity_id"],
            frozenset(hosts[row["activity_id"]] | _own_venues(row)),
            frozenset(districts[row["activity_id"]] | _own_districts(row)),
        )
        for row in rows
    }


def _own_venues(row: dict[str, Any]) -> set[int]:
    return {row["venue_id"]} - {None}


def _own_districts(row: dict[str, Any]) -> set[int]:
    found = {row["venue__district_id"]} if row["venue__address_public"] else set()
    if row["activity__place_kind"] == PlaceKind.ADDRESS:
        found.add(row["activity__place_district_id"])
    elif (
        row["activity__place_kind"] == PlaceKind.OTHER_VENUE
        and row["activity__place_venue__address_public"]
    ):
        found.add(row["activity__place_venue__district_id"])
    return found - {None}
