"""The list of venues as values: a query in, rows with their status, map and filters out."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.paginator import Page as ResultPage
from django.core.paginator import Paginator
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.domain.dates import local_time
from core.wording import clock, relative_moment
from directory.choices import choice_group, left_out_text
from directory.filters import (
    OPEN_NOW,
    PAGE,
    SEARCH,
    SORT,
    SORTS,
    TICKS,
    Options,
    VenueFilter,
)
from directory.map import Point, draw
from directory.needs import NEED_BY_SLUG
from directory.profile import kind_text
from directory.querysets import related_rows
from directory.status import VenueStatus, stored_states

if TYPE_CHECKING:
    from directory.models import VenuePage
    from directory.querysets import VenueQuerySet

VENUES_A_PAGE = 60


@dataclass(frozen=True, slots=True)
class Listing:
    """All that the list of venues shows. Dicts are the inputs of the components."""

    heading: str
    rows: list[dict[str, Any]]
    map: dict[str, Any] | None
    groups: list[dict[str, Any]]
    chosen: list[dict[str, str]]
    result: str
    unknown: str
    empty: dict[str, str] | None
    pages: dict[str, str] | None
    next_change: dt.datetime | None


def venue_listing(
    venues: "VenueQuerySet", query: QueryDict, now: dt.datetime, *, outline: str = ""
) -> Listing:
    """Return the list of those of the public `venues` that the query asks for.

    The same number of queries for any number of venues; only those on the page are loaded, by
    their keys.
    """
    wanted = VenueFilter.read(query, known_options(venues.model))
    order = list(venues.in_order().values_list("pk", flat=True))
    states = stored_states(venues.model, order, now)
    fitting = _fitting(wanted, venues, order)
    shown = _sorted([key for key in fitting if _door_fits(wanted, states[key])], states, wanted)
    page = Paginator(shown, VENUES_A_PAGE).get_page(query.get(PAGE))
    open_count = sum(status.is_open for status in states.values())
    told = venues.select_related("district").in_bulk(page.object_list)
    on_page = [told[key] for key in page.object_list]
    numbers = _numbers(on_page)
    return Listing(
        heading=_heading(open_count),
        rows=[row(v, states[v.pk], now, number=numbers.get(v.pk, "")) for v in on_page],
        map=_map(on_page, states, numbers, outline),
        groups=filter_groups(wanted, used_options(venues)),
        chosen=[
            {"label": str(choice.label), "remove_url": f"?{choice.remove}"}
            for choice in wanted.choices()
        ],
        result=ngettext("%(count)d place", "%(count)d places", len(shown)) % {"count": len(shown)},
        unknown=left_out_text(wanted.unknown),
        empty=None if shown else _empty(venues, fitting, states, now),
        pages=_pages(page, wanted) if page.paginator.num_pages > 1 else None,
        next_change=min((s.next_change for s in states.values()), default=None),
    )


def known_options(model: "type[VenuePage]") -> dict[str, Options]:
    """Return every value one can ask for, by name in the address; three queries."""
    terms = {
        "maalgruppe": ("target_groups", "code", "sentence"),
        "facilitet": ("amenities", "code", "label"),
        "bydel": ("district", "slug", "name"),
    }
    return {
        name: dict(related_rows(model, relation).values_list(value, label))
        for name, (relation, value, label) in terms.items()
    }


def used_options(venues: "VenueQuerySet") -> dict[str, set[str]]:
    """Return the values that at least one of the venues has: only those are offered.

    Four queries.
    """
    columns = {
        "type": "venue_type",
        "bydel": "district__slug",
        "maalgruppe": "target_groups__code",
        "facilitet": "amenities__code",
    }
    unsorted = venues.order_by()
    used = {
        name: set(unsorted.values_list(column, flat=True).distinct()) - {None}
        for name, column in columns.items()
    }
    return used | {"behov": set(NEED_BY_SLUG)}


def row(
    venue: "VenuePage", status: VenueStatus, now: dt.datetime, *, number: str = ""
) -> dict[str, Any]:
    """Return the inputs of components/venue_row.html for one venue."""
    until, note = status.until, status.until_note
    if not status.is_open:
        until, note = closed_text(status, now), ""
    address = venue.street if venue.address_public else _("secret address")
    return {
        "url": venue.url,
        "name": venue.title,
        "state": status.state.name,
        "until": until,
        "until_note": note,
        "meta": " · ".join(filter(None, (kind_text(venue), address))),
        "next_text": venue.summary,
        "number": number,
    }


def closed_text(status: VenueStatus, now: dt.datetime) -> str:
    """Return `åbner kl. 9` or `åbner på mandag kl. 9`; on a holiday that one must ask."""
    if status.state.name == "unknown":
        return status.text.head
    opens = status.state.opens_next
    if opens is None:
        return ""
    return _("opens %(when)s") % {"when": _when(opens, now)}


def _when(opens: dt.datetime, now: dt.datetime) -> str:
    today = local_time(now).date()
    return clock(opens.time()) if opens.date() == today else relative_moment(opens, today)


def filter_groups(wanted: VenueFilter, used: Mapping[str, set[str]]) -> list[dict[str, Any]]:
    """Return the inputs of components/filter_bar.html."""
    labels = {
        "behov": _("I need"),
        "bydel": _("District"),
        "maalgruppe": _("For you who …"),
        "type": _("Kind of place"),
        "facilitet": _("What there is"),
    }
    search = {
        "name": SEARCH,
        "label": _("Words"),
        "type": "text",
        "value": wanted.search,
        "placeholder": _("food, bath, somebody to talk to"),
    }
    choices = {}
    for name, label in labels.items():
        chosen = wanted.chosen.get(name, ())
        offered = {
            value: words
            for value, words in wanted.options[name].items()
            if value in used[name] or value in chosen
        }
        if offered:
            choices[name] = choice_group(name, label, offered.items(), chosen, "checkboxes")
    order = choice_group(SORT, _("Order"), SORTS.items(), (wanted.sort,), "select")
    seldom = [choices.pop(name) for name in ("type", "facilitet") if name in choices]
    more = {"type": "more", "label": _("More choices"), "groups": [*seldom, order]}
    return [search, *choices.values(), _ticks(wanted), more]


def _ticks(wanted: VenueFilter) -> dict[str, Any]:
    on = {*wanted.ticks, *([OPEN_NOW] if wanted.open_now else [])}
    words = {OPEN_NOW: _("Open now"), **{name: tick[0] for name, tick in TICKS.items()}}
    return {
        "name": "vilkaar",
        "label": _("It must be so"),
        "type": "checkboxes",
        "options": [
            {"name": name, "value": "1", "label": str(label), "selected": name in on}
            for name, label in words.items()
        ],
    }


def _fitting(wanted: VenueFilter, venues: "VenueQuerySet", order: Sequence[int]) -> list[int]:
    """Return the keys of the venues that fit, in the given order."""
    if wanted.is_empty:
        return list(order)
    keys = set(wanted.apply(venues).values_list("pk", flat=True))
    if wanted.search:
        read = venues.filter(pk__in=keys).for_lists()
        keys = {venue.pk for venue in wanted.matching(read)}
    return [key for key in order if key in keys]


def _door_fits(wanted: VenueFilter, status: VenueStatus) -> bool:
    return status.is_open or not wanted.open_now


def _sorted(keys: list[int], states: Mapping[int, VenueStatus], wanted: VenueFilter) -> list[int]:
    """Keep the order of names, but with the open ones first unless names are asked for."""
    if wanted.sort == "navn":
        return keys
    return sorted(keys, key=lambda key: not states[key].is_open)


def _numbers(venues: "Sequence[VenuePage]") -> dict[int, str]:
    placed = [venue for venue in venues if _point(venue)]
    return {venue.pk: str(number) for number, venue in enumerate(placed, start=1)}


def _point(venue: "VenuePage") -> Point | None:
    if not venue.address_public or venue.latitude is None or venue.longitude is None:
        return None
    return Point(venue.latitude, venue.longitude)


def _map(
    venues: "Sequence[VenuePage]",
    states: Mapping[int, VenueStatus],
    numbers: Mapping[int, str],
    outline: str,
) -> dict[str, Any] | None:
    placed = [(venue, point) for venue in venues if (point := _point(venue))]
    drawing = draw([point for _venue, point in placed], outline)
    if drawing is None:
        return None
    pins = [
        {
            "number": numbers[venue.pk],
            "x": x,
            "y": y,
            "name": venue.title,
            "url": f"#sted-{numbers[venue.pk]}",
            "state": states[venue.pk].state.name,
        }
        for (venue, _point_), (x, y) in zip(placed, drawing.places, strict=True)
    ]
    return {"view_box": drawing.view_box, "land": drawing.land, "pins": pins}


def _heading(count: int) -> str:
    if not count:
        return _("No places are open now")
    return ngettext("%(count)d place is open now", "%(count)d places are open now", count) % {
        "count": count
    }


def _empty(
    venues: "VenueQuerySet",
    fitting: Sequence[int],
    states: Mapping[int, VenueStatus],
    now: dt.datetime,
) -> dict[str, str]:
    """Say why the list is empty and what to do: wait for the first door, or ask for less."""
    openings = [
        (opens, key) for key in fitting if (opens := states[key].state.opens_next) is not None
    ]
    if not openings:
        return {
            "title": _("No place fits what you have chosen"),
            "text": _("Take a choice away, or see all places."),
        }
    opens, key = min(openings, key=lambda found: found[0])
    when = _when(opens, now)
    return {
        "title": _("None of them is open now"),
        "text": _("%(venue)s is the first to open, %(when)s.")
        % {"venue": venues.get(pk=key).title, "when": when},
    }


def _pages(page: ResultPage, wanted: VenueFilter) -> dict[str, str]:
    words = {"page": page.number, "count": page.paginator.num_pages}
    before = wanted.query(page=page.number - 1) if page.has_previous() else None
    after = wanted.query(page=page.number + 1) if page.has_next() else None
    return {
        "label": _("Page %(page)d of %(count)d") % words,
        "previous_url": "" if before is None else f"?{before}",
        "next_url": "" if after is None else f"?{after}",
    }
