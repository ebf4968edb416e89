"""What an entry of a foreign calendar becomes in our pages: words, place and plan.

Only values that are still the ones we wrote are written again: what an editor changed here wins.
"""

import datetime as dt
import html
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.html import escape, strip_tags
from wagtail.models import Revision

from activities.domain.imported_series import Series
from activities.domain.plan_lines import plan_lines, with_keys
from activities.domain.recurrence import slots
from activities.domain.rules import Break, Rule
from activities.models import ActivityPage, CalendarSource, Schedule, ScheduleBreak
from activities.models.schedule import new_key
from activities.taxonomy import ActivityKind, PlaceKind
from core.domain.text import fold, shorten, slugify_da
from core.reserved import is_reserved
from directory.models import SecretAddress, VenuePage
from directory.taxonomy import PriceType

PLAN = "plan"
FOLLOWED = ("title", "summary", "body", "place_kind", "place_name")
Values = dict[str, str]
Spans = list[tuple[dt.datetime, dt.datetime]]


@dataclass(frozen=True, slots=True)
class Window:
    """The days that were asked for, both included."""

    first: dt.date
    last: dt.date


def words_of(series: Series, venue: VenuePage) -> Values:
    """Return the followed fields as the calendar has them."""
    place = place_of(series.location, venue)
    return {
        "title": series.title[:255],
        "summary": summary_of(series),
        "body": body_of(series),
        "place_kind": PlaceKind.ADDRESS if place else PlaceKind.OWN,
        "place_name": place,
    }


def summary_of(series: Series) -> str:
    """Return the first paragraph, or the title when there is no text."""
    first = next((line.strip() for line in series.description.splitlines() if line.strip()), "")
    return shorten(first or series.title, 200)


def body_of(series: Series) -> str:
    """Return the text as HTML, with the calendar's link; "" when the summary says it all."""
    lines = [line.strip() for line in series.description.splitlines() if line.strip()]
    parts = [f"<p>{escape(line)}</p>" for line in lines]
    if len(lines) == 1 and lines[0] == summary_of(series):
        parts = []
    if series.url and series.url not in series.description:
        address = escape(series.url)
        parts.append(f'<p><a href="{address}">{address}</a></p>')
    return "".join(parts)


def place_of(location: str, venue: VenuePage) -> str:
    """Return where it is if not at the venue itself. Of a secret address nothing is ever taken."""
    said = fold(location)
    if not said or not venue.address_public:
        return ""
    own = (fold(venue.title), fold(venue.street))
    return "" if any(name and name in said for name in own) else location[:80]


def names_secret(series: Series, venue: VenuePage) -> bool:
    """Whether an entry gives away where a venue with a secret address lives."""
    secret = SecretAddress.objects.filter(venue=venue).values_list("street", flat=True).first()
    street = fold(secret or "")
    return bool(street) and street in fold(f"{series.title} {series.description} {series.url}")


def new_page(source: CalendarSource, series: Series, values: Values) -> ActivityPage:
    """Return an unsaved page; its plan is still to be written."""
    types = source.category_types
    kinds = [types[name] for name in series.categories if types.get(name)]
    return ActivityPage(
        slug=_free_slug(source.venue, series.title),
        kind=ActivityKind.FIXED if len(series.dates) > 2 else ActivityKind.VARYING,
        activity_type=kinds[0] if kinds else source.default_type,
        price_type=PriceType.UNKNOWN,
        owner=source.created_by,
        live=False,
        has_unpublished_changes=True,
        **values,
    )


def follow_words(page: ActivityPage, taken: Values, values: Values) -> tuple[set[str], set[str]]:
    """Say which fields have to be written and which ones an editor has made their own."""
    write: set[str] = set()
    own: set[str] = set()
    for name, value in values.items():
        current = getattr(page, name)
        if _same(current, value):
            continue
        (write if _same(current, taken.get(name, value)) else own).add(name)
    return write, own


