"""The choices of the list of venues: query in, checked values out, and back into addresses.

A value nobody knows is ignored and named to the visitor; it never gives an error.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.db.models import Q
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core.domain.text import clean, shorten, stems
from directory.needs import DOGS_MAY_COME, NEED_BY_SLUG, NEEDS, ROOM_FOR_WOMEN
from directory.taxonomy import Fact, VenueType

if TYPE_CHECKING:
    from directory.models import VenuePage
    from directory.querysets import VenueQuerySet

LONGEST_SEARCH = 200
SHORTEST_BEGINNING = 4
MOST_UNKNOWN = 5

Options = Mapping[str, str | Promise]

# Ticks that stand alone: name in the address → words, venues.
TICKS: dict[str, tuple[str | Promise, Q]] = {
    "hund": (_("Dogs may come"), Q(pets_policy__in=DOGS_MAY_COME)),
    "kvinder": (_("Only for women, or hours for women"), Q(gender_policy__in=ROOM_FOR_WOMEN)),
    "anonym": (_("I can be anonymous"), Q(anonymous_ok=Fact.YES)),
    "gratismad": (_("Free food"), Q(amenities__code="free_food") | Q(food_price_type="free")),
    "koerestol": (_("Step-free access"), Q(step_free=Fact.YES)),
}
# Choices of which one is enough: name in the address → column.
ANY_OF = {
    "type": "venue_type__in",
    "maalgruppe": "target_groups__code__in",
    "bydel": "district__slug__in",
}
VALUES = ("behov", "facilitet", *ANY_OF)
SORTS: Options = {"": _("Open first"), "navn": _("By name")}
SORT, OPEN_NOW, SEARCH, PAGE = "sorter", "aabent", "q", "side"


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing the visitor has chosen, in words, and the query without it."""

    label: str | Promise
    remove: str


@dataclass(frozen=True, slots=True)
class VenueFilter:
    """What a visitor asks of the list. `chosen` holds known values only, in their order."""

    options: Mapping[str, Options]
    chosen: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    ticks: tuple[str, ...] = ()
    open_now: bool = False
    search: str = ""
    sort: str = ""
    unknown: tuple[str, ...] = ()

    @classmethod
    def read(cls, query: QueryDict, options: Mapping[str, Options]) -> "VenueFilter":
        """Read the query of a request; `options` are the known values by name."""
        known = {**options, "type": dict(VenueType.choices), "behov": need_options()}
        chosen = {
            name: tuple(dict.fromkeys(v for v in query.getlist(name) if v in known[name]))
            for name in VALUES
        }
        search = " ".join(clean(query.get(SEARCH, "")[:LONGEST_SEARCH]).split())
        return cls(
            options=known,
            chosen={name: values for name, values in chosen.items() if values},
            ticks=tuple(name for name in TICKS if query.get(name) == "1"),
            open_now=query.get(OPEN_NOW) == "1",
            search=search,
            sort=query.get(SORT, "") if query.get(SORT, "") in SORTS else "",
            unknown=_unknown(query, known),
        )

    def apply(self, venues: "VenueQuerySet") -> "VenueQuerySet":
        """Return the venues that fit, but for search words and "open now"."""
        for name, column in ANY_OF.items():
            if values := self.chosen.get(name):
                venues = venues.filter(**{column: values})
        for slug in self.chosen.get("behov", ()):
            venues = venues.filter(NEED_BY_SLUG[slug].venues)
        for code in self.chosen.get("facilitet", ()):
            venues = venues.filter(amenities__code=code)
        for name in self.ticks:
            venues = venues.filter(TICKS[name][1])
        return venues.distinct()

    def matching(self, venues: Iterable["VenuePage"]) -> list["VenuePage"]:
        """Return the venues in whose texts every word of the search is found.

        Worked out from stems here, so that both databases give the same answer.
        """
        wanted = stems(self.search).split()
        if not self.search:
            return list(venues)
        return [venue for venue in venues if wanted and _has(venue, wanted)]

    @property
    def is_empty(self) -> bool:
        return not (self.chosen or self.ticks or self.open_now or self.search)

    def query(self, *, without: tuple[str, str] = ("", ""), page: int = 1) -> str:
        """Return the query that gives these choices, `without` one (name, value) of them."""
        pairs = [(SEARCH, self.search)] if self.search else []
        pairs += [(name, v) for name, values in self.chosen.items() for v in values]
        pairs += [(name, "1") for name in self.ticks]
        pairs += [(OPEN_NOW, "1")] if self.open_now else []
        pairs = [pair for pair in pairs if pair != without]
        pairs += [(SORT, self.sort)] if self.sort else []
        pairs += [(PAGE, str(page))] if page > 1 else []
        return urlencode(pairs)

    def choices(self) -> list[Choice]:
        """Return what is chosen, each with the query that takes it away."""
        named: list[tuple[str, str, str | Promise]] = []
        if self.search:
            named.append((SEARCH, self.search, f"“{shorten(self.search, 40)}”"))
        for name, values in self.chosen.items():
            named += [(name, value, self.options[name][value]) for value in values]
        named += [(name, "1", TICKS[name][0]) for name in self.ticks]
        if self.open_now:
            named.append((OPEN_NOW, "1", _("Open now")))
        return [
            Choice(label=label, remove=self.query(without=(name, value)))
            for name, value, label in named
        ]


def need_options() -> Options:
    return {need.slug: need.label for need in NEEDS}


def _has(venue: "VenuePage", wanted: Sequence[str]) -> bool:
    found = set(venue.search_stems.split())
    return all(
        word in found
        or (len(word) >= SHORTEST_BEGINNING and any(stem.startswith(word) for stem in found))
        for word in wanted
    )


def _unknown(query: QueryDict, known: Mapping[str, Options]) -> tuple[str, ...]:
    """Values that nobody knows, shortened, at most a few of them."""
    odd = [v for name in VALUES for v in query.getlist(name) if v and v not in known[name]]
    odd += [v for v in query.getlist(SORT) if v not in SORTS]
    odd += [v for name in (*TICKS, OPEN_NOW) for v in query.getlist(name) if v not in ("", "1")]
    texts = (shorten(value[:LONGEST_SEARCH], 40) for value in odd)
    return tuple(dict.fromkeys(text for text in texts if text))[:MOST_UNKNOWN]
