"""Filters as addresses to subscribe to: a visitor's choice in, a short code out, and back.

Nothing is stored. A code holds ids, so that a venue may change its name; a merged venue leads to
the one it is a part of now.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import quote

from django.urls import reverse
from django.utils.translation import gettext

from activities.addresses import absolute, as_webcal
from activities.choices import Lists, chosen, filter_groups, undated_filter
from activities.domain.filter_codes import Choice, CodeError, decode, encode
from activities.filters import KINDS, CalendarFilter
from activities.taxonomy import ActivityType
from directory.models import District, TargetGroup, VenuePage

# Numbers are in addresses that people follow: never change one, and never use one again.
TYPE_NUMBERS: dict[str, int] = {
    ActivityType.SOCIAL: 0,
    ActivityType.PHYSICAL: 1,
    ActivityType.CREATIVE: 2,
    ActivityType.EXPERIENCE: 3,
    ActivityType.LEARNING: 4,
    ActivityType.SENSORY: 5,
    ActivityType.MEAL: 6,
    ActivityType.ADVICE: 7,
    ActivityType.HEALTH: 8,
    ActivityType.PEER_GROUP: 9,
    ActivityType.USER_MEETING: 10,
    ActivityType.CELEBRATION: 11,
    ActivityType.WORK: 12,
    ActivityType.SPIRITUAL: 13,
}
KIND_BITS = {"fixed": 1, "varying": 2, "shared": 4}
GOOGLE_ADD = "https://calendar.google.com/calendar/r?cid="


class NothingLeft(LookupError):
    """All that was followed in one respect has been deleted."""


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where one filter's calendar is: the same file, told in the ways that programs want."""

    ics: str
    webcal: str
    google: str  # the file in which a cancelled date keeps STATUS:CONFIRMED
    google_add: str  # leaves the site


def code_of(wanted: CalendarFilter) -> str:
    """Return the code of a filter. Days are left out: one follows what is still to come."""
    venues = VenuePage.objects.filter(slug__in=wanted.venues)
    districts = District.objects.filter(slug__in=wanted.districts)
    groups = TargetGroup.objects.filter(code__in=wanted.groups)
    choice = Choice(
        venues=_keys(venues) if wanted.venues else (),
        types=tuple(sorted(TYPE_NUMBERS[name] for name in wanted.types)),
        districts=_keys(districts) if wanted.districts else (),
        groups=_keys(groups) if wanted.groups else (),
        kinds=sum(KIND_BITS[kind] for kind in wanted.kinds),
        free=wanted.free,
        words=wanted.words,
    )
    return encode(choice)


def filter_of(code: str, *, today: dt.date) -> CalendarFilter:
    """Return the filter that a code stands for on the local day `today`.

    What has been deleted is left out. Raises CodeError for a code that is none, NothingLeft
    when all venues, all districts or all groups in it are gone: the rest alone would be a
    much wider calendar than anybody asked for.
    """
    choice = decode(code)
    names = {number: name for name, number in TYPE_NUMBERS.items()}
    if not names.keys() >= set(choice.types):
        raise CodeError(code)
    return CalendarFilter(
        venues=_venues(choice.venues, today),
        types=tuple(sorted(names[number] for number in choice.types)),
        districts=_left(District.objects.values_list("slug", "pk"), choice.districts),
        groups=_left(TargetGroup.objects.values_list("code", "pk"), choice.groups),
        kinds=tuple(
            kind for _word, kind in sorted(KINDS.items()) if choice.kinds & KIND_BITS[kind]
        ),
        free=choice.free,
        words=choice.words,
    )


def addresses(wanted: CalendarFilter) -> Addresses:
    """Return the addresses handed out for a filter; all there is has the shortest one."""
    code = code_of(wanted)
    everything = undated_filter(wanted) == CalendarFilter()
    path = reverse("calendar") if everything else reverse("code_calendar", args=[code])
    google = absolute(reverse("google_calendar", args=[code]))
    return Addresses(
        ics=absolute(path),
        webcal=as_webcal(absolute(path)),
        google=google,
        google_add=f"{GOOGLE_ADD}{quote(as_webcal(google), safe='')}",
    )


def builder_groups(wanted: CalendarFilter, lists: Lists) -> list[dict[str, Any]]:
    """Return the calendar's choices without those of days."""
    return [_without_days(group) for group in filter_groups(wanted, lists)]


def chosen_text(wanted: CalendarFilter, lists: Lists) -> str:
    """`Perlen, Spisning, Gratis`: what is followed, in words; "" for everything."""
    return ", ".join(item["label"] for item in chosen(undated_filter(wanted), lists, "liste"))


def calendar_name(wanted: CalendarFilter, lists: Lists, fallback: str) -> str:
    """Return what programs call the calendar."""
    text = chosen_text(wanted, lists)
    return gettext("What happens: %(choices)s") % {"choices": text} if text else fallback


def named_lists(wanted: CalendarFilter) -> Lists:
    """Return the words for what is chosen; venues by name also where there are very many."""
    lists = Lists.load(wanted.venues)
    if not wanted.venues:
        return lists
    titles = VenuePage.objects.filter(slug__in=wanted.venues).values_list("slug", "title")
    return replace(lists, venues=[*titles, *(row for row in lists.venues if row not in titles)])


def _without_days(group: dict[str, Any]) -> dict[str, Any]:
    if group["type"] != "more":
        return group
    return group | {"groups": [inner for inner in group["groups"] if inner["type"] != "date"]}


def _keys(rows: Any) -> tuple[int, ...]:
    return tuple(sorted(rows.values_list("pk", flat=True)))


def _left(rows: Any, keys: Sequence[int]) -> tuple[str, ...]:
    if not keys:
        return ()
    return _some(name for name, _key in rows.filter(pk__in=keys))


def _venues(keys: Sequence[int], today: dt.date) -> tuple[str, ...]:
    """A venue that is hidden for a while stays; one that was merged is where it went."""
    if not keys:
        return ()
    found = set()
    for venue in VenuePage.objects.filter(pk__in=keys).only("pk", "slug", "live"):
        successor = None if venue.live else venue.successor_on(today)
        found.add((successor or venue).slug)
    return _some(found)


def _some(names: Iterable[str]) -> tuple[str, ...]:
    found = tuple(sorted(names))
    if not found:
        raise NothingLeft
    return found