def says(page: ActivityPage, name: str, value: str) -> bool:
    """Whether a version still has the value that we wrote into it."""
    return _same(getattr(page, name), value)


def plan_of(page: ActivityPage) -> list[list[str]]:
    """Return the page's plan as plain values that can be kept and compared."""
    rules = [_plain(row.rule()) for row in page.schedules.get_object_list()]
    pauses = [row.pause() for row in page.breaks.get_object_list()]
    return sorted(rules) + sorted([[str(each.first_on), str(each.until_on)] for each in pauses])


def gives(page: ActivityPage, window: Window) -> Spans:
    """Return the planned dates of a page within `window`."""
    rules = [row.rule() for row in page.schedules.get_object_list()]
    breaks = [row.pause() for row in page.breaks.get_object_list()]
    found = slots(rules, breaks, (), start=window.first, end=window.last)
    return [(slot.original, slot.ends) for slot in found]


def lines_for(page: ActivityPage, wanted: Spans, window: Window) -> tuple[list[Rule], list[Break]]:
    """Return the lines that give `wanted`; keys go on where a line goes on."""
    rules, breaks = plan_lines(wanted, last=window.last)
    old = [row.rule() for row in page.schedules.get_object_list()]
    return with_keys(rules, old, (new_key() for _ in rules)), breaks


def write_lines(page: ActivityPage, rules: Iterable[Rule], breaks: Iterable[Break]) -> None:
    """Give an unsaved version of the page these lines."""
    page.schedules = [_row(rule, place) for place, rule in enumerate(rules)]
    page.breaks = [
        ScheduleBreak(first_on=each.first_on, until_on=each.until_on, sort_order=place)
        for place, each in enumerate(breaks)
    ]


def write_everywhere(page: ActivityPage, change: Callable[[ActivityPage], None]) -> None:
    """Carry out `change` on the live page and, separately, on every version that waits.

    Never publishes a draft: with one waiting, the live page is saved as it is.
    """
    revisions = Revision.objects.for_instance(page)
    waiting = list(revisions.filter(approved_go_live_at__isnull=False))
    if page.has_unpublished_changes and page.latest_revision not in (None, *waiting):
        waiting.append(page.latest_revision)
    change(page)
    if page.live and not waiting:
        page.save_revision().publish(skip_permission_checks=True)
        return
    page.save()
    for revision in waiting:
        draft = revision.as_object()
        change(draft)
        Revision.objects.filter(pk=revision.pk).update(content=draft.serializable_data())


def _same(one: Any, other: Any) -> bool:
    """Whether two values say the same: the editor writes other tags around the same words."""
    return _said(one) == _said(other)


def _said(value: Any) -> str:
    spaced = str(value).replace("</p>", " ").replace("<br/>", " ")
    return " ".join(html.unescape(strip_tags(spaced)).split())


def _free_slug(venue: VenuePage, title: str) -> str:
    wanted = slugify_da(title) or "aktivitet"
    taken = set(venue.get_children().filter(slug__startswith=wanted).values_list("slug", flat=True))
    if is_reserved(wanted, venue):
        taken.add(wanted)
    numbered = (f"{wanted}-{number}" for number in range(2, len(taken) + 3))
    return next(slug for slug in (wanted, *numbered) if slug not in taken)


def _plain(rule: Rule) -> list[str]:
    values = (
        rule.frequency, rule.starts, rule.ends, rule.first_on, rule.until_on or "",
        rule.weekdays, rule.weeks, rule.interval, rule.nth or "",
    )  # fmt: skip
    return [str(value) for value in values]


def _row(rule: Rule, place: int) -> Schedule:
    return Schedule(
        key=rule.key,
        frequency=rule.frequency.value,
        weekdays=list(rule.weekdays),
        weeks=rule.weeks.value,
        interval=rule.interval,
        nth=rule.nth,
        starts=rule.starts,
        ends=rule.ends,
        first_on=rule.first_on,
        until_on=rule.until_on,
        sort_order=place,
    )
