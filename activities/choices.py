"""What a visitor can choose in the calendar, and what is chosen now, as readable words."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.utils.text import capfirst
from django.utils.translation import gettext

from activities.filters import KINDS, CalendarFilter
from activities.taxonomy import ActivityType
from core.wording import date_text, day_range, month_text, week_text
from directory.models import District, TargetGroup, VenuePage

MOST_VENUES = 60

Options = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Lists:
    """The (value, label) pairs behind each choice, read once a page."""

    venues: Options
    groups: Options
    districts: Options

    @classmethod
    def load(cls, chosen_venues: Sequence[str] = ()) -> "Lists":
        """Read the lists. With very many venues nobody ticks one: then only those chosen are
        offered, and one finds the others by district, by word, or on their own pages."""
        venues = VenuePage.objects.public().in_order().values_list("slug", "title")
        rows = list(venues[: MOST_VENUES + 1])
        if len(rows) > MOST_VENUES:
            rows = list(venues.filter(slug__in=chosen_venues)) if chosen_venues else []
        return cls(
            venues=rows,
            groups=[
                (code, capfirst(sentence))
                for code, sentence in TargetGroup.objects.values_list("code", "sentence")
            ],
            districts=list(District.objects.values_list("slug", "name")),
        )


def kind_options() -> Options:
    """Return the words for `?art=`."""
    return [
        ("fast", gettext("Every week or month")),
        ("varierende", gettext("Now and then")),
        ("faelles", gettext("Held together")),
    ]


def address(wanted: CalendarFilter, view: str = "", *, page: int = 1) -> str:
    """Return the query of a filter in a view: `?sted=perlen&visning=uge`, or "?" for neither."""
    pairs = wanted.pairs()
    pairs += [("visning", view)] if view not in ("", "liste") else []
    pairs += [("side", str(page))] if page > 1 else []
    return f"?{urlencode(pairs)}"


def filter_groups(wanted: CalendarFilter, lists: Lists) -> list[dict[str, Any]]:
    """Return the groups of `components/filter_bar.html`."""
    choices = [
        _ticks("sted", gettext("Place"), lists.venues, wanted.venues),
        _ticks("bydel", gettext("District"), lists.districts, wanted.districts),
        _ticks("type", gettext("What"), _types(), wanted.types),
        _ticks("maalgruppe", gettext("For you who …"), lists.groups, wanted.groups),
    ]
    words = _input("q", gettext("Word"), "text", wanted.words)
    return [words, *(group for group in choices if group["options"]), _more(wanted)]


def _more(wanted: CalendarFilter) -> dict[str, Any]:
    """Return what few ask for, folded together."""
    kinds = {word for word, code in KINDS.items() if code in wanted.kinds}
    explicit = replace(wanted, first=None, last=None) if wanted.period else wanted
    groups = [
        _input("fra", gettext("From the day"), "date", explicit.first),
        _input("til", gettext("To the day"), "date", explicit.last),
        _ticks("gratis", gettext("Price"), [("1", gettext("Free of charge"))], _free(wanted)),
        _ticks("art", gettext("How often"), kind_options(), kinds),
    ]
    return {"type": "more", "label": gettext("More choices"), "groups": groups}


def hidden_pairs(wanted: CalendarFilter, view: str) -> Options:
    """Return what the form must carry along unseen: the period's word and the view."""
    pairs = [("periode", wanted.period)] if wanted.period else []
    return pairs + ([("visning", view)] if view != "liste" else [])


def chosen(wanted: CalendarFilter, lists: Lists, view: str) -> list[dict[str, str]]:
    """Return what is chosen now, each with the address of the page without it."""
    labels = {
        "sted": dict(lists.venues),
        "maalgruppe": dict(lists.groups),
        "type": dict(_types()),
        "art": dict(kind_options()),
        "bydel": dict(lists.districts),
        "gratis": {"1": gettext("Free of charge")},
        "q": {wanted.words: f"“{wanted.words}”"},
    }
    found = [
        {"label": labels[key].get(value, value), "remove_url": _without(wanted, view, key, value)}
        for key, value in wanted.pairs()
        if key in labels
    ]
    if wanted.first or wanted.last:
        undated = address(undated_filter(wanted), view)
        found.insert(0, {"label": days_text(wanted), "remove_url": undated})
    return found


def undated_filter(wanted: CalendarFilter) -> CalendarFilter:
    """Return the same wishes for any day."""
    return replace(wanted, first=None, last=None, period="")


def days_text(wanted: CalendarFilter) -> str:
    """Name the days asked for as short as people do: `uge 49`, `i dag`, `december 2026`."""
    named = {
        "idag": gettext("today"),
        "imorgen": gettext("tomorrow"),
        "weekend": gettext("the weekend"),
    }
    if wanted.period in named:
        return named[wanted.period]
    first, last = wanted.first, wanted.last
    if first and last:
        if first == last:
            return date_text(first, year=False)
        if (last - first).days == 6 and first.weekday() == 0:
            return week_text(first)
        if first.day == 1 and (last - first).days > 26 and last.month == first.month:
            return month_text(first.year, first.month)
        return day_range(first, last)
    if first:
        return gettext("from %(day)s") % {"day": date_text(first, year=False)}
    if last:
        return gettext("until %(day)s") % {"day": date_text(last, year=False)}
    return ""


def _types() -> Options:
    return [(value, str(label)) for value, label in ActivityType.choices]


def _free(wanted: CalendarFilter) -> Iterable[str]:
    return ("1",) if wanted.free else ()


def _ticks(name: str, label: str, options: Options, selected: Iterable[str]) -> dict[str, Any]:
    taken = set(selected)
    return {
        "name": name,
        "label": label,
        "type": "checkboxes",
        "options": [
            {
                "name": name,
                "value": value,
                "label": text,
                "selected": value in taken,
                "count": None,
            }
            for value, text in options
        ],
    }


def _input(name: str, label: str, kind: str, value: Any) -> dict[str, Any]:
    text = value if isinstance(value, str) else value.isoformat() if value else ""
    return {"name": name, "label": label, "type": kind, "value": text}


def _without(wanted: CalendarFilter, view: str, key: str, value: str) -> str:
    pairs = [pair for pair in wanted.pairs() if pair != (key, value)]
    pairs += [("visning", view)] if view != "liste" else []
    return f"?{urlencode(pairs)}"
